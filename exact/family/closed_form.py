"""Values of a policy on a family, as rational functions of gamma and the parameters: by evaluation and interpolation.

N / D with D = det(I - gamma P), whose degree in a parameter is at most the sum of its degrees in the policy's rows
(Cramer's rule; the same for N). Values at one point more than that, along each axis, determine both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from flint import fmpq, fmpq_mat, fmpq_mpoly, fmpq_mpoly_ctx

from exact.closed_form.all_states import numerators
from exact.closed_form.chain import Chain, chain, leading_to, reached
from exact.closed_form.charpoly import determinant
from exact.conversion import flint, fraction, over_common_denominator
from exact.errors import BadInstance
from exact.family.bernstein import Point
from exact.family.expression import ring as ring_of
from exact.family.model import Family
from exact.family.spelling import expression, factored, in_parentheses, spelled
from exact.mdp import Mdp, Policy
from exact.rational import Exact, rational

if TYPE_CHECKING:
    import sympy

GAMMA = "gamma"
SHAPE = 'give gamma and each parameter: ("9/10", p="1/3")'
Table = list[list[fmpq]]  # of each point: the coefficients of D, then those of N


@dataclass(frozen=True)
class FamilyFunction:
    """numerator / denominator in Q[gamma, parameters], coprime, with whole coefficients of content 1 in D."""

    numerator: fmpq_mpoly
    denominator: fmpq_mpoly

    def at(self, gamma: Fraction, point: Point) -> Fraction:
        """The value at a discount and a point of the box."""
        where = [flint(value) for value in (gamma, *point)]
        return fraction(fmpq(self.numerator(*where)) / fmpq(self.denominator(*where)))

    def __call__(self, gamma: Exact, **values: Exact) -> Fraction:
        """The same by the parameters' names. Raises NotExact, BadInstance, ZeroDivisionError at a pole."""
        _, *names = self.numerator.context().names()
        for name in (*values, *names):
            if name not in names or name not in values:
                raise BadInstance(f"{name} is {'not given' if name in names else 'no parameter'}", SHAPE, name)
        return self.at(rational(gamma, "gamma"), tuple(rational(values[name], name) for name in names))

    def __repr__(self) -> str:
        return self.text()

    def text(self) -> str:
        """`N/(D)`, each factored where that is shorter."""
        above, below = _shortest(self.numerator), _shortest(self.denominator)
        return above if below == "1" else f"{above if above.isalnum() else f'({above})'}/({below})"

    def sympy(self) -> sympy.Expr:
        """The same as an expression in the symbols gamma and those of the parameters."""
        return expression(self.numerator) / expression(self.denominator)


def value_on_family(family: Family, policy: Policy, start: int, rewards: Mapping[int, Fraction]) -> FamilyFunction:
    """E[sum_{t>=0} gamma^t theta(s_t) | s_0 = start] at every point. Raises NotAPolicy."""
    mdp, ring = family.centre.mdp, _ring(family)
    states = leading_to(mdp, policy, reached(mdp, policy, start), rewards)
    if start not in states:
        return FamilyFunction(ring.constant(0), ring.constant(1))
    theta, scale = over_common_denominator([rewards.get(state, Fraction(0)) for state in states])
    axes = _axes(family, policy, states)
    table: Table = []
    for point in product(*axes):
        system = chain(Mdp(mdp.states, mdp.actions, family.rows_at(point)), policy, states)
        table.append(_both(system, states.index(start), theta))
    n = len(states) + 1
    below, above = (_interpolated(ring, axes, [row[k : k + n] for row in table]) for k in (0, n))
    return reduced(above, below * scale)


def visits_on_family(family: Family, policy: Policy, start: int, target: int) -> FamilyFunction:
    """v_x of Def. 9 at every point of the box: counting begins at t = 1. Raises NotAPolicy."""
    value = value_on_family(family, policy, start, {target: Fraction(1)})
    above = value.numerator - value.denominator if start == target else value.numerator
    return reduced(above, value.denominator * _ring(family).gens()[0])


def reduced(above: fmpq_mpoly, below: fmpq_mpoly) -> FamilyFunction:
    """The quotient in lowest terms; D with coprime whole coefficients, and D > 0 where gamma is 0 and beyond."""
    common = above.gcd(below)
    above, below = above / common, below / common
    content = below.factor_squarefree()[0] if below else fmpq(1)
    content = -content if below.coeffs()[-1] / content < 0 else content  # of the least monomial
    return FamilyFunction(above / content, below / content)


def _shortest(polynomial: fmpq_mpoly) -> str:
    """As a sum or as a product of powers."""
    if not polynomial:
        return "0"
    content, factors = factored(polynomial)
    powers = [in_parentheses(spelled(factor)) + (f"^{power}" if power > 1 else "") for factor, power in factors]
    product_ = "*".join([*([] if content == 1 and powers else [str(content)]), *powers])
    return min(spelled(polynomial), product_, key=len)


def _ring(family: Family) -> fmpq_mpoly_ctx:
    return ring_of((GAMMA, *family.parameters))


def _axes(family: Family, policy: Policy, states: Sequence[int]) -> list[list[Fraction]]:
    """For each parameter so many points of its interval as determine a polynomial of the degree that D can have."""
    axes: list[list[Fraction]] = []
    for k, (low, high) in enumerate(family.box):
        rows = [family.rows[s][policy[s]] for s in states if family.rows[s]]
        degree = sum(max(int(chance.degrees()[k]) for _, chance in row) for row in rows)
        axes.append([low + (high - low) * i / max(degree, 1) for i in range(degree + 1)])
    return axes


def _both(system: Chain, start: int, theta: Sequence[int]) -> list[fmpq]:
    """The coefficients of D, D(0) = 1, and of N at the start, to gamma^n."""
    n, common = len(system), determinant(system)
    above = numerators(system, common, theta)[start]
    return [fmpq(part[k]) / system.at_zero for part in (common, above) for k in range(n + 1)]


def _interpolated(ring: fmpq_mpoly_ctx, axes: Sequence[Sequence[Fraction]], table: Table) -> fmpq_mpoly:
    """The polynomial whose coefficients in gamma have these values at the points, the last axis running fastest."""
    columns, shape = fmpq_mat(table), [len(axis) for axis in axes]
    values = {
        (*place, k): columns[i, k]
        for i, place in enumerate(product(*map(range, shape)))
        for k in range(columns.ncols())
    }
    for number, axis in enumerate(axes):
        values = _along(values, number, axis)
    return ring.from_dict({(place[-1], *place[:-1]): value for place, value in values.items() if value})


def _along(values: dict[tuple[int, ...], fmpq], number: int, axis: Sequence[Fraction]) -> dict[tuple[int, ...], fmpq]:
    """From values along one axis to coefficients."""
    powers = fmpq_mat([[flint(x) ** k for k in range(len(axis))] for x in axis])
    rests = sorted({place[:number] + place[number + 1 :] for place in values})
    wanted = fmpq_mat([[values[(*rest[:number], i, *rest[number:])] for rest in rests] for i in range(len(axis))])
    solved = powers.solve(wanted)
    return {(*rest[:number], i, *rest[number:]): solved[i, j] for j, rest in enumerate(rests) for i in range(len(axis))}
