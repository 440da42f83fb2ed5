"""Layer: linear questions, the guess. HiGHS solves a program in floating point; the exact solver starts there.

Whatever comes out is only a suggestion: no answer is read off the solver's status.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf, isfinite
from typing import Any

from exact.linear.program import Program, closure
from exact.linear.scaling import Scaling
from exact.linear.silence import silence
from exact.linear.system import Constraint, System

SECONDS = 20.0  # after which the exact solver starts from what HiGHS has


@dataclass(frozen=True)
class Guess:
    """Rows that seem to be tight at the optimum, and its point (None if there seems to be none)."""

    tight: list[int]
    point: list[Fraction] | None


@dataclass
class _Model:
    """The program as HiGHS takes it: rows with one variable become bounds of that variable."""

    program: Program
    scaling: Scaling
    rows: list[int] = field(default_factory=list)  # those that stay rows
    lower: dict[int, tuple[float, int]] = field(default_factory=dict)  # column -> (bound, the row that it was)
    upper: dict[int, tuple[float, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """At most one row becomes a bound for each side of each variable."""
        for i, row in enumerate(self.program.rows):
            if len(row) != 1 or not self._as_bound(i, *next(iter(row.items()))):
                self.rows.append(i)

    def _as_bound(self, i: int, j: int, coefficient: int) -> bool:
        bound = self.scaling.bound(i, self.program.bounds[i]) / self.scaling.coefficient(i, j, coefficient)
        low = -inf if coefficient > 0 and not self.program.equal[i] else bound
        high = inf if coefficient < 0 and not self.program.equal[i] else bound
        if (low > -inf and j in self.lower) or (high < inf and j in self.upper):
            return False
        if low > self.upper.get(j, (inf, 0))[0] or high < self.lower.get(j, (-inf, 0))[0]:
            return False
        if low > -inf:
            self.lower[j] = (low, i)
        if high < inf:
            self.upper[j] = (high, i)
        return True

    def build(self, highspy: Any) -> Any:
        """The HighsLp."""
        columns, model = range(self.program.columns), highspy.HighsLp()
        model.num_col_, model.num_row_ = len(columns), len(self.rows)
        model.sense_ = highspy.ObjSense.kMaximize
        largest = max((abs(c) for c in self.program.objective.values()), default=1)
        goal = self.program.objective
        model.col_cost_ = [goal.get(j, 0) / largest * 2.0 ** min(self.scaling.columns[j], 40) for j in columns]
        model.col_lower_ = [self.lower.get(j, (-inf, 0))[0] for j in columns]
        model.col_upper_ = [self.upper.get(j, (inf, 0))[0] for j in columns]
        bounds = [self.scaling.bound(i, self.program.bounds[i]) for i in self.rows]
        model.row_upper_ = bounds
        model.row_lower_ = [b if self.program.equal[i] else -inf for i, b in zip(self.rows, bounds, strict=True)]
        starts, indices, values = [0], [], []
        for i in self.rows:
            for j, c in self.program.rows[i].items():
                indices.append(j)
                values.append(self.scaling.coefficient(i, j, c))
            starts.append(len(indices))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, indices, values
        return model

    def tight(self, basis: Any, highspy: Any) -> list[int]:
        """The rows that are not basic."""
        status = highspy.HighsBasisStatus
        tight = [self.lower[j][1] for j, s in enumerate(basis.col_status) if s == status.kLower and j in self.lower]
        tight += [self.upper[j][1] for j, s in enumerate(basis.col_status) if s == status.kUpper and j in self.upper]
        at_bound = (status.kLower, status.kUpper)
        return tight + [i for i, s in zip(self.rows, basis.row_status, strict=True) if s in at_bound]


def likely_highest(system: System, objective: Mapping[int, Fraction | int]) -> Fraction | None:
    """About the largest sum objective[j] x_j over the system, < read as <=, as HiGHS sees it; None if it sees none."""
    goal = Constraint.of(objective, "<=", 0)
    point = guess(closure(system, goal)).point
    return None if point is None else goal.value(tuple(point))


def guess(program: Program) -> Guess:
    """What HiGHS makes of the program."""
    import highspy

    if not program.columns:
        return Guess([], [])
    model = _Model(program, Scaling(program))
    with silence():
        solver = highspy.Highs()
        for option, value in OPTIONS.items():
            solver.setOptionValue(option, value)
        if solver.passModel(model.build(highspy)) == highspy.HighsStatus.kError:
            return Guess([], None)
        solver.run()
    basis = solver.getBasis()
    tight = model.tight(basis, highspy) if basis.valid else []
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return Guess(sorted(tight), None)
    values = solver.getSolution().col_value
    if not all(map(isfinite, values)):
        return Guess(sorted(tight), None)
    exponents = model.scaling.columns
    point = [Fraction(value) * Fraction(2) ** exponent for value, exponent in zip(values, exponents, strict=True)]
    return Guess(sorted(tight), point)


OPTIONS: dict[str, Any] = {
    "output_flag": False,
    "solver": "simplex",
    "presolve": "off",
    "parallel": "off",
    "threads": 1,
    "time_limit": SECONDS,
}
