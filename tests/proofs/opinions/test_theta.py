"""Theta as named assertions: its names, its readings against brute force, and that G_T need not be convex."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from exact.errors import NotAGoalSet, NotAPolicy
from exact.instance import Goals, Instance, inequality
from exact.testing.strategies import instances
from proofs.smt import acceptance_opinion, compare, exclusion_opinion
from tests.proofs.smt.worked import FORK, RING, leak
from tests.reference import brute_orbit

SECONDS = 20
HALF = Fraction(1, 2)


def fork(p: int, q: int, c: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(value) for value in (0, 0, p, q, c, 0, 0))


@pytest.mark.parametrize(
    ("theta", "answer"), [(fork(4, 0, 2), "sat"), (fork(0, 4, 2), "sat"), (fork(2, 2, 2), "unsat")]
)
def test_goal_set_that_is_not_convex(theta: tuple[Fraction, ...], answer: str) -> None:
    """Two goals of G_T whose midpoint is not in G_T: a superharmonic W alone would accept all three."""
    assert exclusion_opinion(FORK, theta, HALF, SECONDS).answer == answer


@settings(max_examples=120, deadline=None)
@given(instances(max_states=5, max_actions=3, max_inequalities=2, shutdown_loops=True))
def test_membership(instance: Instance) -> None:
    """For every reading and preference z3 accepts exactly the goals that brute force accepts."""
    gamma, theta = instance.question.gamma, instance.question.rewards
    assert gamma is not None
    assert theta is not None
    opinion = exclusion_opinion(instance, theta, gamma, SECONDS)
    assert opinion.answer in ("sat", "unsat")
    compare(opinion, not brute_orbit.in_theta(instance, theta, gamma))


@pytest.mark.parametrize("reading", ["return", "immediate", "on-training"])
@pytest.mark.parametrize(("preference", "relation"), [("weak", ">="), ("strict", ">")])
def test_names_of_the_inequalities(reading: str, preference: str, relation: str) -> None:
    """The trained action is compared with the other by name, except where Def. 6 never looks at the other."""
    script = exclusion_opinion(leak(Goals(reading, preference)), (Fraction(0),) * 4, HALF, SECONDS).smt2
    lines = [line for line in script.splitlines() if "trained_t_stay_vs_go" in line]
    assert len(lines) == (reading != "on-training")
    assert all(f"({relation} " in line for line in lines)
    assert ":named nonnegative_x" in script


def test_names_of_further_inequalities() -> None:
    """Inequalities are named by their place in the file, and nonnegativity is asked only where it is wanted."""
    goals = Goals(nonnegative=False, inequalities=(inequality("m + 2*term < -1", RING.mdp, ""),))
    bounded = Instance(RING.mdp, RING.shutdown_state, RING.shutdown_action, goals=goals)
    script = acceptance_opinion(bounded, HALF, SECONDS).smt2
    assert "(assert (! (< (+ r_m (* 2.0 r_term)) (- 1.0)) :named inequality_0))" in script
    assert "nonnegative" not in script


def test_trained_action_that_leaves_training() -> None:
    """Under on-training the trained action has to stay in S_train."""
    leaving = Instance(FORK.mdp, 5, 0, FORK.training, FORK.trained, Goals(reading="on-training"))
    with pytest.raises(NotAPolicy):
        exclusion_opinion(leaving, fork(0, 0, 0), HALF, SECONDS)


def test_length_of_theta() -> None:
    """theta has one entry for each state."""
    with pytest.raises(NotAGoalSet):
        exclusion_opinion(FORK, (Fraction(0),), HALF, SECONDS)
