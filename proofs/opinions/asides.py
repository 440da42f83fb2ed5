"""Opinions, top: every engine on one `Checked`, within one time. What they say stands beside it and proves nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exact.digits import exact_text
from exact.permutation import swap
from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, Threshold
from proofs.errors import EnginesDisagree
from proofs.opinions.by_mpmath import TimeIsUp, crossing
from proofs.opinions.by_sympy import at_work, problems
from proofs.opinions.chain import chain
from proofs.opinions.opinion import Opinion, compare, permutation_opinion
from proofs.opinions.questions import Question, questions
from proofs.opinions.scripts import permutation_script

Aside = dict[str, Any]  # solver, permutation, question, answer, agrees (True or None), model
HOLDS, UNKNOWN = "holds", "unknown"
SYMPY_SECONDS = 2
_CROSSING = "is the policy's count N / D, and 1 there and nowhere else"


def opinions(checked: Checked, seconds: int, folder: Path | None = None, third: bool = False) -> list[Aside]:
    """z3 on the swaps, mpmath and sympy on the thresholds, within the time for all together; third: cvc5 too.

    sympy takes most of a second to load, and is asked from SYMPY_SECONDS on. folder: for the SMT-LIB texts.
    Raises EnginesDisagree, and NoSolver where cvc5 is asked for and missing.
    """
    asked = list(questions(checked)) if seconds > 0 or folder is not None else []
    if folder is not None:
        _write(checked, asked, folder)
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


def _write(checked: Checked, asked: list[Question], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    instance = checked.instance
    for number, question in enumerate(asked):
        phi = swap(instance, instance.mdp.state(question.state))
        script = permutation_script(instance, phi, question.gamma, question.ask)
        (folder / f"{number:03}-{question.ask}.smt2").write_text(script.smt2, encoding="utf-8")


def _on_swaps(checked: Checked, asked: list[Question], solver: str, end: float) -> Iterator[Aside]:
    instance = checked.instance
    for question in asked:
        left = end - time.monotonic()
        if left <= 0:
            return
        phi = swap(instance, instance.mdp.state(question.state))
        found = permutation_opinion(instance, phi, question.gamma, left, question.ask, solver)
        compare(found, question.ours)
        yield _aside(checked, question.state, found, question.ours is not None)


def _aside(checked: Checked, x: str, found: Opinion, known: bool) -> Aside:
    said = {"question": found.question, "answer": found.answer}
    agrees = True if known and found.answer != UNKNOWN else None
    return {"solver": found.solver, "permutation": [checked.s_term, x], **said, "agrees": agrees, "model": found.model}


def _by_mpmath(checked: Checked, claims: list[Threshold], end: float) -> Iterator[Aside]:
    for claim in claims:
        if time.monotonic() > end:
            return
        frequency = checked.frequencies.get(claim.state) if claim.kind == PAPER else None
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
    name = f"{'gamma*' if claim.kind == PAPER else 'gamma°'}_{claim.state}"
    if problem:
        raise EnginesDisagree(f"{solver} on {name}, which is proved: {problem}", "keep the instance and report it")
    answer, agrees = (UNKNOWN, None) if problem is None else (HOLDS, True)
    said = {"question": f"{name}: {asked}?", "answer": answer, "agrees": agrees, "model": None}
    return {"solver": solver, "permutation": [checked.s_term, claim.state], **said}
