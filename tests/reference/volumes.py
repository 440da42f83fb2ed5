"""Volumes by other ways: Lasserre's recursion over half-spaces, Lawrence's sum over vertices found by trying all."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial

from flint import fmpq, fmpq_mat

Row = tuple[Fraction, ...]


def lasserre(rows: Sequence[Row], bounds: Sequence[Fraction]) -> Fraction:
    """Of a bounded {x: rows x <= bounds}, by half-spaces alone: nothing is known of its vertices."""
    n = len(rows[0])
    distinct: dict[Row, Fraction] = {}
    for row, bound in zip(rows, bounds, strict=True):
        scale = next((abs(c) for c in row if c), None)
        if scale is None:
            if bound < 0:
                return Fraction(0)
            continue
        unit = tuple(c / scale for c in row)
        distinct[unit] = min(bound / scale, distinct.get(unit, bound / scale))
    if n == 1:
        high = min(bound for row, bound in distinct.items() if row[0] > 0)
        return max(Fraction(0), high - max(-bound for row, bound in distinct.items() if row[0] < 0))
    total = Fraction(0)
    for row, bound in distinct.items():
        if not bound:
            continue
        k = next(i for i, c in enumerate(row) if c)
        others = [(r, b) for r, b in distinct.items() if r != row]
        cut = [tuple(r[i] - r[k] * row[i] / row[k] for i in range(n) if i != k) for r, _ in others]
        total += bound / abs(row[k]) * lasserre(cut, [b - r[k] * bound / row[k] for r, b in others])
    return total / n


def lawrence(rows: Sequence[Row], bounds: Sequence[Fraction]) -> Fraction | None:
    """Of a bounded {x: rows x <= bounds}, whose vertices lie on n rows each; None where one lies on more.

    The sum over the vertices v of (c . v)^n / (n! |det A| prod g), where A are the rows that are tight there, and
    c = g A.
    """
    n, total = len(rows[0]), fmpq(0)
    c = fmpq_mat(n, 1, [fmpq(3 + 7 * i, 11 + i * i) for i in range(n)])
    every, right = _matrix(rows), _matrix([[bound] for bound in bounds])
    for tight in combinations(range(len(rows)), n):
        a = _matrix([rows[i] for i in tight])
        size = a.det()
        if not size:
            continue
        vertex = a.solve(_matrix([[bounds[i]] for i in tight]))
        slacks = (right - every * vertex).entries()
        if min(slacks) < 0:
            continue
        if slacks.count(fmpq(0)) > n:
            return None
        below = abs(size) * factorial(n)
        for weight in a.transpose().solve(c).entries():
            below *= weight
        total += (c.transpose() * vertex).entries()[0] ** n / below
    return Fraction(int(total.p), int(total.q))


def _matrix(rows: Sequence[Sequence[Fraction]]) -> fmpq_mat:
    return fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in rows])
