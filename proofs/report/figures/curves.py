"""Rational functions of gamma as polylines: evaluated exactly on a grid, rounded only to place ink."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from exact.algebraic import Algebraic
from exact.errors import TooLarge
from exact.rational_function import RationalFunction

_POINTS = 200  # of a curve over all of (0, 1)
_LEAST = 8  # of an interval, however short
_NEAREST = 12  # the curve ends 2^-12 of its length before a pole at 1


def grid(low: Algebraic, high: Algebraic) -> list[Fraction]:
    """Rationals inside (low, high), near both ends and evenly between them, ascending."""
    left, right = low.refined(Fraction(1, 1 << 30)).high, high.refined(Fraction(1, 1 << 30)).low
    length = right - left
    if length <= 0:
        return [left]
    count = max(_LEAST, int(_POINTS * length))
    near = [Fraction(1, 1 << k) for k in range(_NEAREST, 6, -1)]
    shares = {*near, *(1 - part for part in near), *(Fraction(k, count) for k in range(1, count))}
    return [left + share * length for share in sorted(shares)]


def points(curve: RationalFunction, *ends: Algebraic) -> tuple[list[float], list[float]]:
    """(gammas, values) between the first and the last of ascending ends, dense about each. Raises TooLarge."""
    places = [gamma for low, high in pairwise(ends) for gamma in grid(low, high)]
    return [float(gamma) for gamma in places], [ink(curve.value(gamma)) for gamma in places]


def ink(value: Fraction) -> float:
    """Where to draw a number. Raises TooLarge."""
    if abs(value) > Fraction(10) ** 100:
        raise TooLarge("values over 10^100 cannot be drawn", "scale the rewards", "question.rewards")
    return float(value)


def leaves(gammas: Sequence[float], values: Sequence[float], bound: float) -> float:
    """The gamma at which a polyline that ends beyond the bound last crosses it, or at which it begins."""
    beyond = [(value > bound) == (values[-1] > bound) for value in values]
    k = max((k for k, out in enumerate(beyond) if not out), default=-1)
    if k < 0:
        return gammas[0]
    part = (bound - values[k]) / (values[k + 1] - values[k])
    return gammas[k] + part * (gammas[k + 1] - gammas[k])
