"""Integer polynomials: every answer against FLINT and against Algebraic."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpz_poly
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exact.algebraic import real_roots
from proofs.kernel.poly import add, at_most_zero, compare, divides, positive, sign, sign_changes, trim

COEFFICIENTS = st.lists(st.integers(-9, 9), max_size=7).map(trim)
NONZERO = COEFFICIENTS.filter(bool)
RATIONALS = st.fractions(0, 1, max_denominator=30)
LINEAR = st.tuples(st.integers(-6, -1), st.integers(1, 6))  # a root in (0, 6]


def product(*factors: tuple[int, ...]) -> tuple[int, ...]:
    """By FLINT."""
    total = fmpz_poly([1])
    for factor in factors:
        total *= fmpz_poly(list(factor))
    return tuple(int(c) for c in total.coeffs())


@given(COEFFICIENTS, COEFFICIENTS, st.integers(-5, 5))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_add(p: tuple[int, ...], q: tuple[int, ...], factor: int) -> None:
    """p + factor q, without trailing zeros."""
    expected = fmpz_poly(list(p)) + factor * fmpz_poly(list(q))
    assert add(p, q, factor) == tuple(int(c) for c in expected.coeffs())


@given(COEFFICIENTS, st.fractions(max_denominator=50))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_sign(p: tuple[int, ...], x: Fraction) -> None:
    """The sign of the value."""
    value = fmpz_poly(list(p))(fmpq(x.numerator, x.denominator))
    assert sign(p, x) == (value > 0) - (value < 0)


@given(NONZERO, COEFFICIENTS, st.booleans())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_divides(p: tuple[int, ...], q: tuple[int, ...], multiply: bool) -> None:
    """p divides q over the rationals iff FLINT's remainder is 0."""
    q = product(p, q) if multiply and q else q
    remainder = _over_rationals(q) % _over_rationals(p)
    assert divides(p, q) == (remainder == 0)


def _over_rationals(p: tuple[int, ...]):  # type: ignore[no-untyped-def]
    from flint import fmpq_poly

    return fmpq_poly(list(p))


@given(NONZERO, RATIONALS, RATIONALS)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_descartes(p: tuple[int, ...], x: Fraction, y: Fraction) -> None:
    """At least the number of roots in the open interval, of the same parity, and so exact at 0 and 1."""
    assume(x != y)
    low, high = min(x, y), max(x, y)
    changes = sign_changes(p, low, high)
    distinct = len(real_roots(fmpz_poly(list(p)), low, high))
    assert changes >= distinct
    if changes == 1:
        assert distinct == 1
    if not distinct:
        assert changes % 2 == 0


@given(st.lists(LINEAR, min_size=1, max_size=3, unique_by=lambda f: Fraction(-f[0], f[1])), NONZERO, st.booleans())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_at_most_zero(factors: list[tuple[int, int]], q: tuple[int, ...], multiply: bool) -> None:
    """Only what is <= 0 at the root is said to be; and it is said on a narrow interval, unless q vanishes there."""
    p = product(*factors, (-1, 0, 2))  # and the root sqrt(1/2)
    q = product(p, q) if multiply else q
    for root in real_roots(fmpz_poly(list(p)), Fraction(0), Fraction(1)):
        truth, narrow = root.sign_of(fmpz_poly(list(q))), root.refined(Fraction(1, 10**12))
        for low, high in ((root.low, root.high), (narrow.low, narrow.high)):
            assert truth <= 0 or not at_most_zero(q, (p, low, high))
        if truth < 0 or multiply:
            assert at_most_zero(q, (p, narrow.low, narrow.high))


@given(COEFFICIENTS, RATIONALS, RATIONALS, st.booleans())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_positive(p: tuple[int, ...], x: Fraction, y: Fraction, or_zero: bool) -> None:
    """What is said to be positive (or not negative) is, at the roots, at the ends in (0, 1) and in between."""
    low, high = min(x, y), max(x, y)
    if low == high and low in (0, 1):
        return
    shown, poly = positive(p, low, high, or_zero=or_zero), fmpz_poly(list(p))
    points = [low + (high - low) * k / 20 for k in range(21)]
    if p and low < high:
        points += [(r.low + r.high) / 2 for r in real_roots(poly, low, high)]
    signs = {sign(p, point) for point in points if 0 < point < 1}
    if shown:
        assert signs <= ({0, 1} if or_zero else {1})
        assert or_zero or not (p and low < high) or not real_roots(poly, low, high)


@given(NONZERO, RATIONALS)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_compare(p: tuple[int, ...], x: Fraction) -> None:
    """The sign of x - root, for rational and isolated roots."""
    for root in real_roots(fmpz_poly(list(p)), Fraction(0), Fraction(1)):
        if root.low == root.high or sign(p, root.low) * sign(p, root.high) < 0:
            assert compare(x, (p, root.low, root.high)) == (root < x) - (root > x)
