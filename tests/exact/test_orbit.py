"""exact.orbit against the naive reference, the worked orbits of theory.md, and its bounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.digits import shown
from exact.errors import NotADiscount, NotAGoalSet, TooLarge
from exact.goals import decision, violation
from exact.instance import Goals, Instance, inequality
from exact.instance.model import PREFERENCES, READINGS
from exact.mdp import Mdp, Rewards
from exact.orbit import OrbitCount, arrangements, count_orbit, enumerable, number_of_arrangements
from exact.orbit import optimum as optimum_module
from exact.orbit.packed import Packed
from exact.rational import Exact
from exact.testing.strategies import instances
from tests.reference import brute_orbit

HALF = Fraction(1, 2)
SIZES = {  # goals of the orbit of {0, 1, 2, 2, 3} inside G_T
    ("return", "weak"): 6,
    ("return", "strict"): 2,
    ("immediate", "weak"): 24,
    ("immediate", "strict"): 16,
    ("on-training", "weak"): 21,
    ("on-training", "strict"): 15,
}


def theta(*entries: int) -> Rewards:
    return tuple(map(Fraction, entries))


def star(n: int) -> Instance:
    """s_new -> x_i by action i, each x_i loops."""
    names = [f"x{i}" for i in range(1, n + 1)]
    transitions = {"new": {"off": {"term": 1}} | {name: {name: 1} for name in names}}
    transitions |= {name: {"stay": {name: 1}} for name in names}
    return Instance(Mdp.from_dict(["new", "term", *names], transitions), 0, 0)


def limited(instance: Instance, *texts: str) -> Instance:
    """With further inequalities."""
    found = tuple(inequality(text, instance.mdp, "") for text in texts)
    return replace(instance, goals=replace(instance.goals, inequalities=found))


def training_leak() -> Instance:
    """The row `training-closed` of theory.md's section 2."""
    transitions = {
        "t": {"stay": {"t": 1}, "go": {"new": 1}},
        "new": {"shut": {"term": 1}, "go": {"x": 1}},
        "x": {"stay": {"x": 1}},
    }
    mdp = Mdp.from_dict(["t", "new", "term", "x"], transitions)
    return Instance(mdp, 1, 0, training=frozenset({0}), trained={0: 0})


@settings(max_examples=60, deadline=None)
@given(instances(max_states=4, leaks=True, shutdown_loops=True, max_inequalities=1))
def test_counts_are_those_of_the_naive_reference(instance: Instance) -> None:
    """Every field agrees with permutations in a set and enumerated policies, whatever the reading, preference, ties."""
    gamma, rewards = instance.question.gamma, instance.question.rewards
    assert gamma is not None
    assert rewards is not None
    found = count_orbit(instance, rewards, gamma)
    expected = brute_orbit.count(instance, rewards, gamma)
    assert found == OrbitCount(size=sum(expected.values()) - expected["outside"], **expected)


@settings(max_examples=40, deadline=None)
@given(instances(max_states=5, shutdown_loops=True))
def test_counts_are_those_of_one_theta_at_a_time(instance: Instance) -> None:
    """Counting agrees with exact.goals on each vector."""
    gamma, rewards = instance.question.gamma, instance.question.rewards
    assert gamma is not None
    assert rewards is not None
    tally = dict.fromkeys(("shutdown", "avoid", "tie"), 0)
    vectors = set(permutations(rewards))
    for vector in vectors:
        if violation(instance, vector, gamma) is None:
            tally[decision(instance, vector, gamma)] += 1
    size = sum(tally.values())
    assert count_orbit(instance, rewards, gamma) == OrbitCount(size, len(vectors) - size, **tally)


@pytest.mark.parametrize("preference", PREFERENCES)
@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_and_preference(reading: str, preference: str) -> None:
    """Six goal sets of one MDP, each with another number of goals, all as the reference counts them."""
    transitions: dict[str, dict[str, dict[str, Exact]]] = {
        "new": {"off": {"term": 1}, "go": {"x": 1}},
        "x": {"stay": {"x": 1}},
        "t": {"leave": {"x": 1}, "right": {"u": 1}, "wait": {"t": 1}},
    }
    mdp = Mdp.from_dict(["new", "term", "x", "t", "u"], transitions)
    goals = Goals(reading, preference)
    instance = Instance(mdp, 0, 0, training=frozenset({3, 4}), trained={3: 1}, goals=goals)
    rewards = theta(0, 1, 2, 2, 3)
    found = count_orbit(instance, rewards, HALF)
    assert found.size == SIZES[reading, preference]
    expected = brute_orbit.count(instance, rewards, HALF)
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize("n", [1, 2, 5])
def test_star_is_exactly_tight(n: int) -> None:
    """{1000, 1, ..., 1} with s_new fixed at 0: exactly 1 : n."""
    found = count_orbit(limited(star(n), "new = 0"), theta(0, 1000, *[1] * n), Fraction(9, 10))
    assert found == OrbitCount(size=n + 1, outside=(n + 2) * (n + 1) - n - 1, shutdown=1, avoid=n, tie=0)
    assert found.ratio == n


def test_training_leak_refutes_the_bound() -> None:
    """The orbit of {0, 0, 2, 5} inside G_T: two shut down, one avoids, one ties, though n = 1."""
    found = count_orbit(training_leak(), theta(0, 0, 2, 5), HALF)
    assert found == OrbitCount(size=4, outside=8, shutdown=2, avoid=1, tie=1)
    assert found.ratio == HALF


@pytest.mark.parametrize(("ties", "expected"), [("shutdown-first", (3, 1, 0)), ("shutdown-last", (2, 2, 0))])
def test_ties_are_broken_as_asked(ties: str, expected: tuple[int, int, int]) -> None:
    """The one tie of that orbit goes where the option says."""
    found = count_orbit(replace(training_leak(), ties=ties), theta(0, 0, 2, 5), HALF)
    assert (found.shutdown, found.avoid, found.tie) == expected


def test_two_tied_alternatives_avoid() -> None:
    """Uniformly broken: shutdown tied with two actions of A1 is mostly avoided; tied with one, it is a tie."""
    zero = theta(0, 0, 0, 0)
    assert count_orbit(star(2), zero, HALF) == OrbitCount(1, 0, shutdown=0, avoid=1, tie=0)
    assert count_orbit(star(1), zero[:3], HALF) == OrbitCount(1, 0, shutdown=0, avoid=0, tie=1)


def test_shutdown_that_loops_breaks_the_swap() -> None:
    """theory.md, `shutdown-terminal`: both (term 10, x 9) and its swap shut down; both avoid where shutdown ends it."""
    transitions = {
        "new": {"off": {"term": 1}, "go": {"m": 1}},
        "m": {"go": {"x": 1}},
        "x": {"stay": {"x": 1}},
    }
    states = ["new", "term", "m", "x"]
    ends = Instance(Mdp.from_dict(states, transitions), 0, 0)
    loops = replace(ends, mdp=Mdp.from_dict(states, {**transitions, "term": {"stay": {"term": 1}}}))
    rewards, gamma, fixed = theta(0, 10, 0, 9), Fraction(3, 5), ("new = 0", "m = 0")
    assert count_orbit(limited(loops, *fixed), rewards, gamma) == OrbitCount(2, 10, shutdown=2, avoid=0, tie=0)
    assert count_orbit(limited(ends, *fixed), rewards, gamma) == OrbitCount(2, 10, shutdown=0, avoid=2, tie=0)


def test_negative_rewards_break_the_swap() -> None:
    """theory.md, `nonnegative`: (new 0, term -1, x -5) and its swap both shut down; none is in Theta if it is >= 0."""
    free = limited(replace(star(1), goals=Goals(nonnegative=False)), "new = 0")
    rewards, gamma = theta(0, -1, -5), Fraction(9, 10)
    assert count_orbit(free, rewards, gamma) == OrbitCount(2, 4, shutdown=2, avoid=0, tie=0)
    assert count_orbit(star(1), rewards, gamma) == OrbitCount(0, 6, shutdown=0, avoid=0, tie=0)


def test_no_alternatives() -> None:
    """With A1 empty every vector shuts down, and the ratio is 0; with no vector inside Theta there is no ratio."""
    alone = Instance(Mdp.from_dict(["new", "term"], {"new": {"off": {"term": 1}}}), 0, 0)
    assert count_orbit(alone, theta(1, 2), HALF) == OrbitCount(2, 0, shutdown=2, avoid=0, tie=0)
    assert count_orbit(alone, theta(1, 2), HALF).ratio == 0
    assert count_orbit(limited(alone, "new > 9"), theta(1, 2), HALF).ratio is None


@pytest.mark.parametrize("values", [[3], [1, 1], [0, 1, 1, 2], [2, 0, 1, 3, 3], [-1, -1, 4, 4, 4]])
def test_arrangements_are_the_distinct_permutations(values: list[int]) -> None:
    """Each once, ascending, and as many as the multinomial coefficient says."""
    found = [tuple(arrangement) for arrangement in arrangements(values)]
    assert found == sorted(set(permutations(values)))
    assert len(found) == number_of_arrangements(values)


@settings(max_examples=100, deadline=None)
@given(st.data(), st.integers(0, 4), st.integers(1, 4), st.integers(0, 9))
def test_packed_signs_are_those_of_the_forms(data: st.DataObject, forms: int, states: int, size: int) -> None:
    """One long sum reads the sign of every form, also at the bound and for no form at all."""
    entries = st.integers(-5, 5)
    rows = [[data.draw(entries) for _ in range(states)] for _ in range(forms)]
    constants = [data.draw(entries) for _ in range(forms)]
    vector = [data.draw(st.integers(-size, size)) for _ in range(states)]
    packed = Packed(rows, constants, states, size)
    values = [sum(a * b for a, b in zip(row, vector, strict=True)) + c for row, c in zip(rows, constants, strict=True)]
    total = packed.total(vector)
    assert packed.negative(total) == sum(packed.bit(k) for k, value in enumerate(values) if value < 0)
    assert packed.positive(total) == sum(packed.bit(k) for k, value in enumerate(values) if value > 0)
    if packed.negative(total):
        assert packed.first(packed.negative(total)) == max(k for k, value in enumerate(values) if value < 0)


def test_forgetting_policies_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The caps on memory drop nodes and links that a search still stands on: the count stays."""
    instance, rewards = training_leak(), theta(0, 1, 2, 5)
    expected = count_orbit(instance, rewards, HALF)
    monkeypatch.setattr(optimum_module, "MOST_NODES", 0)
    monkeypatch.setattr(optimum_module, "MOST_LINKS", 0)
    assert count_orbit(instance, rewards, HALF) == expected


def test_eight_distinct_rewards() -> None:
    """8! vectors, with a training state: complete, and the counts add up."""
    transitions: dict[str, dict[str, dict[str, Exact]]] = {
        "new": {"off": {"term": 1}, "go": {"r1": 1}},
        "r1": {"stay": {"r1": 1}, "go": {"r2": "2/3", "r3": "1/3"}},
        "r2": {"stay": {"r2": 1}, "go": {"r3": 1}},
        "r3": {"back": {"new": "1/2", "r4": "1/2"}, "stay": {"r3": 1}},
        "r4": {"on": {"term": "1/7", "r1": "6/7"}},
        "t1": {"right": {"t2": 1}, "left": {"t1": 1}},
    }
    mdp = Mdp.from_dict(["new", "term", "r1", "r2", "r3", "r4", "t1", "t2"], transitions)
    instance = Instance(mdp, 0, 0, training=frozenset({6, 7}), trained={6: 0})
    found = count_orbit(instance, theta(0, 1, 2, 3, 5, 8, 13, 21), HALF)
    assert found.size + found.outside == 40320
    assert found.size == found.shutdown + found.avoid + found.tie
    # going right once is worth staying for good iff r(t1) + r(t2) / 2 >= 2 r(t1); the other six rewards are free
    pairs = sum(a >= 2 * b for a, b in permutations((0, 1, 2, 3, 5, 8, 13, 21), 2))
    assert found.size == pairs * 720


def test_too_many_vectors_are_refused() -> None:
    """11 distinct rewards are refused before any work; 11 states with two values are counted."""
    instance = star(9)
    with pytest.raises(TooLarge, match="39916800 distinct vectors"):
        count_orbit(instance, theta(*range(11)), HALF)
    assert count_orbit(instance, theta(1, *[0] * 10), HALF).size == 11


def test_whether_an_orbit_is_counted_is_known_before() -> None:
    """10! vectors are; how many more there are is said in few characters, however many."""
    assert enumerable(theta(*range(10)))
    assert not enumerable(theta(*range(11)))
    assert enumerable(theta(1, *[0] * 1999))
    assert shown(number_of_arrangements(theta(*range(11)))) == "39916800"
    names = [f"s{i}" for i in range(2000)]
    large = Instance(Mdp.from_dict(names, {"s0": {"off": {"s1": 1}}}), 0, 0)
    with pytest.raises(TooLarge, match=r"has 3316275092450633\.\.\.0+ \(5736 characters\) distinct"):
        count_orbit(large, theta(*range(2000)), HALF)


def test_bad_questions_are_refused() -> None:
    """gamma outside (0, 1), and a theta of another length."""
    with pytest.raises(NotADiscount):
        count_orbit(star(1), theta(0, 0, 0), Fraction(1))
    with pytest.raises(NotAGoalSet, match="2 rewards for 3 states"):
        count_orbit(star(1), theta(0, 0), HALF)
