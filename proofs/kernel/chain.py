"""A policy on the states that it can visit, in integers, and the power series of what it collects (Def. 9)."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import gcd, lcm
from operator import mul
from typing import TypeVar

from proofs.kernel.errors import require
from proofs.kernel.graph import Rows, Step, cut, reachable, successors
from proofs.kernel.poly import Pay, Poly, bits, trim, whole

K = TypeVar("K")
Number = Fraction | int
NOWHERE = Step(1, {})
_COEFFICIENT = 100  # products that one coefficient is worth, for the memory that it takes


class Chain:
    """rows: the policy's steps in the states that it can visit from the sources. Raises Invalid where it has none."""

    def __init__(self, pay: Pay, rows: Rows, policy: Mapping[str, str], sources: Iterable[str]) -> None:
        own = {s: {a: step for a, step in actions.items() if policy.get(s) == a} for s, actions in rows.items()}
        self.pay, self.rows = pay, cut(own, reachable(successors(own), sources))
        self.steps = {s: step for s, actions in self.rows.items() for step in actions.values()}
        places = {s: k for k, s in enumerate(self.rows)}
        self._moves: list[tuple[int, list[tuple[int, int]]]] = []
        for s in self.rows:
            require(s in self.steps or not rows[s], f"the policy has no action in {s}, where it can get")
            step = self.steps.get(s, NOWHERE)
            self._moves.append((step.scale, [(places[t], weight) for t, weight in step.weights.items()]))

    def series(self, below: Poly, theta: Mapping[str, Number], steps: Mapping[K, Step]) -> dict[K, tuple[Number, ...]]:
        """below(gamma) sum_t P(t) M_t for each of these steps: polynomials of at most the degree that `below` may have.

        As m is the number of states that are not terminal, M is a quotient of polynomials of degree <= m, and 2m + 1
        terms decide. Raises Invalid if `below` vanishes at 0, or if this is not what one of them is.
        """
        degree = len(self.steps)
        require(any(below[:1]), "the denominator is 0 at gamma = 0")
        require(len(below) <= degree + 1, "the denominator is of too high a degree")
        found: dict[K, list[Number]] = {key: [] for key in steps}
        weights = [weight for step in steps.values() for weight in step.weights.values()]
        longest = bits(weights)
        for scale, products in self._products(below, theta):
            self.pay(len(steps) + len(weights), bits(products), longest)
            value = dict(zip(self.rows, products, strict=True))
            for key, step in steps.items():
                total = expectation(step, value)
                self.pay(_COEFFICIENT * bool(total), bits([total]))
                found[key].append(total and Fraction(total, scale * step.scale))
        polys = {key: trim(terms) for key, terms in found.items()}
        require(all(len(poly) <= degree + 1 for poly in polys.values()), "this is not the denominator")
        return polys

    def _products(self, below: Poly, theta: Mapping[str, Number]) -> Iterator[tuple[int, list[int]]]:
        """(m, m y_k) for k = 0, 1, ..., 2m, until all further ones are 0; y_k is the k-th coefficient of below M.

        y_k = P y_{k-1} + below_k theta, P being 0 at terminal states.
        """
        scale, rewards = whole([theta[s] for s in self.rows], self.pay)
        vector, more = [0] * len(self.rows), 1
        weights = [weight for step, row in self._moves for weight in (step, *(w for _, w in row))]
        for k in range(2 * len(self.steps) + 1):
            self.pay(len(weights), bits(vector), bits(weights))
            sums = [(step, sum([weight * vector[j] for j, weight in row])) for step, row in self._moves]
            unit = lcm(*(step // gcd(step, total) for step, total in sums))
            more *= unit
            factor = more * below[k] if k < len(below) else 0
            self.pay(3 * len(sums), bits([*rewards, *(total for _, total in sums)]), bits([unit, factor]))
            vector = [unit * total // step + factor * r for (step, total), r in zip(sums, rewards, strict=True)]
            if k >= len(below) and not any(vector):
                return
            yield more * scale, vector


def expectation(step: Step, value: Mapping[str, int]) -> int:
    """scale * sum_t P(t) value(t)."""
    return sum(map(mul, step.weights.values(), map(value.__getitem__, step.weights)))
