"""Layer: linear questions, the way into floating point. Powers of two that bring a program's numbers near 1.

Only guesses are made from these floats; nothing here can make an answer wrong.
"""

from __future__ import annotations

from math import ldexp

from exact.linear.program import Program

WIDE = 24  # bits between the largest and the smallest coefficient from which on columns are scaled too
LARGEST, SMALLEST = 1e14, 1e-300  # sizes of coefficients; HiGHS refuses larger ones and drops those below 1e-9
PASSES = 60  # of the alternation, which mostly settles sooner


class Scaling:
    """row i times 2^rows[i], x_j = 2^columns[j] times its float, bounds times 2^rows[i]."""

    def __init__(self, program: Program) -> None:
        self._logs = [{j: abs(c).bit_length() for j, c in row.items()} for row in program.rows]
        self.columns = [0] * program.columns
        self._fit_rows()
        logs = [log for row in self._logs for log in row.values()]
        bounds = [abs(bound).bit_length() for bound in program.bounds if bound]
        if logs and max(logs + bounds) - min(logs + bounds) > WIDE:
            self._equilibrate(program)

    def _fit_rows(self) -> None:
        """Centre each row on 2^0."""
        self.rows = [-_middle([log + self.columns[j] for j, log in row.items()]) for row in self._logs]

    def _equilibrate(self, program: Program) -> None:
        """Alternate between rows and columns, then bring the bounds to the size of 1 by one factor for all x."""
        of_column: list[list[tuple[int, int]]] = [[] for _ in self.columns]
        for i, row in enumerate(self._logs):
            for j, log in row.items():
                of_column[j].append((i, log))
        for _ in range(PASSES):
            columns = [-_middle([log + self.rows[i] for i, log in entries]) for entries in of_column]
            if columns == self.columns:
                break
            self.columns = columns
            self._fit_rows()
        sizes = sorted(abs(b).bit_length() + r for b, r in zip(program.bounds, self.rows, strict=True) if b)
        if sizes:
            shift = sizes[len(sizes) // 2]
            self.columns = [exponent + shift for exponent in self.columns]
            self.rows = [exponent - shift for exponent in self.rows]

    def coefficient(self, row: int, column: int, value: int) -> float:
        """The scaled coefficient; out of range, the nearest that HiGHS accepts."""
        scaled = _float(value, self.rows[row] + self.columns[column])
        size = min(max(abs(scaled), SMALLEST), LARGEST)
        return size if value > 0 else -size

    def bound(self, row: int, value: int) -> float:
        """The scaled right side."""
        return _float(value, self.rows[row])


def _middle(logs: list[int]) -> int:
    return (min(logs) + max(logs)) // 2 if logs else 0


def _float(value: int, exponent: int) -> float:
    """value * 2^exponent, for integers of any size; at most LARGEST in size."""
    extra = max(abs(value).bit_length() - 64, 0)
    try:
        scaled = ldexp(float(value >> extra), exponent + extra)
    except OverflowError:
        return LARGEST if value > 0 else -LARGEST
    return min(max(scaled, -LARGEST), LARGEST)
