"""Linear systems over the rationals by Gauss-Jordan elimination on integers: each division is exact (Bareiss 1968)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

Matrix = Sequence[Sequence[Fraction]]


def solved(matrix: Matrix, right: Matrix) -> tuple[list[list[int]], int]:
    """The solution of matrix * X = right as integers and their common denominator. The matrix is not singular."""
    table = [_integers([*row, *more]) for row, more in zip(matrix, right, strict=True)]
    size, last = len(table), 1
    for column in range(size):
        place = next(i for i in range(column, size) if table[i][column])
        table[column], table[place] = table[place], table[column]
        pivot = table[column]
        for i, row in enumerate(table):
            if i != column:
                table[i] = [(pivot[column] * a - row[column] * b) // last for a, b in zip(row, pivot, strict=True)]
        last = pivot[column]
    return [row[size:] for row in table], last


def _integers(row: Sequence[Fraction]) -> list[int]:
    """Its multiple by the least common denominator."""
    scale = lcm(*(entry.denominator for entry in row))
    return [entry.numerator * (scale // entry.denominator) for entry in row]


def discounted(rows: Sequence[Mapping[int, Fraction]], gamma: Fraction) -> list[list[Fraction]]:
    """I - gamma P. rows: P(t | s) by t, for each s."""
    matrix = [[Fraction(s == t) for t in range(len(rows))] for s in range(len(rows))]
    for s, row in enumerate(rows):
        for t, p in row.items():
            matrix[s][t] -= gamma * p
    return matrix
