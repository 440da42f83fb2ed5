"""Layer: shares, vertices: those of a bounded polyhedron, exactly, by the double description (Motzkin et al. 1953).

The inequalities come one by one. Each cuts off some vertices; on an edge from one that stays to one that goes lies a
new vertex. Two vertices have an edge iff no third one lies on all the inequalities that both lie on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import gcd

from exact.conversion import over_common_denominator
from exact.errors import TooLarge

MOST_VERTICES = 10_000
Numbers = Sequence[Fraction]


@dataclass(frozen=True)
class Vertex:
    """ray: (n + 1,) integers, the last one > 0 and the scale of the others; on: bit i iff inequality i is tight."""

    ray: tuple[int, ...]
    on: int


def vertices(rows: Sequence[Numbers], bounds: Numbers, n: int) -> list[Vertex]:
    """Of {x >= 0: rows x <= bounds}, which is bounded. Inequality i < n is x_i >= 0; the rows follow, in their order.

    Raises TooLarge beyond MOST_VERTICES, also on the way.
    """
    found = [Vertex(tuple(int(i == j) for j in range(n + 1)), (1 << n) - 1 & ~(1 << i)) for i in range(n + 1)]
    order = sorted(range(len(rows)), key=lambda i: sum(map(bool, rows[i])))  # few vertices at first
    for i in order:
        inequality, _ = over_common_denominator([*(-c for c in rows[i]), bounds[i]])
        found = _cut(found, inequality, 1 << (n + i), n)
        if len(found) > MOST_VERTICES:
            raise TooLarge(f"a polytope of dimension {n} has more than {MOST_VERTICES} vertices", "draw a sample")
    return [vertex for vertex in found if vertex.ray[-1]]


def _cut(found: list[Vertex], inequality: Sequence[int], bit: int, n: int) -> list[Vertex]:
    """What is left of the vertices, and of the directions that end none (last entry 0), under one inequality more."""
    values = [sum(c * x for c, x in zip(inequality, vertex.ray, strict=True) if c and x) for vertex in found]
    inside = [(vertex, value) for vertex, value in zip(found, values, strict=True) if value >= 0]
    gone = [(vertex, -value) for vertex, value in zip(found, values, strict=True) if value < 0]
    kept = [vertex if value else Vertex(vertex.ray, vertex.on | bit) for vertex, value in inside]
    masks = [vertex.on for vertex in found]
    for vertex, value in inside:
        if value:
            for other, beyond in gone:
                common = vertex.on & other.on
                if common.bit_count() >= n - 1 and _edge(common, masks):
                    ray = [value * y + beyond * x for x, y in zip(vertex.ray, other.ray, strict=True)]
                    divisor = gcd(*ray)
                    kept.append(Vertex(tuple(x // divisor for x in ray), common | bit))
    return kept


def _edge(common: int, masks: Sequence[int]) -> bool:
    """Do just the two lie on all of it?"""
    return len(list(islice((mask for mask in masks if mask & common == common), 3))) == 2
