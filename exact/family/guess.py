"""Sides of a strip, guessed in doubles and then checked exactly: values at the box's centre, their slope, and a margin.

Nothing is decided in doubles: a guess that does not hold exactly is given a wider margin, or given up.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import numpy as np

from exact.evaluate.floats import best_of
from exact.family.box_rows import Affine, Array, BoxRows
from exact.family.side import Side, holds
from exact.thresholds.count import Count

_BITS = 40  # of the values, after the point
GRID = 2**20  # discounts are multiples of 1 / GRID
_MOST_ROUNDS = 100  # of policy iteration
_TRIES = 4  # margins
_FINE = 256  # a side is looked for within this part of what is known


class Guess:
    """What doubles say of one count on one box."""

    def __init__(self, rows: BoxRows, count: Count) -> None:
        self.rows, self.count = rows, count
        self.visit = np.array([count.theta(state) for state in rows.states], dtype=np.int64)
        self.theta = self.visit.astype(float)
        self.starting = rows.owner == rows.start
        self.chosen = rows.leading.copy()

    def best(self, gamma: float) -> tuple[Array, Array]:
        """(chosen pairs, values at the centre) of a policy that seems best there."""
        chosen, value, n = self.chosen, self.theta.copy(), self.rows.size
        for _ in range(_MOST_ROUNDS):
            onward = self.theta[:n] + gamma * self.rows.centre[chosen][:, n:] @ self.theta[n:]
            value[:n] = np.linalg.solve(self._stay(chosen, gamma), onward)
            gain = self.theta[self.rows.owner] + gamma * self.rows.centre @ value
            top, better = best_of(gain, self.rows.leading, self.rows.owner)
            better = np.where(top > gain[chosen] + 1e-11 * (1 + abs(top)), better, chosen)
            if (better == chosen).all():
                break
            chosen = better
        self.chosen = chosen
        return chosen, value

    def _stay(self, chosen: Array, gamma: float) -> Array:
        """1 - gamma P on the nonterminal places."""
        n = self.rows.size
        return np.eye(n) - gamma * self.rows.centre[chosen][:, :n]

    def tangent(self, gamma: float) -> tuple[Array, Affine]:
        """The chosen pairs, and their values to first order around the centre."""
        chosen, value = self.best(gamma)
        rises = np.zeros((len(self.rows.rise), len(value)))
        if len(rises):
            paid = np.array([gamma * rise[chosen] @ value for rise in self.rows.rise])
            rises[:, : self.rows.size] = np.linalg.solve(self._stay(chosen, gamma), paid.T).T
        return chosen, Affine(value - rises.sum(axis=0) / 2, rises)

    def slopes(self, discount: Fraction) -> Array:
        """How fast the threshold, which is near this discount, moves along each axis: by the count's derivatives."""
        gamma = float(discount)
        chosen, values = self.tangent(gamma)
        value, start, n = values.constant + values.slopes.sum(axis=0) / 2, chosen[self.rows.start], self.rows.size
        step = self.rows.centre[start]
        along = [rise[start] @ value + step @ slope for rise, slope in zip(self.rows.rise, values.slopes, strict=True)]
        grown = np.linalg.solve(self._stay(chosen, gamma), self.rows.centre[chosen] @ value)
        return np.array(along) / max(float(step[:n] @ grown), 1e-9)

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
            top, taken = best_of(worst, first, owner)
            if (top <= margin * (1 + 1e-9) + 1e-15).all():
                break
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
            policy = None if above else self.count.policy(dict(self.rows.pairs[i] for i in chosen.tolist()))
            side = Side(kind, state, self.rows.box, discount, policy, 2**_BITS, self._spelled(values))
            if holds(side, self.rows, self.visit):
                return side
            least *= 64
        return None

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
    edge = GRID * _edge(guess, above, *map(float, within))
    clear, step = floor(edge) if above else ceil(edge), 1
    while 0 < clear < GRID and step < GRID:
        side = guess.side(kind, state, Fraction(clear, GRID), above)
        if side is not None:
            return side
        clear, step = clear - step if above else clear + step, 4 * step
    return None


def _edge(guess: Guess, above: bool, low: float, high: float) -> float:
    """Nearly the last discount up to which the count seems to clear 1 on the box (above), or the first from which on.

    The excess is monotone in gamma: secants, aimed a little beyond the root in turn, and bisection where they are slow.
    """
    near = max((high - low) / _FINE if guess.rows.box else 0.0, 1 / GRID)
    known: dict[bool, float] = {}
    middle, before = (low + high) / 2, high - low
    while high - low > near:
        excess = guess.excess(middle, above)
        left = (excess > 0) == above
        low, high = (middle, high) if left else (low, middle)
        known[left] = excess
        middle = (low + high) / 2
        if len(known) == 2 and high - low <= before / 2:
            root = low + (high - low) * known[True] / (known[True] - known[False])
            aimed = root + (0.4 if left else -0.4) * near
            middle = aimed if low < aimed < high else middle
        before = high - low
    return low if above else high
