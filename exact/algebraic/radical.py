"""Algebraic numbers as sympy's expressions, for display and for sympy itself: nothing is decided by them here."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from exact.algebraic.isolate import real_roots

if TYPE_CHECKING:
    import sympy

    from exact.algebraic.number import Algebraic

LONGEST = 30  # operations in an expression that a reader still reads
_DIGITS = 30  # of the first look at where an expression lies


def expression(number: Algebraic) -> sympy.Expr:
    """Its radical, or CRootOf(p, k): the k-th real root, from 0 and from the left, of the minimal polynomial."""
    import sympy

    short = radical(number)
    if short is not None:
        return short
    variable, coefficients = sympy.Symbol("gamma"), number.polynomial
    bound = Fraction(sum(map(abs, coefficients)), coefficients[-1])  # Cauchy's: every root is nearer to 0 than that
    left = sum(root < number for root in real_roots(number.minimal, -bound, number.high))
    return sympy.CRootOf(sympy.Poly(coefficients[::-1], variable), left, radicals=False)


def radical(number: Algebraic) -> sympy.Expr | None:
    """sympy's expression for the number: degree at most 4, real radicals only, at most LONGEST operations."""
    import sympy

    if len(number.polynomial) > 5:
        return None
    roots = sympy.roots(sympy.Poly(number.polynomial[::-1], sympy.Symbol("gamma")), multiple=True)
    short = (root for root in roots if not root.has(sympy.I) and root.count_ops() <= LONGEST)
    return next((root for root in short if _is(root, number)), None)


def _is(root: sympy.Expr, number: Algebraic) -> bool:
    """Whether a root of the minimal polynomial is this one: the only one in the interval, whose ends are no roots."""
    import sympy

    if number.rational is not None:
        return True
    digits = _DIGITS
    while (value := root.evalf(digits)).is_real:
        middle = Fraction(*map(int, sympy.Rational(value).as_numer_denom()))
        slack = (1 + abs(middle)) / 10 ** (digits - 1)
        if not number.low - slack <= middle <= number.high + slack:
            return False
        if number.low + slack < middle < number.high - slack:
            return True
        digits *= 2
    return False
