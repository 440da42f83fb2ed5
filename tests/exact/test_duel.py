"""The duel of shutdown and the best alternative over all gamma, against exact evaluation at single ones."""

from __future__ import annotations

import itertools
from fractions import Fraction

from flint import fmpz_poly
from hypothesis import example, given, settings

from exact.algebraic import Algebraic, root_in
from exact.evaluate import action_values, optimal
from exact.evaluate.duel import duels, winners
from exact.evaluate.pieces import between
from exact.instance import Instance, read_instance
from exact.testing.strategies import instances
from tests.examples import EXAMPLES, instance_path

GAMMAS = [Fraction(k, 23) for k in range(1, 23)]


def lead(instance: Instance, gamma: Fraction) -> int:
    """The sign of Q*(s_new, a_sd) - max Q*(s_new, A1), by policy iteration at one gamma."""
    rewards = instance.question.rewards
    assert rewards is not None
    best, _ = optimal(instance.mdp, rewards, gamma)
    worth = action_values(instance.mdp, best, rewards, gamma, instance.shutdown_state)
    other = max(worth[a] for a in instance.alternatives)
    return (worth[instance.shutdown_action] > other) - (worth[instance.shutdown_action] < other)


@settings(max_examples=60, deadline=None)
@given(instances(max_states=5, shutdown_loops=True))
@example(read_instance(instance_path("ring")))
@example(read_instance(instance_path("shutdown-loops")))
def test_the_winner_is_the_exact_one(instance: Instance) -> None:
    """At every gamma inside an interval; the intervals are ascending and leave nothing out."""
    rewards = instance.question.rewards
    assert rewards is not None
    known = winners(duels(instance, rewards))
    assert known[0][0] == 0
    assert known[-1][1] == 1
    assert all(one[1] == other[0] and one[2] != other[2] for one, other in itertools.pairwise(known))
    for low, high, sign in known:
        for gamma in [between(low, high), *(g for g in GAMMAS if low < g < high)]:
            assert lead(instance, gamma) == sign


@settings(max_examples=40, deadline=None)
@given(instances(max_states=5))
def test_the_curves_are_the_values(instance: Instance) -> None:
    """Both rational functions agree with policy iteration wherever their interval holds."""
    rewards, mdp = instance.question.rewards, instance.mdp
    assert rewards is not None
    for duel in duels(instance, rewards):
        gamma = between(duel.low, duel.high)
        best, _ = optimal(mdp, rewards, gamma)
        worth = action_values(mdp, best, rewards, gamma, instance.shutdown_state)
        assert duel.shutdown.value(gamma) == worth[instance.shutdown_action]
        assert duel.alternative is not None
        assert duel.alternative.value(gamma) == max(worth[a] for a in instance.alternatives)


def test_the_crossing_of_corridor_5() -> None:
    """r(term) = 5 against going for r1, r3 or r5: one change of mind, at a root of the best alternative's equation."""
    instance = read_instance(EXAMPLES / "paper" / "corridor-5.toml")
    assert instance.question.rewards is not None
    (_, low, first), (high, _, second) = winners(duels(instance, instance.question.rewards))
    assert (low, first, second) == (high, 1, -1)
    # to r5 by way of r1 and r3: 1 + 2 g^2 + 4 g^4 / (1 - g) = 5
    assert low == root_in(fmpz_poly([-4, 4, 2, -2, 4]), Fraction(0), Fraction(1))


def test_shutdown_alone_is_best() -> None:
    """Without alternatives there is nothing to compare with."""
    instance = read_instance(instance_path("no-alternative"))
    assert instance.question.rewards is not None
    assert winners(duels(instance, instance.question.rewards)) == [(Algebraic.of(0), Algebraic.of(1), 1)]
