"""Layer: shares, volumes: of a bounded polyhedron, exactly, face by face.

A polytope is the union of the pyramids from one of its vertices v over the facets that do not hold v. In coordinates:
vol P = 1/dim sum over these facets of slack(v) / |a_j| vol F, where a x <= b holds with equality on F, slack is
b - a v, j is a coordinate with a_j != 0, and F is measured without its j-th (Lasserre 1983). A face is met on many
ways down and measured once: it is known by its vertices, and always measured in the same coordinates, those that
are no leading ones of the equations that hold on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from exact.conversion import flint, fraction
from exact.errors import TooLarge
from exact.share.vertices import Numbers, vertices

MOST_FACES = 300_000  # some 40 seconds
Equations = tuple[tuple[int, list[fmpq]], ...]  # (leading coordinate, coefficients: 1 there), reduced by those before


@dataclass
class Budget:
    """How many faces were measured, of several polytopes together."""

    faces: int = 0

    def spend(self, dimension: int) -> None:
        """One more. Raises TooLarge."""
        if self.faces >= MOST_FACES:
            raise TooLarge(f"a polytope of dimension {dimension} has more than {MOST_FACES} faces", "draw a sample")
        self.faces += 1


def volume(rows: Sequence[Numbers], bounds: Numbers, n: int, budget: Budget | None = None) -> Fraction:
    """Of {x >= 0: rows x <= bounds} in n dimensions, which is bounded; 0 if that is flat or empty. Raises TooLarge."""
    return fraction(_Faces(rows, bounds, n, budget or Budget()).whole())


class _Faces:
    """A polytope's faces, each as the set of its vertices: bit k for vertex k."""

    def __init__(self, rows: Sequence[Numbers], bounds: Numbers, n: int, budget: Budget) -> None:
        self._n, self._budget, found = n, budget, vertices(rows, bounds, n)
        self._rows = [[fmpq(-int(i == j)) for j in range(n)] for i in range(n)]
        self._rows += [[flint(c) for c in row] for row in rows]
        self._bounds = [fmpq(0)] * n + [flint(bound) for bound in bounds]
        self._points = [[fmpq(x, vertex.ray[-1]) for x in vertex.ray[:-1]] for vertex in found]
        self._on = [sum(1 << k for k, v in enumerate(found) if v.on >> i & 1) for i in range(len(self._rows))]
        self._known: dict[int, fmpq] = {}

    def whole(self) -> fmpq:
        """The volume of it all."""
        face = (1 << len(self._points)) - 1
        if not face or face in self._on:
            return fmpq(0)
        return self._measured(face, self._n, ())

    def _measured(self, face: int, dimension: int, equations: Equations) -> fmpq:
        """In the coordinates that lead none of the equations, which hold on the face."""
        if not dimension:
            return fmpq(1)
        if face not in self._known:
            self._budget.spend(self._n)
            facets, total = self._facets(face), fmpq(0)
            apex = _in_many(face, facets)
            for facet, i in facets.items():
                if not facet >> apex & 1:
                    lead, equation, size = _reduced(self._rows[i], equations)
                    slack = self._bounds[i] - _product(self._rows[i], self._points[apex])
                    total += slack / size * self._measured(facet, dimension - 1, (*equations, (lead, equation)))
            self._known[face] = total / dimension
        return self._known[face]

    def _facets(self, face: int) -> dict[int, int]:
        """The largest proper subsets that an inequality makes equalities of, each with its inequality."""
        parts: dict[int, int] = {}
        for i, on in enumerate(self._on):
            part = face & on
            if part and part != face:
                parts.setdefault(part, i)
        facets: dict[int, int] = {}
        for part in sorted(parts, key=int.bit_count, reverse=True):
            if not any(part & facet == part for facet in facets):
                facets[part] = parts[part]
        return facets


def _in_many(face: int, facets: Sequence[int] | dict[int, int]) -> int:
    """The number of a vertex that lies in many of the facets, the large ones first."""
    for facet in facets:
        face = face & facet or face
    return face.bit_length() - 1


def _reduced(row: list[fmpq], equations: Equations) -> tuple[int, list[fmpq], fmpq]:
    """The row without the coordinates that lead the equations: its own leading one, itself over |size|, and |size|."""
    for lead, equation in equations:
        if factor := row[lead]:
            row = [x - factor * y for x, y in zip(row, equation, strict=True)]
    lead = next(j for j, x in enumerate(row) if x)
    return lead, [x / row[lead] for x in row], abs(row[lead])


def _product(row: list[fmpq], point: list[fmpq]) -> fmpq:
    return sum((c * x for c, x in zip(row, point, strict=True) if c and x), fmpq(0))
