"""Rows of doubles -> rows of fractions that sum to 1, none further than 2^-40 from what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exact.digits import shown
from exact.errors import NotStochastic
from exact.linear.simplest import Interval, near, simplest

BITS = 40
TOLERANCE = Fraction(1, 2**BITS)
ROUNDED = f"rewards were changed to the simplest fractions within 2^-{BITS}"


@dataclass(frozen=True)
class Repair:
    """A row that was changed: how its probabilities were spelled, what they became, and what they were exactly."""

    state: int
    action: int
    before: tuple[str, ...]
    after: tuple[Fraction, ...]
    given: tuple[Fraction, ...]
    bits: int = BITS  # each stays within 2^-bits


def repaired(values: Sequence[Fraction], where: str, bits: int = BITS) -> tuple[Fraction, ...]:
    """The simplest fractions within 2^-bits of the positive values, if they sum to 1.

    Else all but the largest are the simplest so near that the largest, which takes the rest, stays within 2^-bits.
    Raises NotStochastic if the values are too far from a sum of 1 for that.
    """
    tolerance = Fraction(1, 2**bits)
    plain = tuple(_near(value, tolerance) for value in values)
    if sum(plain) == 1:
        return plain
    found = [_near(value, tolerance / (2 * len(values))) for value in values]
    largest = max(range(len(values)), key=values.__getitem__)
    found[largest] += 1 - sum(found)
    if abs(found[largest] - values[largest]) > tolerance:
        total = near(sum(values, Fraction(0)), tolerance)
        raise NotStochastic(f"the probabilities sum to {shown(total)}", f"they must sum to 1 within 2^-{bits}", where)
    return tuple(found)


def _near(value: Fraction, distance: Fraction) -> Fraction:
    """The simplest number so near that is positive: what can happen stays possible."""
    return simplest(Interval(max(value - distance, value / 2), value + distance))
