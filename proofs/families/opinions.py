"""Second opinions on a family: z3 is asked for a point of the box and a gamma at which what was proved does not hold.

What it says stands beside the report and proves nothing; a contradiction is EnginesDisagree, as for an instance.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

from exact.evaluate import optimal
from exact.family import Family
from exact.family.bernstein import Point, evaluate
from exact.family.strips import Strips
from exact.mdp import Mdp
from exact.thresholds.count import Count
from proofs.claims.types import PAPER, SHARP, NotCounted
from proofs.families.scripts import counted_script, rows_script
from proofs.families.session import CheckedFamily
from proofs.families.text import everywhere
from proofs.opinions.asides import Aside, aside, write
from proofs.opinions.by_z3 import UNKNOWN, Answer
from proofs.opinions.opinion import SOLVERS, opinion
from proofs.opinions.scripts import Query

STATES = 64  # of larger families solvers are not asked: with this many a question often takes them too long
Counts = Mapping[int, Count | None]  # by state; None: no policy counts it, whatever gamma is


@dataclass(frozen=True)
class Question:
    """words: the claim; ours: whether it was proved, refuted or left open; fails: exactly, at a point and a gamma."""

    name: str
    state: str | None
    words: str
    ours: bool | None
    script: Callable[[], Query]
    fails: Callable[[Point, Fraction], bool]


def opinions(checked: CheckedFamily, seconds: int, folder: Path | None = None, third: bool = False) -> list[Aside]:
    """z3, and third: cvc5, on each question. None of a family that `not_asked` is about.

    The seconds are for all together; what there was no time for is `unknown`. folder: for the SMT-LIB texts.
    Raises EnginesDisagree, and NoSolver where cvc5 is asked for and missing.
    """
    end, asked = time.monotonic() + seconds, list(questions(checked))
    if folder is not None:
        write(folder, ((question.name, question.script()) for question in asked))
    if seconds <= 0 or not_asked(checked.family):
        return []
    asides: list[Aside] = []
    solvers = ("z3", "cvc5") if third else ("z3",)
    for number, solver in enumerate(solvers):
        now = time.monotonic()
        asides += _asked(checked, asked, solver, now + (end - now) / (len(solvers) - number))
    return asides


def not_asked(family: Family) -> str:
    """Why solvers are not asked of this one; "" if they are."""
    states = len(family.centre.mdp)
    if states <= STATES:
        return ""
    return f"Other engines: not asked: {states} states, and where gamma is no number at most {STATES} are asked about"


def questions(checked: CheckedFamily) -> Iterator[Question]:
    """The rows; for each kind of which the kernel knows a least n, each state that the graph lets count, and that n."""
    family = checked.family
    if family.parameters:
        words = f"{everywhere(checked)}: is every probability positive, and does every row sum to 1?"
        script = partial(rows_script, family, checked.asked, words)
        yield Question("rows", None, words, True, script, partial(_no_distribution, family))
    for kind in (PAPER, SHARP):
        n, sure = checked.counted[kind] or (0, ())
        if kind == PAPER or checked.counted[kind] is not None:
            counts: dict[int, Count | None] = {**Strips(family, kind).counts}
            counts |= {s: counts.get(s) for s in map(family.centre.mdp.state, sure)}
            yield from _of_kind(checked, kind, counts, n, sure)


def _of_kind(checked: CheckedFamily, kind: str, counts: Counts, n: int, sure: tuple[str, ...]) -> Iterator[Question]:
    """Is each state counted; and are n of them, where that says more."""
    never, names = _not_counted(checked, kind), checked.family.centre.mdp.states
    condition = "gamma > gamma*_" if kind == PAPER else "gamma >= gamma°_"
    for state, count in counts.items():
        x = names[state]
        ours = True if x in sure else False if x in never else None
        yield _question(checked, kind, {state: count}, 1, f"is {condition}{x}?", ours)
    if n > len(sure):
        listed = ", ".join(names[state] for state in counts)
        yield _question(checked, kind, counts, n, f"is {condition}x for at least {n} of {listed}?", True)


def _question(checked: CheckedFamily, kind: str, counts: Counts, least: int, words: str, ours: bool | None) -> Question:
    family, said = checked.family, f"{everywhere(checked)}: {words}"
    only = family.centre.mdp.states[next(iter(counts))] if len(counts) == 1 else None
    script = partial(counted_script, family, checked.asked, kind, counts, least, said)
    fails = partial(_fewer_counted, family, kind, counts, least)
    return Question("counted" if kind == PAPER else "counted-sharp", only, said, ours, script, fails)


def _not_counted(checked: CheckedFamily, kind: str) -> set[str]:
    """The states that an accepted claim shows not to be counted at the least gammas, on a part of the box."""
    shown = (claim for claim in checked.claims if isinstance(claim, NotCounted) and claim.kind == kind)
    return {claim.state for claim in shown if claim.discount > 0 and claim.discount >= checked.asked[0]}


def _asked(checked: CheckedFamily, asked: list[Question], solver: str, end: float) -> Iterator[Aside]:
    """Each question has its share of the time that is left, so that a hard one leaves some to the others."""
    for number, question in enumerate(asked):
        left = (end - time.monotonic()) / (len(asked) - number)
        query = question.script()
        answer = SOLVERS[solver](query, left, 0) if left > 0 else Answer(UNKNOWN)
        fails = partial(_fails, checked, question)
        found = opinion(solver, question.words, query, answer, "point", checked.family.parameters, fails)
        yield aside(found, [checked.s_term, question.state] if question.state else None, question.ours)


def _fails(checked: CheckedFamily, question: Question, place: Point, gamma: Fraction) -> bool:
    """The claim does, at a point and a gamma that are asked about."""
    (low, high), box = checked.asked, checked.family.box
    within = all(a <= value <= b for value, (a, b) in zip(place, box, strict=True))
    return within and low <= gamma <= high and 0 < gamma < 1 and question.fails(place, gamma)


def _no_distribution(family: Family, place: Point, _: Fraction) -> bool:
    rows = [[evaluate(p, place) for _, p in row] for actions in family.rows for row in actions]
    return any(sum(row) != 1 or min(row) <= 0 for row in rows)


def _fewer_counted(family: Family, kind: str, counts: Counts, least: int, place: Point, gamma: Fraction) -> bool:
    """Fewer than `least` are, by exact values of the best policy."""
    made = family.centre.mdp
    mdp, number = Mdp(made.states, made.actions, family.rows_at(place)), 0
    for count in filter(None, counts.values()):
        start, allowed = count.region.start, count.region.allowed
        values, _ = optimal(mdp, count.rewards, gamma, allowed=allowed)
        most = max(sum((p * values[t] for t, p in mdp.rows[start][a]), Fraction(0)) for a in allowed[start])
        number += most > 1 or (kind == SHARP and most == 1)
    return number < least
