"""Policy layer: policy iteration for very many reward vectors of one MDP at one discount, in integers.

What an action loses against a policy, V^pi(s) - Q^pi(s, a), is linear in theta. Each policy that is met becomes a node
that holds its losses as packed forms, and links to the policies that its improvements lead to: improving the policy of
another theta is walking the links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm

from flint import fmpq_mat, fmpz_mat

from exact.evaluate import Allowed
from exact.mdp import UNDEFINED, IntegerRow, Mdp, Policy
from exact.orbit.packed import Packed

MOST_NODES = 10_000  # and
MOST_LINKS = 100_000  # are kept before starting afresh, so that a long enumeration cannot fill the memory

Slots = tuple[tuple[int, int], ...]  # (state, action)
Visits = tuple[fmpz_mat, int]
_Allowed = tuple[tuple[int, tuple[int, ...]], ...]


class Node:
    """One policy. slots: the (state, action) that it does not take. Form k of `losses` is a positive multiple of
    V^pi(s) - Q^pi(s, a) for slot k: the policy is optimal for theta iff none is negative.

    fixed: the sign bits of the slots in states whose action is given. visits: see there.
    """

    __slots__ = ("fixed", "losses", "policy", "slots", "visits")

    def __init__(self, policy: Policy, slots: Slots, losses: Packed, fixed: Collection[int], visits: Visits) -> None:
        self.policy, self.slots, self.losses, self.visits = policy, slots, losses, visits
        self.fixed = self.bits(pair for pair in slots if pair[0] in fixed)

    def bits(self, pairs: Iterable[tuple[int, int]]) -> int:
        """The sign bits of those pairs (state, action) that the policy does not take."""
        return sum(self.losses.bit(self.slots.index(pair)) for pair in pairs if pair in self.slots)


def optimum(mdp: Mdp, gamma: Fraction, allowed: Allowed, size: int, given: Mapping[int, int] | None = None) -> Optimum:
    """See Optimum; its nodes are those of earlier orbits too, while they are remembered. size: is rounded up."""
    fixed = tuple((given or {}).items())
    return _remembered(mdp, gamma, tuple(allowed.items()), 1 << max(16, size.bit_length()), fixed)


class Optimum:
    """The nodes of one region: no allowed action leaves it. size: no |theta(s)| is larger.

    given: the actions that every policy has to take in some states; what is optimal is so among these policies.
    """

    def __init__(self, mdp: Mdp, gamma: Fraction, allowed: _Allowed, size: int, given: Slots) -> None:
        self._mdp, self._gamma, self._allowed, self._size, self._given = mdp, gamma, dict(allowed), size, dict(given)
        self._nodes: dict[Policy, Node] = {}
        self._links: dict[tuple[Node, int], Node] = {}
        first = {s: min(actions, default=UNDEFINED) for s, actions in allowed} | dict(given)
        self.start = self._node(tuple(first.get(s, UNDEFINED) for s in range(len(mdp))))

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
        """An optimal policy for theta, sought from `node`, and its losses, packed.

        It ends: no policy comes twice, for each improvement raises some state's value and lowers none.
        """
        while True:
            total = node.losses.total(theta)
            negative = node.losses.negative(total) & ~node.fixed
            if not negative:
                return node, total
            node = self.improved(node, negative)

    def _node(self, policy: Policy) -> Node:
        if policy not in self._nodes:
            rows, states = self._mdp.integer_rows, len(self._mdp)
            slots = tuple((s, a) for s, actions in self._allowed.items() for a in actions if a != policy[s])
            known = visits(self._mdp, policy, self._gamma)
            taken = [_difference(rows[s][policy[s]], rows[s][a], states) for s, a in slots]
            losses = (fmpz_mat(taken) * known[0]).tolist() if slots else []
            forms = [[int(entry) for entry in row] for row in losses]
            packed = Packed(forms, [0] * len(slots), states, self._size)
            self._nodes[policy] = Node(policy, slots, packed, self._given, known)
        return self._nodes[policy]


_remembered = lru_cache(maxsize=8)(Optimum)


def visits(mdp: Mdp, policy: Policy, gamma: Fraction) -> Visits:
    """(m (I - gamma P_pi)^-1, m) in integers, m > 0; the (s, t) entry counts discounted visits of t from s."""
    size = len(mdp)
    system, scales = fmpz_mat(size, size), fmpz_mat(size, size)
    for state, action in enumerate(policy):
        row = mdp.integer_rows[state][action] if action != UNDEFINED else IntegerRow(1, (), ())
        system[state, state] = scales[state, state] = gamma.denominator * row.scale
        for successor, weight in zip(row.successors, row.weights, strict=True):
            system[state, successor] -= gamma.numerator * weight
    multiple, unit = fmpq_mat(system).solve(fmpq_mat(scales)).numer_denom()
    return multiple, int(unit)


def _difference(taken: IntegerRow, other: IntegerRow, states: int) -> list[int]:
    """A multiple of the one row minus the other."""
    scale = lcm(taken.scale, other.scale)
    entries = [0] * states
    for row, sign in ((taken, 1), (other, -1)):
        for successor, weight in zip(row.successors, row.weights, strict=True):
            entries[successor] += sign * weight * (scale // row.scale)
    return entries


def _switched(node: Node, negative: int) -> Policy:
    policy = list(node.policy)
    while negative:
        slot = node.losses.first(negative)
        state, action = node.slots[slot]
        policy[state] = action
        negative ^= node.losses.bit(slot)
    return tuple(policy)
