"""Opinions: a solver on one claim about a permutation, and its counterexample checked in Fractions.

"unsat" says that the claim holds, "sat" that it fails. Neither is a proof here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from exact.instance import Instance
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
    instance: Instance,
    phi: Permutation,
    gamma: Discount,
    seconds: float,
    ask: Ask,
    solver: str = "z3",
    rlimit: int = 0,
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
        wider = permutation_script(_without_training(instance), phi, gamma, ask)
        if (second := solve(wider, seconds / 2, rlimit)).answer == UNSAT:
            query, answer = wider, second
    point = rational_model(answer)
    if point is not None:
        theta, at = point
        if not contains(gamma, at) or counterexample(Asked(instance, ask, phi), theta, at) is None:
            raise EnginesDisagree(f"{solver}'s counterexample to {_question(gamma, ask)} is none", REMEDY)
    return Opinion(solver, _question(gamma, ask), answer.answer, _model(instance, answer), query.smt2, bool(point))


def compare(opinion: Opinion, ours: bool | None) -> None:
    """ours: does the claim hold, by what the kernel accepted; None: open. Raises EnginesDisagree on a contradiction."""
    if ours is None or opinion.answer not in (SAT, UNSAT) or ours == (opinion.answer == UNSAT):
        return
    shown = f" with {dict(opinion.model)}" if opinion.model else ""
    said = f"This is {'proved' if ours else 'refuted'}, but {opinion.solver} says {opinion.answer}{shown}"
    raise EnginesDisagree(f"{opinion.question} {said}", REMEDY)


def _question(gamma: Discount, ask: Ask) -> str:
    return f"{describe(gamma)}, theta in Theta, A0 preferred for theta: is it so that {CLAIMS[ask]}?"


def _without_training(instance: Instance) -> Instance:
    """The same with every theta in G_T: a larger Theta."""
    name = f"{instance.name}, without G_T (so for more goals)"
    return replace(instance, training=frozenset(), trained={}, name=name)


def _model(instance: Instance, answer: Answer) -> dict[str, object] | None:
    if answer.reals is None or answer.gamma is None:
        return None
    named = zip(instance.mdp.states, answer.reals, strict=True)
    return {"rewards": {name: spelled(value) for name, value in named}, "gamma": spelled(answer.gamma)}


def rational_model(answer: Answer) -> tuple[tuple[Fraction, ...], Fraction] | None:
    """(the reals, gamma) of a model that is all rational."""
    if answer.reals is None or not isinstance(answer.gamma, Fraction):
        return None
    exact = tuple(value for value in answer.reals if isinstance(value, Fraction))
    return (exact, answer.gamma) if len(exact) == len(answer.reals) else None
