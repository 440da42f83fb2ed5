"""Opinions: a solver on one claim about a permutation, and its counterexample checked in Fractions.

"unsat" says that the claim holds, "sat" that it fails. Neither is a proof here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from exact.instance import Instance
from exact.mdp import Rewards
from exact.permutation import Permutation
from proofs.errors import EnginesDisagree
from proofs.opinions import by_cvc5, by_z3
from proofs.opinions.by_z3 import SAT, UNKNOWN, UNSAT, Answer, spelled
from proofs.opinions.discount import Discount, contains, describe
from proofs.opinions.scripts import CLAIMS, Ask, Query, permutation_script
from proofs.search.linear.asked import Asked, counterexample

Engine = Callable[[Query, float, int], Answer]  # script, seconds, step limit (0: none) -> what a solver said
SOLVERS: dict[str, Engine] = {"z3": by_z3.solve, "cvc5": by_cvc5.solve}
REMEDY = "keep the SMT-LIB text (--smt2) and report it"


@dataclass(frozen=True)
class Opinion:
    """question: the claim, in words; answer: unsat (it holds), sat (it fails) or unknown (no answer in time).

    model: {"rewards": {state: exact}, "gamma": exact}; checked: it was re-checked in Fractions (rational models only).
    """

    solver: str
    question: str
    answer: str
    model: Mapping[str, object] | None
    smt2: str
    checked: bool = False


def permutation_opinion(
    instance: Instance, phi: Permutation, gamma: Discount, seconds: float, ask: Ask, solver: str = "z3", rlimit: int = 0
) -> Opinion:
    """Does phi do what `ask` says, for every theta of Theta for which A0 is preferred?

    Where G_T makes that too hard for half the time, the other half goes to all theta outside G_T too (unless the claim
    is about Theta): "unsat" there is "unsat" here, and `smt2` says so.
    Raises NotADiscount, NotAGoalSet (no permutation), NoSolver, and EnginesDisagree if the rational model is none.
    """
    twice = ask not in ("stays", "never-both") and bool(instance.trained)
    query, solve = permutation_script(instance, phi, gamma, ask), SOLVERS[solver]
    answer = solve(query, seconds / 2 if twice else seconds, rlimit)
    if twice and answer.answer == UNKNOWN:
        name = f"{instance.name}, without G_T (so for more goals)"
        wider = replace(instance, training=frozenset(), trained={}, name=name)
        script = permutation_script(wider, phi, gamma, ask)
        if (second := solve(script, seconds / 2, rlimit)).answer == UNSAT:
            query, answer = script, second
    question = f"{describe(gamma)}, theta in Theta, A0 preferred for theta: is it so that {CLAIMS[ask]}?"
    asked = Asked(instance, ask, phi)

    def fails(theta: Rewards, at: Fraction) -> bool:
        return contains(gamma, at) and counterexample(asked, theta, at) is not None

    return opinion(solver, question, query, answer, "rewards", instance.mdp.states, fails)


def opinion(
    solver: str,
    question: str,
    query: Query,
    answer: Answer,
    of: str,
    names: Sequence[str],
    fails: Callable[[tuple[Fraction, ...], Fraction], bool],
) -> Opinion:
    """What a solver said. of, names: what its model is of; fails: exactly, at its reals and its gamma.

    Raises EnginesDisagree if the claim does not fail at a model that is all rational.
    """
    if answer.reals is None or answer.gamma is None:
        return Opinion(solver, question, answer.answer, None, query.smt2)
    exact = tuple(value for value in answer.reals if isinstance(value, Fraction))
    rational = len(exact) == len(answer.reals) and isinstance(answer.gamma, Fraction)
    if isinstance(answer.gamma, Fraction) and rational and not fails(exact, answer.gamma):
        raise EnginesDisagree(f"{solver}'s counterexample to {question} is none", REMEDY)
    model = {name: spelled(value) for name, value in zip(names, answer.reals, strict=True)}
    said = {of: model, "gamma": spelled(answer.gamma)}
    return Opinion(solver, question, answer.answer, said, query.smt2, rational)


def compare(opinion: Opinion, ours: bool | None) -> None:
    """ours: does the claim hold, by what the kernel accepted; None: open. Raises EnginesDisagree on a contradiction."""
    if ours is None or opinion.answer not in (SAT, UNSAT) or ours == (opinion.answer == UNSAT):
        return
    shown = f" with {dict(opinion.model)}" if opinion.model else ""
    said = f"This is {'proved' if ours else 'refuted'}, but {opinion.solver} says {opinion.answer}{shown}"
    raise EnginesDisagree(f"{opinion.question} {said}", REMEDY)
