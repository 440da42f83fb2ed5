"""The layout of given positions: states where they belong, arrows straight, or bent where they would meet.

A grid stays a grid: one unit of each axis is as long as its tightest neighbours need. States without a position stand
in a row below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations
from math import atan2, cos, hypot, pi, sin, tau

from proofs.report.figures.labels import width_of
from proofs.report.figures.moves import Arrow, Moves, Node
from proofs.report.figures.style import SMALL

Point = tuple[float, float]
_GAP, _LEAST = 10.0, 20.0  # points beside a label, and between neighbours
_BEND = 5.0  # points that arrows of a pair keep apart
_LOOP = 20.0  # points that a loop reaches
_USUAL = 60.0  # points to a unit where no neighbours ask for more


@dataclass(frozen=True)
class Curve:
    """points: a cubic spline of Bezier pieces, 3k + 1 points. label: the middle of its text."""

    points: tuple[Point, ...]
    label: Point = (0.0, 0.0)
    text: str = ""


@dataclass(frozen=True)
class Drawing:
    """Everything in points, y upwards. nodes: their middles by key; curves: those of the arrows, in order."""

    nodes: Mapping[str, Point]
    curves: tuple[Curve, ...]
    bounds: tuple[float, float, float, float]


def placed(moves: Moves, positions: Mapping[str, tuple[Fraction, Fraction]]) -> Drawing:
    """positions: of states, by the keys of their nodes."""
    nodes = {node.key: node for node in moves.nodes}
    centres = _centres(moves, nodes, positions)
    for key, node in nodes.items():
        if not node.name:
            centres[key] = _beside(key, moves, centres)
    curves = tuple(_curve(arrow, moves.arrows, nodes, centres) for arrow in moves.arrows)
    return Drawing(centres, curves, _bounds(nodes, centres, curves))


def _centres(
    moves: Moves, nodes: Mapping[str, Node], positions: Mapping[str, tuple[Fraction, Fraction]]
) -> dict[str, Point]:
    places = {key: (float(x), float(y)) for key, (x, y) in positions.items() if key in nodes}
    labels = {frozenset((arrow.source, arrow.target)): extent(arrow.label) for arrow in moves.arrows if arrow.label}
    loops = {arrow.source for arrow in moves.arrows if arrow.source == arrow.target}
    units = []
    for axis in (0, 1):
        needed = [1.0]
        for one, other in combinations(places, 2):
            apart = abs(places[one][axis] - places[other][axis])
            aside = abs(places[one][1 - axis] - places[other][1 - axis])
            if apart > 2 * aside:
                size = sum((nodes[key].wide, nodes[key].high)[axis] for key in (one, other)) / 2
                text = labels.get(frozenset((one, other)), (0.0, 0.0))[axis]
                text = max(text, _LOOP + SMALL) if axis and loops & {one, other} else text
                needed.append((size + max(_LEAST, text + _GAP)) / apart)
        units.append(max(needed) if len(needed) > 1 else _USUAL)
    centres = {key: (x * units[0], y * units[1]) for key, (x, y) in places.items()}
    return _below(moves, nodes, centres, max(units[1], 2 * _LEAST))


def _below(moves: Moves, nodes: Mapping[str, Node], centres: dict[str, Point], depth: float) -> dict[str, Point]:
    """The states without a position too: in a row, under those that they are joined to, the others after them."""
    bottom = min((y for _, y in centres.values()), default=0.0) - depth
    rest = [node for node in nodes.values() if node.name and node.key not in centres]
    ends = [(arrow, pair) for arrow in moves.arrows for pair in permutations((arrow.source, arrow.target))]
    wanted: dict[str, list[float]] = {node.key: [] for node in rest}
    for _, (key, far) in ends:
        wanted.get(key, []).extend([centres[far][0]] if far in centres else [])
    gap = max((extent(a.label)[0] + _GAP for a, pair in ends if wanted.keys() >= set(pair)), default=0.0)
    gap = max(gap, 1.5 * _LEAST)
    left = min((x for x, _ in centres.values()), default=0.0) - 2 * gap
    for node in sorted(rest, key=lambda node: min(wanted[node.key], default=float("inf"))):
        x = max([left + gap + node.wide / 2, *wanted[node.key][:1]])
        centres[node.key] = x, bottom
        left = x + node.wide / 2
    return centres


def _beside(key: str, moves: Moves, centres: Mapping[str, Point]) -> Point:
    """An action's node: on the way from its state to the middle of where it leads."""
    source = next(arrow.source for arrow in moves.arrows if arrow.target == key)
    targets = [centres[arrow.target] for arrow in moves.arrows if arrow.source == key]
    x, y = centres[source]
    dx, dy = (sum(part) / len(targets) - own for part, own in zip(zip(*targets, strict=True), (x, y), strict=True))
    length = hypot(dx, dy)
    if length < _LEAST:
        angle = _free(source, moves.arrows, centres)
        return x + 1.5 * _LEAST * cos(angle), y + 1.5 * _LEAST * sin(angle)
    part = max(0.45, min(0.8, 1.2 * _LEAST / length))
    return x + part * dx, y + part * dy


def _curve(arrow: Arrow, arrows: Sequence[Arrow], nodes: Mapping[str, Node], centres: Mapping[str, Point]) -> Curve:
    (x, y), (x2, y2) = centres[arrow.source], centres[arrow.target]
    steep = abs(y2 - y) > abs(x2 - x)
    text = arrow.label.replace(" ", "\n") if steep and "\n" not in arrow.label else arrow.label
    wide, high = extent(text)
    if arrow.source == arrow.target:
        angle, node = _free(arrow.source, arrows, centres), nodes[arrow.source]
        ends = [_edge((x, y), node, angle + turn) for turn in (0.5, -0.5)]
        reach = [(ex + _LOOP * cos(angle + turn), ey + _LOOP * sin(angle + turn))
                 for (ex, ey), turn in zip(ends, (0.35, -0.35), strict=True)]  # fmt: skip
        far = hypot(node.wide * cos(angle), node.high * sin(angle)) / 2 + 0.75 * _LOOP
        far += (abs(cos(angle)) * wide + abs(sin(angle)) * high) / 2
        return Curve((ends[0], *reach, ends[1]), (x + far * cos(angle), y + far * sin(angle)), text)
    between = [a for a in arrows if {a.source, a.target} == {arrow.source, arrow.target}]
    mine = between.index(arrow) - (len(between) - 1) / 2
    side = 1 if between[0].source == arrow.source else -1
    bend = side * 2 * _BEND * mine if len(between) > 1 else 0.0
    length, angle = hypot(x2 - x, y2 - y) or 1.0, atan2(y2 - y, x2 - x)
    if not bend and _passes_through(arrow, nodes, centres):
        bend = max(0.25 * length, 2 * _LEAST)
    nx, ny = -sin(angle), cos(angle)
    tilt = atan2(2 * bend, length)
    start = _edge((x, y), nodes[arrow.source], angle + tilt)
    end = _edge((x2, y2), nodes[arrow.target], angle + pi - tilt)
    mx, my = (start[0] + end[0]) / 2 + 2 * bend * nx * 0.7, (start[1] + end[1]) / 2 + 2 * bend * ny * 0.7
    first, second = (((1 * ex + 2 * mx) / 3, (1 * ey + 2 * my) / 3) for ex, ey in (start, end))
    away = (1.0 if bend > 0 else -1.0) if bend else (1.0 if (ny, nx) > (0.0, 0.0) else -1.0)
    middle = (start[0] + 2 * mx + end[0]) / 4, (start[1] + 2 * my + end[1]) / 4
    shift = away * (abs(nx) * wide / 2 + abs(ny) * high / 2 + 1)
    return Curve((start, first, second, end), (middle[0] + shift * nx, middle[1] + shift * ny), text)


def _passes_through(arrow: Arrow, nodes: Mapping[str, Node], centres: Mapping[str, Point]) -> bool:
    """A straight line would cross another state."""
    (x, y), (x2, y2) = centres[arrow.source], centres[arrow.target]
    length = hypot(x2 - x, y2 - y) or 1.0
    for key, (px, py) in centres.items():
        if key not in (arrow.source, arrow.target) and nodes[key].name:
            along = ((px - x) * (x2 - x) + (py - y) * (y2 - y)) / length
            aside = abs((px - x) * (y2 - y) - (py - y) * (x2 - x)) / length
            if 0 < along < length and aside < nodes[key].high / 2 + 2:
                return True
    return False


def _free(key: str, arrows: Iterable[Arrow], centres: Mapping[str, Point]) -> float:
    """The middle of the widest angle without an arrow at this state; upwards if there is none at all."""
    x, y = centres[key]
    ends = {
        arrow.target if arrow.source == key else arrow.source for arrow in arrows if key in (arrow.source, arrow.target)
    }
    angles = sorted(atan2(centres[e][1] - y, centres[e][0] - x) for e in ends if e != key and e in centres)
    if not angles:
        return pi / 2
    gaps = [((b - a) % tau or tau, a) for a, b in zip(angles, [*angles[1:], angles[0]], strict=True)]
    widest, begin = max(gaps)
    return begin + widest / 2


def _edge(centre: Point, node: Node, angle: float) -> Point:
    """Where a ray from the middle leaves the node's box."""
    dx, dy = cos(angle), sin(angle)
    reach = min(node.wide / 2 / (abs(dx) or 1e-9), node.high / 2 / (abs(dy) or 1e-9))
    return centre[0] + reach * dx, centre[1] + reach * dy


def extent(label: str) -> tuple[float, float]:
    """Points, of lines one below the other."""
    lines = label.split("\n") if label else []
    return max((width_of(line) for line in lines), default=0.0) + 2, len(lines) * (SMALL + 1.0)


def _bounds(
    nodes: Mapping[str, Node], centres: Mapping[str, Point], curves: Sequence[Curve]
) -> tuple[float, float, float, float]:
    boxes = [(*centres[key], node.wide / 2 + 3, node.high / 2 + 3) for key, node in nodes.items()]
    boxes += [(x, y, 1.0, 1.0) for curve in curves for x, y in curve.points]
    for curve in curves:
        wide, high = extent(curve.text)
        boxes += [(*curve.label, wide / 2, high / 2)] if curve.text else []
    lows = [min(box[k] - box[k + 2] for box in boxes) for k in (0, 1)]
    highs = [max(box[k] + box[k + 2] for box in boxes) for k in (0, 1)]
    return lows[0], lows[1], highs[0], highs[1]
