"""Guess layer: how many goals of an orbit shut down, and how many avoid it, as far as doubles can tell; many at once.

Nothing is decided here: `count_orbit` counts whatever looks promising. As in `optimum`, improving a policy leads to
another one; here all the goals that go from one to the same other one go there together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from exact.evaluate import Allowed, every_action
from exact.evaluate.elimination import Eliminated
from exact.goals import training_actions
from exact.graph import reachable
from exact.instance.model import Instance
from exact.mdp import Mdp, Rewards
from exact.orbit.arrangements import arrangements

Doubles = NDArray[np.float64]
Indices = NDArray[np.int64]
Truths = NDArray[np.bool_]
_Policy = tuple[int, ...]  # the number of an action for each state that has some

_TIE = 1e-10  # of the largest reward: what may be rounding
_MOST_ROUNDS = 100  # of policy iteration
_CALL, _GOAL = 200_000, 500  # multiplications in the time that a policy takes, and a goal, beside its own
_MOST_ENTRIES = 4_000_000  # doubles in one array
_NEAREST_ONE = 1 - 2.0**-20  # nearer to 1, gamma would leave no digits


class Vectors:
    """The vectors of some orbits, one below the other, each divided by the largest entry of its orbit."""

    def __init__(self, orbits: Sequence[Rewards]) -> None:
        self.sizes = [max(map(abs, rewards)) or Fraction(1) for rewards in orbits]
        each = [_vectors(rewards, size) for rewards, size in zip(orbits, self.sizes, strict=True)]
        self.lengths = [len(one) for one in each]
        self.theta: Doubles = np.concatenate(each)


class Guess:
    """One instance at one gamma."""

    def __init__(self, instance: Instance, gamma: Fraction) -> None:
        self._instance, mdp = instance, instance.mdp
        discount, reading = min(float(gamma), _NEAREST_ONE), instance.goals.reading
        seen = reachable(mdp, {instance.shutdown_state, *(instance.trained if reading == "return" else ())})
        every = every_action(mdp)
        self._whole = self._taught = _Walk(mdp, discount, {s: every[s] for s in sorted(seen)})
        if reading == "immediate":
            self._taught = _Walk(mdp, 0.0, {s: every[s] for s in instance.trained})
        elif reading == "on-training":
            self._taught = _Walk(mdp, discount, training_actions(instance))

    @property
    def steps(self) -> int:
        """The work so far, about: how many multiplications of doubles take as long."""
        return sum(walk.steps for walk in {self._whole, self._taught})

    def tallies(self, vectors: Vectors) -> list[tuple[int, int]]:
        """For each orbit: how many of its goals in Theta shut down, and how many avoid it."""
        theta = vectors.theta
        part = max(1, _MOST_ENTRIES // max(self._whole.width, self._taught.width, 1))
        parts = [self._decided(theta[first : first + part]) for first in range(0, len(theta), part)]
        inside = self._satisfied(vectors)
        ends = np.cumsum([0, *vectors.lengths[:-1]])
        counts = [
            np.add.reduceat(np.concatenate(each) & inside, ends, dtype=np.int64).tolist()
            for each in zip(*parts, strict=True)
        ]
        return list(zip(*counts, strict=True))

    def _decided(self, theta: Doubles) -> tuple[Truths, Truths]:
        """(f(A0) > f(A1), f(A0) < f(A1)) for each goal that training admits (`exact.goals.decided`)."""
        given, losses = self._instance, self._whole.losses(theta)
        admitted = self._admitted(losses if self._taught is self._whole else self._taught.losses(theta))
        best = losses[:, self._whole.slots(given.shutdown_state)] <= _TIE
        off = best[:, given.shutdown_action]
        tied = best.sum(axis=1) - off
        if given.ties == "shutdown-first":
            return admitted & off, admitted & ~off
        return admitted & off & (tied == 0), admitted & (~off | (tied > int(given.ties == "uniform")))

    def _admitted(self, losses: Doubles) -> Truths:
        """Def. 6."""
        inside = np.ones(len(losses), dtype=np.bool_)
        for state, action in self._instance.trained.items():
            best = losses[:, self._taught.slots(state)] <= _TIE
            inside &= best[:, self._taught.allowed[state].index(action)]
            if self._instance.goals.preference == "strict":
                inside &= best.sum(axis=1) == 1
        return inside

    def _satisfied(self, vectors: Vectors) -> Truths:
        """The sign and the inequalities of Theta."""
        goals, theta = self._instance.goals, vectors.theta
        inside: Truths = np.full(len(theta), True)
        if goals.nonnegative:
            inside &= theta.min(axis=1) >= 0
        for given in goals.inequalities:
            unit = max(map(abs, given.coefficients)) or Fraction(1)
            bounds = np.repeat([_double(given.bound / (unit * size)) for size in vectors.sizes], vectors.lengths)
            rest = bounds - theta @ np.array([float(c / unit) for c in given.coefficients])
            inside &= {"<=": rest >= -_TIE, "<": rest > _TIE, "=": abs(rest) <= _TIE}[given.relation]
        return inside


class _Walk:
    """Policy iteration for many goals of one region. The allowed actions are numbered, those of a state in a run."""

    def __init__(self, mdp: Mdp, gamma: float, allowed: Allowed) -> None:
        self.allowed = {state: actions for state, actions in allowed.items() if actions}
        pairs = [(state, action) for state, actions in self.allowed.items() for action in actions]
        self._gamma, self._states = gamma, list(self.allowed)
        self._rows = np.zeros((len(pairs), len(mdp)))
        for number, (state, action) in enumerate(pairs):
            for successor, probability in mdp.rows[state][action]:
                self._rows[number, successor] = float(probability)
        counts = [len(actions) for actions in self.allowed.values()]
        self._ends = np.cumsum([0, *counts]).tolist()
        self._owner = np.repeat(np.arange(len(counts)), counts)
        self._weights = np.random.default_rng(0).integers(1, 1 << 40, len(pairs)).astype(np.float64)  # sums are exact
        self._nodes: dict[_Policy, Doubles] = {}
        self.width, self.steps = len(pairs), 0

    def slots(self, state: int) -> slice:
        """The numbers of a state's actions."""
        place = self._states.index(state)
        return slice(self._ends[place], self._ends[place + 1])

    def losses(self, theta: Doubles) -> Doubles:
        """[i, k]: what action k loses against the best one of its state, for goal i; about 0 if it is best."""
        found = np.zeros((len(theta), self.width))
        waiting: dict[_Policy, Indices] = {tuple(self._ends[:-1]): np.arange(len(theta))} if self._states else {}
        for _ in range(_MOST_ROUNDS):
            arriving: dict[_Policy, list[Indices]] = defaultdict(list)
            for policy, goals in waiting.items():
                found[goals] = lost = self._lost(policy, theta[goals])
                for improved, these in self._improved(policy, lost):
                    arriving[improved].append(goals[these])
            waiting = {policy: np.concatenate(parts) for policy, parts in arriving.items()}
            if not waiting:
                break
        return found

    def _lost(self, policy: _Policy, theta: Doubles) -> Doubles:
        """What each action loses against the policy's, if the policy is followed afterwards."""
        size = self._rows.shape[1]
        if policy not in self._nodes:
            system = np.eye(size)
            system[self._states] -= self._gamma * self._rows[list(policy)]
            differences = self._rows[list(policy)][self._owner] - self._rows
            if (len(self._nodes) + 1) * differences.size > _MOST_ENTRIES:
                self._nodes.clear()
            self._nodes[policy] = Eliminated(system.T.copy()).solve(differences.T)
            self.steps += size * size * (size + self.width)
        self.steps += _CALL + len(theta) * (_GOAL + size * self.width)
        lost: Doubles = theta @ self._nodes[policy]
        return lost

    def _improved(self, policy: _Policy, lost: Doubles) -> Iterator[tuple[_Policy, Indices]]:
        """The policies that improvements lead to, each with its goals: those for which the same actions are better."""
        better = lost < -_TIE
        keys = better @ self._weights
        moving = np.flatnonzero(keys)
        distinct, first, sizes = np.unique(keys[moving], return_index=True, return_counts=True)
        groups = np.split(moving[np.argsort(keys[moving], kind="stable")], np.cumsum(sizes)[:-1])
        for one, goals in zip(moving[first].tolist(), groups, strict=True) if len(distinct) else ():
            improved = list(policy)
            for action in np.flatnonzero(better[one]).tolist():
                improved[self._owner[action]] = action
            yield tuple(improved), goals


def _vectors(rewards: Rewards, size: Fraction) -> Doubles:
    levels = sorted(set(rewards))
    values = np.array([float(level / size) for level in levels])
    found: Doubles = values[_patterns(tuple(levels.index(reward) for reward in sorted(rewards)))]
    return found


@lru_cache(maxsize=256)
def _patterns(levels: tuple[int, ...]) -> Indices:
    return np.array([list(each) for each in arrangements(levels)], dtype=np.int16)


def _double(number: Fraction) -> float:
    """Infinite where doubles end."""
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
