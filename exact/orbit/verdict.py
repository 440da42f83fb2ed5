"""Verdict layer: one integer theta -> "outside" Theta, or the decision in s_new, read off optimal policies' nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from exact.goals import ahead_of, decided, training_actions
from exact.instance.model import Instance
from exact.orbit.halfspaces import halfspaces
from exact.orbit.optimum import MOST_NODES, Node, optimum


def verdict(instance: Instance, gamma: Fraction, scale: int, size: int) -> Callable[[Sequence[int]], str]:
    """The verdict on scale * theta (integers of at most `size`), but for the signs of theta's entries.

    The function that is returned starts each search where the last one ended, so neighbours should follow each other.
    """
    tests = list[Callable[[Sequence[int]], bool]]()
    if (linear := halfspaces(instance, scale, size)) is not None:
        tests.append(linear.satisfied)
    if instance.trained and instance.goals.reading != "immediate":
        tests.append(_taught(instance, gamma, size))
    decision = _decision(instance, gamma, size)

    def judge(theta: Sequence[int]) -> str:
        return decision(theta) if all(test(theta) for test in tests) else "outside"

    return judge


def _taught(instance: Instance, gamma: Fraction, size: int) -> Callable[[Sequence[int]], bool]:
    """Def. 6 by values: is the best of the policies that take the trained actions optimal (strict: they alone)?"""
    mdp, trained, strict = instance.mdp, instance.trained, instance.goals.preference == "strict"
    cut = instance.goals.reading == "on-training"
    best = optimum(mdp, gamma, training_actions(instance) if cut else ahead_of(mdp, trained), size, trained)
    node = best.start

    def taught(theta: Sequence[int]) -> bool:
        nonlocal node
        node, losses = best.optimal(theta, node)
        if node.losses.negative(losses):
            return False
        return not strict or node.losses.positive(losses) & node.fixed == node.fixed

    return taught


def _decision(instance: Instance, gamma: Fraction, size: int) -> Callable[[Sequence[int]], str]:
    """f in s_new (Def. 7), by the ties among the optimal actions."""
    s_new, shutdown = instance.shutdown_state, instance.shutdown_action
    best = optimum(instance.mdp, gamma, ahead_of(instance.mdp, [s_new]), size)
    node, masks = best.start, dict[Node, tuple[int, int]]()

    def read(node: Node) -> tuple[int, int]:
        """The bits of a_sd, and of A1."""
        if len(masks) > MOST_NODES:
            masks.clear()
        masks[node] = node.bits([(s_new, shutdown)]), node.bits((s_new, action) for action in instance.alternatives)
        return masks[node]

    def decision(theta: Sequence[int]) -> str:
        nonlocal node
        node, losses = best.optimal(theta, node)
        worse = node.losses.positive(losses)
        off, others = masks.get(node) or read(node)
        tied = (others & ~worse).bit_count() + (node.policy[s_new] != shutdown)
        return decided(instance.ties, not worse & off, tied)

    return decision
