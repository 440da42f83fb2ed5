"""Layer: shares, functions on [0, 1] that are polynomials in pieces: how volumes grow with the bound t on all rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import fmpq, fmpq_poly

from exact.conversion import fraction
from exact.errors import TooLarge

MOST_PIECES = 2_000
T = fmpq_poly([0, 1])
ZERO, ONE = fmpq(0), fmpq(1)


@dataclass(frozen=True)
class Piecewise:
    """pieces[i] holds on [ends[i], ends[i + 1]]; ends ascend from 0 to 1. Continuous."""

    ends: tuple[fmpq, ...]
    pieces: tuple[fmpq_poly, ...]

    def at(self, t: fmpq) -> fmpq:
        """The value, 0 <= t <= 1."""
        return self._around(t)(t)

    def _around(self, t: fmpq) -> fmpq_poly:
        return self.pieces[min(bisect_right(self.ends, t), len(self.pieces)) - 1]

    def integral(self) -> Piecewise:
        """From 0 to t."""
        total, found = ZERO, []
        for start, end, piece in zip(self.ends[:-1], self.ends[1:], self.pieces, strict=True):
            raised = piece.integral()
            found.append(raised + (total - raised(start)))
            total = found[-1](end)
        return Piecewise(self.ends, tuple(found))

    def times(self, other: Piecewise) -> Piecewise:
        """The product."""
        return _on({*self.ends, *other.ends}, lambda t: self._around(t) * other._around(t))

    def with_coordinate(self, stop: fmpq, on: fmpq) -> Piecewise:
        """t -> integral of F(t - on x) dx over 0 <= x <= 1 and stop x <= t, where F is this, and 0 < on <= stop.

        With H = integral of F: (H(t) - H(t - on min(1, t / stop))) / on.
        """
        grown, left = self.integral(), 1 - on / stop
        ends = {stop, *self.ends, *(end + on for end in self.ends if end + on > stop)}
        if left:
            ends |= {end / left for end in self.ends if end < left * stop}

        def piece(t: fmpq) -> fmpq_poly:
            rest = left * T if t < stop else T - on
            return (grown._around(t) - grown._around(rest(t))(rest)) / on

        return _on(ends, piece)

    def mean(self) -> Fraction:
        """The integral from 0 to 1."""
        return fraction(self.integral().at(ONE))


def monomial(degree: int, factor: fmpq = ONE) -> Piecewise:
    """factor t^degree."""
    return Piecewise((ZERO, ONE), (factor * T**degree,))


def _on(ends: Iterable[fmpq], piece: Callable[[fmpq], fmpq_poly]) -> Piecewise:
    """piece(t): the polynomial around t. Equal neighbours become one. Raises TooLarge."""
    inner = sorted({end for end in ends if ZERO < end < ONE} | {ZERO, ONE})
    if len(inner) > MOST_PIECES:
        raise TooLarge(f"a volume grows in more than {MOST_PIECES} pieces")
    kept, pieces = [ZERO], list[fmpq_poly]()
    for start, end in pairwise(inner):
        found = piece((start + end) / 2)
        if pieces and pieces[-1] == found:
            kept[-1] = end
        else:
            pieces.append(found)
            kept.append(end)
    return Piecewise(tuple(kept), tuple(pieces))
