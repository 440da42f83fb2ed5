"""Roots of integer polynomials in rational intervals: isolation by Descartes' rule of signs, minimal polynomials."""

from __future__ import annotations

from fractions import Fraction
from functools import cmp_to_key
from itertools import pairwise

from flint import fmpz_poly

from exact.algebraic.narrow import sign_at
from exact.algebraic.number import Algebraic
from exact.errors import NoRoot
from exact.rational_function import integers

_WIDTH = Fraction(1, 1 << 32)  # of the intervals handed out; `Algebraic.refined` narrows them


def root_in(polynomial: fmpz_poly, low: Fraction, high: Fraction) -> Algebraic:
    """The root between low and high of a polynomial that has exactly one there and opposite signs at the ends.

    Raises NoRoot if the signs do not differ. That there is only one root is the caller's knowledge (monotonicity):
    with three, the answer would be one of them or NoRoot.
    """
    if sign_at(polynomial, low) * sign_at(polynomial, high) >= 0:
        raise NoRoot(f"no change of sign between {low} and {high}", "the ends must have opposite signs")
    for factor in _factors(polynomial):
        if sign_at(factor, low) * sign_at(factor, high) < 0:
            return _root(factor, low, high)
    raise NoRoot(f"more than one root between {low} and {high}", "use real_roots")


def real_roots(polynomial: fmpz_poly, low: Fraction, high: Fraction) -> list[Algebraic]:
    """All distinct roots in the open interval (low, high), ascending. Raises NoRoot for the zero polynomial."""
    if polynomial.is_zero():
        raise NoRoot("every number is a root of 0", "give a nonzero polynomial")
    factors = _factors(polynomial)
    roots = [_root(factor, *ends) for factor in factors for ends in _isolate(factor, low, high)]
    return sorted(roots, key=cmp_to_key(Algebraic.compare))


def _root(factor: fmpz_poly, low: Fraction, high: Fraction) -> Algebraic:
    """The one root of an irreducible factor between low and high."""
    if factor.degree() == 1:
        return Algebraic.of(Fraction(-int(factor[0]), int(factor[1])))
    return Algebraic(integers(factor), low, high).refined(_WIDTH)


def _isolate(factor: fmpz_poly, low: Fraction, high: Fraction) -> list[tuple[Fraction, Fraction]]:
    """Intervals with one root each, by bisection until Descartes' count is 0 or 1.

    An irreducible factor of degree > 1 has no rational root, so bisection never meets one.
    """
    found: list[tuple[Fraction, Fraction]] = []
    pending = [(low, high)]
    while pending:
        left, right = pending.pop()
        count = variations(factor, left, right)
        if count == 1:
            found.append((left, right))
        elif count > 1:
            middle = (left + right) / 2
            pending += [(left, middle), (middle, right)]
    return found


def variations(polynomial: fmpz_poly, low: Fraction, high: Fraction) -> int:
    """Sign changes of (1 + t)^n p((low + high t) / (1 + t)): at least the number of roots in (low, high), same parity.

    0 and 1 are therefore exact.
    """
    scale = low.denominator * high.denominator
    start, width = int(low * scale), int((high - low) * scale)
    degree = polynomial.degree()
    scaled = fmpz_poly([int(c) * scale ** (degree - k) for k, c in enumerate(polynomial.coeffs())])
    on_unit = scaled(fmpz_poly([start, width]))  # its roots in (0, 1) are those of p in (low, high)
    turned = fmpz_poly([on_unit[degree - k] for k in range(degree + 1)])(fmpz_poly([1, 1]))
    signs = [c > 0 for c in turned.coeffs() if c != 0]
    return sum(one != two for one, two in pairwise(signs))


def _factors(polynomial: fmpz_poly) -> list[fmpz_poly]:
    """Its distinct irreducible factors of positive degree, primitive, leading coefficients > 0."""
    factors = [factor for factor, _ in polynomial.factor()[1]]
    return [factor if factor.leading_coefficient() > 0 else -factor for factor in factors if factor.degree() > 0]
