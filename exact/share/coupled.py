"""Layer: shares, what cannot be divided: the goals that shut down, a polytope between the walls of the cube."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exact.linear import Constraint, System, redundant
from exact.share.parts import Form, binding
from exact.share.volume import volume

ONE = Fraction(1)


def coupled(rows: Sequence[Form]) -> Fraction:
    """The volume of {(x, w): 0 <= x <= 1, w <= 1, every row . x <= w}. Raises TooLarge."""
    needed = essential(rows)
    names = sorted({x for row in rows for x in row})
    table = [[*(row.get(x, Fraction(0)) for x in names), -ONE] for row in needed]
    table += [[*(Fraction(int(x == y)) for y in names), Fraction(0)] for x in binding(rows)]
    table.append([*(Fraction(0) for _ in names), ONE])
    bounds = [Fraction(0)] * len(needed) + [ONE] * (len(table) - len(needed))
    return volume(table, bounds, len(names) + 1)


def essential(rows: Sequence[Form]) -> list[Form]:
    """The rows that do not follow from the others at t = 1, and so at every t."""
    names = sorted({x for row in rows for x in row})
    number = {x: i for i, x in enumerate(names)}
    said = [Constraint.of({number[x]: c for x, c in row.items()}, "<=", 1) for row in rows]
    signs = [Constraint.of({i: -1}, "<=", 0) for i in range(len(names))]
    dropped = redundant(System(len(names), (*said, *signs)), together=True)
    return [row for i, row in enumerate(rows) if i not in dropped]
