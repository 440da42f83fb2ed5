"""Rational functions of gamma as polylines: evaluated exactly on a grid, rounded only to place ink."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exact.algebraic import Algebraic
from exact.errors import TooLarge
from exact.rational_function import RationalFunction

_POINTS = 240  # of a curve over all of (0, 1)
_NEAREST = 12  # the curve ends 2^-12 of its length before a pole at 1


def grid(low: Algebraic, high: Algebraic) -> list[Fraction]:
    """Rationals inside (low, high), near both ends and evenly between them, ascending."""
    left, right = low.refined(Fraction(1, 1 << 30)).high, high.refined(Fraction(1, 1 << 30)).low
    length = right - left
    if length <= 0:
        return [left]
    count = max(4, int(_POINTS * length))
    near = [Fraction(1, 1 << k) for k in range(_NEAREST, 6, -1)]
    shares = {*near, *(1 - part for part in near), *(Fraction(k, count) for k in range(1, count))}
    return [left + share * length for share in sorted(shares)]


def points(curve: RationalFunction, low: Algebraic, high: Algebraic) -> tuple[list[float], list[float]]:
    """(gammas, values). Raises TooLarge where a value is beyond what can be drawn."""
    places = grid(low, high)
    return [float(gamma) for gamma in places], [ink(curve.value(gamma)) for gamma in places]


def ink(value: Fraction) -> float:
    """Where to draw a number. Raises TooLarge."""
    if abs(value) > Fraction(10) ** 100:
        raise TooLarge("values over 10^100 cannot be drawn", "scale the rewards", "question.rewards")
    return float(value)


def whole() -> tuple[Algebraic, Algebraic]:
    """0 and 1."""
    return Algebraic.of(0), Algebraic.of(1)


def extent(values: Sequence[float]) -> tuple[float, float]:
    """(least, greatest), 0 and 0 of nothing."""
    return (min(values), max(values)) if values else (0.0, 0.0)
