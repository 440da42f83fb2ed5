"""The least gamma at which some policy's count reaches 1: policy iteration at the crossing of the policy in hand.

The greatest count increases with gamma. A policy that is optimal at its own crossing shows that none crosses earlier;
otherwise some action is better there, and the policy that takes it crosses no later.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exact.algebraic import Algebraic, root_in
from exact.algebraic.isolate import variations
from exact.closed_form import ClosedForm
from exact.errors import NoRoot
from exact.mdp import Policy
from exact.rational_function import RationalFunction
from exact.thresholds.bounds import Enclosure, enclosed, ends, on_the_point
from exact.thresholds.count import Count, Pair
from exact.thresholds.model import Bounds
from exact.thresholds.ties import advantage, closed_forms, identical

_LEAST_BITS = 12
_MANY_BITS = 200  # what they leave open is decided by polynomials
_NEAR = 36  # bits of a guess in doubles that can be relied on


@dataclass(frozen=True)
class Crossing:
    """A policy, its count from s_new, the gamma where that is 1, and what shows that the policy is optimal there."""

    policy: Policy
    visits: RationalFunction
    value: Algebraic
    bounds: Bounds | None = None
    ties: ClosedForm | None = None


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
    known = count.region.crossings
    while count.counted not in known:
        found = crossing(count, policy, near)
        if found is None:
            raise NoRoot("the policy's count does not cross 1", "begin with a policy whose count does")
        settled = settle(count, found, near)
        if isinstance(settled, Crossing):
            known[count.counted] = settled
        else:
            policy = settled
    return known[count.counted]


def crossing(count: Count, policy: Policy, near: float | None = None) -> Crossing | None:
    """Where the policy's count is 1, or None if that is nowhere in (0, 1)."""
    visits = count.visits(policy)
    limit = visits.limit_at_one()
    if visits.at_zero >= 1 or (limit is not None and limit <= 1):
        return None
    equation = visits.numerator - visits.denominator
    if near is not None:
        unit = 1 << _NEAR
        middle = round(near * unit)
        low, high = Fraction(middle - 1, unit), Fraction(middle + 1, unit)
        if low > 0 and high < 1:
            try:
                return Crossing(policy, visits, root_in(equation, low, high))
            except NoRoot:
                pass  # the guess was not that good
    return Crossing(policy, visits, root_in(equation, Fraction(0), Fraction(1)))


def settle(count: Count, found: Crossing, near: float | None = None) -> Crossing | Policy:
    """The crossing with what shows that the policy is optimal there, or a policy that is better there.

    Every other action has to be as good for every discount, or worse by bounds, or (both failing for long) of an
    advantage that is zero at the threshold. More bits are taken until that is known.
    """
    policy, value = found.policy, found.value
    others, tied, decided = count.others(policy), list[Pair](), set[Pair]()
    bits, enclosure = _first_bits(count, policy, near), None
    while True:
        if enclosure is None:
            enclosure = enclosed(count, policy, value, bits)
        unclear = [pair for pair in others if not enclosure.is_clear(pair)]
        better = [pair for pair in unclear if enclosure.is_better(pair)]
        if bits > _MANY_BITS and not better:
            signs = {pair: _sign(count, policy, value, pair) for pair in unclear if pair not in decided}
            better = [pair for pair, sign in signs.items() if sign > 0]
            tied += [pair for pair, sign in signs.items() if sign == 0]
            decided |= signs.keys()
        if better:
            return improved(enclosure, better)
        same = identical(count, policy, [pair for pair in unclear if pair not in decided]) | set(tied)
        if all(pair in same for pair in unclear):
            break
        others = [pair for pair in others if pair not in same]
        rational = value.rational
        exact = rational is not None and enclosure.lower != enclosure.upper
        bits += bits // 2
        enclosure = on_the_point(count, policy, rational) if rational is not None and exact else None
    form = closed_forms(count, policy, tied) if tied else None
    return Crossing(policy, found.visits, value, _with_clear_root(found, enclosure.bounds()), form)


def _first_bits(count: Count, policy: Policy, near: float | None) -> int:
    if near is None or count.region.is_small:
        return _LEAST_BITS
    from exact.thresholds.guess import separating_bits

    return max(_LEAST_BITS, separating_bits(count, policy, near))


def _sign(count: Count, policy: Policy, value: Algebraic, pair: Pair) -> int:
    """The sign of the action's advantage at the threshold, exact."""
    return value.sign_of(advantage(count, closed_forms(count, policy, [pair]), pair))


def improved(enclosure: Enclosure, better: list[Pair]) -> Policy:
    """The policy with the action in each state that is better by most."""
    chosen = list(enclosure.policy)
    for state, action in sorted(better, key=enclosure.gain):
        chosen[state] = action
    return tuple(chosen)


def _with_clear_root(found: Crossing, bounds: Bounds) -> Bounds:
    """On so narrow an interval that N - D has one root there by Descartes' rule of signs: a part of it will do."""
    equation = found.visits.numerator - found.visits.denominator
    low, high = bounds.low, bounds.high
    while low < high and variations(equation, low, high) != 1:
        low, high = ends(found.value, 2 * (1 / (high - low)).__ceil__().bit_length())
    return Bounds(low, high, bounds.unit, bounds.lower, bounds.upper)
