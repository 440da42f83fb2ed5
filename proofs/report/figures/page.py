"""A graph laid out for a page: whether it can be read in print, and which part of an MDP can.

That takes type of a size, labels apart from each other, and arrows that rarely cross.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from exact.graph import distances
from exact.instance.shown import Chances
from proofs.claims.checked import Checked
from proofs.report.figures.compass import places
from proofs.report.figures.dot import laid_out
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.moves import Arrow, Moves, moves
from proofs.report.figures.part import ACTIONS, UNREACHED, WHOLE, Part
from proofs.report.figures.placed import Curve, Drawing, Point, extent, placed
from proofs.report.figures.style import SMALL, TYPE, WIDTHS

if TYPE_CHECKING:
    from matplotlib.path import Path

READABLE = 4.5  # points of type
MOST_HIDDEN = 0.1  # of the labels
MOST_CROSSINGS = 0.75  # for each arrow: found by looking at drawings
EDGE = 3.0  # points around the drawing
_TALLEST = 8.6 * 72  # points
Box = tuple[float, float, float, float]  # middle and extent
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


def room_of(columns: int) -> float:
    """Points across, for the drawing."""
    return WIDTHS[columns] * 72 - 2 * EDGE


def scale_of(plan: Drawing, room: float) -> float:
    """By how much it shrinks to fit, at most 1."""
    left, low, right, high = plan.bounds
    return min(1.0, room / (right - left), _TALLEST / (high - low))


def flaw(found: Moves, plan: Drawing, scale: float) -> str:
    """Why nobody can read it, empty if one can."""
    labels = [(*curve.label, *extent(curve.text)) for curve in plan.curves if curve.text]
    smallest = scale * (SMALL if labels else TYPE)
    if smallest < READABLE:
        return f"the type shrinks to {smallest:.1f} points"
    nodes = [(*plan.nodes[node.key], node.wide, node.high) for node in found.nodes if node.name]
    boxes = [*labels, *nodes]
    hidden = sum(any(_overlap(label, box) for box in boxes if box is not label) for label in labels)
    if hidden > MOST_HIDDEN * len(labels):
        return f"{hidden} of {len(labels)} labels overlap"
    many = crossings(found.arrows, plan.curves)
    return f"{len(plan.curves)} arrows cross {many} times" if many > MOST_CROSSINGS * len(plan.curves) else ""


def _overlap(one: Box, other: Box) -> bool:
    """By more than a hair."""
    return all(abs(one[k] - other[k]) < 0.4 * (one[k + 2] + other[k + 2]) for k in (0, 1))


def crossings(arrows: Sequence[Arrow], curves: Sequence[Curve]) -> int:
    """How many pairs of arrows that share no end cross."""
    paths = [(arrow, spline(curve.points)) for arrow, curve in zip(arrows, curves, strict=True)]
    return sum(
        path.intersects_path(other, filled=False)
        for (one, path), (two, other) in combinations(paths, 2)
        if not {one.source, one.target} & {two.source, two.target}
    )


def spline(points: Sequence[Point]) -> Path:
    """3k + 1 points as Bezier pieces."""
    from matplotlib.path import Path

    return Path(points, [Path.MOVETO, *[Path.CURVE4] * (len(points) - 1)])
