"""Layer: linear questions, small solutions. A point well inside the system, found in floating point, rounded, checked.

It finds nothing where the system has no inside (or the floats mislead): then the exact solver decides.
"""

from __future__ import annotations

from fractions import Fraction

from exact.conversion import flint, fraction
from exact.linear.check import first_violated
from exact.linear.guess import guess
from exact.linear.program import Program, room
from exact.linear.simplest import near, simplified
from exact.linear.sparse import SquareSystem, nonsingular_part
from exact.linear.system import Point, System

PRECISIONS = (Fraction(1), Fraction(1, 2**12), Fraction(1, 2**24))  # of the room that there is


def small_solution(system: System) -> Point | None:
    """A point of the system with short coordinates, if it has an inside that can be seen in floating point."""
    program = room(system)
    found = guess(program).point
    if found is None or found[-1] <= 0:
        return None
    equalities = _Equalities(program)
    for precision in PRECISIONS:
        point = equalities.rounded(found, precision * found[-1])
        if point is not None and first_violated(system, point) is None:
            return simplified(system, point)
        if not equalities.rows:
            return None
    return None


class _Equalities:
    """Rounding that keeps the equalities: the variables that they determine are computed from the others."""

    def __init__(self, program: Program) -> None:
        self._program = program
        equal = {i: row for i, row in enumerate(program.rows) if program.equal[i]}
        self.rows, self._determined = nonsingular_part(equal, program.columns - 1)

    def rounded(self, point: list[Fraction], room: Fraction) -> Point | None:
        """Each free variable within its share of the room."""
        values = [near(value, share * room) for value, share in zip(point, self._shares(), strict=False)]
        if not self.rows:
            return tuple(values)
        determined = set(self._determined)
        rights, square = {}, {}
        for i in self.rows:
            row = self._program.rows[i]
            known = sum((c * values[j] for j, c in row.items() if j not in determined), Fraction(0))
            rights[i] = self._program.bounds[i] - known
            square[i] = {j: c for j, c in row.items() if j in determined}
        solution = SquareSystem(square).solve({i: flint(right) for i, right in rights.items()})
        for j in determined:
            values[j] = fraction(solution[j]) if j in solution else Fraction(0)
        return tuple(values)

    def _shares(self) -> list[Fraction]:
        """How far each variable may move if all move at once, for room 1; at most 1."""
        shares = [Fraction(1)] * (self._program.columns - 1)
        for row, equal in zip(self._program.rows, self._program.equal, strict=True):
            size = row.get(self._program.columns - 1, 0)
            for j, c in row.items():
                if not equal and j < len(shares):
                    shares[j] = min(shares[j], Fraction(size, 2 * len(row) * abs(c)))
        return shares
