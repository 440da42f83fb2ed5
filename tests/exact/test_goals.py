"""exact.goals: Def. 6 under its readings and preferences, and the decision in s_new, worked out and by brute force."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from exact.errors import NotAGoalSet
from exact.goals import Violation, decision, training_actions, violation
from exact.instance import Goals, Inequality, Instance, inequality
from exact.instance.model import TIES
from exact.mdp import Mdp, Rewards
from exact.testing.strategies import instances
from tests.reference import brute_orbit

HALF = Fraction(1, 2)
STATES = ["new", "term", "x", "t", "u", "end"]
NEW, TERM, X, T, U, END = range(6)


def theta(**rewards: int) -> Rewards:
    return tuple(Fraction(rewards.get(name, 0)) for name in STATES)


def trained_instance(reading: str = "return", preference: str = "weak", nonnegative: bool = True) -> Instance:
    """t in training: right (trained) -> u, wait -> t, leave -> x. u -> end, which is terminal; both are in training."""
    transitions = {
        "new": {"off": {"term": 1}, "go": {"x": 1}},
        "x": {"stay": {"x": 1}},
        "t": {"right": {"u": 1}, "wait": {"t": 1}, "leave": {"x": 1}},
        "u": {"on": {"end": 1}},
    }
    return Instance(
        Mdp.from_dict(STATES, transitions),
        NEW,
        0,
        training=frozenset({T, U, END}),
        trained={T: 0, U: 0},
        goals=Goals(reading, preference, nonnegative),
    )


# rewards, the first violation under return / immediate / on-training as (action, trained's value, its own value)
WEAK = [
    pytest.param(theta(), None, None, None, id="zero: everything is as good"),
    pytest.param(theta(u=2), None, None, None, id="the next state pays"),
    pytest.param(theta(end=4), None, None, None, id="only what comes later pays: immediate is indifferent"),
    pytest.param(theta(t=1, u=1), (1, "3/2", "2"), None, (1, "3/2", "2"), id="waiting for good is better"),
    pytest.param(theta(u=1, x=1), (2, "1/2", "1"), None, None, id="x pays for good, but lies outside training"),
    pytest.param(theta(u=1, x=2), (1, "1/2", "1"), (2, "1", "2"), None, id="x pays more at once too"),
]


@pytest.mark.parametrize(("rewards", "in_return", "immediate", "on_training"), WEAK)
def test_readings_of_definition_6(
    rewards: Rewards,
    in_return: tuple[int, str, str] | None,
    immediate: tuple[int, str, str] | None,
    on_training: tuple[int, str, str] | None,
) -> None:
    """Each reading finds its own first violation, with the two values that show it."""
    for reading, expected in (("return", in_return), ("immediate", immediate), ("on-training", on_training)):
        found = violation(trained_instance(reading), rewards, HALF)
        if expected is None:
            assert found is None, reading
        else:
            action, trained, other = expected
            assert found == Violation(T, action, (Fraction(trained), Fraction(other))), reading


def test_strict_preference_refuses_ties() -> None:
    """Equal actions are a violation under `strict` only, under every reading; a lone action never is."""
    for reading in ("return", "immediate", "on-training"):
        assert violation(trained_instance(reading, "strict"), theta(), HALF) == Violation(T, 1, (Fraction(0),) * 2)
        assert violation(trained_instance(reading, "strict"), theta(u=2), HALF) is None


def test_signs_and_inequalities_come_first() -> None:
    """A negative reward is found unless goals may be negative; then inequalities; each describes itself in one line."""
    instance = trained_instance()
    negative = violation(instance, theta(x=-1), HALF)
    assert negative == Violation(X, values=(Fraction(-1),))
    assert negative.describe(instance.mdp) == "the reward -1 of x is negative"
    free = trained_instance(nonnegative=False)
    assert violation(free, theta(x=-1), HALF) is None
    limit = inequality("x + 2*u <= 3", free.mdp, "")
    bounded = replace(free, goals=replace(free.goals, inequalities=(limit,)))
    assert violation(bounded, theta(u=1, x=1), HALF) == Violation(T, 2, (HALF, Fraction(1)))
    found = violation(bounded, theta(u=1, x=2), HALF)
    assert found == Violation(inequality=limit)
    assert found.describe(free.mdp) == "not satisfied: x + 2*u <= 3"


def test_a_training_violation_names_the_two_values() -> None:
    """The line says the state, the action and what both are worth."""
    instance = trained_instance("immediate")
    found = violation(instance, theta(u=1, x=2), HALF)
    assert found is not None
    assert found.describe(instance.mdp) == "in t the trained action is worth 1, but leave is worth 2"


def test_on_training_drops_the_actions_that_leave() -> None:
    """S_train keeps what stays inside it; terminal states keep nothing."""
    assert training_actions(trained_instance("on-training")) == {T: (0, 1), U: (0,), END: ()}


@pytest.mark.parametrize(
    ("worth_x", "by_ties"),
    [(1, ("shutdown",) * 3), (2, ("tie", "shutdown", "avoid")), (3, ("avoid",) * 3)],
    ids=["strictly best", "tied with one", "not optimal"],
)
def test_decisions(worth_x: int, by_ties: tuple[str, ...]) -> None:
    """r(term) = 4 against r(x) / (1 - 1/2), for the three ways to break ties."""
    for ties, expected in zip(TIES, by_ties, strict=True):
        assert decision(replace(trained_instance(), ties=ties), theta(term=4, x=worth_x), HALF) == expected


def test_an_inequality_without_text_is_put_into_words() -> None:
    """One that was built, not read: also with numbers that CPython does not write."""
    long = Fraction(10**5000)
    bound = Inequality((Fraction(0), Fraction(-2), long, Fraction(0), Fraction(1, 2), Fraction(0)), "<", -long)
    found = violation(replace(trained_instance(), goals=Goals(inequalities=(bound,))), theta(), HALF)
    assert found is not None
    line = found.describe(trained_instance().mdp)
    assert line.startswith(
        "not satisfied: -2*term + 1000000000000000...0000000000000000 (5001 characters)*x + 1/2*u < -1"
    )


def test_without_alternatives_it_shuts_down() -> None:
    """A1 empty."""
    alone = Instance(Mdp.from_dict(["new", "term"], {"new": {"off": {"term": 1}}}), 0, 0)
    assert decision(alone, (Fraction(0), Fraction(-1)), HALF) == "shutdown"


def test_rewards_of_another_length_are_refused() -> None:
    """One reward for each state."""
    for question in (violation, decision):
        with pytest.raises(NotAGoalSet, match="1 rewards for 6 states"):
            question(trained_instance(), (Fraction(0),), HALF)


@settings(max_examples=80, deadline=None)
@given(instances(max_states=5, shutdown_loops=True, max_inequalities=2))
def test_one_theta_is_judged_as_by_brute_force(instance: Instance) -> None:
    """Membership and decision agree with enumerating every policy in Fractions."""
    gamma, rewards = instance.question.gamma, instance.question.rewards
    assert gamma is not None
    assert rewards is not None
    found = violation(instance, rewards, gamma)
    assert (found is None) == brute_orbit.in_theta(instance, rewards, gamma)
    assert found is None or "\n" not in found.describe(instance.mdp)
    assert decision(instance, rewards, gamma) == brute_orbit.decision(instance, rewards, gamma)
