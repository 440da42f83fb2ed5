"""What a threshold is: its value, the policy that attains it, and numbers that show that no policy does better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from exact.algebraic import Algebraic
from exact.closed_form import ClosedForm
from exact.mdp import Policy
from exact.rational_function import RationalFunction

Kind = Literal["paper", "sharp"]


@dataclass(frozen=True)
class Bounds:
    """L_s = lower[s] / unit <= V^pi_s <= U_s = upper[s] / unit for every gamma in [low, high], s not terminal.

    L_s <= theta_s + low sum_t P(t|s,pi(s)) L_t, U_s >= theta_s + high sum_t P(t|s,pi(s)) U_t, L_t = U_t = theta_t where
    t is terminal. low = high where the threshold is rational; unit is then the values' denominator or a power of two.
    """

    low: Fraction
    high: Fraction
    unit: int
    lower: Mapping[int, int]
    upper: Mapping[int, int]


@dataclass(frozen=True)
class Superharmonic:
    """W_s = values[s] / unit, 0 elsewhere: W_s >= theta_s + sum_t P(t|s,a) W_t for all actions but the shutdown.

    With sum_t P(t|s_new,a) W_t <= 1 on A1 no policy's count exceeds 1, not even undiscounted. Empty where A1 is.
    """

    unit: int
    values: Mapping[int, int]


@dataclass(frozen=True)
class Threshold:
    """The discount at which the greatest count of `state` over all policies, from s_new and t = 1 on, crosses 1.

    paper: gamma*_x, the infimum of the gamma with v_x > 1 for some reach-and-revisit policy (Prop. 3).
    sharp: gamma°_x, the least gamma with v_x + v_{s_term} >= 1 for some policy that starts in A1 (theory, section 4).
    value None: there is none; limit (sharp) shows it. value 0: the condition holds on all of (0, 1).
    policy: optimal at the threshold for the counted states as rewards, from every state of the region; UNDEFINED
    outside. At 0 it is defined where it gets to from s_new: its count starts at 1, and (paper) it reaches x from there.
    visits: the count that crosses 1, v_x or v_x + v_{s_term}, of that policy.
    bounds: no other action of the region is better at the threshold: theta_s + high sum_t P(t|s,a) U_t <= L_s, or it
    is exactly as good for every gamma, or (ties) at the threshold only. ties: the policy's values at the states that
    such an action concerns. Theory, section 6.
    """

    kind: Kind
    state: int
    value: Algebraic | None
    policy: Policy | None = None
    visits: RationalFunction | None = None
    bounds: Bounds | None = None
    ties: ClosedForm | None = None
    limit: Superharmonic | None = None
