"""Layer: exact values, doubles. One region's rows in arrays: values of policies, better policies, gaps between actions.

Nothing is decided here. Numbers that doubles cannot hold give a bad guess, nan or infinity, and more exact work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from exact.evaluate.elimination import Eliminated
from exact.evaluate.optimum import Allowed
from exact.mdp import Mdp, Policy

Vector = NDArray[np.float64]
Indices = NDArray[np.int64]
ByState = Callable[[Mapping[int, int]], dict[int, float] | None]

_TIE = 1e-12  # relative: what may be rounding
_CLOSE = 2.0**-40  # a smaller gap, in units of the values' error, is left to exact arithmetic


class Doubles:
    """Places: the nonterminal states, the terminal ones, then one that is worth 0. Pairs: their actions in order."""

    def __init__(self, mdp: Mdp, allowed: Allowed) -> None:
        self.states = sorted(allowed, key=lambda state: (not allowed[state], state))
        self.size = sum(map(bool, allowed.values()))
        self.place = {state: i for i, state in enumerate(self.states)}
        self.pairs = [(s, a) for s in self.states[: self.size] for a in allowed[s]]
        rows = [mdp.integer_rows[s][a] for s, a in self.pairs]
        shape = len(rows), max(len(row.successors) for row in rows)
        self.into: Indices = np.full(shape, len(self.states), dtype=np.int64)
        self.chance: Vector = np.zeros(shape)
        for i, row in enumerate(rows):
            width = len(row.successors)
            self.into[i, :width] = [self.place[t] for t in row.successors]
            self.chance[i, :width] = [weight / row.scale for weight in row.weights]
        self.sure: NDArray[np.bool_] = np.array([len(row.successors) == 1 for row in rows])
        self.owner: Indices = np.array([self.place[s] for s, _ in self.pairs], dtype=np.int64)
        self.first: Indices = np.searchsorted(self.owner, np.arange(self.size))
        self.latest = 0.5  # the discount found last, near which the next may be

    def chosen(self, policy: Policy | Mapping[int, int]) -> Indices:
        """The policy's pairs. (size,)"""
        wanted = {state: policy[state] for state in self.states[: self.size]}
        return np.array([i for i, (s, a) in enumerate(self.pairs) if wanted[s] == a], dtype=np.int64)

    def actions(self, chosen: Indices) -> dict[int, int]:
        """The pairs by state."""
        return dict(self.pairs[i] for i in chosen.tolist())

    def mean(self, pairs: Indices | slice, value: Vector) -> Vector:
        """sum_t P(t) value(t) for each of the pairs; value: one number for each place."""
        result: Vector = np.einsum("ij,ij->i", self.chance[pairs], value[self.into[pairs]])
        return result

    def solver(self, chosen: Indices, gamma: float) -> Callable[[Vector], Vector]:
        """right -> (I - gamma P)^-1 right; both with one number for each nonterminal place."""
        if self.sure[chosen].all():
            after = self.into[chosen, 0]
            return lambda right: _along_paths(np.where(after < self.size, after, self.size), gamma, right)
        system = np.zeros((self.size, len(self.states) + 1))
        system[np.arange(self.size)[:, None], self.into[chosen]] = -gamma * self.chance[chosen]
        system = system[:, : self.size]
        system[np.diag_indices(self.size)] += 1
        return Eliminated(system).solve

    def by_state(self, policy: Policy, gamma: float) -> ByState:
        """right -> (I - gamma P)^-1 right of the policy, for some states, 0 at the others; None where it overflows."""
        with np.errstate(all="ignore"):
            solve = self.solver(self.chosen(policy), gamma)

        def solved(right: Mapping[int, int]) -> dict[int, float] | None:
            places, vector = [self.place[state] for state in right], np.zeros(self.size)
            vector[places] = list(right.values())
            with np.errstate(all="ignore"):
                found = solve(vector)[places]
            return dict(zip(right, found.tolist(), strict=True)) if np.isfinite(found).all() else None

        return solved

    def values(self, solve: Callable[[Vector], Vector], chosen: Indices, gamma: float, theta: Vector) -> Vector:
        """The values of a policy at every place; theta: one reward for each place."""
        ends = theta.copy()
        ends[: self.size] = 0
        ends[: self.size] = solve(theta[: self.size] + gamma * self.mean(chosen, ends))
        return ends

    def greedy(self, value: Vector, gamma: float, theta: Vector, chosen: Indices | None, tie: float = 0) -> Indices:
        """The best pairs for these values, the present ones where no other seems better, by more than `tie`."""
        gain = self.gain(value, gamma, theta)
        best, better = best_of(gain, self.first, self.owner)
        if chosen is None:
            return better
        return np.where(best > gain[chosen] * (1 + _TIE) + tie, better, chosen)

    def gain(self, value: Vector, gamma: float, theta: Vector) -> Vector:
        """theta + gamma sum_t P(t) value(t) for each pair."""
        result: Vector = theta[self.owner] + gamma * self.mean(slice(None), value)
        return result

    def sweep(self, value: Vector, gamma: float, theta: Vector) -> Vector:
        """One step of value iteration."""
        onward = value.copy()
        onward[: self.size] = np.maximum.reduceat(self.gain(value, gamma, theta), self.first)
        return onward

    def swept(self, gamma: float, theta: Vector) -> Indices:
        """Greedy for value iteration that has gone as far as rewards can be seen."""
        value, seen = theta, 0
        while (now := int(np.count_nonzero(value))) > seen:
            value, seen = self.sweep(value, gamma, theta), now
        return self.greedy(value, gamma, theta, None)

    def separating_bits(self, chosen: Indices, gamma: float, theta: Vector) -> int:
        """Bits after the point with which bounds of the policy's values lie above those of the other actions."""
        solve = self.solver(chosen, gamma)
        value = self.values(solve, chosen, gamma, theta)
        slack = np.append(4 + 3 * solve(np.ones(self.size)), np.zeros(len(value) - self.size))
        gap = value[self.owner] - self.gain(value, gamma, theta)
        need = (slack[self.owner] + self.mean(slice(None), slack)) / np.where(gap > 0, gap, np.inf)
        need = need[need * _CLOSE < 1]
        return int(np.ceil(np.log2(max(1.0, need.max(initial=1.0)))))


def best_of(gain: Vector, first: Indices, owner: Indices) -> tuple[Vector, Indices]:
    """The greatest gain of each owner, and the first place where it stands; first: where each owner's places begin."""
    best = np.maximum.reduceat(gain, first)
    candidates = np.flatnonzero(gain >= best[owner])
    return best, candidates[np.searchsorted(owner[candidates], np.arange(len(first)))]


def _along_paths(after: Indices, gamma: float, right: Vector) -> Vector:
    """(I - gamma P)^-1 right where every action is certain: sums over 1, 2, 4, ... steps."""
    onward = np.append(after, len(after))
    total, factor = np.append(right, 0.0), gamma
    while factor > 1e-20:
        total = total + factor * total[onward]
        onward, factor = onward[onward], factor * factor
    found: Vector = total[:-1]
    return found
