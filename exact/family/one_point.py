"""A family without parameters: at its one point exact values decide, at every gamma, whether x is counted there."""

from __future__ import annotations

from fractions import Fraction

from exact import evaluate
from exact.conversion import over_common_denominator
from exact.family.side import Side
from exact.mdp import Policy
from exact.thresholds.count import Count


def exact_side(count: Count, kind: str, state: int, gamma: Fraction) -> Side:
    """What shows that x is counted at gamma, or that it is not; at gamma = 0, that it is not near 0.

    x is not counted from the start on (exact.thresholds.count.Count.at_once), so that near 0 it is not counted.
    """
    if not gamma:
        return _uncounted_near_zero(count, kind, state)
    value, policy = evaluate.optimal(count.region.mdp, count.rewards, gamma, allowed=count.region.allowed)
    most = max(_after(count, value, action) for action in count.region.allowed[count.region.start])
    if most > 1 or (kind == "sharp" and most == 1):
        return _counted(count, kind, state, gamma, policy)
    return _side(count, kind, state, gamma, None, value)


def _uncounted_near_zero(count: Count, kind: str, state: int) -> Side:
    """At 0 no policy counts as much as 1, and counts are continuous."""
    gamma = Fraction(1, 2)
    while True:
        side = exact_side(count, kind, state, gamma)
        if side.policy is None:
            return side
        gamma /= 2


def _counted(count: Count, kind: str, state: int, gamma: Fraction, policy: Policy) -> Side:
    """For the paper at every discount beyond one that is smaller: the policy's count grows, and is over 1 at gamma."""
    below, step = gamma, gamma / 2
    while kind == "paper":
        below = gamma - step
        value = _values(count, below, policy)
        if _after(count, value, policy[count.region.start]) >= 1:
            break
        step /= 2
    return _side(count, kind, state, below, policy, _values(count, below, policy))


def _values(count: Count, gamma: Fraction, policy: Policy) -> list[Fraction]:
    """Of one policy, exactly; 0 outside the region."""
    only = {s: (policy[s],) if actions else () for s, actions in count.region.allowed.items()}
    return evaluate.optimal(count.region.mdp, count.rewards, gamma, allowed=only)[0]


def _after(count: Count, value: list[Fraction], action: int) -> Fraction:
    row = count.region.mdp.rows[count.region.start][action]
    return sum((p * value[t] for t, p in row), Fraction(0))


def _side(count: Count, kind: str, state: int, gamma: Fraction, policy: Policy | None, value: list[Fraction]) -> Side:
    states = count.region.nonterminal
    whole, unit = over_common_denominator([value[s] for s in states])
    return Side(kind, state, (), gamma, policy, unit, {s: (v,) for s, v in zip(states, whole, strict=True)})
