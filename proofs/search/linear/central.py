"""Linear search, multipliers with room: of all that refute a branch at one gamma, some that are far from 0.

A linear program's own multipliers are a vertex, and may end their use at any discount nearby. These have as many rows
taking part as possible, so that all of them can move a little before one becomes negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exact.linear import Constraint, Feasible, System, decide, likely_highest
from proofs.search.linear.row import Row

_ONE = Fraction(1)
NEARLY = 1 - Fraction(1, 2**20)  # of the largest sum, which is known in floating point only


def central(rows: Sequence[Row], gamma: Fraction) -> tuple[tuple[Row, Fraction], ...]:
    """(row, multiplier) without zeros. The sum of the multipliers, each counted up to 1, is nearly the largest.

    () if there are none, or none were found.
    """
    size = len(rows)  # variable i is the multiplier of row i, size + i what of it is counted
    total: dict[int, Fraction] = {i: row.bound for i, row in enumerate(rows)}
    strict = {i: _ONE for i, row in enumerate(rows) if row.relation == "<"}
    given = [
        *(Constraint.of(equation, "=", 0) for equation in _equations(rows, gamma)),
        Constraint.of(total, "<=", 0),
        Constraint.of({i: total[i] - strict.get(i, 0) for i in range(size)}, "<=", -1),
    ]
    inequalities = [i for i, row in enumerate(rows) if row.relation != "="]
    for i in inequalities:
        given += [
            Constraint.of({i: -_ONE}, "<=", 0),
            Constraint.of({size + i: _ONE, i: -_ONE}, "<=", 0),
            Constraint.of({size + i: _ONE}, "<=", 1),
        ]
    system, counted = System(2 * size, tuple(given)), {size + i: _ONE for i in inequalities}
    most = likely_highest(system, counted)
    if most is None:
        return ()
    enough = Constraint.of(dict.fromkeys(counted, -_ONE), "<=", -NEARLY * most)
    found = decide(system.with_([enough]))
    return (
        tuple((row, y) for row, y in zip(rows, found.point, strict=False) if y) if isinstance(found, Feasible) else ()
    )


def _equations(rows: Sequence[Row], gamma: Fraction) -> list[dict[int, Fraction]]:
    """For each variable of the rows, what the multipliers make of it."""
    equations: dict[int, dict[int, Fraction]] = {}
    for i, row in enumerate(rows):
        for variable, (c0, c1) in row.coefficients.items():
            equations.setdefault(variable, {})[i] = c0 + c1 * gamma
    return list(equations.values())
