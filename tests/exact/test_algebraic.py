"""Algebraic numbers against rational arithmetic, sympy and mpmath."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import mpmath
import pytest
import sympy
from flint import fmpz_poly
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exact.algebraic import Algebraic, narrow, real_roots, root_in
from exact.errors import NoRoot

QUICK = settings(max_examples=60, deadline=None)
ZERO, ONE = Fraction(0), Fraction(1)
GOLDEN = root_in(fmpz_poly([-1, 1, 1]), ZERO, ONE)

polynomials = st.lists(st.integers(-9, 9), min_size=2, max_size=6).map(fmpz_poly).filter(lambda p: p.degree() >= 1)
products = st.lists(polynomials, min_size=1, max_size=3).map(
    lambda ps: ps[0] if len(ps) == 1 else ps[0] * ps[1] * ps[-1]
)
roots = products.map(lambda p: real_roots(p, Fraction(-3), Fraction(3))).filter(bool).flatmap(st.sampled_from)
rationals = st.fractions(-3, 3, max_denominator=40)


def as_sympy(polynomial: fmpz_poly) -> sympy.Poly:
    """The same polynomial for the reference."""
    return sympy.Poly([int(c) for c in polynomial.coeffs()][::-1], sympy.Symbol("t"))


@QUICK
@given(products, rationals, rationals)
def test_real_roots_are_those_that_sturm_counts(polynomial: fmpz_poly, one: Fraction, two: Fraction) -> None:
    """As many distinct roots in the open interval as sympy's Sturm sequence counts; ascending, inside, each a zero."""
    low, high = sorted((one, two))
    assume(low < high)
    found = real_roots(polynomial, low, high)
    reference = as_sympy(polynomial)
    ends = [end for end in (low, high) if reference.eval(sympy.Rational(end.numerator, end.denominator)) == 0]
    counted = reference.count_roots(*(sympy.Rational(q.numerator, q.denominator) for q in (low, high)))
    assert len(found) == counted - len(ends)
    assert all(one < two for one, two in pairwise(found))
    assert all(low < root < high and root.sign_of(polynomial) == 0 for root in found)


@QUICK
@given(roots)
def test_polynomial_is_minimal_and_isolated(root: Algebraic) -> None:
    """Irreducible, primitive, leading coefficient positive; one root in the interval, which is open or a point."""
    reference = as_sympy(root.minimal)
    assert reference.is_irreducible
    assert root.minimal.content() == 1
    assert root.polynomial[-1] > 0
    assert (root.low == root.high) == (len(root.polynomial) == 2)
    ends = (sympy.Rational(q.numerator, q.denominator) for q in (root.low, root.high))
    assert reference.count_roots(*ends) == 1


@QUICK
@given(roots, st.integers(1, 400))
def test_refined_is_the_same_number(root: Algebraic, bits: int) -> None:
    """Narrow enough, inside the old interval, equal, same hash."""
    narrow = root.refined(Fraction(1, 3**bits))
    assert narrow.high - narrow.low <= Fraction(1, 3**bits)
    assert root.low <= narrow.low <= narrow.high <= root.high
    assert narrow == root
    assert hash(narrow) == hash(root)


@QUICK
@given(st.lists(roots, min_size=2, max_size=4), st.lists(rationals, max_size=2))
def test_order_is_total_and_that_of_the_values(numbers: list[Algebraic], others: list[Fraction]) -> None:
    """Comparisons agree with mpmath at 60 digits wherever these differ, and equality means one value."""
    everything: list[Algebraic | Fraction] = [*numbers, *others]
    with mpmath.workdps(60):
        for one, two in product(numbers, everything):
            difference = approximation(one) - approximation(two)
            assert one.compare(two) == (0 if abs(difference) < mpmath.mpf(10) ** -40 else mpmath.sign(difference))
            assert (one < two, one <= two, one == two) == (
                one.compare(two) < 0,
                one.compare(two) <= 0,
                not one.compare(two),
            )
            assert (two > one, two >= one, two == one) == (
                one.compare(two) < 0,
                one.compare(two) <= 0,
                not one.compare(two),
            )


def approximation(number: Algebraic | Fraction) -> mpmath.mpf:
    """50 digits."""
    value = number.refined(Fraction(1, 10**50)).low if isinstance(number, Algebraic) else number
    return mpmath.mpf(value.numerator) / value.denominator


@QUICK
@given(roots, polynomials)
def test_sign_of_is_exact(root: Algebraic, polynomial: fmpz_poly) -> None:
    """The sign agrees with 50 digits; multiples of the minimal polynomial give 0, and 1 more gives 1."""
    value = as_sympy(polynomial).eval(sympy.Rational(*root.refined(Fraction(1, 10**50)).low.as_integer_ratio()))
    sign = root.sign_of(polynomial)
    assert sign == (0 if abs(value) < sympy.Rational(1, 10**30) else sympy.sign(value))
    assert root.sign_of(polynomial * root.minimal) == 0
    tiny = polynomial * root.minimal * 10**60 + 1
    assert (root.sign_of(tiny), root.sign_of(-tiny)) == (1, -1)


@QUICK
@given(roots, st.integers(0, 30))
def test_decimal_is_the_nearest(root: Algebraic, digits: int) -> None:
    """At most half a unit of the last place away, and written with at most that many places."""
    text = root.decimal(digits)
    assert len(text.partition(".")[2]) <= digits
    half = Fraction(1, 2 * 10**digits)
    assert Fraction(text) - half <= root <= Fraction(text) + half


@QUICK
@given(roots, st.integers(1, 60), st.integers(5, 60))
def test_mpmath_is_as_near_as_asked(root: Algebraic, digits: int, surroundings: int) -> None:
    """The relative error is at most 10^-digits, whatever precision mpmath is set to."""
    with mpmath.workdps(surroundings):
        near = Fraction(*map(int, mpmath.libmp.to_rational(root.mpmath(digits)._mpf_)))
    room = abs(near) / (10**digits + 1)
    assert near - room <= root <= near + room


@QUICK
@given(roots)
def test_sympy_is_the_same_number(root: Algebraic) -> None:
    """A real root of the minimal polynomial with the same 30 digits, also where it has no short radical."""
    expression = root.sympy()
    assert sympy.minimal_polynomial(expression, sympy.Symbol("t")) == as_sympy(root.minimal).as_expr()
    with mpmath.workdps(40):
        assert abs(mpmath.mpf(expression.evalf(40)) - root.mpmath(40)) <= mpmath.mpf(10) ** -30
    assert (root.radical() is None) == isinstance(expression, sympy.CRootOf)


@QUICK
@given(roots)
def test_radical_is_a_root_with_that_value(root: Algebraic) -> None:
    """Where there is an expression, it has the same minimal polynomial and the same 25 digits."""
    expression = root.radical()
    if len(root.polynomial) <= 3:
        assert expression is not None
    if expression is None:
        return
    assert abs(expression.evalf(40) - sympy.Float(root.decimal(30), 40)) < sympy.Float("1e-25", 40)
    variable = sympy.Symbol("t")
    assert sympy.minimal_polynomial(expression, variable) == as_sympy(root.minimal).as_expr()


def test_worked_numbers() -> None:
    """(sqrt 5 - 1) / 2, 1/2 and 0, as the theory writes them."""
    assert GOLDEN.polynomial == (-1, 1, 1)
    assert GOLDEN.radical() == sympy.sqrt(5) / 2 - sympy.Rational(1, 2)
    assert GOLDEN.decimal(50) == "0.61803398874989484820458683436563811772030917980576"
    half = root_in(fmpz_poly([-1, 2]), ZERO, ONE)
    assert (half.polynomial, half.low, half.high, half.decimal(6)) == ((-1, 2), Fraction(1, 2), Fraction(1, 2), "0.5")
    assert half == Fraction(1, 2)
    assert hash(half) == hash(Fraction(1, 2))
    assert Algebraic.of(0).polynomial == (0, 1)
    assert Algebraic.of(0) == 0 < half < GOLDEN < 1


def test_decimals_round_correctly() -> None:
    """Ties go to even; a terminating decimal loses its zeros, a rounded number keeps its places."""
    assert Algebraic.of(Fraction(1, 8)).decimal(2) == "0.12"
    assert Algebraic.of(Fraction(3, 8)).decimal(2) == "0.38"
    assert Algebraic.of(Fraction(-2, 3)).decimal(3) == "-0.667"
    assert Algebraic.of(Fraction(9, 10)).decimal(5) == "0.9"
    assert Algebraic.of(0).decimal(4) == "0"
    assert Algebraic.of(Fraction(1, 3)).decimal(0) == "0"
    assert real_roots(fmpz_poly([-2, 0, 1]), ZERO, Fraction(2))[0].decimal(4) == "1.4142"


def test_numbers_near_zero_and_each_other() -> None:
    """(1 +- sqrt 2) / 10^40: told apart for sympy, and to mpmath's full relative precision; 5000 digits of one."""
    tiny = fmpz_poly([-1, -2 * 10**40, 10**80])
    left, right = real_roots(tiny, -ONE, ONE)
    assert (left.sympy(), right.sympy()) == ((1 - sympy.sqrt(2)) / 10**40, (1 + sympy.sqrt(2)) / 10**40)
    assert mpmath.nstr(right.mpmath(15), 12) == "2.41421356237e-40"
    assert (left.decimal(41), right.decimal(40)) == (f"-0.{'0' * 40}4", f"0.{'0' * 39}2")
    assert GOLDEN.decimal(5000).startswith(GOLDEN.decimal(4999)[:-1])


def test_numbers_without_radicals() -> None:
    """t^5 - 4 t + 2 has three real roots: the second is CRootOf(p, 1). A rational number is sympy's."""
    quintic = fmpz_poly([2, -4, 0, 0, 0, 1])
    (root,) = real_roots(quintic, ZERO, ONE)
    assert root.sympy() == sympy.CRootOf(as_sympy(quintic), 1)
    assert Algebraic.of(Fraction(-2, 3)).sympy() == sympy.Rational(-2, 3)
    assert (Algebraic.of(0).mpmath(5), Algebraic.of(Fraction(-1, 2)).mpmath(5)) == (0, -0.5)


def test_factor_with_the_root_is_picked() -> None:
    """Other factors, repeated ones and ones with roots outside do not disturb root_in."""
    golden, cubed, away = fmpz_poly([-1, 1, 1]), fmpz_poly([-7, 0, 0, 1]) ** 2, fmpz_poly([5, 3])
    assert root_in(golden**3 * cubed * away * -6, ZERO, ONE) == GOLDEN
    assert root_in(golden, Fraction(1, 2), Fraction(7, 10)) == GOLDEN
    assert root_in(fmpz_poly([-1, 3]) * cubed, ZERO, ONE) == Fraction(1, 3)


def test_close_roots_are_told_apart() -> None:
    """Mignotte's polynomial: two roots that agree to about 40 digits."""
    first = fmpz_poly([0] * 9 + [1]) - 2 * fmpz_poly([1, -(10**8)]) ** 2
    one, two = real_roots(first, ZERO, Fraction(1, 1000))
    assert one < Fraction(1, 10**8) < two
    assert one.refined(Fraction(1, 10**60)) != two.refined(Fraction(1, 10**60))
    assert one.sign_of(fmpz_poly([1, -(10**8)])) == 1


def test_overlapping_intervals_of_two_roots() -> None:
    """Both roots of 7 t^2 - 7 t + 1, in intervals that overlap: the polynomial alone does not make them equal."""
    coefficients = (1, -7, 7)
    one = Algebraic(coefficients, ZERO, Fraction(4, 5))
    two = Algebraic(coefficients, Fraction(1, 5), ONE)
    assert one != two
    assert one < two
    assert one == Algebraic(coefficients, ZERO, Fraction(1, 2))


@pytest.mark.parametrize("shift", [Fraction(-1, 100), Fraction(1, 100)])
def test_bad_guesses_are_refused(monkeypatch: pytest.MonkeyPatch, shift: Fraction) -> None:
    """Newton's method only guesses: an interval beside the root is not taken over."""

    def beside(*arguments: object) -> tuple[Fraction, Fraction]:
        middle = Fraction(618034, 1000000) + shift / 1000
        return middle, middle + Fraction(1, 1 << 40)

    monkeypatch.setattr(narrow, "_guess", beside)
    refined = Algebraic((-1, 1, 1), ZERO, ONE).refined(Fraction(1, 1 << 40))
    assert refined == GOLDEN
    assert refined.high - refined.low <= Fraction(1, 1 << 40)


@pytest.mark.parametrize(
    ("coefficients", "low", "high"), [([1, 0, 1], 0, 1), ([-1, 2], 0, Fraction(1, 2)), ([2, -9, 9], 0, 1)]
)
def test_no_change_of_sign_is_refused(coefficients: list[int], low: int, high: Fraction) -> None:
    """No root, a root at the end, two roots: NoRoot."""
    with pytest.raises(NoRoot):
        root_in(fmpz_poly(coefficients), Fraction(low), Fraction(high))


def test_intervals_that_isolate_nothing_are_refused() -> None:
    """The constructor checks the ends; the zero polynomial has no list of roots."""
    for low, high in ((ZERO, Fraction(1, 2)), (ONE, ZERO), (Fraction(3, 5), Fraction(3, 5))):
        with pytest.raises(NoRoot):
            Algebraic((-1, 1, 1), low, high)
    with pytest.raises(NoRoot):
        Algebraic((-1, 2), ZERO, ONE)
    with pytest.raises(NoRoot):
        real_roots(fmpz_poly([]), ZERO, ONE)
