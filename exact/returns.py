"""What a policy earns, as functions of gamma: visit counts (Def. 9) and returns."""

from __future__ import annotations

from fractions import Fraction

from exact.closed_form import value_at
from exact.mdp import Mdp, Policy, Rewards
from exact.rational_function import RationalFunction


def visit_count(mdp: Mdp, policy: Policy, start: int, target: int) -> RationalFunction:
    """v_x of Def. 9: E[sum_{t>=1} gamma^(t-1) 1[s_t = target]] from start; counting begins at t = 1.

    Raises NotAPolicy where the policy gets to a state without an action.
    """
    value = value_at(mdp, policy, start, {target: Fraction(1)})
    later = value.numerator - value.denominator if start == target else value.numerator
    return RationalFunction(later, value.denominator.left_shift(1))


def expected_return(mdp: Mdp, policy: Policy, start: int, rewards: Rewards) -> RationalFunction:
    """V(start) = E[sum_{t>=0} gamma^t theta(s_t)], rewards: (d,) any rationals. Raises NotAPolicy."""
    return value_at(mdp, policy, start, {state: reward for state, reward in enumerate(rewards) if reward})
