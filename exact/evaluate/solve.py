"""Layer: exact values, one policy: (I - gamma P_pi)^-1 theta, one strongly connected component at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mat, fmpz, fmpz_mat

from exact.conversion import fraction
from exact.evaluate.components import components
from exact.mdp import IntegerRow

_STOP = IntegerRow(1, (), ())


class Values:
    """V(s) for the states solved so far. The states of one component share a denominator, so that sums stay cheap."""

    def __init__(self) -> None:
        self.exact: dict[int, fmpq] = {}
        self._numerators: dict[int, fmpz] = {}
        self._component: dict[int, int] = {}
        self._denominators: list[fmpz] = []

    def __getitem__(self, state: int) -> Fraction:
        return fraction(self.exact[state])

    def add(self, component: Sequence[int], values: fmpq_mat) -> None:
        """Note the values (k, 1) of a component's states."""
        numerators, denominator = values.numer_denom()
        self.exact.update(zip(component, values.entries(), strict=True))
        self._numerators.update(zip(component, numerators.entries(), strict=True))
        self._component.update(dict.fromkeys(component, len(self._denominators)))
        self._denominators.append(denominator)

    def total(self, successors: Sequence[int], weights: Sequence[int]) -> fmpq:
        """sum_i weights[i] V(successors[i])."""
        if len(successors) == 1:
            return self.exact[successors[0]] * weights[0]
        sums: dict[int, fmpz] = {}
        for successor, weight in zip(successors, weights, strict=True):
            component = self._component[successor]
            sums[component] = sums.get(component, 0) + self._numerators[successor] * weight
        return sum((fmpq(above, self._denominators[c]) for c, above in sums.items()), fmpq(0))

    def expected(self, row: IntegerRow) -> fmpq:
        """sum_t P(t) V(t)."""
        return self.total(row.successors, row.weights) / row.scale


def solved(rows: Mapping[int, IntegerRow | None], rewards: Mapping[int, fmpq], gamma: Fraction) -> Values:
    """The values of one policy. rows[s]: P(. | s, pi(s)), None where s is terminal; none leads out of the region."""
    chain = {state: row or _STOP for state, row in rows.items()}
    values = Values()
    for component in components({state: row.successors for state, row in chain.items()}):
        values.add(component, _component(component, chain, rewards, gamma, values))
    return values


def _component(
    states: Sequence[int], chain: Mapping[int, IntegerRow], rewards: Mapping[int, fmpq], gamma: Fraction, known: Values
) -> fmpq_mat:
    """V on one component, given V on what it leads to: the equations over integers, row by row."""
    place = {state: i for i, state in enumerate(states)}
    size, gain, unit = len(states), gamma.numerator, gamma.denominator
    system, right = fmpz_mat(size, size), []
    for i, state in enumerate(states):
        scale, successors, weights = chain[state]
        system[i, i] = scale * unit
        outside: list[tuple[int, int]] = []
        for successor, weight in zip(successors, weights, strict=True):
            j = place.get(successor)
            if j is None:
                outside.append((successor, weight))
            else:
                system[i, j] -= gain * weight
        worth = rewards[state] * (scale * unit)
        right.append(worth + known.total(*zip(*outside, strict=True)) * gain if outside else worth)
    if size == 1:
        return fmpq_mat(1, 1, [right[0] / system[0, 0]])
    return fmpq_mat(system).solve(fmpq_mat(size, 1, right)) if any(right) else fmpq_mat(size, 1)
