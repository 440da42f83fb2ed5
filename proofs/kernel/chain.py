"""A policy on the states that it can visit, in integers, and the power series of what it collects (Def. 9)."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import lcm
from operator import mul

from proofs.kernel.decode import one_of
from proofs.kernel.errors import require
from proofs.kernel.graph import Rows, Step

Vector = list[int]


class Chain:
    """states: those that the policy can visit from the sources; steps: its step in each that is not terminal."""

    def __init__(self, rows: Rows, policy: Mapping[str, str], sources: Iterable[str]) -> None:
        self.states = list(sources)
        self.steps: dict[str, Step] = {}
        known = set(self.states)
        for s in self.states:  # grows
            if rows[s]:
                require(s in policy, f"the policy has no action in {s}, where it can get")
                step = self.steps[s] = rows[s][one_of(policy[s], rows[s])]
                self.states += step.weights.keys() - known
                known |= step.weights.keys()
        self.places = {s: k for k, s in enumerate(self.states)}
        self.edges = sum(len(step.weights) for step in self.steps.values())
        self.scale = lcm(*(step.scale for step in self.steps.values()))

    def __len__(self) -> int:
        """How many states are not terminal: no value's numerator or denominator has a higher degree."""
        return len(self.steps)

    def series(self, theta: Mapping[str, int], length: int) -> Iterator[Vector]:
        """scale^k h_k for k < length, in the order of `states`: h_0 = theta, h_{k+1} = P h_k, 0 at terminal states."""
        rows = [self._row(s) for s in self.states]
        vector = [theta[s] for s in self.states]
        for _ in range(length):
            yield vector
            vector = [sum([weight * vector[k] for k, weight in row]) for row in rows]

    def _row(self, s: str) -> list[tuple[int, int]]:
        if s not in self.steps:
            return []
        factor = self.scale // self.steps[s].scale
        return [(self.places[t], weight * factor) for t, weight in self.steps[s].weights.items()]


def integers(rewards: Mapping[str, Fraction]) -> tuple[int, dict[str, int]]:
    """(m, m times the rewards), m their common denominator."""
    unit = lcm(*(r.denominator for r in rewards.values()))
    return unit, {s: int(r * unit) for s, r in rewards.items()}


def expectation(step: Step, value: Mapping[str, int]) -> int:
    """scale * sum_t P(t) value(t)."""
    return sum(map(mul, step.weights.values(), map(value.__getitem__, step.weights)))
