"""Policy layer: policy iteration for very many reward vectors of one MDP at one discount, in integers.

What an action loses against a policy, V^pi(s) - Q^pi(s, a), is linear in theta. Each policy that is met becomes a node
that holds its losses as packed forms, and links to the policies that its improvements lead to: improving the policy of
another theta is walking the links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from flint import fmpq_mat, fmpz_mat

from exact.evaluate import Allowed
from exact.mdp import UNDEFINED, Mdp, Policy, Row
from exact.orbit.packed import Packed

MOST_NODES = 20_000  # and
MOST_LINKS = 200_000  # are kept before starting afresh, so that a long enumeration cannot fill the memory


class Node:
    """One policy. slots: the (state, action) that it does not take. Form k of `losses` is a positive multiple of
    V^pi(s) - Q^pi(s, a) for slot k: the policy is optimal for theta iff none is negative. masks: its users' notes."""

    __slots__ = ("losses", "masks", "policy", "slots")

    def __init__(self, policy: Policy, slots: tuple[tuple[int, int], ...], losses: Packed) -> None:
        self.policy, self.slots, self.losses = policy, slots, losses
        self.masks: dict[object, tuple[int, ...]] = {}

    def bits(self, pairs: Iterable[tuple[int, int]]) -> int:
        """The sign bits of those pairs (state, action) that the policy does not take."""
        return sum(self.losses.bit(self.slots.index(pair)) for pair in pairs if pair in self.slots)


class Optimum:
    """The nodes of one region: no allowed action leaves it. size: no |theta(s)| is larger."""

    def __init__(self, mdp: Mdp, gamma: Fraction, allowed: Allowed, size: int) -> None:
        self._mdp, self._gamma, self._allowed, self._size = mdp, gamma, allowed, size
        self._nodes: dict[Policy, Node] = {}
        self._links: dict[tuple[Node, int], Node] = {}
        self.start = self._node(tuple(min(allowed.get(s, ()), default=UNDEFINED) for s in range(len(mdp))))

    def improved(self, node: Node, negative: int) -> Node:
        """The policy that takes, in each state with a negative loss among the bits, an action that has one."""
        key = (node, negative)
        found = self._links.get(key)
        if found is None:
            if len(self._nodes) > MOST_NODES or len(self._links) > MOST_LINKS:
                self._nodes.clear()
                self._links.clear()
            found = self._links[key] = self._node(_switched(node, negative))
        return found

    def optimal(self, theta: Sequence[int], node: Node) -> tuple[Node, int]:
        """An optimal policy for theta, sought from `node`, and the bits of its actions that are strictly worse.

        It ends: no policy comes twice, for each improvement raises some state's value and lowers none.
        """
        while True:
            total = node.losses.total(theta)
            negative = node.losses.negative(total)
            if not negative:
                return node, node.losses.positive(total)
            node = self.improved(node, negative)

    def _node(self, policy: Policy) -> Node:
        if policy not in self._nodes:
            rows = self._mdp.rows
            slots = tuple((s, a) for s, actions in self._allowed.items() for a in actions if a != policy[s])
            losses = Packed(self._losses(policy, slots), [0] * len(slots), len(rows), self._size)
            self._nodes[policy] = Node(policy, slots, losses)
        return self._nodes[policy]

    def _losses(self, policy: Policy, slots: Sequence[tuple[int, int]]) -> list[list[int]]:
        """Row k: a positive multiple of P(. | s, pi(s)) - P(. | s, a), times one of (I - gamma P_pi)^-1."""
        if not slots:
            return []
        rows = self._mdp.rows
        multiple, _ = visits(self._mdp, policy, self._gamma)
        differences = [_difference(rows[s][policy[s]], rows[s][a], len(rows)) for s, a in slots]
        return [[int(entry) for entry in row] for row in (fmpz_mat(differences) * multiple).tolist()]


def visits(mdp: Mdp, policy: Policy, gamma: Fraction) -> tuple[fmpz_mat, int]:
    """(m (I - gamma P_pi)^-1, m) in integers, m > 0; the (s, t) entry counts discounted visits of t from s."""
    size = len(mdp)
    system, scales = fmpz_mat(size, size), fmpz_mat(size, size)
    for state, action in enumerate(policy):
        row = mdp.rows[state][action] if action != UNDEFINED else ()
        scale = gamma.denominator * lcm(*(probability.denominator for _, probability in row))
        system[state, state] = scales[state, state] = scale
        for successor, probability in row:
            system[state, successor] -= int(scale * gamma * probability)
    multiple, unit = fmpq_mat(system).solve(fmpq_mat(scales)).numer_denom()
    return multiple, int(unit)


def _difference(taken: Row, other: Row, states: int) -> list[int]:
    scale = lcm(*(probability.denominator for row in (taken, other) for _, probability in row))
    entries = [0] * states
    for successor, probability in taken:
        entries[successor] += int(scale * probability)
    for successor, probability in other:
        entries[successor] -= int(scale * probability)
    return entries


def _switched(node: Node, negative: int) -> Policy:
    policy = list(node.policy)
    while negative:
        slot = node.losses.first(negative)
        state, action = node.slots[slot]
        policy[state] = action
        negative ^= node.losses.bit(slot)
    return tuple(policy)
