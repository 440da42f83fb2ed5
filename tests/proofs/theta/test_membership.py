"""The polyhedra of Theta against Def. 6: exact.goals.violation, and every policy enumerated in Fractions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import proofs.theta.member as member_module
from exact.errors import NotAGoalSet
from exact.goals import violation
from exact.instance import Instance, inequality
from exact.mdp import Rewards
from exact.testing.strategies import instances, rewards
from proofs.errors import EnginesDisagree
from proofs.theta.build import goal_set
from proofs.theta.member import Reason, membership
from proofs.theta.model import GoalSet
from proofs.theta.pieces import Limits
from tests.proofs.opinions.worked import FORK, leak
from tests.proofs.theta.worked import HALF, TWO_FORKS, asked, leaking, of
from tests.reference import brute_orbit

FORMS = st.sampled_from([Limits(pieces=200), Limits(pieces=200, ways=0), Limits(pieces=200, compared=0)])


def in_a_piece(goals: GoalSet, theta: Rewards) -> bool:
    """By the inequalities alone."""
    return membership(goals, theta).piece is not None


@settings(max_examples=60, deadline=None)
@given(instances(max_states=5, shutdown_loops=True, max_inequalities=2), FORMS, st.data())
def test_member_iff_no_violation(instance: Instance, limits: Limits, data: st.DataObject) -> None:
    """All readings, preferences, signs and inequalities: in some piece iff nothing is violated, by two oracles."""
    gamma, asked_for = instance.question.gamma, instance.question.rewards
    assert gamma is not None
    assert asked_for is not None
    goals = goal_set(instance, limits=limits)
    for theta in (asked_for, data.draw(rewards(instance.mdp, nonnegative=instance.goals.nonnegative))):
        found = in_a_piece(goals, theta)
        assert found == (violation(instance, theta, gamma) is None)
        assert found == brute_orbit.in_theta(instance, theta, gamma)


@settings(max_examples=60, deadline=None)
@given(leaking(), FORMS, st.data())
def test_leaks_and_choices_outside_training(instance: Instance, limits: Limits, data: st.DataObject) -> None:
    """The same where training leads outside, by the trained action and by others.

    The points given are members, the interior one with room to spare: every comparison is strict there.
    """
    gamma, theta = instance.question.gamma, instance.question.rewards
    assert gamma is not None
    assert theta is not None
    goals = goal_set(instance, limits=limits)
    for point in (theta, *(data.draw(rewards(instance.mdp, instance.goals.nonnegative)) for _ in range(2))):
        assert in_a_piece(goals, point) == (violation(instance, point, gamma) is None)
    if goals.point is not None:
        assert in_a_piece(goals, goals.point)
    if goals.interior is not None:
        assert violation(instance, goals.interior, goals.gamma or HALF) is None
        small = Fraction(1, 10**40)
        for state in range(goals.dimension):
            moved = [r + small * (s == state) for s, r in enumerate(goals.interior)]
            assert in_a_piece(goals, tuple(moved))


@pytest.mark.parametrize("ways", [200, 0], ids=["theta alone", "auxiliary values"])
@pytest.mark.parametrize("strict", [False, True])
def test_leak_by_an_action_not_taken(ways: int, strict: bool) -> None:
    """theory.md's training-leak: t keeps to itself, but what s_new is worth counts, by the better of its actions."""
    instance = asked(leak(asked(FORK).goals), preference="strict" if strict else "weak")
    goals = goal_set(instance, HALF, Limits(ways=ways))
    assert membership(goals, of(instance, t=2, term=5)).holds  # 4 against 5/4 or 0
    assert membership(goals, of(instance, t=1, x=2)).holds is not strict  # 2 against 2 / (1 - 1/2) / 4 * 2 = 2
    assert not membership(goals, of(instance, t=1, x=3)).holds
    assert bool(goals.pieces[0].auxiliary) is (ways == 0)


def test_reasons_with_the_violated_first() -> None:
    """Each condition once, with its two values; then those that hold."""
    instance = asked(FORK, inequalities=(inequality("p <= 3", FORK.mdp, ""),))
    found = membership(goal_set(instance, HALF), of(instance, p=4, c=3, q=-1))
    assert [reason.holds for reason in found.reasons] == [False] * 3 + [True] * 6
    assert set(found.reasons[:3]) == {
        Reason(("trained", "t", "take"), Fraction(1), ">=", Fraction(3, 2)),
        Reason(("inequality", "0"), Fraction(4), "<=", Fraction(3)),
        Reason(("reward", "q"), Fraction(-1), ">=", Fraction(0)),
    }


def test_the_violated_inequality_of_each_piece() -> None:
    """A non-member breaks an inequality of every piece; both sides are evaluated."""
    goals = goal_set(FORK, HALF)
    found = membership(goals, of(FORK, p=2, q=2, c=2))
    assert {goals.pieces.index(broken.piece) for broken in found.broken} == {0, 1}
    assert all(broken.left < broken.right for broken in found.broken)


def test_rewards_of_another_length() -> None:
    """theta has one entry for each state."""
    with pytest.raises(NotAGoalSet):
        membership(goal_set(TWO_FORKS, HALF), (Fraction(0),))


def test_disagreement_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the polyhedra and Def. 6 differed, that would be said and not hidden."""
    monkeypatch.setattr(member_module, "_broken", lambda *_: iter([object()]))
    with pytest.raises(EnginesDisagree):
        membership(goal_set(replace(FORK), HALF), of(FORK, p=4))
