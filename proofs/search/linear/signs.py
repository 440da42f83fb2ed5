"""Linear search, signs in gamma: how far around a point polynomials keep their signs, with rational ends.

FORMAT.md shows a sign on [a, b] by Descartes' rule, which may see more sign changes than there are roots; then the
interval is cut until it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz_poly

from exact.algebraic import Algebraic, real_roots
from exact.algebraic.isolate import variations
from exact.algebraic.narrow import sign_at
from exact.linear.simplest import Interval, simplest

GRAIN = Fraction(1, 1 << 20)  # how near to an irrational end (or one that does not belong) an interval stops

_MOST_CUTS = 64


@dataclass(frozen=True)
class Range:
    """[low, high] around a point. below, above: the roots that stopped it there, at its end or just beyond."""

    low: Fraction
    high: Fraction
    below: Algebraic | None = None
    above: Algebraic | None = None

    def width(self) -> Fraction:
        """How much it covers."""
        return self.high - self.low


def around(
    weak: Iterable[fmpz_poly], strong: Iterable[fmpz_poly], point: Fraction, low: Fraction, high: Fraction
) -> Range | None:
    """The largest interval around the point, inside [low, high], on which `weak` are >= 0 and `strong` are > 0.

    Its ends count unless they are 0 or 1. None if a sign is wrong at the point.
    """
    weak, strong = [p for p in weak if p], list(strong)
    if any(sign_at(p, point) < 0 for p in weak) or any(sign_at(p, point) <= 0 for p in strong):
        return None
    first, below = _stop(weak, strong, point, low)
    last, above = _stop(weak, strong, point, high)
    return Range(first, last, below, above)


def _stop(
    weak: Sequence[fmpz_poly], strong: Sequence[fmpz_poly], point: Fraction, end: Fraction
) -> tuple[Fraction, Algebraic | None]:
    """How far towards `end`, and the root that is in the way, if any."""
    if end == point or any(_turns(p, point, end) for p in weak):
        return point, None
    best, belongs = Algebraic.of(end), True
    for polynomials, closed in ((weak, True), (strong, False)):
        for polynomial in polynomials:
            root = _nearest(polynomial, point, end)
            if root is None and not closed and end not in (0, 1) and sign_at(polynomial, end) == 0:
                root = Algebraic.of(end)
            if root is not None and (_closer(root, best, point) or (not closed and root == best)):
                best, belongs = root, closed
    if best.low == best.high and belongs:
        return best.low, best if best.low != end else None
    return _beside(best, point), best


def _turns(polynomial: fmpz_poly, point: Fraction, end: Fraction) -> bool:
    """Is it 0 at the point and negative just beside it?"""
    if sign_at(polynomial, point) != 0:
        return False
    root = _nearest(polynomial, point, end)
    near = end if root is None else (root.high if root.low == root.high else (root.low if end > point else root.high))
    return sign_at(polynomial, (point + near) / 2) < 0


def _nearest(polynomial: fmpz_poly, point: Fraction, end: Fraction) -> Algebraic | None:
    """The root nearest to the point, strictly between it and the end."""
    if polynomial.degree() < 1:
        return None
    roots = real_roots(polynomial, min(point, end), max(point, end))
    return (roots[0] if end > point else roots[-1]) if roots else None


def _closer(one: Algebraic, other: Algebraic, point: Fraction) -> bool:
    """Both lie on the same side of the point."""
    return one < other if other > point else one > other


def _beside(root: Algebraic, point: Fraction) -> Fraction:
    """A short rational between the root and the point, near the root."""
    gap = GRAIN
    while True:
        near = root.refined(gap / 4)
        above = near.low > point
        low, high = (max(point, near.low - gap), near.low) if above else (near.high, min(point, near.high + gap))
        if low < high:
            return simplest(Interval(low, high, low_open=True, high_open=True))
        gap /= 16


def cut(polynomials: Sequence[fmpz_poly], low: Fraction, high: Fraction) -> list[tuple[Fraction, Fraction]] | None:
    """[low, high] cut until Descartes' rule sees no root inside any part; None if that takes too many cuts."""
    parts: list[tuple[Fraction, Fraction]] = []
    todo = [(low, high)]
    while todo:
        a, b = todo.pop()
        if len(parts) + len(todo) > _MOST_CUTS:
            return None
        if a == b or not any(variations(p, a, b) for p in polynomials if p):
            parts.append((a, b))
        else:
            todo += [((a + b) / 2, b), (a, (a + b) / 2)]
    return parts
