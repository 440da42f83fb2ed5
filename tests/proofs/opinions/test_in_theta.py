"""Theta as named assertions: its names, its readings against brute force, and that G_T need not be convex."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from exact.errors import NotAPolicy
from exact.instance import Goals, Instance, inequality
from exact.mdp import Rewards
from exact.testing.strategies import instances
from proofs.opinions.by_z3 import solve
from proofs.opinions.in_theta import require_in_theta, require_outside_theta
from proofs.opinions.script import number
from proofs.opinions.scripts import Query, begin, finish
from tests.proofs.opinions.worked import FORK, RING, leak
from tests.reference import brute_orbit

SECONDS, HALF = 20, Fraction(1, 2)


def member_script(instance: Instance, theta: Rewards, inside: bool = True) -> Query:
    """This theta is in Theta; or it is not."""
    setting, rewards = begin(instance, HALF, "one theta")
    for symbol, value in zip(rewards, theta, strict=True):
        setting.script.claim(f"given_{symbol}", f"(= {symbol} {number(value)})")
    (require_in_theta if inside else require_outside_theta)(setting, rewards, "T")
    return finish(setting, rewards, HALF)


def fork(p: int, q: int, c: int) -> Rewards:
    """Rewards of FORK."""
    return tuple(Fraction(value) for value in (0, 0, p, q, c, 0, 0))


@pytest.mark.parametrize(
    ("theta", "answer"), [(fork(4, 0, 2), "sat"), (fork(0, 4, 2), "sat"), (fork(2, 2, 2), "unsat")]
)
def test_goal_set_that_is_not_convex(theta: Rewards, answer: str) -> None:
    """Two goals of G_T whose midpoint is not in G_T: a superharmonic W alone would accept all three."""
    assert solve(member_script(FORK, theta), SECONDS).answer == answer


@settings(max_examples=80, deadline=None)
@given(instances(max_states=5, max_actions=3, max_inequalities=2, shutdown_loops=True))
def test_membership(instance: Instance) -> None:
    """For every reading and preference z3 accepts exactly the goals that brute force accepts, and refuses the rest."""
    theta = instance.question.rewards
    assert theta is not None
    answers = [solve(member_script(instance, theta, inside), SECONDS).answer for inside in (True, False)]
    assert answers == (["sat", "unsat"] if brute_orbit.in_theta(instance, theta, HALF) else ["unsat", "sat"])


@pytest.mark.parametrize("reading", ["return", "immediate", "on-training"])
@pytest.mark.parametrize(("preference", "relation"), [("weak", ">="), ("strict", ">")])
def test_names_of_the_inequalities(reading: str, preference: str, relation: str) -> None:
    """The trained action is compared with the other by name, except where Def. 6 never looks at the other."""
    script = member_script(leak(Goals(reading, preference)), (Fraction(0),) * 4).smt2
    lines = [line for line in script.splitlines() if "trained_t_stay_vs_go" in line]
    assert len(lines) == (reading != "on-training")
    assert all(f"({relation} " in line for line in lines)
    assert ":named nonnegative_x" in script


def test_names_of_further_inequalities() -> None:
    """Inequalities are named by their place in the file, and nonnegativity is asked only where it is wanted."""
    goals = Goals(nonnegative=False, inequalities=(inequality("m + 2*term < -1", RING.mdp, ""),))
    bounded = Instance(RING.mdp, RING.shutdown_state, RING.shutdown_action, goals=goals)
    script = member_script(bounded, (Fraction(0),) * 3).smt2
    assert "(assert (! (< (+ r_m (* 2.0 r_term)) (- 1.0)) :named inequality_0))" in script
    assert "nonnegative" not in script


def test_trained_action_that_leaves_training() -> None:
    """Under on-training the trained action has to stay in S_train."""
    leaving = Instance(FORK.mdp, 5, 0, FORK.training, FORK.trained, Goals(reading="on-training"))
    with pytest.raises(NotAPolicy):
        member_script(leaving, fork(0, 0, 0))
