"""Orbits counted by branch and bound, as claims: the tree, and what closes its nodes (FORMAT.md, `orbit-tree`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import gcd
from typing import Any

from exact.instance import Instance
from exact.mdp import Rewards
from exact.orbit.optimum import visits
from exact.orbit.tree.closing import Avoid, Shutdown
from exact.orbit.tree.walk import Tree, Walk, completed
from exact.orbit.values import valued
from proofs.claims import types as c
from proofs.claims.codec import codec
from proofs.search.goals import named

MOST_NODES = 50_000  # of a tree that goes into a certificate: some ten seconds for the kernel


def orbit_tree(instance: Instance, rewards: Rewards, gamma: Fraction) -> c.OrbitTree | None:
    """The counted orbit with its tree; None if that has more than MOST_NODES nodes."""
    walk = Walk(instance, rewards, gamma)
    tree = walk.tree(MOST_NODES)
    return None if tree is None else _Writer(walk, gamma).claim(tree, rewards)


class _Writer:
    """Nodes in the order in which the kernel follows them."""

    def __init__(self, walk: Walk, gamma: Fraction) -> None:
        self.walk, self.gamma, self.mdp = walk, gamma, walk.instance.mdp
        self.flows: dict[Avoid, int] = {}
        largest = max(map(abs, walk.root.left))
        self.valued, self.counts = valued(walk.instance, gamma, walk.scale, largest), Counter[str]()

    def claim(self, tree: Tree, rewards: Rewards) -> c.OrbitTree:
        nodes = tuple(self._nodes(tree))
        shutdown, avoid, tie, outside = (self.counts[said] for said in ("shutdown", "avoid", "tie", "outside"))
        alike = (tuple(self.mdp.states[s] for s in members) for members in self.walk.alike.classes if len(members) > 1)
        numbers = shutdown + avoid + tie, outside, shutdown, avoid, tie
        flows = tuple(map(self._flow, self.flows))
        return c.OrbitTree(self.gamma, named(self.walk.instance, rewards), *numbers, tuple(alike), flows, nodes)

    def _nodes(self, tree: Tree) -> Iterator[Mapping[str, object]]:
        waiting = [(tree, tree.part.inside)]
        while waiting:
            node, inside = waiting.pop()
            fixed = completed(node.part.theta, node.part.left)
            settled = all(node.part.theta[s] is not None for s in self.walk.alike.by_theta)
            if not inside and settled and (node.closed is None or node.closed.said != "outside"):
                yield {"node": "inside", "values": self._values(fixed)}
                inside = True
            if node.closed is None:
                yield {"node": "split"}
                waiting += [(child, inside) for child in node.children[::-1]]
                continue
            self.counts[node.closed.said] += node.part.vectors
            match node.closed.reason:
                case Avoid() as avoid:
                    yield {"node": "avoid", "flow": str(self.flows.setdefault(avoid, len(self.flows)))}
                case Shutdown(theta):
                    yield {"node": "shutdown", "values": self._values(theta)}
                case None:
                    kind = "outside" if node.closed.said == "outside" else "goal"
                    yield {"node": kind, "values": self._values(fixed)}

    def _values(self, theta: Sequence[int]) -> Any:
        found = self.valued(theta)
        return codec(c.Values).write(c.Values(found.unit, found.whole, found.training))

    def _flow(self, avoid: Avoid) -> c.Flow:
        start, policy = self.walk.instance.shutdown_state, avoid.policy
        row, (table, unit) = self.mdp.integer_rows[start][avoid.action], visits(self.mdp, avoid.policy, self.gamma)
        steps = [*zip(row.successors, row.weights, strict=True)]
        numbers = [sum(int(table[t, s]) * weight for t, weight in steps) for s in range(len(self.mdp))]
        common = gcd(unit * row.scale, *numbers)
        seen = {self.mdp.states[s]: number // common for s, number in enumerate(numbers) if number}
        acting = {
            self.mdp.states[s]: self.mdp.actions[s][policy[s]]
            for s, number in enumerate(numbers)
            if number and not self.mdp.is_terminal(s)
        }
        return c.Flow(self.mdp.actions[start][avoid.action], acting, unit * row.scale // common, seen)


__all__ = ["MOST_NODES", "orbit_tree"]
