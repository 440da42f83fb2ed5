"""Sides of a strip, guessed in doubles and then checked exactly: values at the box's centre, their slope, and a margin.

Nothing is decided in doubles: a guess that does not hold exactly is given a wider margin, or given up.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from exact.family.box_rows import Affine, Array, BoxRows
from exact.family.side import Side, holds
from exact.mdp import UNDEFINED, Policy
from exact.thresholds.count import Count

_BITS = 40  # of the values, after the point
GRID = 2**20  # discounts are multiples of 1 / GRID
_MOST_ROUNDS = 100  # of policy iteration
_TRIES = 4  # margins


class Guess:
    """What doubles say of one count on one box."""

    def __init__(self, rows: BoxRows, count: Count) -> None:
        self.rows, self.length = rows, len(count.region.mdp)
        self.visit = np.array([count.theta(state) for state in rows.states], dtype=np.int64)
        self.theta = self.visit.astype(float)
        self.starting = rows.owner == rows.start
        self.chosen = rows.leading.copy()

    def best(self, gamma: float) -> tuple[Array, Array]:
        """(chosen pairs, values at the centre) of a policy that seems best there."""
        chosen, value = self.chosen, self.theta.copy()
        for _ in range(_MOST_ROUNDS):
            value = self._solved(chosen, gamma, self.theta[: self.rows.size], self.theta)
            gain = self.theta[self.rows.owner] + gamma * self.rows.centre @ value
            top = np.maximum.reduceat(gain, self.rows.leading)
            candidates = np.flatnonzero(gain >= top[self.rows.owner])
            better = candidates[np.searchsorted(self.rows.owner[candidates], np.arange(self.rows.size))]
            onward = np.where(top > gain[chosen] + 1e-11 * (1 + abs(top)), better, chosen)
            if (onward == chosen).all():
                break
            chosen = onward
        self.chosen = chosen
        return chosen, value

    def _solved(self, chosen: Array, gamma: float, paid: Array, ends: Array) -> Array:
        """paid + gamma P value, the values at terminal places given."""
        n = self.rows.size
        step = gamma * self.rows.centre[chosen]
        value = ends.copy()
        value[:n] = np.linalg.solve(np.eye(n) - step[:, :n], paid + step[:, n:] @ ends[n:])
        return value

    def tangent(self, gamma: float) -> tuple[Array, Affine]:
        """The chosen pairs, and their values to first order around the centre."""
        chosen, value = self.best(gamma)
        none = np.zeros_like(value)
        slopes = [self._solved(chosen, gamma, gamma * rise[chosen] @ value, none) for rise in self.rows.rise]
        rises = np.array(slopes).reshape(len(slopes), len(value))
        return chosen, Affine(value - rises.sum(axis=0) / 2, rises)

    def moved(self, gamma: float, above: bool, least: float) -> tuple[Array, Affine]:
        """The same, moved up or down until Bellman's inequality seems to hold on all of the box, with this to spare."""
        rows = self.rows
        chosen, values = self.tangent(gamma)
        own = rows.of_places(values)[rows.owner]
        own[:, 0] -= self.theta[rows.owner]
        gain = (gamma * rows.mean(rows.chances, values) - own) @ rows.bernstein
        need = least + np.maximum(0, gain.max(axis=1) if above else -gain.min(axis=1))
        pairs = np.arange(len(rows.pairs)) if above else chosen
        margin = self._margin(gamma, pairs, need)
        return chosen, Affine(values.constant + margin if above else values.constant - margin, values.slopes)

    def _margin(self, gamma: float, pairs: Array, need: Array) -> Array:
        """e >= need + gamma sum_t P(t) e_t on all of the box, for these pairs; 0 at terminal places."""
        n, owner = self.rows.size, self.rows.owner[pairs]
        first = np.searchsorted(owner, np.arange(n))
        table = self.rows.dense[pairs][:, :n, :]
        step = gamma * self.rows.centre[pairs[first]][:, :n]
        margin = np.linalg.solve(np.eye(n) - step, need[pairs[first]])
        for _ in range(_MOST_ROUNDS):
            gain = need[pairs, None] + gamma * np.einsum("ijm,j->im", table, margin)
            worst, which = gain.max(axis=1), gain.argmax(axis=1)
            top = np.maximum.reduceat(worst, first)
            if (top <= margin * (1 + 1e-9) + 1e-15).all():
                break
            candidates = np.flatnonzero(worst >= top[owner])
            taken = candidates[np.searchsorted(owner[candidates], np.arange(n))]
            step = gamma * table[taken, :, which[taken]]
            margin = np.linalg.solve(np.eye(n) - step, need[pairs[taken]])
        found = np.zeros(len(self.rows.states))
        found[:n] = margin * (1 + 1e-6)
        return found

    def excess(self, gamma: Fraction | float, above: bool) -> float:
        """By how much the count at s_new seems to clear 1, everywhere on the box: above it (below: False), or below."""
        chosen, values = self.moved(float(gamma), above, 0.0)
        count = self.rows.mean(self.rows.chances, values) @ self.rows.bernstein
        if above:
            return 1 - float(count[self.starting].max())
        return float(count[chosen[self.rows.start]].min()) - 1

    def side(self, kind: str, state: int, discount: Fraction, above: bool) -> Side | None:
        """A side at this discount that holds exactly; None if no margin tried gives one."""
        least = 2.0 ** (6 - _BITS) * (1 + len(self.rows.box))
        for _ in range(_TRIES):
            chosen, values = self.moved(float(discount), above, least)
            policy = None if above else self._policy(chosen)
            side = Side(kind, state, self.rows.box, discount, policy, 2**_BITS, self._spelled(values))
            if holds(side, self.rows, self.visit):
                return side
            least *= 64
        return None

    def _policy(self, chosen: Array) -> Policy:
        actions = dict(self.rows.pairs[i] for i in chosen.tolist())
        return tuple(actions.get(s, UNDEFINED) for s in range(self.length))

    def _spelled(self, values: Affine) -> dict[int, tuple[int, ...]]:
        """As whole numbers over the unit."""
        table = np.rint(np.vstack([values.constant, values.slopes]) * 2.0**_BITS).T.tolist()
        return {
            state: tuple(map(int, row)) for state, row in zip(self.rows.states, table[: self.rows.size], strict=False)
        }


def narrowest(guess: Guess, kind: str, state: int, above: bool, within: tuple[Fraction, Fraction]) -> Side | None:
    """The side nearest to the threshold that was found: `above` the values of every policy, or below those of one.

    within: where the threshold is known to be.
    """
    clear, step = _edge(guess, above, int(within[0] * GRID), int(within[1] * GRID)), 1
    while 0 < clear < GRID and step < GRID:
        side = guess.side(kind, state, Fraction(clear, GRID), above)
        if side is not None:
            return side
        clear, step = clear - step if above else clear + step, 4 * step
    return None


def _edge(guess: Guess, above: bool, low: int, high: int) -> int:
    """The discount, in 1 / GRID, from which on the count seems to clear 1: it grows with gamma."""
    while high - low > 1:
        middle = (low + high) // 2
        clears = guess.excess(middle / GRID, above) > 0
        low, high = (middle, high) if clears == above else (low, middle)
    return low if above else high


__all__ = ["GRID", "Guess", "narrowest"]
