"""The least gamma at which some policy's count reaches 1: Newton's method on policies, ending in an exact check.

The greatest count increases with gamma. From a policy whose count crosses 1 at alpha, the best policy just below alpha
crosses no later; when the policy in hand is optimal at its own crossing, none crosses earlier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from exact.algebraic import Algebraic, root_in
from exact.closed_form import ClosedForm
from exact.errors import NoRoot
from exact.evaluate import optimal
from exact.mdp import Policy
from exact.rational_function import RationalFunction
from exact.thresholds.count import Count
from exact.thresholds.optimality import optimal_at, with_clear_interval

_FIRST_BITS = 32  # how near below the crossing the better policy is looked for; doubled each time


@dataclass(frozen=True)
class Crossing:
    """A policy, its values and its count from s_new, and the gamma where that count is 1."""

    policy: Policy
    form: ClosedForm
    visits: RationalFunction
    value: Algebraic


def first_crossing(count: Count, policy: Policy) -> Crossing:
    """The earliest crossing of all policies, by one that is optimal there.

    Raises NoRoot if the count of `policy` itself does not cross 1 inside (0, 1).
    """
    found, bits = crossing(count, policy), _FIRST_BITS
    if found is None:
        raise NoRoot("the policy's count does not cross 1", "begin with a policy whose count does")
    while not optimal_at(count, found.policy, found.form, found.value):
        _, better = optimal(count.mdp, count.rewards, just_below(found.value, bits), found.policy, count.allowed)
        other = crossing(count, better)
        if other is not None and other.value <= found.value:
            found = other
        bits *= 2
    return replace(found, value=with_clear_interval(count, found.policy, found.form, found.value))


def crossing(count: Count, policy: Policy) -> Crossing | None:
    """Where the policy's count is 1, or None if that is nowhere in (0, 1)."""
    form = count.form(policy)
    visits = count.visits(policy, form)
    limit = visits.limit_at_one()
    if visits.at_zero >= 1 or (limit is not None and limit <= 1):
        return None
    return Crossing(policy, form, visits, root_in(visits.numerator - visits.denominator, Fraction(0), Fraction(1)))


def just_below(value: Algebraic, bits: int) -> Fraction:
    """A rational in (0, value], within about 2^-bits of it; the value itself if it is rational."""
    while (low := value.refined(Fraction(1, 1 << bits)).low) <= 0:
        bits *= 2
    return low
