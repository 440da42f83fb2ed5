"""The curve on which the count of a policy is 1, as a polynomial in gamma and the parameters, and solved for gamma.

Where the policy attains gamma*_x, that curve is gamma*_x. What is certain of it elsewhere are the strips.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from flint import fmpq_mpoly

from exact.family.bernstein import Box, centre
from exact.family.closed_form import value_on_family
from exact.family.model import Family
from exact.family.spelling import expression
from exact.family.strips import Column, Strips
from exact.mdp import Policy

if TYPE_CHECKING:
    import sympy


@dataclass(frozen=True)
class Curve:
    """polynomial: 0 where the count of x is 1, in Q[gamma, parameters]; boxes: where the policy was the best found.

    None for the polynomial: x is counted at every gamma there.
    """

    state: int
    policy: Policy
    polynomial: fmpq_mpoly | None
    boxes: tuple[Box, ...]

    def solved(self) -> sympy.Expr | None:
        """gamma as an expression in the parameters, where the polynomial is of degree 1 or 2 in it; else None.

        It is the root that lies between 0 and 1 in the middle of the first box.
        """
        import sympy

        if self.polynomial is None or self.polynomial.degrees()[0] > 2:
            return None
        gamma, *parameters = sympy.symbols(self.polynomial.context().names())
        middle = dict(zip(parameters, map(sympy.Rational, centre(self.boxes[0])), strict=True))
        roots = sympy.solve(expression(self.polynomial), gamma)
        inside = [root for root in roots if 0 < root.subs(middle) < 1]
        return inside[0] if len(inside) == 1 else None


def curves(family: Family, strips: Strips, columns: Iterable[Column]) -> list[Curve]:
    """For each state the pieces of its threshold, in the order of the columns."""
    pieces: dict[tuple[int, Policy | None], list[Box]] = {}
    for column in columns:
        for strip in column.strips:
            if strip.upper is not None:
                pieces.setdefault((strip.state, strip.upper.policy), []).append(column.box)
    found = [_curve(family, strips, state, policy, boxes) for (state, policy), boxes in pieces.items() if policy]
    return sorted(found, key=lambda curve: (curve.state, curve.boxes[0]))


def _curve(family: Family, strips: Strips, state: int, policy: Policy, boxes: list[Box]) -> Curve:
    count = strips.counts[state]
    if count.at_once() is not None:
        return Curve(state, policy, None, tuple(boxes))
    start = count.region.start
    value = value_on_family(family, policy, start, dict.fromkeys(count.counted, count.rewards[min(count.counted)]))
    gamma = value.numerator.context().gens()[0]
    excess = value.numerator - value.denominator * (gamma + count.theta(start))
    return Curve(state, policy, _without_gamma(excess, gamma), tuple(boxes))


def _without_gamma(excess: fmpq_mpoly, gamma: fmpq_mpoly) -> fmpq_mpoly:
    """N - gamma D (1 + ...) = gamma times what vanishes where v = 1: the factor that depends on gamma in (0, 1)."""
    factors = (factor for factor, _ in excess.factor()[1] if factor.degrees()[0] > 0)
    kept = (factor for factor in factors if factor not in (gamma, 1 - gamma, gamma - 1))
    return prod(kept, start=excess.context().constant(1))
