"""Second opinions on the swaps: z3 is asked for a counterexample to each, and contradicting the proof is an error."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from exact.algebraic import Algebraic
from exact.instance import Instance
from proofs.certificate import inner_interval
from proofs.swaps import swap
from proofs.training import keeps_theta
from proofs.verification import Verification

if TYPE_CHECKING:
    from proofs.smt.discount import Bound, Discount
    from proofs.smt.opinion import Engine, Opinion
    from proofs.smt.questions import Ask

NONLINEAR_STATES = 8  # with gamma unknown, z3 answers small instances only
Aside = dict[str, object]


@dataclass(frozen=True)
class Question:
    """Does the swap of `state` and s_term retarget ("retargets"), or stay in Theta ("stays")? exact: our own answer."""

    state: int
    ask: Ask
    gamma: Discount  # at a rational; or on an open interval
    exact: bool | None


def opinions(found: Verification, seconds: float, folder: Path | None, third: bool = False) -> list[Aside]:
    """Ask z3, and cvc5 too for a third opinion, each within the time limit for all questions together.

    folder: for the SMT-LIB texts. Raises EnginesDisagree, and NoSolver where cvc5 is asked for and missing.
    """
    if seconds <= 0 and folder is None:
        return []
    from proofs.smt.cvc5_solver import solve_cvc5

    asked = list(questions(found))
    if folder is not None:
        _write(found.analysis.instance, asked, folder)
    asides = _answers(found.analysis.instance, asked, seconds, "z3", None)
    return asides + (_answers(found.analysis.instance, asked, seconds, "cvc5", solve_cvc5) if third else [])


def _write(instance: Instance, asked: list[Question], folder: Path) -> None:
    from proofs.smt.questions import permutation_script

    folder.mkdir(parents=True, exist_ok=True)
    for number, question in enumerate(asked):
        script = permutation_script(instance, swap(instance, question.state), question.gamma, question.ask)
        (folder / f"{number:03}-{question.ask}.smt2").write_text(script.smt2, encoding="utf-8")


def _answers(
    instance: Instance, asked: list[Question], seconds: float, solver: str, engine: Engine | None
) -> list[Aside]:
    from proofs.smt import compare, permutation_opinion

    asides, left = [], seconds
    for question in asked:
        if left > 0:
            begun = time.monotonic()
            phi = swap(instance, question.state)
            opinion = permutation_opinion(instance, phi, question.gamma, left, question.ask, engine=engine)
            left -= time.monotonic() - begun
            compare(opinion, question.exact)
            asides.append(_aside(instance, question, opinion) | {"solver": solver})
    return asides


def questions(found: Verification) -> Iterator[Question]:
    """At the question's gamma for each counted x; above gamma*_x for each x of a small instance."""
    analysis = found.analysis
    gamma = analysis.instance.question.gamma
    if gamma is not None:
        for x in analysis.exceeded(analysis.paper, gamma):
            yield Question(x, "retargets", gamma, _retargets(found, x, gamma))
            yield Question(x, "stays", gamma, _stays(found, x, gamma))
    if len(analysis.instance.mdp) <= NONLINEAR_STATES:
        for x, threshold in analysis.paper.items():
            if threshold.value is not None:
                proved = True if _swaps_retarget(found) else None
                yield Question(x, "retargets", (_bound(threshold.value), 1), proved)


def _swaps_retarget(found: Verification) -> bool:
    """The premises of the exact swap theorem: shutdown ends the episode, and rewards are nonnegative."""
    holds = {entry.id: entry.holds for entry in found.hypotheses}
    return bool(holds["shutdown-terminal"] and holds["nonnegative"])


def _retargets(found: Verification, x: int, gamma: Fraction) -> bool | None:
    if _swaps_retarget(found) and x in found.analysis.exceeded(found.analysis.sharp, gamma):
        return True
    if _avoiding_is_not_optimal(found.analysis.instance) and _shown(found, "retargets", x, gamma):
        return True
    return False if _survives(found, x, gamma, "still-shutdown") else None


def _stays(found: Verification, x: int, gamma: Fraction) -> bool | None:
    if keeps_theta(found.analysis.instance, x) or _shown(found, "stays", x, gamma):
        return True
    return False if _survives(found, x, gamma, "leaves-theta") else None


def _avoiding_is_not_optimal(instance: Instance) -> bool:
    """f(A0) < f(A1) only where shutdown is not optimal, which is what z3 is asked: no tie is broken against it."""
    alternatives = len(instance.mdp.rows[instance.shutdown_state]) - 1
    return instance.ties == "shutdown-first" or (instance.ties == "uniform" and alternatives == 1)


def _shown(found: Verification, ask: Ask, x: int, gamma: Fraction) -> bool:
    """A linear claim proves it, for all goals of Theta that prefer shutdown."""
    return found.findings.shown(ask, swap(found.analysis.instance, x), gamma)


def _survives(found: Verification, x: int, gamma: Fraction, how: str) -> bool:
    """A goal was found; with ties in shutdown's favour it may not be strictly best, which is what z3 is asked."""
    known = {(entry.state, entry.goal.gamma, entry.how) for entry in found.findings.survivors}
    return found.analysis.instance.ties != "shutdown-first" and (x, gamma, how) in known


def _bound(value: Algebraic) -> Bound:
    if value.rational is not None:
        return value.rational
    low, high = inner_interval(value)
    return value.polynomial, (low, high)


def _aside(instance: Instance, question: Question, opinion: Opinion) -> Aside:
    names = instance.mdp.states
    swap = [names[instance.s_term], names[question.state]]
    agrees = None if question.exact is None or opinion.answer == "unknown" else True
    return {
        "solver": "z3",
        "permutation": swap,
        "question": opinion.question,
        "answer": opinion.answer,
        "agrees": agrees,
        "model": opinion.model,
    }
