"""Exact values at a rational gamma against elimination in Fractions and every policy."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

import networkx
import pytest
from flint import fmpq
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exact.errors import NotADiscount, NotAPolicy
from exact.evaluate import action_values, every_action, guess, optimal, optimum, values
from exact.evaluate.components import components
from exact.evaluate.solve import solved
from exact.instance import Instance
from exact.mdp import UNDEFINED, Mdp, Policy, Rewards
from tests.reference import brute_force
from tests.reference.small import instances
from tests.reference.worked import RETRY, RING, corridor

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HALF = Fraction(1, 2)
gammas = st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50) | st.just(1 - Fraction(1, 1 << 70))
rewards_of = st.lists(st.fractions(-5, 5, max_denominator=6), min_size=4, max_size=4)


@pytest.fixture
def every_size_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no question were too small for a guess."""
    monkeypatch.setattr(optimum, "_SMALL", 0)


@pytest.fixture(params=[0, 1000], ids=["guessed", "not guessed"])
def with_and_without_guess(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways."""
    monkeypatch.setattr(optimum, "_SMALL", request.param)


def drawn(seed: int, size: int, actions: int = 3, support: int = 3) -> tuple[Mdp, Rewards]:
    """A random MDP, every tenth state terminal, and rewards, half of them 0."""
    choose = random.Random(seed)
    rows = []
    for state in range(size):
        found = []
        for _ in range(0 if state % 10 == 9 else actions):
            weights = {target: choose.randint(1, 5) for target in choose.sample(range(size), support)}
            total = sum(weights.values())
            found.append(tuple((t, Fraction(w, total)) for t, w in sorted(weights.items())))
        rows.append(tuple(found))
    names = tuple(f"s{state}" for state in range(size))
    rewards = tuple(Fraction(choose.choice([0, choose.randint(-9, 9)])) for _ in range(size))
    return Mdp(names, tuple(tuple("abcdefgh"[: len(r)]) for r in rows), tuple(rows)), rewards


def check_bellman(mdp: Mdp, rewards: Rewards, gamma: Fraction, value: list[Fraction], policy: Policy) -> None:
    """V* = max_a Q in every state, attained by the policy, whose action is the first that attains it."""
    for state in range(len(mdp)):
        worth = action_values(mdp, value, rewards, gamma, state)
        assert value[state] == max(worth, default=rewards[state])
        assert policy[state] == (worth.index(value[state]) if worth else UNDEFINED)


@QUICK
@given(instances(), rewards_of, gammas)
@example(RING, [Fraction(0), Fraction(1), Fraction(0), Fraction(0)], HALF)
def test_optimal_is_the_best_of_all_policies(
    with_and_without_guess: None, instance: Instance, theta: list[Fraction], gamma: Fraction
) -> None:
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


def test_difference_below_any_float_decides(every_size_is_guessed: None) -> None:
    """An advantage of 2^-200 is seen, which the guess in doubles cannot see."""
    tiny = Fraction(1, 1 << 200)
    mdp = Mdp.from_dict(["a", "b", "c"], {"a": {"b": {"b": 1}, "c": {"c": 1}}})
    assert optimal(mdp, (Fraction(0), Fraction(1), 1 + tiny), HALF)[1] == (1, -1, -1)
    assert optimal(mdp, (Fraction(0), 1 + tiny, Fraction(1)), HALF, (1, -1, -1))[1] == (0, -1, -1)


@pytest.mark.parametrize("gamma", [Fraction(9, 10), Fraction(1, 7), 1 - Fraction(1, 1 << 80)], ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_larger_ones_satisfy_bellmans_equation(seed: int, gamma: Fraction) -> None:
    """30 to 60 states: guessed in doubles, solved by components, checked here in Fractions."""
    mdp, rewards = drawn(seed, 30 + 15 * seed, support=2 + seed)
    check_bellman(mdp, rewards, gamma, *optimal(mdp, rewards, gamma))


@pytest.mark.parametrize("seed", range(4))
def test_a_wrong_guess_changes_nothing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the guess, values and policy are the same: the doubles decide nothing."""
    mdp, rewards = drawn(seed, 40)
    expected = optimal(mdp, rewards, HALF)

    def wrong(mdp: Mdp, allowed: Mapping[int, tuple[int, ...]], *_: object) -> dict[int, int]:
        return {s: random.Random(s).choice(actions) if actions else UNDEFINED for s, actions in allowed.items()}

    monkeypatch.setattr(guess, "guessed", wrong)
    assert optimal(mdp, rewards, HALF) == expected
    start = tuple(random.Random(s).randrange(3) if mdp.rows[s] else UNDEFINED for s in range(40))
    assert optimal(mdp, rewards, HALF, start)[0] == expected[0]


@pytest.mark.parametrize("size", [2, 20])
def test_numbers_that_doubles_cannot_hold(size: int, every_size_is_guessed: None) -> None:
    """Rewards of 10^-400 and 10^400, probabilities of 10^-400, a discount of 10^-400 or one that rounds to 1."""
    mdp, rewards = drawn(7, size + 10)
    rows = list(mdp.rows)
    tiny = Fraction(1, 10**400)
    rows[0] = (((0, 1 - tiny), (1, tiny)), ((0, Fraction(1)),))
    mdp = Mdp(mdp.states, (("a", "b"), *mdp.actions[1:]), tuple(rows))
    for scale in (Fraction(10**400), Fraction(1, 10**400)):
        theta = (*(r * scale for r in rewards[:-1]), Fraction(1))
        for gamma in (Fraction(1, 10**400), HALF, 1 - tiny):
            check_bellman(mdp, theta, gamma, *optimal(mdp, theta, gamma))


def test_nothing_to_choose() -> None:
    """Only terminal states; one action each; no reward: as many states as are guessed otherwise."""
    names = tuple(f"s{i}" for i in range(60))
    ends = Mdp(names, ((),) * 60, ((),) * 60)
    assert optimal(ends, (Fraction(2),) * 60, HALF) == ([Fraction(2)] * 60, (UNDEFINED,) * 60)
    cycle = Mdp(names, (("a",),) * 60, tuple(((((s + 1) % 60, Fraction(1)),),) for s in range(60)))
    assert optimal(cycle, (Fraction(3),) * 60, HALF) == ([Fraction(6)] * 60, (0,) * 60)
    mdp, rewards = drawn(3, 60)
    assert optimal(mdp, (Fraction(0),) * len(rewards), HALF)[0] == [0] * 60


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.integers(0, 11), max_size=3), min_size=12, max_size=12))
@example([[(i + 1) % 12] for i in range(12)])
def test_components(successors: list[list[int]]) -> None:
    """Those of networkx, and each after all that it leads to."""
    graph = dict(enumerate(successors))
    found = list(components(graph))
    reference = networkx.DiGraph([(s, t) for s, targets in graph.items() for t in targets])
    reference.add_nodes_from(graph)
    assert sorted(map(sorted, found)) == sorted(map(sorted, networkx.strongly_connected_components(reference)))
    place = {state: i for i, component in enumerate(found) for state in component}
    assert all(place[t] <= place[s] for s, targets in graph.items() for t in targets)


def test_values_are_solved_for_the_states_asked_about() -> None:
    """A region that is closed under the policy; sums over several components."""
    mdp = Mdp.from_dict(["a", "b", "c"], {"a": {"x": {"b": "1/3", "c": "2/3"}}, "b": {"x": {"b": 1}}})
    rows = {0: mdp.integer_rows[0][0], 1: mdp.integer_rows[1][0], 2: None}
    found = solved(rows, {0: fmpq(0), 1: fmpq(1), 2: fmpq(5)}, HALF)
    assert [found[s] for s in range(3)] == [2, 2, 5]


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
