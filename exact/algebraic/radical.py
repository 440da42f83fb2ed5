"""Algebraic numbers in radicals, for display only: nothing is decided by these expressions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sympy

    from exact.algebraic.number import Algebraic

LONGEST = 30  # operations in an expression that a reader still reads
_DIGITS = 60


def radical(number: Algebraic) -> sympy.Expr | None:
    """sympy's expression for the number: degree at most 4, real radicals only, at most LONGEST operations."""
    import sympy

    if len(number.polynomial) > 5:
        return None
    variable = sympy.Symbol("gamma")
    roots = sympy.roots(sympy.Poly(number.polynomial[::-1], variable), multiple=True)
    narrow = number.refined(Fraction(1, 10 ** (_DIGITS // 2)))
    for root in roots:
        if not root.has(sympy.I) and root.count_ops() <= LONGEST and _lies_in(root, narrow.low, narrow.high):
            return root
    return None


def _lies_in(root: sympy.Expr, low: Fraction, high: Fraction) -> bool:
    import sympy

    value = root.evalf(_DIGITS)
    slack = Fraction(1, 10 ** (_DIGITS // 2))
    return (
        bool(value.is_real)
        and low - slack <= Fraction(*map(int, sympy.Rational(value).as_numer_denom())) <= high + slack
    )
