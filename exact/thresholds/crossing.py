"""The least gamma at which some policy's count reaches 1: policy iteration at the crossing of the policy in hand.

The greatest count increases with gamma. A policy that is optimal at its own crossing shows that none crosses earlier;
otherwise some action is better there, and the policy that takes it crosses no later.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz_poly

from exact.algebraic import Algebraic, root_in
from exact.algebraic.isolate import variations
from exact.algebraic.narrow import sign_at
from exact.closed_form import ClosedForm
from exact.errors import NoRoot
from exact.mdp import Policy
from exact.rational_function import RationalFunction
from exact.thresholds.bounds import Enclosure, ends
from exact.thresholds.count import Count
from exact.thresholds.model import Bounds
from exact.thresholds.optimality import Optimality

_LEAST_BITS = 12
_NEAR = 36  # bits of a guess in doubles that can be relied on


@dataclass(frozen=True)
class Crossing:
    """A policy, its count from s_new, the gamma where that is 1, and what shows that the policy is optimal there."""

    policy: Policy
    visits: RationalFunction
    value: Algebraic
    bounds: Bounds
    ties: ClosedForm | None


def guessed(count: Count) -> Crossing | None:
    """The earliest crossing of all policies, if doubles find a policy that has one."""
    if count.region.is_small or count.counted in count.region.crossings:
        return count.region.crossings.get(count.counted)
    from exact.thresholds.guess import guess

    found = guess(count)
    try:
        return None if found is None else first_crossing(count, *found)
    except NoRoot:
        return None


def first_crossing(count: Count, policy: Policy, near: float | None = None) -> Crossing:
    """The earliest crossing of all policies, by one that is optimal there. near: a guess at that of `policy`.

    Raises NoRoot if the count of `policy` itself does not cross 1 inside (0, 1).
    """
    known, proved = count.region.crossings, False
    bits = _first_bits(count, policy, near)
    while count.counted not in known:
        visits = count.visits(policy, proved)
        value = root(visits, near)
        optimality = Optimality(count, policy, value)
        shown = optimality.decided(bits)
        if not isinstance(shown, Enclosure):
            policy, near = shown, None
        elif not (proved or shown.counts_one()):
            proved = True  # the primes misled the closed form
        else:
            bounds = _with_clear_root(visits, value, shown.bounds())
            known[count.counted] = Crossing(policy, visits, value, bounds, optimality.ties())
    return known[count.counted]


def root(visits: RationalFunction, near: float | None = None) -> Algebraic:
    """Where the count is 1. Raises NoRoot if that is nowhere in (0, 1)."""
    equation, limit = _equation(visits), visits.limit_at_one()
    if visits.at_zero >= 1 or (limit is not None and limit <= 1):
        raise NoRoot("the policy's count does not cross 1", "begin with a policy whose count does")
    if near is not None:
        middle = round(near * (1 << _NEAR))
        low, high = Fraction(middle - 1, 1 << _NEAR), Fraction(middle + 1, 1 << _NEAR)
        if low > 0 and high < 1 and sign_at(equation, low) < 0 < sign_at(equation, high):
            return root_in(equation, low, high)
    return root_in(equation, Fraction(0), Fraction(1))


def _equation(visits: RationalFunction) -> fmpz_poly:
    return visits.numerator - visits.denominator


def _first_bits(count: Count, policy: Policy, near: float | None) -> int:
    """As many as doubles find necessary."""
    if near is None or count.region.is_small:
        return _LEAST_BITS
    from exact.thresholds.guess import separating_bits

    return max(_LEAST_BITS, separating_bits(count, policy, near))


def _with_clear_root(visits: RationalFunction, value: Algebraic, bounds: Bounds) -> Bounds:
    """On so narrow an interval that N - D has one root there by Descartes' rule of signs: a part of it will do."""
    low, high = bounds.low, bounds.high
    while low < high and variations(_equation(visits), low, high) != 1:
        low, high = ends(value, 2 * (1 / (high - low)).__ceil__().bit_length())
    return Bounds(low, high, bounds.unit, bounds.lower, bounds.upper)
