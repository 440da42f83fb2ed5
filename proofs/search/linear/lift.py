"""Linear search, multipliers in gamma: a leaf at one rational gamma, continued as polynomials on the same rows.

On the leaf's rows the multipliers solve a linear system whose entries are affine in gamma. Those outside a basis keep
their values; the others are rational functions of gamma, found at many gammas and interpolated, and then proved by
putting them into every equation. A common denominator is multiplied out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import count
from math import lcm

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz_poly

from exact.conversion import flint
from exact.linear.sparse import pivots
from proofs.search.linear.lifted import Lifted, primitive
from proofs.search.linear.row import Row

Given = Sequence[tuple[Row, Fraction]]  # the leaf: rows with their multipliers at gamma


def lift(given: Given, gamma: Fraction) -> Lifted | None:
    """The continuation of the leaf, None where its rows give none (they fit together at this gamma only)."""
    leaf = _Leaf(given)
    basis, equations = leaf.basis(flint(gamma))
    multipliers = primitive(leaf.interpolated(basis, equations), [y for _, y in given], gamma)
    return Lifted(tuple(row for row, _ in given), tuple(multipliers)) if leaf.vanishes(multipliers) else None


class _Leaf:
    """The equations sum over rows of y_i c_iv(gamma) = 0, one for each variable v, in integers."""

    def __init__(self, given: Given) -> None:
        self.fixed = [flint(y) for _, y in given]
        entries: dict[int, dict[int, tuple[Fraction, Fraction]]] = {}
        for i, (row, _) in enumerate(given):
            for v, affine in row.coefficients.items():
                entries.setdefault(v, {})[i] = affine
        self.equations = [_integers(entry) for entry in entries.values()]

    def at(self, gamma: fmpq, equations: Sequence[int], columns: Sequence[int]) -> fmpq_mat:
        """These entries of the matrix at one discount."""
        place = {i: k for k, i in enumerate(columns)}
        matrix = [fmpq(0)] * (len(equations) * len(columns))
        for number, equation in enumerate(equations):
            for i, (c0, c1) in self.equations[equation].items():
                if i in place:
                    matrix[number * len(columns) + place[i]] = c0 + c1 * gamma
        return fmpq_mat(len(equations), len(columns), matrix)

    def basis(self, gamma: fmpq) -> tuple[list[int], list[int]]:
        """Columns that are a basis at gamma, and as many independent equations."""
        everything = range(len(self.equations))
        columns = pivots(self.at(gamma, everything, range(len(self.fixed))))
        return columns, pivots(self.at(gamma, everything, columns).transpose())

    def interpolated(self, basis: list[int], equations: list[int]) -> list[fmpq_poly]:
        """The multipliers times the determinant of the basis: of degree at most its size, by Cramer's rule."""
        if not basis:
            return [fmpq_poly([y]) for y in self.fixed]
        free = [i for i in range(len(self.fixed)) if i not in set(basis)]
        points: list[fmpq] = []
        samples: list[list[fmpq]] = []
        for gamma in map(fmpq, count(2)):
            if len(points) > len(basis):
                break
            matrix = self.at(gamma, equations, basis)
            determinant = matrix.det()
            if determinant:
                right = self.at(gamma, equations, free) * fmpq_mat(len(free), 1, [-self.fixed[i] for i in free])
                points.append(gamma)
                samples.append([determinant, *(y * determinant for y in matrix.solve(right).entries())])
        found = _through(points, samples)
        solved = dict(zip(basis, found[1:], strict=True))
        return [solved[i] if i in solved else found[0] * y for i, y in enumerate(self.fixed)]

    def vanishes(self, multipliers: Sequence[fmpz_poly]) -> bool:
        """Is every equation an identity?"""
        return not any(
            sum((fmpz_poly([c0, c1]) * multipliers[i] for i, (c0, c1) in equation.items()), fmpz_poly())
            for equation in self.equations
        )


def _integers(equation: dict[int, tuple[Fraction, Fraction]]) -> dict[int, tuple[int, int]]:
    scale = lcm(*(c.denominator for pair in equation.values() for c in pair))
    return {i: (int(c0 * scale), int(c1 * scale)) for i, (c0, c1) in equation.items()}


def _through(points: list[fmpq], samples: list[list[fmpq]]) -> list[fmpq_poly]:
    """For each column of the samples the polynomial of degree < len(points) with those values."""
    size, width = len(points), len(samples[0])
    powers = fmpq_mat(size, size, [point**k for point in points for k in range(size)])
    found = powers.solve(fmpq_mat(size, width, [value for row in samples for value in row]))
    return [fmpq_poly([found[k, j] for k in range(size)]) for j in range(width)]
