"""A count to be maximised: discounted visits of rewarded states from s_new on, counted from t = 1 as in Def. 9."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from flint import fmpz_poly

from exact.closed_form import ClosedForm, closed_form
from exact.evaluate import Allowed
from exact.mdp import Mdp, Policy, Rewards, Row
from exact.rational_function import RationalFunction


@dataclass(frozen=True)
class Count:
    """rewards: 1 on the counted states. allowed: the region, closed under the actions it allows. start: s_new."""

    mdp: Mdp
    allowed: Allowed
    rewards: Rewards
    start: int

    def form(self, policy: Policy) -> ClosedForm:
        """The policy's values over the region, counted from t = 0."""
        return closed_form(self.mdp, policy, self.rewards, self.allowed)

    def visits(self, policy: Policy, form: ClosedForm) -> RationalFunction:
        """The count from s_new, t >= 1: sum_t P(t | s_new, policy) N_t / D."""
        scale, numerator = onward(self.mdp.rows[self.start][policy[self.start]], form)
        return RationalFunction(numerator, form.denominator * scale)

    def best(self, value: Sequence[Fraction]) -> Fraction:
        """The greatest count from s_new, t >= 1, given the values of the states."""
        rows = (self.mdp.rows[self.start][action] for action in self.allowed[self.start])
        return max(expectation(row, value) for row in rows)

    def at_once(self) -> int | None:
        """An action of s_new after which the count starts at 1: it leads to counted states with certainty."""
        rows = self.mdp.rows[self.start]
        return next((a for a in self.allowed[self.start] if expectation(rows[a], self.rewards) == 1), None)


def expectation(row: Row, value: Sequence[Fraction]) -> Fraction:
    """sum_t P(t) value(t)."""
    return sum((p * value[t] for t, p in row), Fraction(0))


def onward(row: Row, form: ClosedForm) -> tuple[int, fmpz_poly]:
    """(m, m sum_t P(t) N_t) with the least m that makes it a polynomial over Z."""
    scale = lcm(*(p.denominator for _, p in row))
    return scale, sum((form.numerators[t] * int(p * scale) for t, p in row), fmpz_poly([]))


def indicator(mdp: Mdp, *counted: int) -> Rewards:
    """Reward 1 on the counted states, 0 elsewhere."""
    return tuple(Fraction(state in counted) for state in range(len(mdp)))
