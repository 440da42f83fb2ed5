"""Layer: shares, a part that cannot be divided: the goals that shut down are a cone over the walls of the cube.

{(x, w): 0 <= x <= 1, 0 <= w <= 1, every row . x <= w} is the union of the pyramids from the origin over its facets
w = 1 and x_i = 1, all at distance 1: its volume is the sum of theirs over its dimension. A wall x_i = 1 counts only
where no row has a coefficient of 1 or more there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from exact.linear import Constraint, System, redundant
from exact.share.lawrence import volume
from exact.share.parts import Form, binding
from exact.share.vertices import Basis

ONE = Fraction(1)


def coupled(rows: Sequence[Form]) -> Fraction:
    """The volume for x and w together. Raises TooLarge."""
    names, walls = sorted({x for row in rows for x in row}), binding(rows)
    needed = essential(rows)
    total = top(needed, walls) + sum((_side(needed, names, walls, x) for x in walls), Fraction(0))
    return total / (len(names) + 1)


def top(rows: Sequence[Form], walls: Sequence[int], visit: Callable[[Basis], None] = lambda _: None) -> Fraction:
    """The volume of the facet w = 1."""
    names = sorted({x for row in rows for x in row})
    table = [_listed(row, names) for row in (*rows, *({x: ONE} for x in walls))]
    return volume(table, [ONE] * len(table), len(names), visit)


def _side(rows: Sequence[Form], names: Sequence[int], walls: Sequence[int], x: int) -> Fraction:
    """The volume of the facet x = 1, in the other coordinates and in 1 - w."""
    others = [y for y in names if y != x]
    table = [[*_listed(row, others), ONE] for row in rows]
    bounds = [1 - row.get(x, Fraction(0)) for row in rows]
    table += [[*_listed({y: ONE}, others), Fraction(0)] for y in walls if y != x]
    table.append([*(Fraction(0) for _ in others), ONE])
    return volume(table, bounds + [ONE] * (len(table) - len(bounds)), len(names))


def essential(rows: Sequence[Form]) -> list[Form]:
    """The rows that do not follow from the others at t = 1, and so at every t."""
    names = sorted({x for row in rows for x in row})
    number = {x: i for i, x in enumerate(names)}
    said = [Constraint.of({number[x]: c for x, c in row.items()}, "<=", 1) for row in rows]
    signs = [Constraint.of({i: -1}, "<=", 0) for i in range(len(names))]
    dropped = redundant(System(len(names), (*said, *signs)), together=True)
    return [row for i, row in enumerate(rows) if i not in dropped]


def _listed(row: Form, names: Sequence[int]) -> list[Fraction]:
    return [row.get(x, Fraction(0)) for x in names]
