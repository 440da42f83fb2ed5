"""Layer: linear questions, the exact solver. A primal simplex method in rational arithmetic that always ends.

The variables are free, so a vertex is given by tight rows. A basis is a set T of independent tight rows and as many
columns C on which T is nonsingular; the variables outside C are *parked* at their first value. A step lets one tight
row (or one parked variable) go and moves until another row blocks. Parked variables never come back, equalities never
go. Steps of length 0 are rare (see slacks); should they pile up, Bland's rule takes over, which cannot cycle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flint import fmpq, fmpz

from exact.errors import NotALinearSystem
from exact.linear.program import Program
from exact.linear.slacks import Slacks, integers
from exact.linear.sparse import SquareSystem, Vector, nonsingular_part, transposed

Rows = dict[int, dict[int, int]]


@dataclass(frozen=True)
class Vertex:
    """Where the search ended: the point, and multipliers of the rows."""

    point: list[fmpq]
    multipliers: Vector


class _Leaving(NamedTuple):
    is_row: bool
    name: int  # of the row or the parked variable
    sign: int  # of the move


def vertex(program: Program, tight: Sequence[int]) -> list[fmpq] | None:
    """The point where these rows are tight (parked variables at 0), None if it is not feasible."""
    kept, columns = nonsingular_part({i: program.rows[i] for i in tight}, program.columns)
    x = _meeting(program, kept, columns, [fmpq(0)] * program.columns)
    for i in range(len(program.rows)):
        slack = program.slack(i, x)
        if slack < 0 or (slack and program.equal[i]):
            return None
    return x


def climb(program: Program, start: Sequence[fmpq], tight: Sequence[int]) -> Vertex:
    """A maximum of the objective, from a feasible start; `tight` are rows to begin with, tight at it.

    Raises NotALinearSystem if the objective is unbounded.
    """
    return _Search(program, start, tight).run()


class _Search:
    def __init__(self, program: Program, start: Sequence[fmpq], tight: Sequence[int]) -> None:
        self.program, self.start = program, start
        rows, self.columns = nonsingular_part({i: program.rows[i] for i in tight}, program.columns)
        self.tight = set(rows)
        slacks = [program.slack(i, start) for i in range(len(program.rows))]
        self.slacks = Slacks(slacks, program.equal, self.tight)
        self.sizes = [max(map(abs, row.values()), default=1) for row in program.rows]
        self.stalled = 0

    def run(self) -> Vertex:
        """Step until no tight row and no parked variable can go."""
        while True:
            rows = {i: self.program.rows[i] for i in self.tight}
            multipliers = SquareSystem(transposed(rows, self.columns)).solve(self.program.objective)
            leaving = self._leaving(multipliers)
            if leaving is None:
                return Vertex(_meeting(self.program, sorted(self.tight), self.columns, self.start), multipliers)
            direction = self._direction(rows, leaving)
            rates = [self._rate(i, direction, leaving) for i in range(len(self.program.rows))]
            entering = self.slacks.first(rates)
            if entering is None:
                raise NotALinearSystem("the objective has no largest value")
            self.stalled = 0 if self.slacks.advance(rates, entering) else self.stalled + 1
            if leaving.is_row:
                self.tight.remove(leaving.name)
            else:
                self.columns.append(leaving.name)
            self.tight.add(entering)

    def _leaving(self, multipliers: Vector) -> _Leaving | None:
        """A parked variable with which the objective changes, else the row with the worst multiplier."""
        columns, reduced = set(self.columns), {j: fmpq(c) for j, c in self.program.objective.items()}
        for i, y in multipliers.items():
            for j, c in self.program.rows[i].items():
                if j not in columns:
                    reduced[j] = reduced.get(j, fmpq(0)) - y * c
        parked = [j for j, rate in reduced.items() if j not in columns and rate]
        if parked:
            return _Leaving(False, min(parked), 1 if reduced[min(parked)] > 0 else -1)
        wrong = [i for i, y in multipliers.items() if y < 0 and not self.program.equal[i]]
        if not wrong:
            return None
        if self.stalled > self.program.columns:
            return _Leaving(True, min(wrong), -1)
        return _Leaving(True, min(wrong, key=lambda i: (multipliers[i] * self.sizes[i], i)), -1)

    def _direction(self, rows: Rows, leaving: _Leaving) -> dict[int, fmpz]:
        """Away from the leaving row, along all the other tight ones (scaled to integers)."""
        name, sign = leaving.name, leaving.sign
        solver = SquareSystem(_cut(rows, self.columns))
        if leaving.is_row:
            direction = solver.solve({name: sign})
        else:
            direction = solver.solve({i: -sign * row[name] for i, row in rows.items() if name in row})
            direction[name] = fmpq(sign)
        return dict(zip(direction, integers(list(direction.values())), strict=True))

    def _rate(self, row: int, direction: dict[int, fmpz], leaving: _Leaving) -> fmpz:
        """How fast the left side of a row grows; 0 for the tight rows that stay."""
        rate = fmpz(0)
        if row not in self.tight or (leaving.is_row and row == leaving.name):
            for j, c in self.program.rows[row].items():
                if j in direction:
                    rate += direction[j] * c
        return rate


def _meeting(program: Program, tight: Sequence[int], columns: Sequence[int], start: Sequence[fmpq]) -> list[fmpq]:
    """The point where these rows are tight, the variables outside `columns` staying where they start."""
    inside = set(columns)
    parked = [fmpq(0) if j in inside else value for j, value in enumerate(start)]
    rights = {i: program.slack(i, parked) for i in tight}
    solution = SquareSystem(_cut({i: program.rows[i] for i in tight}, columns)).solve(rights)
    return [solution.get(j, value) for j, value in enumerate(parked)]


def _cut(rows: Rows, columns: Sequence[int]) -> Rows:
    keep = set(columns)
    return {i: {j: c for j, c in row.items() if j in keep} for i, row in rows.items()}
