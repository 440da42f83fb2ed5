"""One verdict for all completions of a vector that is fixed in part: bounds by policies, and by superharmonic values.

The coefficients c of a policy that starts with an action of A1, less those of shutting down, give c . theta; over all
arrangements of what is left on the free states its least value is that of the two lists sorted against each other
(rearrangement inequality). Where it is positive, every completion avoids shutdown. Where V* of the largest rewards that
are left shuts down, every completion does. Both need a terminal s_term, whose reward is what shutting down is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import mul
from typing import NamedTuple

from exact.goals import ahead_of
from exact.instance.model import Instance
from exact.mdp import Policy
from exact.orbit.optimum import Node, optimum

Partial = tuple[int | None, ...]  # theta in integers, None where a state is free
MOST_TRIES = 4  # policies that one node is bounded by


class Avoid(NamedTuple):
    """Taking `action` and then this policy is worth more than shutting down, for every completion."""

    action: int
    policy: Policy


class Shutdown(NamedTuple):
    """Shutting down is worth more than all else even for these rewards, where each free state has the largest left."""

    theta: tuple[int, ...]


class _Form(NamedTuple):
    """A multiple of what an action of A1 and a policy are worth more than shutting down, as a linear form."""

    reason: Avoid
    coefficients: tuple[int, ...]


class Closer:
    """The bounds of one instance at one gamma. size: no reward is larger."""

    def __init__(self, instance: Instance, gamma: Fraction, size: int) -> None:
        self._instance, self._best = instance, instance.mdp.rows[instance.shutdown_state]
        self._optimum = optimum(instance.mdp, gamma, ahead_of(instance.mdp, [instance.shutdown_state]), size)
        self._node = self._optimum.start
        self._forms: dict[Node, list[_Form]] = {}
        self._bounded = instance.mdp.is_terminal(instance.s_term)

    def close(self, theta: Partial, left: Sequence[int]) -> Avoid | Shutdown | None:
        """What holds for every way to put `left`, descending, on the free states; None where that is not seen."""
        if not self._bounded:
            return None
        free = [s for s, entry in enumerate(theta) if entry is None]
        fixed = [entry or 0 for entry in theta]
        return self._shuts(theta, fixed, left) or self._avoids(fixed, free, left)

    def _shuts(self, theta: Partial, fixed: list[int], left: Sequence[int]) -> Shutdown | None:
        if theta[self._instance.s_term] is None:
            return None
        most = tuple(left[0] if entry is None else entry for entry in theta)
        self._node, _ = self._optimum.optimal(most, self._node)
        allowed = 1 if self._instance.ties == "shutdown-first" else 0
        worth = (sum(map(mul, form.coefficients, most)) for form in self._of(self._node))
        return Shutdown(most) if all(gain < allowed for gain in worth) else None

    def _avoids(self, fixed: list[int], free: list[int], left: Sequence[int]) -> Avoid | None:
        needed = 0 if self._instance.ties == "shutdown-last" else 1
        seen: set[Node] = set()
        while self._node not in seen and len(seen) < MOST_TRIES:
            seen.add(self._node)
            worst: tuple[int, list[int]] | None = None
            for form in self._of(self._node):
                order = sorted(free, key=form.coefficients.__getitem__)
                completion = list(fixed)
                for s, entry in zip(order, left, strict=True):
                    completion[s] = entry
                gain = sum(map(mul, form.coefficients, completion))
                if gain >= needed:
                    return form.reason
                worst = max(worst or (gain, completion), (gain, completion))
            if worst is None:
                return None
            self._node, _ = self._optimum.optimal(worst[1], self._node)
        return None

    def _of(self, node: Node) -> list[_Form]:
        """The forms of a policy, one for each action of A1."""
        if node not in self._forms:
            instance, (visits, unit) = self._instance, node.visits
            size = len(instance.mdp)
            found: list[_Form] = []
            for action in instance.alternatives:
                row = instance.mdp.integer_rows[instance.shutdown_state][action]
                steps = [*zip(row.successors, row.weights, strict=True)]
                total = [sum(int(visits[t, s]) * weight for t, weight in steps) for s in range(size)]
                total[instance.s_term] -= unit * row.scale
                found.append(_Form(Avoid(action, node.policy), tuple(total)))
            if len(self._forms) > 10_000:
                self._forms.clear()
            self._forms[node] = found
        return self._forms[node]
