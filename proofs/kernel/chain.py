"""A policy on the states that it can visit, in integers, and the power series of what it collects (Def. 9)."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import gcd, lcm
from operator import mul
from typing import TypeVar

from proofs.kernel.errors import require
from proofs.kernel.graph import Rows, Step, reachable
from proofs.kernel.poly import Pay, Poly, bits, trim, whole

K = TypeVar("K")
Number = Fraction | int
NOWHERE = Step(1, {})
_COEFFICIENT = 100  # products that one coefficient is worth, for the memory that it takes


class Chain:
    """after: where the policy can go from each state that it can visit from the sources; steps: how, if it can at all.

    Raises Invalid where it has no action.
    """

    def __init__(self, pay: Pay, rows: Rows, policy: Mapping[str, str], sources: Iterable[str]) -> None:
        own = {s: actions.get(policy.get(s, ""), NOWHERE) for s, actions in rows.items()}  # no name is blank
        after = {s: step.weights.keys() for s, step in own.items()}
        visited = reachable(after, sources)
        self.pay, self.after = pay, {s: after[s] for s in rows if s in visited}
        self.steps = {s: own[s] for s in self.after if rows[s]}
        self._moves = [own[s] for s in self.after]
        for s in self.after:
            require(after[s] or not rows[s], f"the policy has no action in {s}, where it can get")

    def series(self, below: Poly, theta: Mapping[str, Number], steps: Mapping[K, Step]) -> dict[K, tuple[Number, ...]]:
        """below(gamma) sum_t P(t) M_t for each of these steps: polynomials of at most the degree that `below` may have.

        As m is the number of states that are not terminal, M is a quotient of polynomials of degree <= m, and 2m + 1
        terms decide. Raises Invalid if `below` vanishes at 0, or if this is not what one of them is.
        """
        degree = len(self.steps)
        require(any(below[:1]), "the denominator is 0 at gamma = 0")
        require(len(below) <= degree + 1, "the denominator is of too high a degree")
        terms = list[list[Number]]()
        weights = [weight for step in steps.values() for weight in step.weights.values()]
        longest = bits(weights)
        for scale, value in self._products(below, theta):
            self.pay(len(steps) + len(weights), bits(value.values()), longest)
            totals = [expectation(step, value) for step in steps.values()]
            long = bits([scale, *totals])
            self.pay(_COEFFICIENT * sum(map(bool, totals)), long, long // _COEFFICIENT)
            pairs = zip(steps.values(), totals, strict=True)
            terms.append([total and Fraction(total, scale * step.scale) for step, total in pairs])
        polys = dict(zip(steps, map(trim, zip(*terms, strict=True)), strict=True))
        require(all(len(poly) <= degree + 1 for poly in polys.values()), "this is not the denominator")
        return polys

    def _products(self, below: Poly, theta: Mapping[str, Number]) -> Iterator[tuple[int, dict[str, int]]]:
        """(m, m y_k) for k = 0, 1, ..., 2m, until all further ones are 0; y_k is the k-th coefficient of below M.

        y_k = P y_{k-1} + below_k theta, P being 0 at terminal states.
        """
        scale, rewards = whole([theta[s] for s in self.after], self.pay)
        vector, more = dict.fromkeys(self.after, 0), 1
        weights = [weight for step in self._moves for weight in (step.scale, *step.weights.values())]
        for k in range(2 * len(self.steps) + 1):
            self.pay(len(weights), bits(vector.values()), bits(weights))
            sums = [(step.scale, expectation(step, vector)) for step in self._moves]
            unit = lcm(*(step // gcd(step, total) for step, total in sums))
            more *= unit
            factor = more * below[k] if k < len(below) else 0
            self.pay(3 * len(sums), bits([*rewards, *(total for _, total in sums)]), bits([unit, factor]))
            terms = [unit * total // step + factor * r for (step, total), r in zip(sums, rewards, strict=True)]
            vector = dict(zip(self.after, terms, strict=True))
            if k >= len(below) and not any(terms):
                return
            yield more * scale, vector


def expectation(step: Step, value: Mapping[str, int]) -> int:
    """scale * sum_t P(t) value(t)."""
    return sum(map(mul, step.weights.values(), map(value.__getitem__, step.weights)))
