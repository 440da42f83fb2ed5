"""Integers around a policy's values near a threshold, and comparisons with other actions that they decide.

L = V - delta, U = V + delta with delta a small multiple of (I - gamma P)^-1 1: each inequality of `Bounds` has to
absorb the rounding of its own row only. What is returned has been checked in integers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from exact.algebraic import Algebraic
from exact.conversion import over_common_denominator
from exact.mdp import Policy
from exact.thresholds.approximate import approximated, exactly
from exact.thresholds.count import Count, Pair
from exact.thresholds.model import Bounds


@dataclass(frozen=True)
class Enclosure:
    """`Bounds` of a policy, with the terminal states: lower[s] and upper[s] for every state of the region."""

    count: Count
    policy: Policy
    low: Fraction
    high: Fraction
    unit: int
    lower: Mapping[int, int]
    upper: Mapping[int, int]

    def holds(self) -> bool:
        """True iff lower and upper are bounds of the policy's values at low and from there to high."""
        own = [(state, self.policy[state]) for state in self.count.region.nonterminal]
        above = all(self._beyond(pair, self.high, self.upper, self.upper) <= 0 for pair in own)
        return above and all(self._beyond(pair, self.low, self.lower, self.lower) >= 0 for pair in own)

    def is_clear(self, pair: Pair) -> bool:
        """True iff the action is shown to be no better than the policy's anywhere on [low, high]."""
        return self._beyond(pair, self.high, self.upper, self.lower) <= 0

    def is_better(self, pair: Pair) -> bool:
        """True iff the action is shown to be better than the policy's everywhere on [low, high]."""
        return self.gain(pair) > 0

    def gain(self, pair: Pair) -> Fraction:
        """At most the action's advantage in units, anywhere on [low, high]."""
        row = self.count.region.mdp.integer_rows[pair[0]][pair[1]]
        return Fraction(self._beyond(pair, self.low, self.lower, self.upper), row.scale * self.low.denominator)

    def counts_one(self) -> bool:
        """True iff the bounds agree that the count from s_new on, t >= 1, is 1 somewhere on [low, high]."""
        start = self.count.region.start
        row = self.count.region.mdp.integer_rows[start][self.policy[start]]
        return row.total(self.lower) <= self.unit * row.scale <= row.total(self.upper)

    def _beyond(self, pair: Pair, gamma: Fraction, after: Mapping[int, int], now: Mapping[int, int]) -> int:
        """A positive multiple of theta_s + gamma sum_t P(t|s,a) after_t - now_s."""
        row = self.count.region.mdp.integer_rows[pair[0]][pair[1]]
        here = (self.count.theta(pair[0]) * self.unit - now[pair[0]]) * (row.scale * gamma.denominator)
        return here + gamma.numerator * row.total(after)

    def bounds(self) -> Bounds:
        """Without the terminal states, whose values are known."""
        lower, upper = ({s: b[s] for s in self.count.region.nonterminal} for b in (self.lower, self.upper))
        return Bounds(self.low, self.high, self.unit, lower, upper)


def enclosed(count: Count, policy: Policy, value: Algebraic, bits: int) -> Enclosure:
    """The policy's values near the threshold to about `bits` bits after the point."""
    guard = 4
    while True:
        low, high = ends(value, bits + guard)
        guard = max(guard, 4 + (1 / (1 - high)).__ceil__().bit_length())
        if value.rational is None and (high - low) * 2 ** (bits + guard) > 1:
            continue
        middle, errors = approximated(count, policy, (low + high) / 2, bits)
        for times in (1, 2, 4):
            found = _around(count, policy, (low, high), bits, middle, {s: times * e for s, e in errors.items()})
            if found.holds():
                return found
        guard *= 2


def _around(
    count: Count,
    policy: Policy,
    interval: tuple[Fraction, Fraction],
    bits: int,
    middle: Mapping[int, int],
    errors: Mapping[int, int],
) -> Enclosure:
    """middle -+ errors; what no reward can be reached from is worth 0."""
    unit = 1 << bits
    ends = {s: count.theta(s) * unit for s in count.region.allowed if s not in errors}
    lower = ends | {s: max(0, middle[s] - error) for s, error in errors.items()}
    upper = ends | {s: middle[s] + error for s, error in errors.items()}
    return Enclosure(count, policy, *interval, unit, lower, upper)


def on_the_point(count: Count, policy: Policy, gamma: Fraction) -> Enclosure:
    """The policy's values at a rational discount, exactly, over their common denominator."""
    value = exactly(count, policy, gamma)
    numerators, unit = over_common_denominator(value.values())
    whole = dict(zip(value, numerators, strict=True))
    return Enclosure(count, policy, gamma, gamma, unit, whole, whole)


def ends(value: Algebraic, bits: int) -> tuple[Fraction, Fraction]:
    """Rationals inside (0, 1) around the value, at most 2^-bits apart; the value itself where it is rational."""
    narrow = value.refined(Fraction(1, 1 << bits))
    while narrow.rational is None and not (narrow.low > 0 and narrow.high < 1):
        bits *= 2
        narrow = value.refined(Fraction(1, 1 << bits))
    return narrow.low, narrow.high
