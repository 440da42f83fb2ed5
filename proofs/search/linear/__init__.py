"""Properties of every theta of Theta, decided exactly, with the proofs of FORMAT.md's "Linear claims".

In reading order. What is asked:
- `asked`: the eight properties, the answers, and the judge of a single counterexample;
- `row`: one linear inequality over theta and values W, affine in gamma; `space`: its variables;
- `rows`: the inequalities that say what theta is; `against`: those that say that the property fails for it;
At one gamma:
- `relaxation`: the inequalities on one branch of the proof tree, as a linear program;
- `needs`: where to split the tree; `decide`: branch and bound, whose answer is a tree or a counterexample;
- `retarget`: the largest set of permutations with Def. 4's three conditions;
- `asking`: one question after another there, with what refuted the last ones, and a bound on the work;
On an interval:
- `signs`: how far around a point polynomials in gamma keep their signs;
- `lifted`: a leaf with polynomials for multipliers; `lift`: these from the multipliers at one gamma;
- `central`: multipliers at one gamma that are far from 0; `spread`: polynomials for an interval by one linear program;
- `carry`: a tree from one gamma to as far as it holds; `extent`: the same for a counterexample;
- `pieces`: an interval cut into proved and refuted stretches; `throughout`: Def. 4 on all of (0, 1);
- `whole`: one proof for a whole interval, or a counterexample somewhere in it;
And `stage`: the questions that `verify` asks.
"""
