"""Exact values at a rational gamma against elimination in Fractions and every policy."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exact.errors import NotADiscount, NotAPolicy
from exact.evaluate import action_values, every_action, optimal, values
from exact.instance import Instance
from exact.mdp import Mdp
from tests.reference import brute_force
from tests.reference.small import instances
from tests.reference.worked import RETRY, RING, corridor

QUICK = settings(max_examples=40, deadline=None)
HALF = Fraction(1, 2)
gammas = st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50) | st.just(1 - Fraction(1, 1 << 70))
rewards_of = st.lists(st.fractions(-5, 5, max_denominator=6), min_size=4, max_size=4)


@QUICK
@given(instances(), rewards_of, gammas)
@example(RING, [Fraction(0), Fraction(1), Fraction(0), Fraction(0)], HALF)
def test_optimal_is_the_best_of_all_policies(instance: Instance, theta: list[Fraction], gamma: Fraction) -> None:
    """V* is the maximum over all policies in every state, and the policy attains it."""
    mdp, rewards = instance.mdp, tuple(theta[: len(instance.mdp)])
    value, policy = optimal(mdp, rewards, gamma)
    assert value == brute_force.best_returns(mdp, rewards, gamma)
    assert values(mdp, policy, rewards, gamma) == value == brute_force.returns(mdp, policy, rewards, gamma)
    for state in range(len(mdp)):
        assert max(action_values(mdp, value, rewards, gamma, state), default=rewards[state]) == value[state]


@QUICK
@given(instances(), rewards_of, gammas, st.data())
def test_start_does_not_change_the_values(
    instance: Instance, theta: list[Fraction], gamma: Fraction, data: st.DataObject
) -> None:
    """Any start policy leads to the same V*; an optimal one is kept."""
    mdp, rewards = instance.mdp, tuple(theta[: len(instance.mdp)])
    start = data.draw(st.sampled_from(list(brute_force.policies(mdp))))
    value, policy = optimal(mdp, rewards, gamma, start)
    assert value == optimal(mdp, rewards, gamma)[0]
    assert optimal(mdp, rewards, gamma, policy) == (value, policy)


def test_allowed_actions_bind() -> None:
    """In the corridor without `go` in r1, r2 is never reached; outside the region the policy is undefined."""
    mdp = corridor(2).mdp
    rewards = (Fraction(0), Fraction(1), Fraction(5), Fraction(0))
    free, _ = optimal(mdp, rewards, HALF)
    bound, policy = optimal(mdp, rewards, HALF, allowed={0: (1,), 1: (0,)})
    assert free[1] == 6
    assert bound == [1, 2, 0, 0]
    assert policy == (1, 0, -1, -1)


def test_ties_keep_the_start() -> None:
    """With zero rewards every policy is optimal, and the one given stays."""
    mdp = corridor(2).mdp
    for start in brute_force.policies(mdp):
        assert optimal(mdp, (Fraction(0),) * 4, HALF, start) == ([Fraction(0)] * 4, start)


def test_difference_below_any_float_decides() -> None:
    """An advantage of 2^-200 is seen, which the guess in balls cannot see."""
    tiny = Fraction(1, 1 << 200)
    mdp = Mdp.from_dict(["a", "b", "c"], {"a": {"b": {"b": 1}, "c": {"c": 1}}})
    assert optimal(mdp, (Fraction(0), Fraction(1), 1 + tiny), HALF)[1] == (1, -1, -1)
    assert optimal(mdp, (Fraction(0), 1 + tiny, Fraction(1)), HALF, (1, -1, -1))[1] == (0, -1, -1)


def test_refused() -> None:
    """A gamma that is no discount; a policy without an action; a region that an allowed action leaves."""
    rewards = (Fraction(0),) * 3
    for gamma in (Fraction(0), Fraction(1), Fraction(-1, 2)):
        with pytest.raises(NotADiscount):
            optimal(RETRY.mdp, rewards, gamma)
    with pytest.raises(NotAPolicy):
        values(RETRY.mdp, (-1, 0, -1), rewards, HALF)
    with pytest.raises(NotAPolicy):
        optimal(RETRY.mdp, rewards, HALF, allowed={0: (1,)})
    with pytest.raises(NotAPolicy):
        optimal(RETRY.mdp, rewards, HALF, (5, 0, -1), every_action(RETRY.mdp))
