"""exact.testing.strategies: what is drawn is valid and keeps the options' promises; failures shrink."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from exact.graph import reachable
from exact.instance import Instance, parse_instance
from exact.instance.write import write_instance
from exact.mdp import Mdp, Row
from exact.testing.random_instances import random_instances
from exact.testing.strategies import discounts, distributions, instances, mdps, rationals, rewards

FEW = settings(max_examples=60, deadline=None)
SEARCH = settings(
    max_examples=2000,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SHRINK = settings(SEARCH, phases=[Phase.generate, Phase.shrink])


@FEW
@given(st.data(), st.fractions(-3, 3, max_denominator=4), st.integers(1, 4), st.booleans())
def test_rationals_keep_to_their_interval(data: st.DataObject, low: Fraction, length: int, exclude_ends: bool) -> None:
    """Inside the interval, ends only if they may, and with a small denominator."""
    drawn = data.draw(rationals(low, low + length, 4, exclude_ends))
    assert low <= drawn <= low + length
    assert drawn.denominator <= 4
    assert not exclude_ends or drawn not in (low, low + length)


@FEW
@given(discounts(), st.integers(2, 5).flatmap(lambda n: discounts(n)))
def test_discounts_lie_strictly_inside(one: Fraction, other: Fraction) -> None:
    """0 < gamma < 1, for any bound on the denominator."""
    assert 0 < one < 1
    assert 0 < other < 1


@FEW
@given(distributions([1, 3, 4], max_support=2, max_weight=3))
def test_distributions_sum_to_one(row: Row) -> None:
    """Probabilities over the states given, no more of them than asked."""
    assert sum(p for _, p in row) == 1
    assert [t for t, _ in row] == sorted({t for t, _ in row} & {1, 3, 4})
    assert 1 <= len(row) <= 2


@FEW
@given(mdps(min_states=2, max_states=4, max_actions=2))
def test_mdps_have_the_size_asked_for(mdp: Mdp) -> None:
    """Mdp validates itself; sizes and names are as documented."""
    assert 2 <= len(mdp) <= 4
    assert mdp.states == ("new", "term", "s1", "s2")[: len(mdp)]
    assert all(actions == ("a", "b")[: len(actions)] for actions in mdp.actions)


@FEW
@given(instances(max_states=5, max_actions=3, max_inequalities=1))
def test_instances_are_files(instance: Instance) -> None:
    """Every instance is one that a file of the contract can hold, within the sizes asked for."""
    assert parse_instance(write_instance(instance).encode()) == instance
    assert 2 <= len(instance.mdp) <= 5
    assert max(map(len, instance.mdp.rows)) <= 3
    assert instance.alternatives
    assert instance.mdp.is_terminal(instance.s_term)
    assert instance.question.rewards is not None
    assert not instance.goals.nonnegative or min(instance.question.rewards) >= 0


@FEW
@given(instances(max_states=6, leaks=False))
def test_without_leaks_training_is_apart(instance: Instance) -> None:
    """`ood` and `training-closed`: S_train and S_reach cannot reach each other."""
    reach = reachable(instance.mdp, [instance.shutdown_state])
    assert not reach & instance.training
    assert not reachable(instance.mdp, instance.training) & reach


@FEW
@given(instances(max_states=4, training=False, nonnegative=True, readings=["immediate"], ties=["shutdown-last"]))
def test_options_are_kept(instance: Instance) -> None:
    """No training, goals >= 0, and the words given."""
    assert not instance.training
    assert instance.goals.nonnegative
    assert (instance.goals.reading, instance.ties) == ("immediate", "shutdown-last")


@FEW
@given(st.data(), mdps(max_states=3))
def test_rewards_match_the_mdp(data: st.DataObject, mdp: Mdp) -> None:
    """One for each state, nonnegative unless asked otherwise."""
    assert min(data.draw(rewards(mdp))) >= 0
    assert len(data.draw(rewards(mdp, nonnegative=False))) == len(mdp)


VARIETY: dict[str, Callable[[Any], object]] = {
    "training state reachable from s_new": lambda i: i.training & reachable(i.mdp, [0]),
    "shutdown that loops": lambda i: not i.mdp.is_terminal(i.s_term),
    "empty A1": lambda i: not i.alternatives,
    "negative reward": lambda i: min(i.question.rewards) < 0,
    "trained action that leaves": lambda i: any(
        t not in i.training for s, a in i.trained.items() for t, _ in i.mdp.rows[s][a]
    ),
    "terminal training state": lambda i: i.training - i.trained.keys(),
    "strict on-training": lambda i: i.goals.preference == "strict" and i.goals.reading == "on-training" and i.trained,
    "equality": lambda i: any(q.relation == "=" for q in i.goals.inequalities),
}


def test_every_kind_of_instance_is_drawn() -> None:
    """The options reach the cases that they are for."""
    strategy, seen = instances(alternatives=False, shutdown_loops=True, max_inequalities=1), set[str]()

    def nothing_is_missing(instance: Instance) -> bool:
        seen.update(what for what, of in VARIETY.items() if of(instance))
        return seen == set(VARIETY)

    with suppress(NoSuchExample):
        find(strategy, nothing_is_missing, settings=SEARCH)
    assert seen == set(VARIETY)


def test_failures_shrink_to_small_mdps() -> None:
    """A branching row shrinks to two states and halves; a leak into training to three states and one way there."""
    branching = find(mdps(), lambda m: any(len(row) > 1 for rows in m.rows for row in rows), settings=SHRINK)
    assert len(branching) == 2
    assert {p for rows in branching.rows for row in rows for _, p in row} == {Fraction(1, 2)}
    leaking = find(instances(), lambda i: bool(i.training & reachable(i.mdp, [0])), settings=SHRINK)
    assert leaking.mdp == Mdp.from_dict(["new", "term", "s1"], {"new": {"off": {"term": 1}, "a": {"s1": 1}}})
    assert leaking.question.gamma == Fraction(1, 2)
    assert leaking.question.rewards == (Fraction(0),) * 3


def test_without_hypothesis_the_message_says_what_to_install() -> None:
    """The extra is optional: its absence is an ImportError with the command."""
    script = "import sys; sys.modules['hypothesis'] = None; import exact.testing.strategies"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "exact.testing needs hypothesis: pip install hypothesis" in done.stderr


@pytest.mark.parametrize(("states", "actions", "support", "weight"), [(3, 2, 1, 1), (5, 3, 3, 3), (9, 26, 2, 7)])
def test_those_of_a_seed_have_the_same_shape(states: int, actions: int, support: int, weight: int) -> None:
    """The promises of `instances`, and every number of actions and successors that they allow does occur."""
    sizes = {"max_actions": actions, "max_support": support, "max_weight": weight}
    drawn = list(random_instances(states, 400, **sizes))
    assert all(parse_instance(write_instance(instance).encode()) == instance for instance in drawn[:100])
    for instance in drawn:
        assert instance.alternatives
        assert instance.mdp.is_terminal(instance.s_term)
    rows = [row for instance in drawn for rows in instance.mdp.rows for row in rows]
    assert {len(found) for instance in drawn for found in instance.mdp.rows} == set(range(actions + 1))
    assert {len(row) for row in rows} == set(range(1, min(support, states) + 1))
    assert max(p.denominator for row in rows for _, p in row) <= support * weight
    assert [instance.mdp for instance in random_instances(states, 10, 1, **sizes)] != [i.mdp for i in drawn[:10]]
