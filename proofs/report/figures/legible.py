"""Whether a drawing of a graph can be read in print: the size of its type, its labels, the crossings of its arrows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from proofs.report.figures.moves import Arrow, Moves
from proofs.report.figures.placed import Curve, Drawing, Point, extent
from proofs.report.figures.style import SMALL, TYPE, WIDTHS

if TYPE_CHECKING:
    from matplotlib.path import Path

READABLE = 4.5  # points of type
MOST_HIDDEN = 0.1  # of the labels
MOST_CROSSINGS = 0.75  # for each arrow: found by looking at drawings
EDGE = 3.0  # points around the drawing
_TALLEST = 8.6 * 72  # points
Box = tuple[float, float, float, float]  # middle and extent


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
