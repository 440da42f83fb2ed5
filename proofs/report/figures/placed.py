"""The layout of given positions: states where they belong, arrows straight, or bent where they would meet.

A grid stays a grid: one unit of each axis is as long as its tightest neighbours need. States without a position stand
in a row below.
"""

from __future__ import annotations

from cmath import phase, rect
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
    middles = {key: _point(centre) for key, centre in centres.items()}
    return Drawing(middles, curves, _bounds(nodes, middles, curves))


def _point(place: complex) -> Point:
    return place.real, place.imag


def _centres(
    moves: Moves, nodes: Mapping[str, Node], positions: Mapping[str, tuple[Fraction, Fraction]]
) -> dict[str, complex]:
    """In the plane of complex numbers, like every place below."""
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
    centres = {key: complex(x * units[0], y * units[1]) for key, (x, y) in places.items()}
    return _below(moves, nodes, centres, max(units[1], 2 * _LEAST))


def _below(moves: Moves, nodes: Mapping[str, Node], centres: dict[str, complex], depth: float) -> dict[str, complex]:
    """The states without a position too: in a row, under those that they are joined to, the others after them."""
    bottom = min((centre.imag for centre in centres.values()), default=0.0) - depth
    rest = [node for node in nodes.values() if node.name and node.key not in centres]
    ends = [(arrow, pair) for arrow in moves.arrows for pair in permutations((arrow.source, arrow.target))]
    wanted: dict[str, list[float]] = {node.key: [] for node in rest}
    for _, (key, far) in ends:
        wanted.get(key, []).extend([centres[far].real] if far in centres else [])
    gap = max((extent(a.label)[0] + _GAP for a, pair in ends if wanted.keys() >= set(pair)), default=0.0)
    gap = max(gap, 1.5 * _LEAST)
    left = min((centre.real for centre in centres.values()), default=0.0) - 2 * gap
    for node in sorted(rest, key=lambda node: min(wanted[node.key], default=float("inf"))):
        x = max([left + gap + node.wide / 2, *wanted[node.key][:1]])
        centres[node.key] = complex(x, bottom)
        left = x + node.wide / 2
    return centres


def _beside(key: str, moves: Moves, centres: Mapping[str, complex]) -> complex:
    """An action's node: on the way from its state to the middle of where it leads."""
    source = next(arrow.source for arrow in moves.arrows if arrow.target == key)
    targets = [centres[arrow.target] for arrow in moves.arrows if arrow.source == key]
    way = sum(targets) / len(targets) - centres[source]
    if abs(way) < _LEAST:
        return centres[source] + rect(1.5 * _LEAST, _free(source, moves.arrows, centres))
    return centres[source] + max(0.45, min(0.8, 1.2 * _LEAST / abs(way))) * way


def _curve(arrow: Arrow, arrows: Sequence[Arrow], nodes: Mapping[str, Node], centres: Mapping[str, complex]) -> Curve:
    way = centres[arrow.target] - centres[arrow.source]
    steep = abs(way.imag) > abs(way.real)
    text = arrow.label.replace(" ", "\n") if steep and "\n" not in arrow.label else arrow.label
    if arrow.source == arrow.target:
        return _loop(nodes[arrow.source], text, centres[arrow.source], _free(arrow.source, arrows, centres))
    between = [a for a in arrows if {a.source, a.target} == {arrow.source, arrow.target}]
    side = 1 if between[0].source == arrow.source else -1
    bend = side * 2 * _BEND * (between.index(arrow) - (len(between) - 1) / 2)
    if not bend and _passes_through(arrow, nodes, centres):
        bend = max(0.25 * abs(way), 2 * _LEAST)
    tilt, angle = atan2(2 * bend, abs(way) or 1.0), phase(way)
    start = _edge(centres[arrow.source], nodes[arrow.source], angle + tilt)
    end = _edge(centres[arrow.target], nodes[arrow.target], angle + pi - tilt)
    across = rect(1, angle) * 1j
    peak = (start + end) / 2 + 1.4 * bend * across
    up = bend > 0 if bend else (across.imag, across.real) > (0.0, 0.0)
    wide, high = extent(text)
    aside = abs(across.real) * wide / 2 + abs(across.imag) * high / 2 + 1
    label = (start + 2 * peak + end) / 4 + (aside if up else -aside) * across
    points = start, (start + 2 * peak) / 3, (end + 2 * peak) / 3, end
    return Curve(tuple(map(_point, points)), _point(label), text)


def _loop(node: Node, text: str, centre: complex, angle: float) -> Curve:
    """An arrow from a node to itself, in this direction."""
    start, end = (_edge(centre, node, angle + turn) for turn in (0.5, -0.5))
    points = start, start + rect(_LOOP, angle + 0.35), end + rect(_LOOP, angle - 0.35), end
    wide, high = extent(text)
    far = hypot(node.wide * cos(angle), node.high * sin(angle)) / 2 + 0.75 * _LOOP
    far += (abs(cos(angle)) * wide + abs(sin(angle)) * high) / 2
    return Curve(tuple(map(_point, points)), _point(centre + rect(far, angle)), text)


def _passes_through(arrow: Arrow, nodes: Mapping[str, Node], centres: Mapping[str, complex]) -> bool:
    """A straight line would cross another state."""
    way = centres[arrow.target] - centres[arrow.source]
    length = abs(way) or 1.0
    for key, centre in centres.items():
        if key not in (arrow.source, arrow.target) and nodes[key].name:
            seen = (centre - centres[arrow.source]) * way.conjugate() / length  # along the line, and beside it
            if 0 < seen.real < length and abs(seen.imag) < nodes[key].high / 2 + 2:
                return True
    return False


def _free(key: str, arrows: Iterable[Arrow], centres: Mapping[str, complex]) -> float:
    """The middle of the widest angle without an arrow at this state; upwards if there is none at all."""
    joined = [{arrow.source, arrow.target} for arrow in arrows if key in (arrow.source, arrow.target)]
    ends = set[str]().union(*joined) & centres.keys() - {key}
    angles = sorted(phase(centres[end] - centres[key]) for end in ends)
    if not angles:
        return pi / 2
    gaps = [((b - a) % tau or tau, a) for a, b in zip(angles, [*angles[1:], angles[0]], strict=True)]
    widest, begin = max(gaps)
    return begin + widest / 2


def _edge(centre: complex, node: Node, angle: float) -> complex:
    """Where a ray from the middle leaves the node's box."""
    reach = min(node.wide / 2 / (abs(cos(angle)) or 1e-9), node.high / 2 / (abs(sin(angle)) or 1e-9))
    return centre + rect(reach, angle)


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
