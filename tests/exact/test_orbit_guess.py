"""exact.orbit.guess: what doubles say of many orbits is what counting says, wherever doubles have the digits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.instance import Goals, Instance, inequality
from exact.mdp import Mdp, Rewards
from exact.orbit import count_orbit
from exact.orbit import guess as guess_module
from exact.orbit.guess import Guess, Vectors
from exact.testing.strategies import instances

HALF = Fraction(1, 2)


def rewards(states: int) -> st.SearchStrategy[list[Rewards]]:
    entries = st.fractions(-3, 5, max_denominator=3)
    return st.lists(st.tuples(*[entries] * states), min_size=1, max_size=6)


def counted(instance: Instance, orbits: list[Rewards], gamma: Fraction) -> list[tuple[int, int]]:
    counts = [count_orbit(instance, orbit, gamma) for orbit in orbits]
    return [(count.shutdown, count.avoid) for count in counts]


@settings(max_examples=80, deadline=None)
@given(instances(max_states=4, leaks=True, shutdown_loops=True, max_inequalities=2), st.data())
def test_tallies_are_the_counts(instance: Instance, data: st.DataObject) -> None:
    """Whatever the reading, preference, ties, signs and inequalities."""
    gamma, orbits = instance.question.gamma, data.draw(rewards(len(instance.mdp)))
    assert gamma is not None
    assert Guess(instance, gamma).tallies(Vectors(orbits)) == counted(instance, orbits, gamma)


@settings(max_examples=20, deadline=None)
@given(instances(max_states=4, training=False), st.data())
def test_small_parts_say_the_same(instance: Instance, data: st.DataObject) -> None:
    """Arrays cut into single goals, and policies that are forgotten at once."""
    orbits = data.draw(rewards(len(instance.mdp)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guess_module, "_MOST_ENTRIES", 1)
        assert Guess(instance, HALF).tallies(Vectors(orbits)) == counted(instance, orbits, HALF)


def test_numbers_beyond_doubles() -> None:
    """Rewards and a bound near 10^999, and a gamma that doubles take for 1, are compared all the same."""
    mdp = Mdp.from_dict(["new", "term", "x"], {"new": {"off": {"term": 1}, "go": {"x": 1}}, "x": {"stay": {"x": 1}}})
    huge = Fraction(10**999)
    orbits: list[Rewards] = [(Fraction(0), huge, huge / 3), (huge, huge / 5, huge / 2)]
    bounded = Goals(inequalities=(inequality("x <= 4e998", mdp, "goals"),))
    for instance in (Instance(mdp, 0, 0), Instance(mdp, 0, 0, goals=bounded)):
        for gamma in (HALF, 1 - 1 / huge):
            assert Guess(instance, gamma).tallies(Vectors(orbits)) == counted(instance, orbits, gamma)
