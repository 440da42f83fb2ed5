"""The Markov chain of a policy on a set of states, in integers: P[i][j] = rows[i][j] / scales[i]."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import lcm, prod

from flint import fmpz, fmpz_mat

from exact.errors import NotAPolicy
from exact.graph import closure
from exact.mdp import UNDEFINED, Mdp, Policy, Row

Entries = tuple[tuple[int, int], ...]  # ((position, entry), ...), entries > 0


@dataclass(frozen=True)
class Chain:
    """states: their numbers in the MDP, by position; scales: (n,) row denominators; rows: (n,) sparse integer rows.

    Every row of P sums to at most 1: what leaves the set of states is dropped, terminal states have no row.
    """

    states: tuple[int, ...]
    scales: tuple[int, ...]
    rows: tuple[Entries, ...]

    def __len__(self) -> int:
        return len(self.states)

    @cached_property
    def common(self) -> int:
        """L: the least common multiple of the row denominators, so that L P is an integer matrix."""
        return lcm(*self.scales)

    @cached_property
    def at_zero(self) -> int:
        """det(scales - gamma A) at gamma = 0."""
        return prod(self.scales)

    @cached_property
    def entries(self) -> int:
        """The number of positive entries of P."""
        return sum(map(len, self.rows))

    def scaled_rows(self) -> list[list[tuple[int, fmpz]]]:
        """The rows of L P, sparse."""
        factors = [self.common // scale for scale in self.scales]
        return [[(j, fmpz(entry * factor)) for j, entry in row] for row, factor in zip(self.rows, factors, strict=True)]

    def scaled_matrix(self) -> fmpz_mat:
        """L P, dense."""
        return self._dense([self.common // scale for scale in self.scales])

    def matrix(self) -> fmpz_mat:
        """A = scales P, dense."""
        return self._dense([1] * len(self))

    def _dense(self, factors: Sequence[int]) -> fmpz_mat:
        n = len(self)
        entries = [0] * (n * n)
        for i, (row, factor) in enumerate(zip(self.rows, factors, strict=True)):
            for j, entry in row:
                entries[i * n + j] = entry * factor
        return fmpz_mat(n, n, entries)


def chain(mdp: Mdp, policy: Policy, states: Iterable[int]) -> Chain:
    """P_pi on the given states, in their order. Raises NotAPolicy where the policy has no action for one of them."""
    kept = tuple(states)
    position = {state: number for number, state in enumerate(kept)}
    scales: list[int] = []
    rows: list[Entries] = []
    for state in kept:
        inside = [(position[t], p) for t, p in row_of(mdp, policy, state) if t in position]
        scale = lcm(*(p.denominator for _, p in inside))
        scales.append(scale)
        rows.append(tuple((j, p.numerator * (scale // p.denominator)) for j, p in inside))
    return Chain(kept, tuple(scales), tuple(rows))


def row_of(mdp: Mdp, policy: Policy, state: int) -> Row:
    """P_pi(. | state), empty for a terminal state. Raises NotAPolicy."""
    if mdp.is_terminal(state):
        return ()
    if not 0 <= state < len(policy) or policy[state] == UNDEFINED:
        raise NotAPolicy("the policy has no action here", "give it one", mdp.states[state])
    if not 0 <= policy[state] < len(mdp.rows[state]):
        raise NotAPolicy(f"there is no action {policy[state]}", "number them from 0", mdp.states[state])
    return mdp.rows[state][policy[state]]


def reached(mdp: Mdp, policy: Policy, start: int) -> tuple[int, ...]:
    """The states that the policy can visit from start, ascending, start included. Raises NotAPolicy."""
    return tuple(sorted(closure([start], lambda state: (t for t, _ in row_of(mdp, policy, state)))))


def leading_to(mdp: Mdp, policy: Policy, states: Iterable[int], targets: Iterable[int]) -> tuple[int, ...]:
    """Those of the states from which the policy can reach a target inside the states, targets included; ascending."""
    kept = set(states)
    return tuple(sorted(_behind(mdp, policy, kept, kept.intersection(targets))))


def computable(mdp: Mdp, policy: Policy) -> tuple[int, ...]:
    """The states from which the policy is defined wherever it can get; ascending."""
    everywhere = set(range(len(mdp)))
    defined = {s for s in everywhere if mdp.is_terminal(s) or (s < len(policy) and policy[s] != UNDEFINED)}
    return tuple(sorted(defined - _behind(mdp, policy, defined, everywhere - defined)))


def _behind(mdp: Mdp, policy: Policy, states: Iterable[int], targets: Iterable[int]) -> set[int]:
    """The targets, and those of the states from which the policy can get to one by way of the states."""
    before = defaultdict[int, list[int]](list)
    for state in states:
        for successor, _ in row_of(mdp, policy, state):
            before[successor].append(state)
    return closure(targets, before.__getitem__)
