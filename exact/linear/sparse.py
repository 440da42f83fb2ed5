"""Layer: linear questions, exact algebra. Square sparse integer systems solved over the rationals.

Rows and columns that stand alone are peeled off; what is left goes to FLINT (p-adic lifting) as one dense matrix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flint import fmpq, fmpq_mat, fmpz_mat, nmod_mat

Row = Mapping[int, int]  # column -> nonzero integer
Vector = dict[int, fmpq]  # column -> value; absent means 0
PRIME = 2**62 - 57  # independent modulo a prime implies independent


class SquareSystem:
    """A nonsingular square system; rows and columns are named by integers, `solve` may be called many times."""

    def __init__(self, rows: Mapping[int, Row]) -> None:
        self._rows = rows
        self._order: list[tuple[int, int]] = []  # (row, column), solved in this order
        self._deferred: list[tuple[int, int]] = []  # solved at the end, last one first
        self._columns: dict[int, set[int]] = {}
        for i, row in rows.items():
            for j in row:
                self._columns.setdefault(j, set()).add(i)
        self._open = {i: set(row) for i, row in rows.items()}
        self._peel()
        self._core = sorted(self._open)
        self._core_columns = sorted({j for i in self._core for j in self._open[i]})

    def _peel(self) -> None:
        """Take out rows with one open column (known at once) and columns in one open row (known at the end)."""
        remaining = {j: set(rows) for j, rows in self._columns.items()}
        stack = [("row", i) for i in self._open] + [("column", j) for j in remaining]
        while stack:
            kind, name = stack.pop()
            if kind == "row" and name in self._open and len(self._open[name]) == 1:
                pair, group = (name, next(iter(self._open[name]))), self._order
            elif kind == "column" and name in remaining and len(remaining[name]) == 1:
                pair, group = (next(iter(remaining[name])), name), self._deferred
            else:
                continue
            group.append(pair)
            row, column = pair
            for i in remaining.pop(column):
                self._open[i].discard(column)
                stack.append(("row", i))
            for j in self._open.pop(row):
                remaining[j].discard(row)
                stack.append(("column", j))

    def solve(self, right: Mapping[int, fmpq | int]) -> Vector:
        """The x with row . x = right[row] for every row (absent: 0). Raises ZeroDivisionError if singular."""
        x: Vector = {}
        for row, column in self._order:
            self._settle(x, right, row, column)
        self._solve_core(x, right)
        for row, column in reversed(self._deferred):
            self._settle(x, right, row, column)
        return x

    def _settle(self, x: Vector, right: Mapping[int, fmpq | int], row: int, column: int) -> None:
        value = self._rest(x, right, row)
        if value:
            x[column] = value / self._rows[row][column]

    def _rest(self, x: Vector, right: Mapping[int, fmpq | int], row: int) -> fmpq:
        value = fmpq(right.get(row, 0))
        for j, c in self._rows[row].items():
            if j in x:
                value -= x[j] * c
        return value

    def _solve_core(self, x: Vector, right: Mapping[int, fmpq | int]) -> None:
        if len(self._core) != len(self._core_columns):
            raise ZeroDivisionError("singular system")
        values = [self._rest(x, right, i) for i in self._core]
        if not any(values):
            return
        whole, scale = fmpq_mat(len(values), 1, values).numer_denom()
        solution = dense([self._rows[i] for i in self._core], self._core_columns).solve(whole)
        for j, value in zip(self._core_columns, solution.entries(), strict=True):
            if value:
                x[j] = value / scale


def dense(rows: Sequence[Row], columns: Sequence[int]) -> fmpz_mat:
    """The matrix of these rows, cut down to these columns."""
    entries = [0] * (len(rows) * len(columns))
    place = {j: k for k, j in enumerate(columns)}
    for i, row in enumerate(rows):
        for j, c in row.items():
            if j in place:
                entries[i * len(columns) + place[j]] = c
    return fmpz_mat(len(rows), len(columns), entries)


def transposed(rows: Mapping[int, Row], columns: Sequence[int]) -> dict[int, dict[int, int]]:
    """column -> {row: entry}, for these columns."""
    result: dict[int, dict[int, int]] = {j: {} for j in columns}
    for i, row in rows.items():
        for j, c in row.items():
            if j in result:
                result[j][i] = c
    return result


def nonsingular_part(rows: Mapping[int, Row], columns: int) -> tuple[list[int], list[int]]:
    """Names of independent rows (earlier ones first) and as many columns on which they are nonsingular.

    Computed modulo a prime: what is found is independent over the rationals too; a part may be missed, at no harm.
    """
    names = list(rows)
    matrix = nmod_mat(dense([rows[i] for i in names], range(columns)), PRIME)
    kept = [names[k] for k in pivots(matrix.transpose())]
    return kept, pivots(nmod_mat(dense([rows[i] for i in kept], range(columns)), PRIME))


def pivots(matrix: nmod_mat | fmpq_mat) -> list[int]:
    """The pivot columns of the reduced row echelon form."""
    if not matrix.nrows() or not matrix.ncols():
        return []
    reduced, rank = matrix.rref()
    found: list[int] = []
    column = 0
    for row in range(rank):
        while reduced[row, column] == 0:
            column += 1
        found.append(column)
        column += 1
    return found
