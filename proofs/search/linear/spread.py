"""Linear search, polynomial multipliers for a whole interval at once, by one linear program ("parametric Farkas").

Multipliers of degree n with no negative coefficient in the Bernstein basis (gamma - low)^k (high - gamma)^(n - k) are
>= 0 on the interval, and that they refute the branch is linear in those coefficients. If the rows have no solution
anywhere on a closed interval, with room to spare, such multipliers exist for some n.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from flint import fmpq, fmpq_poly

from exact.conversion import flint, fraction
from exact.linear import Constraint, Feasible, System, decide
from proofs.search.linear.lifted import Lifted, primitive
from proofs.search.linear.row import Affine, Row

DEGREES = (1, 2, 3, 5)
LARGEST = 1500  # coefficients of one linear program


def spread(rows: Sequence[Row], low: Fraction, high: Fraction) -> Lifted | None:
    """Multipliers that refute the rows on all of [low, high] (its ends count inside (0, 1)); None if none are found."""
    for degree in DEGREES:
        if len(rows) * (degree + 1) > LARGEST:
            return None
        for by_strict in (False, True) if low > 0 or high < 1 else (None,):
            program = _Program(rows, low, high, degree)
            answer = decide(System(len(rows) * (degree + 1), tuple(program.constraints(by_strict))))
            if isinstance(answer, Feasible) and (found := program.lifted(answer.point)).refutes(low, high):
                return found
    return None


class _Program:
    """Variable i (n + 1) + k: the coefficient k of the multiplier of row i."""

    def __init__(self, rows: Sequence[Row], low: Fraction, high: Fraction, degree: int) -> None:
        self.rows, self.low, self.high, self.degree = rows, low, high, degree

    def place(self, i: int, k: int) -> int:
        """The variable."""
        return i * (self.degree + 1) + k

    def constraints(self, by_strict: bool | None) -> Iterator[Constraint]:
        """Signs, cancellation, and a contradiction: bounds that sum to less than 0 (by_strict False), strict rows that
        take part (True); None: either, which is the same on an open interval."""
        for i, row in enumerate(self.rows):
            for k in range(self.degree + 1) if row.relation != "=" else ():
                yield Constraint.of({self.place(i, k): -1}, "<=", 0)
        entries: dict[int, dict[int, Affine]] = {}
        for i, row in enumerate(self.rows):
            for variable, entry in row.coefficients.items():
                entries.setdefault(variable, {})[i] = entry
        for of_variable in entries.values():
            yield from (Constraint.of(self._cancelled(of_variable, k), "=", 0) for k in range(self.degree + 2))
        yield from self._contradiction(by_strict)

    def _cancelled(self, entries: dict[int, Affine], k: int) -> dict[int, Fraction]:
        """Coefficient k, in the basis of degree n + 1, of the sum of multiplier times entry."""
        total: dict[int, Fraction] = {}
        width = self.high - self.low
        for i, (c0, c1) in entries.items():
            if k <= self.degree:
                total[self.place(i, k)] = (c0 + c1 * self.low) / width
            if k > 0:
                total[self.place(i, k - 1)] = (c0 + c1 * self.high) / width
        return total

    def _contradiction(self, by_strict: bool | None) -> Iterator[Constraint]:
        bounds = [self._summed(k, lambda row: row.bound) for k in range(self.degree + 1)]
        strict = [self._summed(k, lambda row: Fraction(row.relation == "<")) for k in range(self.degree + 1)]
        yield from (Constraint.of(bound, "<=", 0) for bound in bounds)
        negated = [{j: -c for j, c in bound.items()} for bound in bounds]
        shown = {False: negated, True: strict, None: [*negated, *strict]}[by_strict]
        ends = [0] * (self.low > 0) + [self.degree] * (self.high < 1)
        for wanted in [shown[k : k + 1] for k in ends] or [shown]:
            total: dict[int, Fraction] = {}
            for part in wanted:
                for j, c in part.items():
                    total[j] = total.get(j, Fraction(0)) - c
            yield Constraint.of(total, "<=", -1)

    def _summed(self, k: int, weight: Callable[[Row], Fraction]) -> dict[int, Fraction]:
        return {self.place(i, k): weight(row) for i, row in enumerate(self.rows)}

    def lifted(self, point: Sequence[Fraction]) -> Lifted:
        """The solution in powers of gamma."""
        left, right = (fmpq_poly([flint(-self.low), fmpq(1)]), fmpq_poly([flint(self.high), fmpq(-1)]))
        basis = [left**k * right ** (self.degree - k) for k in range(self.degree + 1)]
        parts = [
            sum((basis[k] * flint(point[self.place(i, k)]) for k in range(self.degree + 1)), fmpq_poly())
            for i in range(len(self.rows))
        ]
        middle = (self.low + self.high) / 2
        signs = [fraction(part(flint(middle))) for part in parts]
        return Lifted(tuple(self.rows), tuple(primitive(parts, signs, middle)))
