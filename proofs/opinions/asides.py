"""Opinions, top: every engine on one `Checked`, within one time. What they say stands beside it and proves nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from exact.digits import exact_text
from exact.permutation import swap
from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, Threshold
from proofs.errors import EnginesDisagree
from proofs.opinions.by_mpmath import TimeIsUp, crossing
from proofs.opinions.by_sympy import at_work, problems
from proofs.opinions.by_z3 import UNKNOWN
from proofs.opinions.chain import chain
from proofs.opinions.opinion import Opinion, compare, permutation_opinion
from proofs.opinions.questions import Question, questions
from proofs.opinions.scripts import Query, permutation_script

Aside = dict[str, Any]  # solver, permutation, question, answer, agrees (True or None), model
SYMPY_SECONDS = 2
_CROSSING = "is the policy's count N / D, and 1 there and nowhere else"


def opinions(checked: Checked, seconds: int, folder: Path | None = None, third: bool = False) -> list[Aside]:
    """z3 on the swaps, mpmath and sympy on the thresholds, within the time for all together; third: cvc5 too.

    sympy takes most of a second to load, and is asked from SYMPY_SECONDS on. folder: for the SMT-LIB texts.
    Raises EnginesDisagree, and NoSolver where cvc5 is asked for and missing.
    """
    asked = list(questions(checked)) if seconds > 0 or folder is not None else []
    if folder is not None:
        write(folder, ((question.ask, _script(checked, question)) for question in asked))
    if seconds <= 0:
        return []
    end = time.monotonic() + seconds
    claims = checked.of(Threshold)
    slow = claims if seconds >= SYMPY_SECONDS else []
    with at_work([(chain(checked, claim), claim) for claim in slow]) as process:
        asides: list[Aside] = []
        for solver in ("z3", "cvc5") if third else ("z3",):
            now = time.monotonic()
            asides += _on_swaps(checked, asked, solver, now + 3 * (end - now) / 5)
        asides += _by_mpmath(checked, claims, end)
        found = problems(process, end - time.monotonic()) if slow else []
    return asides + [_on_threshold(checked, *pair, "sympy", _CROSSING) for pair in zip(slow, found, strict=False)]


def _script(checked: Checked, question: Question) -> Query:
    phi = swap(checked.instance, checked.instance.mdp.state(question.state))
    return permutation_script(checked.instance, phi, question.gamma, question.ask)


def write(folder: Path, scripts: Iterable[tuple[str, Query]]) -> None:
    """Each under its number and its name."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, query) in enumerate(scripts):
        (folder / f"{number:03}-{name}.smt2").write_text(query.smt2, encoding="utf-8")


def _on_swaps(checked: Checked, asked: list[Question], solver: str, end: float) -> Iterator[Aside]:
    instance = checked.instance
    for question in asked:
        left = end - time.monotonic()
        if left <= 0:
            return
        phi = swap(instance, instance.mdp.state(question.state))
        found = permutation_opinion(instance, phi, question.gamma, left, question.ask, solver)
        yield aside(found, [checked.s_term, question.state], question.ours)


def aside(found: Opinion, permutation: list[str] | None, ours: bool | None) -> Aside:
    """For the reports. ours: as for `compare`. Raises EnginesDisagree."""
    compare(found, ours)
    agrees = True if ours is not None and found.answer != UNKNOWN else None
    said = {"solver": found.solver, "permutation": permutation, "question": found.question, "answer": found.answer}
    return {**said, "agrees": agrees, "model": found.model}


def _by_mpmath(checked: Checked, claims: list[Threshold], end: float) -> Iterator[Aside]:
    for claim in claims:
        if time.monotonic() > end:
            return
        frequency = checked.frequencies.get(claim.state) if PAPER in claim.kinds else None
        asked = "does the policy's count cross 1 there"
        if frequency is not None:
            asked += f", and does (1 - gamma) times the count tend to {exact_text(frequency)} for gamma -> 1"
        try:
            problem = crossing(chain(checked, claim), claim, frequency, end)
        except TimeIsUp:
            problem = None
        yield _on_threshold(checked, claim, problem, "mpmath", asked)


def _on_threshold(checked: Checked, claim: Threshold, problem: str | None, solver: str, asked: str) -> Aside:
    """problem: "" if there is none, None if that could not be told. Raises EnginesDisagree."""
    name = f"{'gamma*' if PAPER in claim.kinds else 'gamma°'}_{claim.state}"
    if problem:
        raise EnginesDisagree(f"{solver} on {name}, which is proved: {problem}", "keep the instance and report it")
    answer = UNKNOWN if problem is None else "holds"
    return aside(Opinion(solver, f"{name}: {asked}?", answer, None, ""), [checked.s_term, claim.state], True)
