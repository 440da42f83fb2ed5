"""A policy on the states that it can visit, in integers, and the power series of what it collects (Def. 9)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import gcd, lcm
from operator import mul

from proofs.kernel.decode import one_of
from proofs.kernel.errors import require
from proofs.kernel.graph import Rows, Step
from proofs.kernel.instance import Rewards
from proofs.kernel.poly import Poly, bits

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
        self.rows = [self._row(s) for s in self.states]

    def __len__(self) -> int:
        """How many states are not terminal: no value's numerator or denominator has a higher degree."""
        return len(self.steps)

    def products(
        self, below: Poly, theta: Rewards | Mapping[str, int], pay: Callable[[int, int, int], object]
    ) -> Iterator[tuple[int, Vector]]:
        """(m, m y_k) for k = 0, 1, ...: y_k is the k-th coefficient of below(gamma) M(gamma), in the order of `states`.

        y_k = P y_{k-1} + below_k theta, P being 0 at terminal states. Ends where all further ones are 0, or after as
        many as decide whether two quotients of polynomials are the same. pay: hears how many products of which size.
        """
        scale = lcm(*(theta[s].denominator for s in self.states))
        paid = [int(theta[s] * scale) for s in self.states]
        vector = [0] * len(paid)
        weights = [weight for step, row in self.rows for weight in (step, *(w for _, w in row))]
        for k in range(2 * len(self) + 2):
            pay(len(weights), bits(vector), bits(weights))
            sums = [sum([weight * vector[j] for j, weight in row]) for _, row in self.rows]
            whole = lcm(*(step // gcd(step, total) for (step, _), total in zip(self.rows, sums, strict=True)))
            pay(3 * len(paid), bits([*sums, *paid]), bits([whole, *below[k : k + 1]]))
            scale, paid = scale * whole, [whole * r for r in paid] if whole > 1 else paid
            vector = [whole * total // step for (step, _), total in zip(self.rows, sums, strict=True)]
            if k < len(below):
                vector = [y + below[k] * r for y, r in zip(vector, paid, strict=True)]
            elif not any(vector):
                return
            yield scale, vector

    def _row(self, s: str) -> tuple[int, list[tuple[int, int]]]:
        if s not in self.steps:
            return 1, []
        step = self.steps[s]
        return step.scale, [(self.places[t], weight) for t, weight in step.weights.items()]


def expectation(step: Step, value: Mapping[str, int]) -> int:
    """scale * sum_t P(t) value(t)."""
    return sum(map(mul, step.weights.values(), map(value.__getitem__, step.weights)))
