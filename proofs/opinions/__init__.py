"""Second opinions on what the kernel accepted: other engines, asked the same; a contradiction is EnginesDisagree.

In reading order. Solvers, asked for a counterexample to a claim about a swap:
- `script`: SMT-LIB text; `discount`: gamma in it; `values`: optimal actions in it; `in_theta`: Theta in it;
- `scripts`: whole scripts; `by_z3`, `by_cvc5` (`in_cvc5`): one script each;
- `opinion`: one claim, its model checked in Fractions;
- `questions`: what is asked about a `Checked`, and what is proved of it.
Number systems, asked for a threshold once more, without FLINT:
- `chain`: the policy of a threshold as a Markov chain; `by_sympy`: its closed form; `by_mpmath`: enclosures.
And `asides`: all of them, within a time.
"""

from proofs.opinions.asides import opinions

__all__ = ["opinions"]
