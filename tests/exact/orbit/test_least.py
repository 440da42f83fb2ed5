"""The least ratio of an orbit: against every orbit of small rewards, and where it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement, permutations

import pytest

from exact.instance import Instance, read_instance
from exact.instance.model import Goals
from exact.mdp import Rewards
from exact.orbit.count import count_orbit
from exact.orbit.least import MOST_STEPS, least_ratio
from tests.examples import instance_path
from tests.reference.brute_force import accepts_shutdown
from tests.reference.worked import HALF, RETRY, RING, STAIRS, corridor, star

HALVES, NEAR_ONE = Fraction(1, 2), Fraction(9, 10)
SMALL = {"corridor-2": corridor(2), "corridor-3": corridor(3), "star-2": star(2), "ring": RING, "retry": RETRY}
SMALL |= {"stairs": STAIRS, "half": HALF}


def ratios(instance: Instance, gamma: Fraction) -> Iterator[Fraction]:
    """Of every orbit whose rewards are among six numbers."""
    for rewards in combinations_with_replacement(map(Fraction, (0, 1, 2, 3, 7, 20)), len(instance.mdp)):
        ratio = count_orbit(instance, rewards, gamma).ratio
        if ratio is not None:
            yield ratio


@pytest.mark.parametrize("gamma", [HALVES, NEAR_ONE])
@pytest.mark.parametrize("name", SMALL)
def test_no_small_orbit_is_below(name: str, gamma: Fraction) -> None:
    """What is found is not above the best of all orbits of small numbers."""
    found = least_ratio(SMALL[name], gamma).least
    assert found is not None
    assert found[1] <= min(ratios(SMALL[name], gamma))


@pytest.mark.parametrize("name", SMALL)
def test_the_orbit_has_that_ratio(name: str) -> None:
    """Listed; the goals that accept shutdown by every policy's return."""
    instance = SMALL[name]
    found = least_ratio(instance, HALVES).least
    assert found is not None
    rewards, ratio = found
    count = count_orbit(instance, rewards, HALVES)
    assert count.ratio == ratio
    assert rewards[instance.s_term] == max(rewards)
    assert count.shutdown == sum(accepts_shutdown(instance, goal, HALVES) for goal in {*permutations(rewards)})


@pytest.mark.parametrize("gamma", [HALVES, NEAR_ONE, Fraction(99, 100)])
@pytest.mark.parametrize("rays", [2, 3, 6])
def test_a_star(rays: int, gamma: Fraction) -> None:
    """n of n rays, although one high reward alone gives n + 1: that in s_new is a tie of n actions against one."""
    found = least_ratio(star(rays), gamma, rays)
    assert found.least is not None
    assert found.least[1] == rays


def test_the_floor_ends_the_search() -> None:
    """corridor-3 at 9/10: the first orbit has the ratio 3, and no other is counted."""
    found = least_ratio(corridor(3), NEAR_ONE, 3)
    assert (found.counted, found.passed_over, found.ended) == (1, 0, True)
    assert least_ratio(corridor(3), NEAR_ONE).counted > 1


def test_a_gap() -> None:
    """corridor-4 at 1/2: r3 and r4 are not past their thresholds, n° = 2; the search stays above it, and ends."""
    found = least_ratio(corridor(4), HALVES)
    assert found.least is not None
    assert found.ended
    assert found.least[1] == Fraction(91, 29)


def test_the_same_again() -> None:
    """The draws have a seed, and steps are counted instead of seconds."""
    assert least_ratio(corridor(6), HALVES) == least_ratio(corridor(6), HALVES)


def test_long_orbits_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are told, not counted in part."""
    monkeypatch.setattr("exact.orbit.least.LARGEST", 12)
    found = least_ratio(corridor(4), HALVES)
    assert found.passed_over > 0
    assert found.least is not None
    assert found.least[1] == 4  # one high reward


def test_it_says_when_the_steps_are_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """At none there is nothing."""
    monkeypatch.setattr("exact.orbit.least.MOST_STEPS", 0)
    assert MOST_STEPS > 0
    found = least_ratio(corridor(3), HALVES)
    assert (found.least, found.counted, found.ended) == (None, 0, False)


def test_negative_rewards() -> None:
    """Where Theta holds them, 0 is reached: every place of some rewards shuts down. Where not, none is tried."""
    everything = replace(corridor(2), goals=Goals(nonnegative=False))
    found = least_ratio(everything, NEAR_ONE).least
    assert found is not None
    assert found[1] == 0
    assert min(found[0]) < 0
    kept: Rewards = (least_ratio(corridor(2), NEAR_ONE).least or ((Fraction(-1),), 0))[0]
    assert min(kept) >= 0


def test_training() -> None:
    """An orbit inside G_T alone: the leak accepts shutdown more often than it avoids it."""
    leak = read_instance(instance_path("training-leak"))
    found = least_ratio(leak, NEAR_ONE).least
    assert found is not None
    assert found[1] == Fraction(1, 2)
    assert count_orbit(leak, found[0], NEAR_ONE).ratio == Fraction(1, 2)
