"""Opinions: gamma as one rational (linear scripts), or as a real strictly between two bounds (nonlinear scripts)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exact.algebraic import Algebraic
from exact.digits import exact_text, shown
from exact.errors import NotADiscount
from exact.rational import discount as rational_discount
from proofs.opinions.script import Script, number


@dataclass(frozen=True)
class Between:
    """The discounts strictly between two numbers of [0, 1]; low = high: that number alone. Raises NotADiscount."""

    low: Algebraic
    high: Algebraic

    def __post_init__(self) -> None:
        alone = self.low == self.high
        if not 0 <= self.low <= self.high <= 1 or (alone and self.low in (0, 1)):
            problem = f"{bound_text(self.low)} to {bound_text(self.high)} holds no discount"
            raise NotADiscount(problem, "0 <= low < high <= 1", "gamma")

    def __contains__(self, point: Fraction) -> bool:
        return self.low == point if self.low == self.high else self.low < point < self.high


Discount = Fraction | Between
LINEAR, NONLINEAR = "QF_LRA", "QF_NRA"


def state_discount(script: Script, gamma: Discount) -> str:
    """Declare what is known of gamma and return its term. Raises NotADiscount for a rational outside (0, 1)."""
    if isinstance(gamma, Fraction):
        return number(rational_discount(gamma))
    symbol = script.real("gamma")
    script.claim("gamma_above_0", f"(> {symbol} 0.0)")
    script.claim("gamma_below_1", f"(< {symbol} 1.0)")
    if gamma.low == gamma.high:
        _is(script, symbol, gamma.low, "gamma_is")
        return symbol
    script.claim("gamma_above_low", f"(> {symbol} {_bound(script, gamma.low, 'low')})")
    script.claim("gamma_below_high", f"(< {symbol} {_bound(script, gamma.high, 'high')})")
    return symbol


def describe(gamma: Discount) -> str:
    """For people: `gamma = 1/2`, `1/2 < gamma < 1`."""
    if isinstance(gamma, Fraction):
        return f"gamma = {exact_text(gamma)}"
    low, high = bound_text(gamma.low), bound_text(gamma.high)
    return f"gamma = {low}" if gamma.low == gamma.high else f"{low} < gamma < {high}"


def contains(gamma: Discount, point: Fraction) -> bool:
    """True iff the rational is one of the discounts meant."""
    return point == gamma if isinstance(gamma, Fraction) else point in gamma


def logic(gamma: Discount) -> str:
    """Products of gamma and values are linear only where gamma is a numeral."""
    return LINEAR if isinstance(gamma, Fraction) else NONLINEAR


def bound_text(bound: Algebraic) -> str:
    """A rational, or decimals that say so."""
    return shown(bound.rational) if bound.rational is not None else f"about {bound.decimal(6)}"


def _bound(script: Script, bound: Algebraic, name: str) -> str:
    if bound.rational is not None:
        return number(bound.rational)
    symbol = script.real(name)
    _is(script, symbol, bound, f"{name}_is")
    return symbol


def _is(script: Script, symbol: str, value: Algebraic, name: str) -> None:
    """symbol is the number: equal to the rational, or the zero of the polynomial inside its interval."""
    if value.rational is not None:
        script.claim(name, f"(= {symbol} {number(value.rational)})")
        return
    script.claim(f"{name}_a_zero", f"(= {_horner(value.polynomial, symbol)} 0.0)")
    script.claim(f"{name}_at_least", f"(>= {symbol} {number(value.low)})")
    script.claim(f"{name}_at_most", f"(<= {symbol} {number(value.high)})")


def _horner(polynomial: tuple[int, ...], symbol: str) -> str:
    text = number(polynomial[-1])
    for coefficient in reversed(polynomial[:-1]):
        text = f"(+ {number(coefficient)} (* {symbol} {text}))"
    return text
