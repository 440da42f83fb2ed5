"""gamma*_x of Prop. 3: reached and revisited with probability 1, and discounted visits above 1."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpz

from exact.algebraic import Algebraic
from exact.graph import AlmostSure, reach_and_revisit, stays
from exact.instance import Instance
from exact.mdp import Policy
from exact.rational_function import RationalFunction
from exact.thresholds.count import Count, indicator
from exact.thresholds.crossing import first_crossing
from exact.thresholds.model import Threshold


def paper_threshold(instance: Instance, state: int, reach: AlmostSure) -> Threshold:
    """The least gamma* over the reach-and-revisit policies of x = `state`; `reach` is almost_surely(mdp, state).

    No value unless x is recurrent and s_new reaches it with probability 1. The policies are those that stay where x
    can be reached with probability 1; one that is optimal for visits of x then also reaches and revisits it.
    """
    start = reach_and_revisit(instance.mdp, reach)
    if start is None or instance.shutdown_state not in reach.region:
        return Threshold("paper", state, None)
    count = _count(instance, state, reach)
    at_once = count.at_once()
    if at_once is not None:
        return _everywhere(count, state, _with(start, count.start, at_once))
    best = first_crossing(count, start)
    frequency = residue(best.visits)
    return Threshold("paper", state, best.value, best.policy, best.form, best.visits, frequency)


def _count(instance: Instance, state: int, reach: AlmostSure) -> Count:
    """Visits of x over Z with the actions that stay in Z."""
    mdp, region = instance.mdp, reach.region
    allowed = {s: tuple(a for a, row in enumerate(mdp.rows[s]) if stays(row, region)) for s in region}
    return Count(mdp, allowed, indicator(mdp, state), instance.shutdown_state)


def _everywhere(count: Count, state: int, policy: Policy) -> Threshold:
    """v_x starts at 1 and grows: x is visited at t = 1 and again."""
    form = count.form(policy)
    visits = count.visits(policy, form)
    return Threshold("paper", state, Algebraic.of(0), policy, form, visits, residue(visits))


def _with(policy: Policy, state: int, action: int) -> Policy:
    return (*policy[:state], action, *policy[state + 1 :])


def residue(visits: RationalFunction) -> Fraction:
    """lim (1 - gamma) v for gamma -> 1, for a simple pole there: N(1) / -D'(1)."""
    return Fraction(int(visits.numerator(fmpz(1))), -int(visits.denominator.derivative()(fmpz(1))))
