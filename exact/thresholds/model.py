"""What a threshold is: its value, the policy that attains it, and what shows that no policy does better."""

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
class Threshold:
    """The discount at which the greatest count of `state` over all policies, from s_new and t = 1 on, crosses 1.

    paper: gamma*_x, the infimum of the gamma with v_x > 1 for some reach-and-revisit policy (Prop. 3).
    sharp: gamma°_x, the least gamma with v_x + v_{s_term} >= 1 for some policy that starts in A1 (theory, section 4).
    value None: there is none. value 0: the condition holds on all of (0, 1).
    policy: optimal at the threshold for the counted states as rewards, from every state of the region (at 0: it takes
    the action of s_new that leads there at once); UNDEFINED outside. form: its values over the region, t >= 0.
    visits: the count that crosses 1, v_x or v_x + v_{s_term}, of that policy.
    frequency (paper): lim (1 - gamma) v_x for gamma -> 1; positive, so that v_x grows beyond all bounds (Prop. 2).
    bound (sharp, no value): W >= e + P_a W undiscounted, for every remaining action of every state that A1 leads to,
    with sum_t P(t | s_new, a) W_t <= 1 on A1; empty if A1 is.
    """

    kind: Kind
    state: int
    value: Algebraic | None
    policy: Policy | None = None
    form: ClosedForm | None = None
    visits: RationalFunction | None = None
    frequency: Fraction | None = None
    bound: Mapping[int, Fraction] | None = None
