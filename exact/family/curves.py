"""The curve on which the count of a policy is 1, as a polynomial in gamma and the parameters, and solved for gamma.

Where the policy attains gamma*_x, that curve is gamma*_x. What is certain of it elsewhere are the strips.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq_mpoly

from exact.family.bernstein import Box
from exact.family.closed_form import value_on_family
from exact.family.model import Family
from exact.family.spelling import Packed, packed, unpacked
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

    def __reduce__(self) -> tuple[object, ...]:
        polynomial = None if self.polynomial is None else packed(self.polynomial)
        return _curve_again, (self.state, self.policy, polynomial, self.boxes)

    def solved(self) -> sympy.Expr | None:
        """gamma as an expression in the parameters, where the polynomial is of degree 1 or 2 in it; else None.

        It is the root that lies between 0 and 1 in the middle of the first box.
        """
        import sympy

        if self.polynomial is None or self.polynomial.degrees()[0] > 2:
            return None
        names = self.polynomial.context().names()
        gamma, *parameters = sympy.symbols(names)
        terms = {m: sympy.Rational(int(c.p), int(c.q)) for m, c in self.polynomial.to_dict().items()}
        middle = {
            symbol: sympy.Rational((low + high).numerator, 2 * (low + high).denominator)
            for symbol, (low, high) in zip(parameters, self.boxes[0], strict=True)
        }
        roots = sympy.solve(sympy.Poly.from_dict(terms, gamma, *parameters).as_expr(), gamma)
        inside = [root for root in roots if 0 < root.subs(middle) < 1]
        return inside[0] if len(inside) == 1 else None


def _curve_again(state: int, policy: Policy, polynomial: Packed | None, boxes: tuple[Box, ...]) -> Curve:
    return Curve(state, policy, None if polynomial is None else unpacked(polynomial), boxes)


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
    content, factors = excess.factor()
    del content
    kept = [factor for factor, _ in factors if factor.degrees()[0] > 0 and factor not in (gamma, 1 - gamma, gamma - 1)]
    product = excess.context().constant(1)
    for factor in kept:
        product = product * factor
    return product


__all__ = ["Curve", "curves"]
