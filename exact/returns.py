"""What a policy earns, as functions of gamma: visit counts (Def. 9), returns, and returns with symbolic rewards."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from exact.closed_form import ClosedForm, closed_form, value_at
from exact.closed_form.chain import reached
from exact.mdp import Mdp, Policy, Rewards
from exact.rational_function import RationalFunction

if TYPE_CHECKING:
    import sympy


def visit_count(mdp: Mdp, policy: Policy, start: int, target: int) -> RationalFunction:
    """v_x of Def. 9: E[sum_{t>=1} gamma^(t-1) 1[s_t = target]] from start; counting begins at t = 1.

    Raises NotAPolicy where the policy gets to a state without an action.
    """
    return _from_next_step(value_at(mdp, policy, start, {target: Fraction(1)}), start == target)


def expected_return(mdp: Mdp, policy: Policy, start: int, rewards: Rewards) -> RationalFunction:
    """V(start) = E[sum_{t>=0} gamma^t theta(s_t)], rewards: (d,) any rationals. Raises NotAPolicy."""
    return value_at(mdp, policy, start, {state: reward for state, reward in enumerate(rewards) if reward})


def _from_next_step(value: RationalFunction, now: bool) -> RationalFunction:
    """(value - 1[now]) / gamma."""
    above = value.numerator - value.denominator if now else value.numerator
    return RationalFunction(above, value.denominator.left_shift(1))


def symbolic_return(mdp: Mdp, policy: Policy, start: int, gamma: sympy.Symbol | None = None) -> sympy.Expr:
    """V(start) as a sympy expression, linear in a symbol r_<name> for each state that the policy can visit.

    gamma: the symbol of the discount, by default the one named "gamma". Raises NotAPolicy.
    """
    import sympy

    terms = [
        value_at(mdp, policy, start, {state: Fraction(1)}).sympy(gamma) * sympy.Symbol(f"r_{mdp.states[state]}")
        for state in reached(mdp, policy, start)
    ]
    return sympy.Add(*terms)


__all__ = ["ClosedForm", "closed_form", "expected_return", "symbolic_return", "visit_count"]
