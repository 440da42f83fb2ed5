"""Rational functions of gamma in canonical form, so that equal functions compare equal. sympy only at the boundary."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpz, fmpz_poly, nmod_poly

from exact.conversion import flint, fraction
from exact.digits import shown
from exact.errors import Pole

if TYPE_CHECKING:
    from sympy import Expr, Symbol


@dataclass(frozen=True, eq=False, repr=False)
class RationalFunction:
    """numerator / denominator over Z: coprime, of joint content 1, and regular at 0 with denominator(0) > 0.

    Any fraction of integer polynomials is accepted and reduced. Raises Pole if the reduced denominator is zero at
    gamma = 0 (a power series in gamma, such as a visit count, never has one there). Treat the polynomials as constants.
    """

    numerator: fmpz_poly
    denominator: fmpz_poly

    def __post_init__(self) -> None:
        denominator, (numerator,) = jointly_reduced(self.denominator, (self.numerator,))
        object.__setattr__(self, "numerator", numerator)
        object.__setattr__(self, "denominator", denominator)

    def coefficients(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The numerator's and the denominator's coefficients, low degree first; zero is ((), (1,))."""
        return integers(self.numerator), integers(self.denominator)

    def value(self, gamma: Fraction | int) -> Fraction:
        """The exact value at a rational gamma. Raises Pole."""
        point = flint(gamma)
        below = self.denominator(point)
        if below == 0:
            raise Pole(f"gamma = {shown(gamma)} is a pole", "evaluate elsewhere")
        quotient = self.numerator(point) / below
        return fraction(quotient)

    @property
    def at_zero(self) -> Fraction:
        """The value at gamma = 0: the constant term of the power series."""
        return self.value(0)

    def limit_at_one(self) -> Fraction | None:
        """The limit for gamma -> 1, or None where there is a pole: the values grow beyond all bounds."""
        return None if self.denominator(fmpz(1)) == 0 else self.value(1)

    def sympy(self, gamma: Symbol | None = None) -> Expr:
        """The fraction as a sympy expression in gamma (by default the symbol named "gamma")."""
        from sympy import Poly, Symbol

        symbol = Symbol("gamma") if gamma is None else gamma
        above, below = (Poly(c[::-1] or (0,), symbol, domain="ZZ").as_expr() for c in self.coefficients())
        return above / below

    def __bool__(self) -> bool:
        return bool(self.numerator)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RationalFunction):
            return NotImplemented
        return self.numerator == other.numerator and self.denominator == other.denominator

    def __hash__(self) -> int:
        return hash(self.coefficients())

    def __repr__(self) -> str:
        return f"({self.numerator.str()})/({self.denominator.str()})".replace("x", "gamma")


def jointly_reduced(
    denominator: fmpz_poly, numerators: tuple[fmpz_poly, ...]
) -> tuple[fmpz_poly, tuple[fmpz_poly, ...]]:
    """The same fractions over the least common denominator: no common factor, joint content 1, positive at 0.

    Raises Pole if that denominator is zero at 0.
    """
    factor = denominator
    for numerator in numerators:
        if factor.degree() <= 0:
            break
        factor = factor.gcd(numerator)
    if factor.degree() > 0:
        denominator, numerators = denominator // factor, tuple(numerator // factor for numerator in numerators)
    if denominator[0] == 0:
        raise Pole("the denominator is zero at gamma = 0", "give a function with a power series in gamma")
    content = denominator.content()
    for numerator in numerators:
        if content == 1:
            break
        content = content.gcd(numerator.content())
    content = -content if denominator[0] < 0 else content
    if content == 1:
        return denominator, numerators
    return denominator // content, tuple(numerator // content for numerator in numerators)


def integers(polynomial: fmpz_poly | nmod_poly) -> tuple[int, ...]:
    """The coefficients as ints, low degree first; none for the zero polynomial."""
    return tuple(int(coefficient) for coefficient in polynomial.coeffs())


ZERO = RationalFunction(fmpz_poly([]), fmpz_poly([1]))
