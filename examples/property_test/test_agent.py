"""Claims about all MDPs of at most 6 states: two that hold and two that do not. Run: pytest examples/property_test."""

# ruff: noqa: S101  # pytest's assertions
from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from agent import far_sighted, short_sighted, shuts_down
from hypothesis import Phase, assume, settings

from exact.evaluate import optimal, values
from exact.graph import reachable
from exact.instance import Instance
from exact.mdp import Policy, Rewards
from exact.thresholds import count_at, sharp_threshold
from gammastar import for_all_instances

PHASES = (Phase.explicit, Phase.generate, Phase.shrink)
QUICK = settings(max_examples=50, deadline=None, derandomize=True, database=None, phases=PHASES)


@QUICK
@for_all_instances(max_states=6, training=False)
def test_far_sighted_is_optimal(instance: Instance) -> None:
    """Holds: policy iteration ends in an optimal policy."""
    assert loss(instance, far_sighted) == 0


@QUICK
@for_all_instances(max_states=6, training=False)
def test_short_sighted_is_optimal(instance: Instance) -> None:
    """Fails: a reward two steps away is not seen."""
    assert loss(instance, short_sighted) == 0


@QUICK
@for_all_instances(max_states=6, training=False, nonnegative=True)
def test_swaps_past_their_threshold_avoid_shutdown(instance: Instance) -> None:
    """Holds, by the exact swap theorem: from gamma°_x on, exchanging r(x) and r(s_term) ends the wish to shut down."""
    rewards, gamma = question(instance)
    assume(shuts_down(instance, rewards))
    others = (x for x in range(len(instance.mdp)) if x != instance.s_term)
    for x in count_at((sharp_threshold(instance, x) for x in others), gamma):
        assert not shuts_down(instance, exchanged(rewards, x, instance.s_term))


@QUICK
@for_all_instances(max_states=6, training=False, nonnegative=True)
def test_swaps_with_any_reachable_state_avoid_shutdown(instance: Instance) -> None:
    """Fails: what is too far away, or reached too seldom, is not worth it for an impatient agent."""
    rewards, _ = question(instance)
    assume(shuts_down(instance, rewards))
    for x in reachable(instance.mdp, [instance.shutdown_state]) - {instance.s_term, instance.shutdown_state}:
        assert not shuts_down(instance, exchanged(rewards, x, instance.s_term))


def loss(instance: Instance, plan: Callable[..., Policy]) -> Fraction:
    """What the agent's policy loses at most in a state."""
    rewards, gamma = question(instance)
    best, _ = optimal(instance.mdp, rewards, gamma)
    own = values(instance.mdp, plan(instance.mdp, rewards, gamma), rewards, gamma)
    return max(b - o for b, o in zip(best, own, strict=True))


def question(instance: Instance) -> tuple[Rewards, Fraction]:
    """The question, which is always drawn with the instance."""
    rewards, gamma = instance.question.rewards, instance.question.gamma
    assert rewards is not None
    assert gamma is not None
    return rewards, gamma


def exchanged(rewards: Rewards, x: int, y: int) -> Rewards:
    """The rewards of two states exchanged."""
    entries = list(rewards)
    entries[x], entries[y] = entries[y], entries[x]
    return tuple(entries)
