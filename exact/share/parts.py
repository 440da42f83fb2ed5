"""Layer: shares, structure: how the volume of {0 <= x <= 1: every row . x <= t} grows with t, part by part.

Rows without a common coordinate are independent: their volumes multiply. A coordinate x that has one coefficient in all
rows but those of x alone is integrated over last. What is left is a cone's slice where the walls x <= 1 do not bind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

from exact.conversion import flint
from exact.errors import TooLarge
from exact.share.piecewise import Piecewise, monomial
from exact.share.volume import volume

T = TypeVar("T")
Form = Mapping[int, Fraction]  # coordinate -> positive coefficient


def growth(rows: Iterable[Form]) -> Piecewise:
    """The volume over the coordinates that the rows hold, as a function of t in [0, 1].

    Raises TooLarge where neither way applies, and walls bind.
    """
    found = monomial(0)
    for part in components(maximal(rows), lambda row: row):
        found = found.times(_of_part(part))
    return found


def maximal(rows: Iterable[Form]) -> list[Form]:
    """The rows that no other one exceeds in every coordinate, each once."""
    distinct = list({frozenset(row.items()): dict(row) for row in rows if row}.values())

    def exceeded(row: Form) -> bool:
        return any(o is not row and all(o.get(x, 0) >= c for x, c in row.items()) for o in distinct)

    return [row for row in distinct if not exceeded(row)]


def components(rows: Iterable[T], coordinates: Callable[[T], Iterable[int]]) -> list[list[T]]:
    """Groups of rows without common coordinates."""
    groups: list[tuple[set[int], list[T]]] = []
    for row in rows:
        own = set(coordinates(row))
        touching = [group for group in groups if not own.isdisjoint(group[0])]
        groups = [group for group in groups if own.isdisjoint(group[0])]
        groups.append((own.union(*(g[0] for g in touching)), [row, *(r for g in touching for r in g[1])]))
    return [group[1] for group in groups]


def binding(rows: Iterable[Form]) -> list[int]:
    """The coordinates whose wall x <= 1 does not follow from the rows at t = 1, by each row alone."""
    highest: dict[int, Fraction] = {}
    for row in rows:
        for x, c in row.items():
            highest[x] = max(c, highest.get(x, c))
    return sorted(x for x, c in highest.items() if c < 1)


def _of_part(rows: list[Form]) -> Piecewise:
    for x in sorted({x for row in rows for x in row}):
        coefficients = {row.get(x, Fraction(0)) for row in rows if set(row) != {x}}
        alone = [row[x] for row in rows if set(row) == {x}]
        if len(coefficients) <= 1 and 0 not in coefficients:
            on = min(coefficients, default=max(alone, default=Fraction(0)))
            rest = growth({y: c for y, c in row.items() if y != x} for row in rows)
            return rest.with_coordinate(flint(max(on, *alone)) if alone else flint(on), flint(on))
    if binding(rows):
        raise TooLarge("the walls of the cube bind in a part that cannot be divided")
    names = sorted({x for row in rows for x in row})
    table = [[row.get(x, Fraction(0)) for x in names] for row in rows]
    return monomial(len(names), flint(volume(table, [Fraction(1)] * len(table), len(names))))
