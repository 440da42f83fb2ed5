"""Signs of polynomials on boxes, by Bernstein coefficients: a polynomial lies between the least and the largest.

The first and the last coefficient along each axis are its values at the corners.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import comb, prod

from flint import fmpq, fmpq_mpoly

from exact.conversion import flint, fraction
from exact.family.reading import Reading, length_at
from exact.limits import MOST_HALVINGS

Box = tuple[tuple[Fraction, Fraction], ...]  # a closed interval for each parameter
Point = tuple[Fraction, ...]


def local(polynomial: fmpq_mpoly, box: Box) -> dict[tuple[int, ...], Fraction]:
    """Its coefficients by their monomials, in coordinates that run from 0 to 1 along the box."""
    gens = polynomial.context().gens()
    moved = [gen * flint(high - low) + flint(low) for gen, (low, high) in zip(gens, box, strict=True)]
    found = polynomial.compose(*moved) if moved else polynomial
    return {monomial: fraction(value) for monomial, value in found.to_dict().items()}


def coefficients(polynomial: fmpq_mpoly, box: Box) -> dict[tuple[int, ...], Fraction]:
    """The Bernstein coefficients on the box, by their places along the axes; of the polynomial's own degrees."""
    powers, degrees = local(polynomial, box), polynomial.degrees()
    table = {k: powers.get(k, Fraction(0)) for k in product(*(range(n + 1) for n in degrees))}
    for axis, degree in enumerate(degrees):
        table = {k: _along(table, k, axis, degree) for k in table}
    return table


def _along(table: dict[tuple[int, ...], Fraction], place: tuple[int, ...], axis: int, degree: int) -> Fraction:
    """From powers to Bernstein's basis along one axis: b_k = sum_{j <= k} C(k, j) / C(n, j) a_j."""
    k = place[axis]
    before, after = place[:axis], place[axis + 1 :]
    terms = (Fraction(comb(k, j), comb(degree, j)) * table[(*before, j, *after)] for j in range(k + 1))
    return sum(terms, Fraction(0))


def range_on(polynomial: fmpq_mpoly, box: Box) -> tuple[Fraction, Fraction]:
    """Bounds on the polynomial's values on the box; exact for degree 1 in each parameter."""
    values = coefficients(polynomial, box).values()
    return min(values), max(values)


def evaluate(polynomial: fmpq_mpoly, point: Sequence[Fraction]) -> Fraction:
    """The value at a point."""
    return fraction(fmpq(polynomial(*map(flint, point))) if point else polynomial.leading_coefficient())


def not_positive(polynomial: fmpq_mpoly, box: Box, reading: Reading | None = None) -> Point | None:
    """A point of the box where the polynomial is not positive; None if it is positive on all of it.

    Where halving does not decide, a point at which the polynomial comes so near to 0 that it is not told from it.
    reading: what the polynomial's file has cost so far. Raises TooLarge.
    """
    parts, longest, reading = [box], length_at(polynomial, box), reading or Reading()
    for _ in range(MOST_HALVINGS):
        reading.spend(25 * size(polynomial) * len(parts), longest, longest)
        unclear: list[Box] = []
        for part in parts:
            if range_on(polynomial, part)[0] > 0:
                continue
            low = next((corner for corner in corners(part) if evaluate(polynomial, corner) <= 0), None)
            if low is not None:
                return low
            unclear += halves(part)
        parts = unclear
        if not parts:
            break
    return centre(parts[0]) if parts else None


def size(polynomial: fmpq_mpoly) -> int:
    """How many Bernstein coefficients it has."""
    return prod(int(degree) + 1 for degree in polynomial.degrees())


def corners(box: Box) -> Iterator[Point]:
    """The corners of a box."""
    return product(*box)


def centre(box: Box) -> Point:
    """The middle of a box."""
    return tuple((low + high) / 2 for low, high in box)


def halves(box: Box, axis: int | None = None) -> list[Box]:
    """The two halves of a box, cut across this side, by default the longest."""
    if axis is None:
        axis = max(range(len(box)), key=lambda k: box[k][1] - box[k][0])
    low, high = box[axis]
    middle = (low + high) / 2
    return [(*box[:axis], side, *box[axis + 1 :]) for side in ((low, middle), (middle, high))]
