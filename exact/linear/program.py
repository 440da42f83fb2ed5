"""Layer: linear questions, the form in which they are solved: maximise an integer objective over integer rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from flint import fmpq

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
    numbers = [*(c for _, c in constraint.coefficients), constraint.bound]
    denominator = lcm(*(number.denominator for number in numbers))
    entries = [number.numerator * (denominator // number.denominator) for number in numbers]
    content = gcd(*entries) or 1
    row = {j: entry // content for (j, _), entry in zip(constraint.coefficients, entries, strict=False)}
    return row, entries[-1] // content, Fraction(denominator, content)


def cone(system: System) -> tuple[Program, list[Fraction]]:
    """The one question behind feasibility, and the scale of each row.

    Variables x, t, e: maximise e <= 1 where a x - b t + w e <= 0 for a strict row (w > 0 of the row's size),
    a x - b t <= 0 for a weak one, = 0 for an equality, and e <= t. The origin is feasible. The maximum is 1 iff the
    system has a solution (x/t is one), else 0, and then the dual solution is Infeasible's combination: with mu on
    e <= t it says sum lambda b = -mu and mu + sum of w lambda over strict rows = 1.
    """
    t, e = system.variables, system.variables + 1
    rows, scales = [], []
    for constraint in system.constraints:
        row, bound, scale = integer_row(constraint)
        size = max(map(abs, row.values()), default=1)
        if bound:
            row[t] = -bound
        if constraint.relation == "<":
            row[e] = size
        rows.append(row)
        scales.append(scale)
    equal = [constraint.relation == "=" for constraint in system.constraints]
    bounds = (*(0 for _ in rows), 0, 1)
    return Program(e + 1, (*rows, {t: -1, e: 1}, {e: 1}), bounds, (*equal, False, False), {e: 1}), scales


def closure(system: System, objective: Constraint) -> Program:
    """Maximise the left side of `objective` over the system with < read as <=."""
    parts = [integer_row(constraint) for constraint in system.constraints]
    equal = tuple(constraint.relation == "=" for constraint in system.constraints)
    rows, bounds = tuple(row for row, _, _ in parts), tuple(bound for _, bound, _ in parts)
    return Program(system.variables, rows, bounds, equal, integer_row(objective)[0])
