"""Boxes of parameters: polynomials on them, whose Bernstein coefficients bound their values, and covers by boxes."""

from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from itertools import combinations, product
from math import comb, prod

from proofs.kernel.errors import expect
from proofs.kernel.limits import CUTS, HALVINGS
from proofs.kernel.poly import Monomial, Polynomial, bits, length

Box = tuple[tuple[Fraction, Fraction], ...]  # a closed interval for each parameter
_PARTS = 1 << CUTS  # of a side


def at(p: Polynomial, point: tuple[Fraction, ...]) -> Fraction:
    """The value at a point."""
    return sum((c * prod(x**n for x, n in zip(point, m, strict=True)) for m, c in p.items()), Fraction(0))


def local(p: Polynomial, box: Box) -> Polynomial:
    """The polynomial in coordinates that run from 0 to 1 along each side of the box."""
    for axis, (low, high) in enumerate(box):
        moved: dict[Monomial, Fraction] = {}
        for monomial, value in p.items():
            n = monomial[axis]
            for k in range(n + 1):
                place = (*monomial[:axis], k, *monomial[axis + 1 :])
                part = value * comb(n, k) * low ** (n - k) * (high - low) ** k
                moved[place] = moved.get(place, Fraction(0)) + part
        p = moved
    return p


def least(p: Polynomial, axes: int) -> Fraction:
    """The least Bernstein coefficient of a polynomial in local coordinates: nowhere on the box is it smaller."""
    highest = degrees(p, axes)
    table = {place: p.get(place, Fraction(0)) for place in product(*(range(n + 1) for n in highest))}
    for axis, n in enumerate(highest):
        table = {place: _weighted(table, place, axis, n) for place in table}
    return min(table.values())


def _weighted(table: Mapping[Monomial, Fraction], place: Monomial, axis: int, n: int) -> Fraction:
    """sum_{j <= k} C(k, j) / C(n, j) a_j along one axis: from powers to Bernstein's basis."""
    before, k, after = place[:axis], place[axis], place[axis + 1 :]
    shares = [Fraction(comb(k, j), comb(n, j)) for j in range(k + 1)]
    return sum((share * table[*before, j, *after] for j, share in enumerate(shares)), Fraction(0))


def positive(p: Polynomial, box: Box, spend: Callable[..., object]) -> bool:
    """True only if p > 0 on all of the box. Boxes on which the coefficients do not tell are halved, up to a bound.

    spend: told of 25 products for each coefficient that is looked at, and of their length, before they are.
    """
    parts, longest = [box], length_at(p, *box)
    for _ in range(HALVINGS):
        spend(25 * size(p, len(box)) * len(parts), longest, longest)
        if any(at(p, tuple(low for low, _ in part)) <= 0 for part in parts):
            return False
        parts = [half for part in parts if least(local(p, part), len(box)) <= 0 for half in halves(part)]
        if not parts:
            return True
    return False


def size(p: Polynomial, axes: int, more: int = 1) -> int:
    """How many Bernstein coefficients it has, or those of a degree that is higher by more - 1 along each axis."""
    return prod(degree + more for degree in degrees(p, axes))


def length_at(p: Polynomial, *points: Iterable[Fraction]) -> int:
    """The length of values at such points: a bound, but for a few bits."""
    ends = bits(part for point in points for x in point for part in (x.numerator, x.denominator))
    return length(p) + ends * max(map(sum, p), default=0)


def degrees(p: Polynomial, axes: int) -> list[int]:
    """In each parameter."""
    return [max((monomial[axis] for monomial in p), default=0) for axis in range(axes)]


def halves(box: Box) -> list[Box]:
    """The two halves of a box, cut across its longest side."""
    axis = max(range(len(box)), key=lambda k: box[k][1] - box[k][0])
    low, high = box[axis]
    middle = (low + high) / 2
    return [(*box[:axis], side, *box[axis + 1 :]) for side in ((low, middle), (middle, high))]


def placed(box: Box, whole: Box) -> list[tuple[int, int]]:
    """Where a box lies in the whole, whose sides have 2^64 parts each. Raises Malformed where that is not whole."""
    return [(_place(low, side), _place(high, side)) for (low, high), side in zip(box, whole, strict=True)]


def _place(end: Fraction, side: tuple[Fraction, Fraction]) -> int:
    place = _PARTS * (end - side[0]) / (side[1] - side[0])
    expect(place.denominator == 1, f"an end of a box is no cut of the family's box after at most {CUTS} halvings")
    return place.numerator


def cover(boxes: Collection[Box], whole: Box) -> bool:
    """True iff boxes that lie in the whole cover it and share no inner point: closed boxes of the same volume do."""
    parts = [placed(box, whole) for box in boxes]
    apart = all(
        any(a[1] <= b[0] or b[1] <= a[0] for a, b in zip(one, other, strict=True))
        for one, other in combinations(parts, 2)
    )
    return apart and sum(prod(high - low for low, high in part) for part in parts) == _PARTS ** len(whole)
