"""Layer: linear questions, the exact solver. A primal simplex method in rational arithmetic that always ends.

The variables are free, so a vertex is given by tight rows. A basis is a set T of independent tight rows and as many
columns C on which T is nonsingular; the variables outside C are *parked* at their present value. A step lets one tight
row (or one parked variable) go and moves until another row blocks. Parked variables never come back.
Ties are broken by moving the bounds of the rows infinitely little (a second coordinate of x, of the slacks and
of the step): steps of length 0 are then rare. Should they pile up all the same, Bland's rule takes over, which
cannot cycle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from exact.linear.program import Program
from exact.linear.sparse import SquareSystem, Vector, nonsingular_part, transposed

Step = tuple[fmpq, fmpq]  # (length, infinitesimal part), compared lexicographically
_MULTIPLIER, _MODULUS = 48271, 2**31 - 1  # Lehmer's generator: fixed, so that runs repeat


@dataclass(frozen=True)
class Vertex:
    """Where the search ended: the point, multipliers of the rows, and the ray if the objective is unbounded."""

    point: list[fmpq]
    multipliers: Vector
    ray: Vector | None


def vertex(program: Program, tight: Sequence[int]) -> list[fmpq] | None:
    """The point where these rows are tight (parked variables at 0), None if it is not feasible."""
    kept, columns = nonsingular_part({i: program.rows[i] for i in tight}, program.columns)
    solver = SquareSystem(_cut({i: program.rows[i] for i in kept}, columns))
    solution = solver.solve({i: program.bounds[i] for i in kept})
    x = [solution.get(j, fmpq(0)) for j in range(program.columns)]
    for i in range(len(program.rows)):
        slack = program.slack(i, x)
        if slack < 0 or (slack and program.equal[i]):
            return None
    return x


def climb(program: Program, start: Sequence[fmpq], tight: Sequence[int]) -> Vertex:
    """A maximum of the objective (or a ray), from a feasible start; `tight` are rows to begin with, tight at it."""
    return _Search(program, start, tight).run()


class _Search:
    def __init__(self, program: Program, start: Sequence[fmpq], tight: Sequence[int]) -> None:
        self.program = program
        rows, self.columns = nonsingular_part({i: program.rows[i] for i in tight}, program.columns)
        self.tight = set(rows)
        self.point = list(start)
        self.slacks = [[program.slack(i, start) for i in range(len(program.rows))], self._perturbation()]
        self.sizes = [max(map(abs, row.values()), default=1) for row in program.rows]
        self.stalled = 0

    def _perturbation(self) -> list[fmpq]:
        """The infinitesimal slacks: positive and in general position, 0 for tight rows and equalities."""
        slacks, state = [], 1
        for i, equal in enumerate(self.program.equal):
            state = state * _MULTIPLIER % _MODULUS
            slacks.append(fmpq(0 if equal or i in self.tight else state))
        return slacks

    def run(self) -> Vertex:
        """Step until no tight row and no parked variable can go."""
        while True:
            rows = {i: self.program.rows[i] for i in self.tight}
            multipliers = SquareSystem(transposed(rows, self.columns)).solve(self.program.objective)
            leaving = self._leaving(multipliers)
            if leaving is None:
                return Vertex(self.point, multipliers, None)
            direction = self._direction(rows, leaving)
            rates = [
                fmpq(0) if i in self.tight else self.program.rate(i, direction) for i in range(len(self.slacks[0]))
            ]
            entering, step = self._entering(rates)
            if entering is None:
                return Vertex(self.point, multipliers, direction)
            self._move(direction, rates, step, leaving)
            self._exchange(leaving, entering)

    def _leaving(self, multipliers: Vector) -> tuple[bool, int, int] | None:
        """(is a row, its number, sign of the move): a parked variable first, then the worst multiplier."""
        columns, reduced = set(self.columns), {j: fmpq(c) for j, c in self.program.objective.items()}
        for i, y in multipliers.items():
            for j, c in self.program.rows[i].items():
                if j not in columns:
                    reduced[j] = reduced.get(j, fmpq(0)) - y * c
        parked = [j for j, rate in reduced.items() if j not in columns and rate]
        if parked:
            best = min(parked)
            return False, best, 1 if reduced[best] > 0 else -1
        wrong = [i for i, y in multipliers.items() if y < 0 and not self.program.equal[i]]
        if not wrong:
            return None
        if self.stalled > self.program.columns:
            return True, min(wrong), -1
        return True, min(wrong, key=lambda i: (multipliers[i] * self.sizes[i], i)), -1

    def _direction(self, rows: dict[int, dict[int, int]], leaving: tuple[bool, int, int]) -> Vector:
        is_row, name, sign = leaving
        solver = SquareSystem(_cut(rows, self.columns))
        if is_row:
            return solver.solve({name: sign})
        direction = solver.solve({i: -sign * row[name] for i, row in rows.items() if name in row})
        direction[name] = fmpq(sign)
        return direction

    def _entering(self, rates: list[fmpq]) -> tuple[int | None, Step]:
        """The first row that blocks (an equality in either direction) and the length of the step."""
        entering, step = None, (fmpq(0), fmpq(0))
        for i, rate in enumerate(rates):
            if rate > 0 or (rate and self.program.equal[i]):
                length = (self.slacks[0][i] / rate, self.slacks[1][i] / rate)
                if entering is None or length < step:
                    entering, step = i, length
        return entering, step

    def _move(self, direction: Vector, rates: list[fmpq], step: Step, leaving: tuple[bool, int, int]) -> None:
        self.stalled = 0 if any(step) else self.stalled + 1
        if step[0]:
            for j, rate in direction.items():
                self.point[j] += step[0] * rate
        for slacks, length in zip(self.slacks, step, strict=True):
            if length:
                for i, rate in enumerate(rates):
                    if rate:
                        slacks[i] -= length * rate
                if leaving[0]:
                    slacks[leaving[1]] += length

    def _exchange(self, leaving: tuple[bool, int, int], entering: int) -> None:
        is_row, name, _ = leaving
        if is_row:
            self.tight.remove(name)
        else:
            self.columns.append(name)
        self.tight.add(entering)


def _cut(rows: dict[int, dict[int, int]], columns: Sequence[int]) -> dict[int, dict[int, int]]:
    keep = set(columns)
    return {i: {j: c for j, c in row.items() if j in keep} for i, row in rows.items()}
