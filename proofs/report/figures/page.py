"""A graph laid out for a page, and which part of an MDP can be read on one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from exact.graph import distances
from exact.instance.shown import Chances
from proofs.claims.checked import Checked
from proofs.report.figures.compass import places
from proofs.report.figures.dot import laid_out
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.legible import flaw, room_of, scale_of
from proofs.report.figures.moves import Moves, moves
from proofs.report.figures.part import ACTIONS, UNREACHED, WHOLE, Part
from proofs.report.figures.placed import Drawing, placed

MOST_ARROWS = 200  # that dot lays out within seconds; nobody could follow more


@dataclass(frozen=True)
class Page:
    """scale: by how much the plan shrinks to fit. flaw: why nobody can read it, empty if one can."""

    moves: Moves
    plan: Drawing
    scale: float
    flaw: str


def page(checked: Checked, columns: int, part: Part = WHOLE, chances: Chances | None = None) -> Page:
    """By the states' positions, else across or downwards, whichever can be read, and larger.

    Raises NothingToDraw where there are too many arrows, MissingTool.
    """
    found, room = moves(checked, part, chances), room_of(columns)
    positions = {f"s{s}": place for s, place in places(checked.instance).items()}
    if not positions and len(found.arrows) > MOST_ARROWS:
        raise NothingToDraw(f"{len(found.arrows)} arrows are more than a page holds", "draw a part of it", "graph")
    plans = [placed(found, positions)] if positions else [laid_out(found, across) for across in (True, False)]
    scaled = [(plan, scale_of(plan, room)) for plan in plans]
    pages = [Page(found, plan, scale, flaw(found, plan, scale)) for plan, scale in scaled]
    return max(pages, key=lambda each: (not each.flaw, each.scale))


def readable_parts(checked: Checked, columns: int, part: Part, chances: Chances | None = None) -> Iterator[Part]:
    """Smaller parts of a part that nobody can read: with words left out; and what is near s_new, with its labels.

    Raises MissingTool.
    """

    def reads(smaller: Part) -> bool:
        try:
            return not page(checked, columns, smaller, chances).flaw
        except NothingToDraw:
            return False

    instance = checked.instance
    far = part.within or max(distances(instance.mdp, [instance.shutdown_state]).values())
    words = ({UNREACHED}, {ACTIONS}, {ACTIONS, UNREACHED})
    smaller = [replace(part, leave_out=part.leave_out | more) for more in words if not more <= part.leave_out]
    with_less = next(filter(reads, smaller), None)
    near = _nearest(part, far, reads)
    if not (with_less or near):
        near = _nearest(replace(part, leave_out=part.leave_out | {ACTIONS}), far, reads)
    yield from filter(None, (with_less, near))


def _nearest(part: Part, far: int, reads: Callable[[Part], bool]) -> Part | None:
    """The largest number of moves, less than `far`, within which it reads, where those of fewer moves do."""
    reads_at, fails_at = 0, far
    while fails_at - reads_at > 1:
        middle = (reads_at + fails_at) // 2
        if reads(replace(part, within=middle)):
            reads_at = middle
        else:
            fails_at = middle
    return replace(part, within=reads_at) if reads_at else None
