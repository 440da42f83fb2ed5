"""Layer: linear questions, the form in which they are solved: maximise an integer objective over integer rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from flint import fmpq

from exact.conversion import over_common_denominator
from exact.linear.system import Constraint, System


@dataclass(frozen=True)
class Program:
    """maximise objective . x with rows[i] . x <= bounds[i], or = where equal[i]; x free, of length `columns`."""

    columns: int
    rows: tuple[dict[int, int], ...]
    bounds: tuple[int, ...]
    equal: tuple[bool, ...]
    objective: dict[int, int]

    def slack(self, row: int, x: Sequence[fmpq]) -> fmpq:
        """bound minus left side."""
        value = fmpq(self.bounds[row])
        for j, c in self.rows[row].items():
            if x[j]:
                value -= x[j] * c
        return value


def integer_row(constraint: Constraint) -> tuple[dict[int, int], int, Fraction]:
    """(coefficients, bound, scale > 0): the constraint times scale, in coprime integers."""
    entries, denominator = over_common_denominator([*(c for _, c in constraint.coefficients), constraint.bound])
    content = gcd(*entries) or 1
    row = {j: entry // content for (j, _), entry in zip(constraint.coefficients, entries, strict=False)}
    return row, entries[-1] // content, Fraction(denominator, content)


class IntegerRows:
    """A system in integers, row by row: coefficients, bounds, the scales that make them, which are equalities."""

    def __init__(self, system: System) -> None:
        parts = [integer_row(constraint) for constraint in system.constraints]
        self.rows = tuple(row for row, _, _ in parts)
        self.bounds = tuple(bound for _, bound, _ in parts)
        self.scales = [scale for _, _, scale in parts]
        self.sizes = [max(map(abs, row.values()), default=1) for row in self.rows]
        self.equal = tuple(constraint.relation == "=" for constraint in system.constraints)


def cone(system: System) -> tuple[Program, list[Fraction]]:
    """The one question behind feasibility, and the scale of each row.

    Variables x, t, e: maximise e <= 1 where a x - b t + w e <= 0 for a strict row (w > 0 of the row's size),
    a x - b t <= 0 for a weak one, = 0 for an equality, and e <= t. The origin is feasible. The maximum is 1 iff the
    system has a solution (x/t is one), else 0, and then the dual solution is Infeasible's combination: with mu on
    e <= t it says sum lambda b = -mu and mu + sum of w lambda over strict rows = 1.
    """
    t, e, whole = system.variables, system.variables + 1, IntegerRows(system)
    for i, constraint in enumerate(system.constraints):
        if whole.bounds[i]:
            whole.rows[i][t] = -whole.bounds[i]
        if constraint.relation == "<":
            whole.rows[i][e] = whole.sizes[i]
    rows, bounds = (*whole.rows, {t: -1, e: 1}, {e: 1}), (*(0 for _ in whole.rows), 0, 1)
    return Program(e + 1, rows, bounds, (*whole.equal, False, False), {e: 1}), whole.scales


def closure(system: System, objective: Constraint) -> Program:
    """Maximise the left side of `objective` over the system with < read as <=."""
    whole = IntegerRows(system)
    return Program(system.variables, whole.rows, whole.bounds, whole.equal, integer_row(objective)[0])


def room(system: System) -> Program:
    """Maximise e <= 1 with a x + w e <= b for every inequality, strict or not (w > 0 of the row's size)."""
    e, whole = system.variables, IntegerRows(system)
    for row, size, equal in zip(whole.rows, whole.sizes, whole.equal, strict=True):
        if not equal:
            row[e] = size
    return Program(e + 1, (*whole.rows, {e: 1}), (*whole.bounds, 1), (*whole.equal, False), {e: 1})
