"""Universal claims, multipliers in gamma: a leaf at one rational gamma, continued as polynomials on the same rows.

On the leaf's rows the multipliers solve a linear system whose entries are affine in gamma. Those outside a basis keep
their values; the others are rational functions of gamma, found at many gammas and interpolated, and then proved by
putting them into every equation. A common denominator is multiplied out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz, fmpz_poly

from proofs.universal.row import Row

Given = Sequence[tuple[Row, Fraction]]  # the leaf: rows with their multipliers at gamma


@dataclass(frozen=True)
class Lifted:
    """The leaf with a polynomial in gamma for each row, together in coprime integers; right where the signs are."""

    rows: tuple[Row, ...]
    multipliers: tuple[fmpz_poly, ...]

    def total(self) -> fmpz_poly:
        """A positive multiple of the sum of multiplier times bound."""
        return _cleared([_times(y, row.bound) for row, y in self._pairs()])

    def strict(self) -> fmpz_poly:
        """The sum of the multipliers of the strict rows."""
        return sum((y for row, y in self._pairs() if row.relation == "<"), fmpz_poly())

    def signed(self) -> list[fmpz_poly]:
        """The multipliers that must not be negative."""
        return [y for row, y in self._pairs() if row.relation != "="]

    def _pairs(self) -> list[tuple[Row, fmpz_poly]]:
        return list(zip(self.rows, self.multipliers, strict=True))


def lift(given: Given, gamma: Fraction) -> Lifted | None:
    """The continuation of the leaf, None where its rows give none (they fit together at this gamma only)."""
    leaf = _Leaf(given)
    basis, equations = leaf.basis(gamma)
    polynomials = leaf.interpolated(basis, equations) if basis else [fmpq_poly([_fmpq(y)]) for _, y in given]
    multipliers = _primitive(polynomials)
    if any(y(_fmpq(gamma)) * _fmpq(y0) < 0 for y, (_, y0) in zip(multipliers, given, strict=True)):
        multipliers = [-y for y in multipliers]
    return Lifted(tuple(row for row, _ in given), tuple(multipliers)) if leaf.vanishes(multipliers) else None


class _Leaf:
    """The equations sum over rows of y_i c_iv(gamma) = 0, one for each variable v, in integers."""

    def __init__(self, given: Given) -> None:
        self.fixed = [_fmpq(y) for _, y in given]
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

    def basis(self, gamma: Fraction) -> tuple[list[int], list[int]]:
        """Columns that are a basis at gamma, and as many independent equations."""
        everything = self.at(_fmpq(gamma), range(len(self.equations)), range(len(self.fixed)))
        columns = _pivots(everything)
        return columns, _pivots(self.at(_fmpq(gamma), range(len(self.equations)), columns).transpose())

    def interpolated(self, basis: list[int], equations: list[int]) -> list[fmpq_poly]:
        """The multipliers times the determinant of the basis: of degree at most its size, by Cramer's rule."""
        free = [i for i in range(len(self.fixed)) if i not in set(basis)]
        size = len(basis)
        points: list[fmpq] = []
        samples: list[list[fmpq]] = []
        for number in count(2):
            if len(points) > size:
                break
            gamma = fmpq(number)
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
    scale = 1
    for pair in equation.values():
        for c in pair:
            scale = int(fmpz(scale).lcm(c.denominator))
    return {i: (int(c0 * scale), int(c1 * scale)) for i, (c0, c1) in equation.items()}


def _pivots(matrix: fmpq_mat) -> list[int]:
    reduced, rank = matrix.rref()
    pivots, column = [], 0
    for row in range(rank):
        while not reduced[row, column]:
            column += 1
        pivots.append(column)
        column += 1
    return pivots


def _through(points: list[fmpq], samples: list[list[fmpq]]) -> list[fmpq_poly]:
    """For each column of the samples the polynomial of degree < len(points) with those values."""
    size, width = len(points), len(samples[0])
    powers = fmpq_mat(size, size, [point**k for point in points for k in range(size)])
    found = powers.solve(fmpq_mat(size, width, [value for row in samples for value in row]))
    return [fmpq_poly([found[k, j] for k in range(size)]) for j in range(width)]


def _primitive(polynomials: Sequence[fmpq_poly]) -> list[fmpz_poly]:
    """The same up to one rational factor and one common polynomial factor, which has no say in any sign but one."""
    denominator = fmpz(1)
    for polynomial in polynomials:
        denominator = denominator.lcm(polynomial.denom())
    whole = [(polynomial * denominator).numer() for polynomial in polynomials]
    common = fmpz_poly()
    for entry in whole:
        common = common.gcd(entry)
    return [entry // common for entry in whole]


def _times(polynomial: fmpz_poly, factor: Fraction) -> fmpq_poly:
    return fmpq_poly(polynomial) * _fmpq(factor)


def _cleared(summands: Sequence[fmpq_poly]) -> fmpz_poly:
    total = sum(summands, fmpq_poly())
    return total.numer()


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
