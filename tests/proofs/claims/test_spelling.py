"""Numbers, polynomials, rewards and permutations for people."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpz_poly
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import N, Rational, sqrt, sympify

from exact.algebraic import real_roots, root_in
from proofs.claims.roots import visits
from proofs.claims.spelling import (
    SHORT,
    decimal,
    function_text,
    goal_text,
    linear_text,
    permutation_text,
    polynomial_text,
    printable,
    root_text,
)
from tests.reports import verified


def test_numbers() -> None:
    """Fractions as such, short radicals with decimals, else decimals with the equation or its degree."""
    assert root_text(root_in(fmpz_poly([-1, 2]), Fraction(0), Fraction(1))) == "1/2"
    golden = root_in(fmpz_poly([-1, 1, 1]), Fraction(0), Fraction(1))
    assert root_text(golden) == "(-1 + sqrt(5))/2, about 0.618034"
    assert decimal(golden, 20) == "0.61803398874989484820"[:-1]
    quintic = root_in(fmpz_poly([-1, 0, 1, 0, 0, 1]), Fraction(0), Fraction(1))
    assert root_text(quintic) == "about 0.808731, -1 + g^2 + g^5 = 0"
    long = root_in(fmpz_poly([-1000, 400, 1479, -158, 8]), Fraction(0), Fraction(1))
    assert root_text(long) == "about 0.720918, degree 4"


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 50))
@settings(deadline=None)
def test_radicals_are_right(c: int, b: int, a: int) -> None:
    """A quadratic number's radical is that number, by sympy."""
    for root in real_roots(fmpz_poly([c, b, a]), Fraction(-100), Fraction(100)):
        closed, comma, _ = root_text(root).partition(", about")
        if comma and root.rational is None and "sqrt" in closed:
            assert len(closed) <= SHORT
            known = N(sympify(closed, {"sqrt": sqrt}), 30)
            assert abs(known - Rational(root.decimal(25))) < Rational(1, 10**24)


def test_formulas() -> None:
    """Signs, ones and zeros as people write them."""
    assert polynomial_text([1, -1, 0, 2]) == "1 - g + 2*g^3"
    assert polynomial_text([0, -1]) == "-g"
    assert polynomial_text([]) == "0"
    assert function_text(visits(verified("corridor-3").thresholds["paper", "r3"])) == "g^2/(1 - g)"
    assert linear_text(["a", "b", "c"], [Fraction(-1), Fraction(0), Fraction(2, 3)]) == "-a + 2/3*c"
    assert linear_text(["a"], [Fraction(0)]) == "0"
    assert goal_text(["a", "b"], {"b": Fraction(1000)}) == "1000*b"
    assert goal_text(["5", "b"], {"5": Fraction(-10), "b": Fraction(1)}) == '-10*"5" + b'


def test_numbers_of_any_length() -> None:
    """CPython's bound on digits is none here."""
    assert polynomial_text([10**5000]) == "1" + "0" * 5000


def test_permutations_and_strangers() -> None:
    """Cycles in brackets; what moves a cursor is written out."""
    assert permutation_text([("term", "r1"), ("a", "b", "c")]) == "(term r1)(a b c)"
    assert permutation_text([]) == "the identity"
    assert printable("a\x1b[2J") == "a\\x1b[2J"
