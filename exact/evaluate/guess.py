"""Layer: exact values, the guess. An optimal policy as far as doubles can tell: where the exact iteration starts.

Nothing is decided here. Numbers that doubles cannot hold make a worse guess, and the exact iteration longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from exact.evaluate.elimination import Eliminated
from exact.mdp import Mdp

Allowed = Mapping[int, tuple[int, ...]]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int64]

_MOST_SWEEPS = 400  # of value iteration, which carries rewards one step further each
_MOST_ROUNDS = 40  # of policy iteration
_MOST_DENSE = 1000  # states, beyond which policies are not evaluated by a dense solve
_NEAREST_ONE = 1 - 2.0**-20  # nearer to 1, gamma would leave no digits
_TIE = 1e-10  # of the largest value: what may be rounding


def guessed(
    mdp: Mdp, allowed: Allowed, rewards: Mapping[int, fmpq], gamma: Fraction, choice: dict[int, int]
) -> dict[int, int]:
    """`choice` with another action wherever that seems to be better."""
    largest = max(map(abs, rewards.values()))
    if largest == 0 or all(len(actions) < 2 for actions in allowed.values()):
        return choice
    theta = np.array([float(reward / largest) for reward in rewards.values()])
    model = _Model(mdp, allowed, min(float(gamma), _NEAREST_ONE), theta)
    slots = [allowed[state].index(choice[state]) for state in model.choosing]
    better = model.iterated(model.swept(), np.array(slots, dtype=np.int64))
    return choice | {s: allowed[s][slot] for s, slot in zip(model.choosing, better.tolist(), strict=True)}


class _Model:
    """The region with its states renumbered. Entry k is one successor of one action; an action is a run of entries."""

    def __init__(self, mdp: Mdp, allowed: Allowed, gamma: float, theta: Doubles) -> None:
        self.theta, self.size = theta, len(allowed)
        self.choosing = [state for state, actions in allowed.items() if actions]
        place = {state: i for i, state in enumerate(allowed)}
        targets: list[int] = []
        weights: list[float] = []
        starts: list[int] = []
        for state in self.choosing:
            for action in allowed[state]:
                scale, successors, entries = mdp.integer_rows[state][action]
                starts.append(len(targets))
                targets += [place[successor] for successor in successors]
                weights += [entry / scale for entry in entries]
        self.starts, self.targets = np.array(starts, dtype=np.int64), np.array(targets, dtype=np.int64)
        self.weights = gamma * np.array(weights)
        self.places = np.array([place[state] for state in self.choosing], dtype=np.int64)
        self.actions = self._numbered([len(allowed[state]) for state in self.choosing])
        self.lengths = np.diff(np.append(self.starts, len(targets)))

    def _numbered(self, counts: list[int]) -> Indices:
        """[i, slot] -> the number of the action; those that a state does not have get the number after the last."""
        table = np.full((len(counts), max(counts)), sum(counts), dtype=np.int64)
        table[np.arange(max(counts)) < np.array(counts)[:, None]] = np.arange(sum(counts))
        return table

    def gains(self, value: Doubles) -> Doubles:
        """[i, slot]: gamma sum_t P(t) V(t), minus infinity for actions that there are not."""
        expected = np.add.reduceat(self.weights * value[self.targets], self.starts)
        return np.append(expected, -np.inf)[self.actions]

    def swept(self) -> Doubles:
        """Value iteration from 0."""
        value = self.theta
        for _ in range(min(max(self.size, 50), _MOST_SWEEPS)):
            before, value = value, self.theta.copy()
            value[self.places] += self.gains(before).max(axis=1)
            if np.abs(value - before).max() <= _TIE:
                break
        return value

    def iterated(self, value: Doubles, slots: Indices) -> Indices:
        """Policy iteration: first greedy for these values, then for those of the policy in hand."""
        rows = np.arange(len(slots))
        for _ in range(_MOST_ROUNDS):
            gains = self.gains(value)
            best = gains.argmax(axis=1)
            better = gains[rows, best] > gains[rows, slots] + _TIE * np.abs(value).max()
            if not better.any():
                break
            slots = np.where(better, best, slots)
            if self.size > _MOST_DENSE:
                break
            value = self._evaluated(slots)
        return slots

    def _evaluated(self, slots: Indices) -> Doubles:
        """(I - gamma P)^-1 theta of the policy that takes these actions."""
        system = np.eye(self.size)
        chosen = self.actions[np.arange(len(slots)), slots]
        lengths = self.lengths[chosen]
        offsets = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        entries = np.repeat(self.starts[chosen], lengths) + offsets
        system[np.repeat(self.places, lengths), self.targets[entries]] -= self.weights[entries]
        return Eliminated(system).solve(self.theta)
