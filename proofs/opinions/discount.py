"""Layer smt: gamma as one rational (linear scripts) or as a real between two bounds (nonlinear scripts)."""

from __future__ import annotations

from fractions import Fraction

from exact.errors import NotADiscount
from exact.rational import discount as rational_discount
from proofs.smt.script import Script, number

Root = tuple[tuple[int, ...], tuple[Fraction, Fraction]]  # polynomial, low degree first; an interval with one root
Bound = Fraction | int | Root
Discount = Fraction | tuple[Bound, Bound]  # a point, or the open interval; equal bounds mean the number itself


def state_discount(script: Script, gamma: Discount) -> str:
    """Declare what is known of gamma and return its term. Raises NotADiscount for bounds outside [0, 1] or crossed."""
    if isinstance(gamma, Fraction):
        return number(rational_discount(gamma))
    low, high = gamma
    _check(low, high)
    symbol = script.real("gamma")
    script.claim("gamma_above_0", f"(> {symbol} 0.0)")
    script.claim("gamma_below_1", f"(< {symbol} 1.0)")
    if low == high:
        _root(script, symbol, low, "gamma_is")
        return symbol
    script.claim("gamma_above_low", f"(> {symbol} {_bound(script, low, 'low')})")
    script.claim("gamma_below_high", f"(< {symbol} {_bound(script, high, 'high')})")
    return symbol


def describe(gamma: Discount) -> str:
    """For people: `gamma = 1/2`, `1/2 < gamma < 1`."""
    if isinstance(gamma, Fraction):
        return f"gamma = {gamma}"
    low, high = gamma
    return f"gamma = {_shown(low)}" if low == high else f"{_shown(low)} < gamma < {_shown(high)}"


def contains(gamma: Discount, point: Fraction) -> bool:
    """True iff the rational is one of the discounts meant (a root's polynomial has opposite signs at its ends)."""
    if isinstance(gamma, Fraction):
        return point == gamma
    low, high = gamma
    if low == high:
        return _side(low, point) == 0
    return _side(low, point) > 0 > _side(high, point)


def logic(gamma: Discount) -> str:
    """Products of gamma and values are linear only where gamma is a numeral."""
    return "QF_LRA" if isinstance(gamma, Fraction) else "QF_NRA"


def _bound(script: Script, bound: Bound, name: str) -> str:
    if isinstance(bound, (Fraction, int)):
        return number(bound)
    symbol = script.real(name)
    _root(script, symbol, bound, f"{name}_is")
    return symbol


def _root(script: Script, symbol: str, bound: Bound, name: str) -> None:
    """symbol is the number: equal to the rational, or a zero of the polynomial inside its interval."""
    if isinstance(bound, (Fraction, int)):
        script.claim(name, f"(= {symbol} {number(bound)})")
        return
    polynomial, (low, high) = bound
    script.claim(f"{name}_a_zero", f"(= {_horner(polynomial, symbol)} 0.0)")
    script.claim(f"{name}_at_least", f"(>= {symbol} {number(low)})")
    script.claim(f"{name}_at_most", f"(<= {symbol} {number(high)})")


def _horner(polynomial: tuple[int, ...], symbol: str) -> str:
    text = number(polynomial[-1])
    for coefficient in reversed(polynomial[:-1]):
        text = f"(+ {number(coefficient)} (* {symbol} {text}))"
    return text


def _side(bound: Bound, point: Fraction) -> int:
    """The sign of point - bound."""
    low, high = _ends(bound)
    if point <= low:
        return 0 if point == high else -1
    if point >= high or isinstance(bound, (Fraction, int)):
        return 1
    here, above = value_at(bound[0], point), value_at(bound[0], high)
    return 0 if not here else 1 if (here > 0) == (above > 0) else -1


def value_at(polynomial: tuple[int, ...], point: Fraction) -> Fraction:
    """The polynomial's value, coefficients low degree first."""
    total = Fraction(0)
    for coefficient in reversed(polynomial):
        total = total * point + coefficient
    return total


def _check(low: Bound, high: Bound) -> None:
    """The bounds may still be crossed inside overlapping intervals; then the script is unsatisfiable, as it should."""
    for bound in (low, high):
        if not isinstance(bound, (Fraction, int)) and not any(bound[0][1:]):
            raise NotADiscount(f"{list(bound[0])} has no root", "give a polynomial, low degree first", "gamma")
    least, most = _ends(low)[0], _ends(high)[1]
    if not 0 <= least <= most <= 1 or (least == most and (low != high or least in (0, 1))):
        raise NotADiscount(f"{_shown(low)} to {_shown(high)} holds no discount", "0 <= low < high <= 1", "gamma")


def _ends(bound: Bound) -> tuple[Fraction, Fraction]:
    return (Fraction(bound), Fraction(bound)) if isinstance(bound, (Fraction, int)) else bound[1]


def _shown(bound: Bound) -> str:
    if isinstance(bound, (Fraction, int)):
        return str(bound)
    return f"the root of {list(bound[0])} in [{bound[1][0]}, {bound[1][1]}]"
