"""Layer: shares, vertices: the bases of a bounded polyhedron in rational numbers, one after the other by pivots.

Where more than n rows meet in a point, the bounds are thought of as enlarged by e, e^2, ... for an infinitely small e:
each point then has the bases that triangulate what is dual to its cone. The rows -x_i <= 0 are enlarged least, so that
the origin stays inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_mat

from exact.conversion import flint

Numbers = Sequence[Fraction]


@dataclass(frozen=True)
class Basis:
    """rows: (n,) those that are tight; slacks: of all rows; weights: (n,) c in terms of the tight rows' normals.

    size: |det| of the tight rows; value: c . x at the vertex.
    """

    rows: tuple[int, ...]
    slacks: list[fmpq]
    weights: list[fmpq]
    size: fmpq
    value: fmpq


def bases(rows: Sequence[Numbers], bounds: Numbers, objective: Sequence[int]) -> Iterator[Basis]:
    """Every basis of {x >= 0: rows x <= bounds}, which is bounded; bounds >= 0. Row i < n is -x_i <= 0, the others
    follow."""
    n = len(objective)
    start = _start(rows, bounds, objective)
    seen, pending = {tuple(range(n))}, [(tuple(range(n)), start, fmpq(1))]
    while pending:
        tight, table, size = pending.pop()
        entries = table.tolist()
        slacks, last = [row[n] for row in entries[:-1]], entries[-1]
        yield Basis(tight, slacks, last[:n], size, -last[n])
        for j in range(n):
            i = _leaving(entries[:-1], tight, j)
            after = tuple(sorted((*tight[:j], *tight[j + 1 :], i)))
            if after not in seen:
                seen.add(after)
                order = (*tight[:j], i, *tight[j + 1 :])
                pending.append((order, _pivoted(table, i, j), size * abs(entries[i][j])))


def _start(rows: Sequence[Numbers], bounds: Numbers, objective: Sequence[int]) -> fmpq_mat:
    """The rows in terms of the tight ones, with the slacks as the last column; c as the last row. At the origin."""
    n = len(objective)
    table = [[fmpq(int(i == j)) for j in range(n)] + [fmpq(0)] for i in range(n)]
    table += [[-flint(c) for c in row] + [flint(bound)] for row, bound in zip(rows, bounds, strict=True)]
    return fmpq_mat([*table, [*(fmpq(-c) for c in objective), fmpq(0)]])


def _pivoted(table: fmpq_mat, i: int, j: int) -> fmpq_mat:
    """Row i becomes tight instead of the j-th."""
    height, width = table.nrows(), table.ncols()
    pivot = table[i, j]
    column = fmpq_mat(height, 1, [table[k, j] for k in range(height)])
    row = [table[i, k] / pivot for k in range(width)]
    row[j] = 1 - 1 / pivot
    return table - column * fmpq_mat(1, width, row)


def _leaving(entries: Sequence[Sequence[fmpq]], tight: tuple[int, ...], j: int) -> int:
    """The row that is met first if the j-th tight row is let go."""
    n, best, least = len(tight), list[int](), fmpq(0)
    for i, row in enumerate(entries):
        if row[j] < 0 and i not in tight:
            ratio = -row[n] / row[j]
            if not best or ratio < least:
                best, least = [i], ratio
            elif ratio == least:
                best.append(i)
    if len(best) > 1:
        order = sorted({*tight, *best}, key=lambda i: (i < n, i))
        place = {row: k for k, row in enumerate(tight)}
        best.sort(key=lambda i: [_enlarged(entries[i], i, j, k, place) for k in order])
    return best[0]


def _enlarged(row: Sequence[fmpq], i: int, j: int, k: int, place: dict[int, int]) -> fmpq:
    """What e^k adds to the ratio of row i."""
    if k == i:
        return -1 / row[j]
    return row[place[k]] / row[j] if k in place else fmpq(0)
