"""Verdict layer: one integer theta -> "outside" Theta, or the decision in s_new, read off optimal policies' nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from exact.goals import decided, training_actions
from exact.graph import reachable
from exact.instance.model import Instance
from exact.orbit.halfspaces import halfspaces
from exact.orbit.optimum import Node, Optimum


def verdict(instance: Instance, gamma: Fraction, scale: int, size: int) -> Callable[[Sequence[int]], str]:
    """The verdict on scale * theta (integers of at most `size`), but for the signs of theta's entries.

    The function that is returned starts each search where the last one ended, so neighbours should follow each other.
    """
    mdp, reading = instance.mdp, instance.goals.reading
    linear = halfspaces(instance, scale, size)
    admitted = _on_training(instance, gamma, size) if reading == "on-training" and instance.trained else None
    trained = instance.trained if reading == "return" else {}
    region = reachable(mdp, {instance.shutdown_state, *trained})
    search = Search(Optimum(mdp, gamma, {s: tuple(range(len(mdp.rows[s]))) for s in sorted(region)}, size))
    training, decision = Training(trained, instance.goals.preference), Decision(instance)

    def judge(theta: Sequence[int]) -> str:
        if linear.negative(linear.total(theta)) or (admitted is not None and not admitted(theta)):
            return "outside"
        node, positive = search(theta)
        return decision(node, positive) if training(node, positive) else "outside"

    return judge


def _on_training(instance: Instance, gamma: Fraction, size: int) -> Callable[[Sequence[int]], bool]:
    search = Search(Optimum(instance.mdp, gamma, training_actions(instance), size))
    training = Training(instance.trained, instance.goals.preference)
    return lambda theta: training(*search(theta))


class Search:
    """Optimal policies of one theta after another."""

    def __init__(self, optimum: Optimum) -> None:
        self._optimum, self._node = optimum, optimum.start

    def __call__(self, theta: Sequence[int]) -> tuple[Node, int]:
        """An optimal node, and the bits of the actions that are strictly worse."""
        self._node, positive = self._optimum.optimal(theta, self._node)
        return self._node, positive


class Training:
    """Def. 6 at an optimal node: is every trained action optimal (strict: the only optimal one)?"""

    def __init__(self, trained: Mapping[int, int], preference: str) -> None:
        self._trained, self._strict = trained, preference == "strict"

    def __call__(self, node: Node, positive: int) -> bool:
        if not self._trained:
            return True
        worse, equal = node.masks.get(self) or self._masks(node)
        return positive & worse == worse and not positive & equal

    def _masks(self, node: Node) -> tuple[int, ...]:
        """(bits that must be strictly worse, bits that must be as good). Where they meet, the node never passes."""
        equal = node.bits(self._trained.items())
        others = ((s, a) for s, a in node.slots if s in self._trained)
        masks = node.masks[self] = (node.bits(others) if self._strict else 0, equal)
        return masks


class Decision:
    """f in s_new at an optimal node (Def. 7), by the ties among the optimal actions."""

    def __init__(self, instance: Instance) -> None:
        self._state, self._shutdown, self._ties = instance.shutdown_state, instance.shutdown_action, instance.ties
        self._others = [(self._state, action) for action in instance.alternatives]

    def __call__(self, node: Node, positive: int) -> str:
        shutdown, others, taken = node.masks.get(self) or self._masks(node)
        return decided(self._ties, not positive & shutdown, (others & ~positive).bit_count() + taken)

    def _masks(self, node: Node) -> tuple[int, ...]:
        """(a_sd's bit, A1's bits, is the action that the node takes itself in A1?)."""
        taken = int(node.policy[self._state] != self._shutdown)
        masks = node.masks[self] = (node.bits([(self._state, self._shutdown)]), node.bits(self._others), taken)
        return masks
