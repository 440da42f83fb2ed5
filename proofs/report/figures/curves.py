"""Rational functions of gamma as polylines: evaluated exactly on a grid, rounded only to place ink."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from exact.algebraic import Algebraic
from exact.errors import TooLarge
from exact.rational_function import RationalFunction

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_POINTS = 200  # of a curve over all of (0, 1)
_LEAST = 8  # of an interval, however short
_RATIO = 50  # values further apart are drawn on a logarithmic scale
_NEAREST = 12  # the curve ends 2^-12 of its length before a pole at 1


def grid(low: Algebraic, high: Algebraic) -> list[Fraction]:
    """Rationals inside (low, high), near both ends and evenly between them, ascending."""
    width = Fraction(1, 1 << 30)
    while (left := low.refined(width).high) >= (right := high.refined(width).low):
        width /= 1 << 10
    length = right - left
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


def scale(axes: Axes, stopped: Sequence[float], best: Sequence[float], under: float) -> tuple[float, float]:
    """(low, high), what is finite in view: up to twice the shutdown's values; logarithmic if one dwarfs the other.

    under: the share of the height that is left free below.
    """
    values = [*stopped, *best]
    highest = max(map(abs, stopped), default=0) or 1.0
    typical = sorted(map(abs, best))[len(best) // 2] if best else highest
    if min(values) > 0 and highest > _RATIO * typical:
        axes.set_yscale("log")
        low, high = max(min(values), typical / 100), highest * 4
        axes.set_ylim(low * (low / high) ** under, high)
    else:
        bound = 2.2 * max(highest, typical)
        high, low = min(max(values), bound), max(min(values), -bound)
        room = 0.06 * (high - low) or 1.0
        low, high = low - room, high + room
        axes.ticklabel_format(axis="y", scilimits=(-3, 4))
        axes.set_ylim(low - under * (high - low), high)
    return low, high


def leaves(gammas: Sequence[float], values: Sequence[float], bound: float) -> float:
    """The gamma at which a polyline that ends beyond the bound last crosses it, or at which it begins."""
    beyond = [(value > bound) == (values[-1] > bound) for value in values]
    k = max((k for k, out in enumerate(beyond) if not out), default=-1)
    if k < 0:
        return gammas[0]
    part = (bound - values[k]) / (values[k + 1] - values[k])
    return gammas[k] + part * (gammas[k + 1] - gammas[k])
