"""RationalFunction: one canonical form, exact values, limits, the sympy boundary."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from fractions import Fraction
from math import gcd

import pytest
import sympy
from flint import fmpz_poly
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exact.errors import Pole
from exact.rational_function import ZERO, RationalFunction, integers, jointly_reduced

COEFFICIENTS = st.lists(st.integers(-30, 30), max_size=5)
REGULAR = COEFFICIENTS.map(lambda tail: [7, *tail])  # nonzero at 0
FACTORS = st.lists(st.integers(-9, 9), min_size=1, max_size=3).filter(lambda c: c[0] != 0)
QUICK = settings(max_examples=60, deadline=None)


def fraction(above: list[int], below: list[int]) -> RationalFunction:
    return RationalFunction(fmpz_poly(above), fmpz_poly(below))


@QUICK
@given(COEFFICIENTS, REGULAR, FACTORS)
@example([0, 1], [1, -1], [-1, 1])
@example([], [7], [-2])
def test_a_common_factor_changes_nothing(above: list[int], below: list[int], factor: list[int]) -> None:
    """N F / D F and N / D are the same object to == and hash, whatever the factor's sign and content."""
    plain = fraction(above, below)
    scaled = RationalFunction(fmpz_poly(above) * fmpz_poly(factor), fmpz_poly(below) * fmpz_poly(factor))
    assert plain == scaled
    assert hash(plain) == hash(scaled)


@QUICK
@given(COEFFICIENTS, REGULAR)
@example([6, -6], [-4, 2, 2])
def test_the_form_is_canonical(above: list[int], below: list[int]) -> None:
    """Coprime, joint content 1, positive denominator at 0, and still the same function."""
    numerator, denominator = fraction(above, below).coefficients()
    assert denominator[0] > 0
    assert gcd(*numerator, *denominator) == 1
    assert fmpz_poly(list(numerator)).gcd(fmpz_poly(list(denominator))).degree() == 0
    assert fmpz_poly(list(numerator)) * fmpz_poly(below) == fmpz_poly(list(denominator)) * fmpz_poly(above)


@QUICK
@given(COEFFICIENTS, REGULAR, st.fractions(min_value=-2, max_value=2, max_denominator=20))
def test_values_are_those_of_the_given_fraction(above: list[int], below: list[int], gamma: Fraction) -> None:
    """value(g) = N(g) / D(g) by plain Fraction arithmetic wherever D(g) is not zero."""
    top, bottom = (sum((c * gamma**k for k, c in enumerate(cs)), Fraction(0)) for cs in (above, below))
    if bottom:
        assert fraction(above, below).value(gamma) == top / bottom


def test_a_pole_in_the_given_fraction_only_is_none() -> None:
    """g (1 - g) / (1 - g) is g: regular at 1, with value 1; g / g at 0 likewise."""
    assert fraction([0, 1, -1], [1, -1]).limit_at_one() == 1
    assert fraction([0, 3], [0, 2]).at_zero == Fraction(3, 2)


def test_poles() -> None:
    """At a pole the limit is None and the value an error; a pole at 0 is refused at once."""
    geometric = fraction([1], [1, -1])
    assert geometric.limit_at_one() is None
    with pytest.raises(Pole, match="gamma = 1 is a pole"):
        geometric.value(1)
    with pytest.raises(Pole, match="zero at gamma = 0"):
        fraction([1], [0, 1])


def test_zero_denominator_is_refused() -> None:
    """Nothing divided by the zero polynomial is a function."""
    with pytest.raises(Pole):
        fraction([1], [])


def test_zero() -> None:
    """Zero has one form and is the only false one."""
    assert fraction([], [5, 1]) == ZERO
    assert ZERO.coefficients() == ((), (1,))
    assert not ZERO
    assert fraction([0, 1], [1])
    assert ZERO.sympy() == 0


def test_immutable() -> None:
    """Attributes cannot be set."""
    with pytest.raises(FrozenInstanceError):
        ZERO.numerator = fmpz_poly([1])  # type: ignore[misc]


def test_not_equal_to_other_types() -> None:
    """== with anything else is False and no error."""
    assert fraction([1], [1]) != 1
    assert fraction([1], [2]) != fraction([1], [3])


def test_sympy() -> None:
    """The expression uses the symbol given, by default gamma, and shows integer coefficients."""
    g, t = sympy.symbols("gamma t")
    assert fraction([0, 1], [1, -1]).sympy() == g / (1 - g)
    assert fraction([1], [2, -3, 1]).sympy(t) == 1 / (t**2 - 3 * t + 2)


def test_repr_shows_gamma() -> None:
    """The representation reads as a formula."""
    assert repr(fraction([0, 1], [2, 3])) == "(gamma)/(3*gamma + 2)"


@QUICK
@given(REGULAR, st.lists(COEFFICIENTS, min_size=1, max_size=3), FACTORS)
def test_joint_reduction(below: list[int], above: list[list[int]], factor: list[int]) -> None:
    """The common denominator does not see a common factor, and every fraction is kept."""
    common = fmpz_poly(factor)
    plain = jointly_reduced(fmpz_poly(below), tuple(map(fmpz_poly, above)))
    assert plain == jointly_reduced(fmpz_poly(below) * common, tuple(fmpz_poly(a) * common for a in above))
    for given_numerator, numerator in zip(above, plain[1], strict=True):
        assert numerator * fmpz_poly(below) == plain[0] * fmpz_poly(given_numerator)


def test_joint_reduction_keeps_what_one_fraction_needs() -> None:
    """1/2 and 1/(1 - g) need the denominator 2 - 2 g together; a factor of one numerator alone stays."""
    denominator, numerators = jointly_reduced(fmpz_poly([2, -2]), (fmpz_poly([1, -1]), fmpz_poly([2])))
    assert integers(denominator) == (2, -2)
    assert [integers(numerator) for numerator in numerators] == [(1, -1), (2,)]
