"""Layer: linear questions, numbers for people: the simplest rational of an interval, and simpler points of a system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exact.linear.system import Point, System

LONGEST = 4096  # bits of a denominator beyond which nobody reads the number, and shortening it takes long


@dataclass(frozen=True)
class Interval:
    """From low to high (None: no end); an end belongs to it unless it is open."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def up_to(self, end: Fraction, is_open: bool) -> Interval:
        """The part below an end."""
        if self.high is not None and (end > self.high or (end == self.high and self.high_open)):
            return self
        return Interval(self.low, end, self.low_open, is_open)

    def mirrored(self) -> Interval:
        """The interval times -1."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_open, self.low_open)


def simplest(interval: Interval) -> Fraction:
    """0 if it can be, else the number of least denominator (of those, the one nearest 0). The interval is not empty."""
    if Fraction(0) in interval:
        return Fraction(0)
    if interval.low is None or interval.low < 0:
        return -simplest(interval.mirrored())
    return _by_continued_fraction(interval)


def _by_continued_fraction(interval: Interval) -> Fraction:
    """For 0 <= low: the digits on which both ends agree, then the least integer between. Ends are pairs p, q: p/q."""
    low = (interval.low or Fraction(0)).as_integer_ratio()
    high = (1, 0) if interval.high is None else interval.high.as_integer_ratio()
    low_open, high_open, digits = interval.low_open, interval.high_open, []
    while True:
        whole, rest = divmod(low[0], low[1])
        least = whole if not rest and not low_open else whole + 1
        compared = least * high[1] - high[0]
        if compared < 0 or (compared == 0 and not high_open):
            break
        digits.append(whole)
        low, high = (high[1], high[0] - whole * high[1]), (low[1], rest)
        low_open, high_open = high_open, low_open
    numerator, denominator = least, 1
    for digit in reversed(digits):
        numerator, denominator = digit * numerator + denominator, numerator
    return Fraction(numerator, denominator)


def near(value: Fraction, distance: Fraction) -> Fraction:
    """The simplest rational at most that far away."""
    return simplest(Interval(value - distance, value + distance))


def simplified(system: System, point: Sequence[Fraction]) -> Point:
    """From a solution to a simpler one: each variable in turn takes the simplest value that the others allow it."""
    if any(value.denominator.bit_length() > LONGEST for value in point):
        return tuple(point)
    sweep = _Sweep(system, point)
    for j in range(system.variables):
        sweep.replace(j, simplest(sweep.allowed(j)))
    return tuple(sweep.point)


class _Sweep:
    def __init__(self, system: System, point: Sequence[Fraction]) -> None:
        self._system = system
        self.point = list(point)
        self._slacks = [constraint.bound - constraint.value(tuple(point)) for constraint in system.constraints]
        self._rows: list[list[tuple[int, Fraction]]] = [[] for _ in point]  # variable -> its (constraint, coefficient)
        for i, constraint in enumerate(system.constraints):
            for j, c in constraint.coefficients:
                self._rows[j].append((i, c))

    def allowed(self, j: int) -> Interval:
        """The values of variable j that keep every constraint, the others staying."""
        interval = Interval(None, None)
        for i, c in self._rows[j]:
            relation, end = self._system.constraints[i].relation, self.point[j] + self._slacks[i] / c
            if relation == "=":
                return Interval(end, end)
            if c > 0:
                interval = interval.up_to(end, relation == "<")
            else:
                interval = interval.mirrored().up_to(-end, relation == "<").mirrored()
        return interval

    def replace(self, j: int, value: Fraction) -> None:
        """Give variable j a value."""
        change, self.point[j] = value - self.point[j], value
        if change:
            for i, c in self._rows[j]:
                self._slacks[i] -= c * change
