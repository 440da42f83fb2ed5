"""Integer polynomials: every answer against FLINT and against Algebraic."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpq_poly, fmpz_poly
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exact.algebraic import real_roots
from proofs.kernel.poly import bits, compare, minus, positive, quotient, shifted, sign, sign_changes, trim, whole

COEFFICIENTS = st.lists(st.integers(-9, 9), max_size=7).map(trim)
NONZERO = COEFFICIENTS.filter(bool)
RATIONALS = st.fractions(0, 1, max_denominator=30)


def product(*factors: tuple[int, ...]) -> tuple[int, ...]:
    """By FLINT."""
    total = fmpz_poly([1])
    for factor in factors:
        total *= fmpz_poly(list(factor))
    return tuple(int(c) for c in total.coeffs())


@given(COEFFICIENTS, COEFFICIENTS)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_minus(p: tuple[int, ...], q: tuple[int, ...]) -> None:
    """p - q, without trailing zeros."""
    expected = fmpz_poly(list(p)) - fmpz_poly(list(q))
    assert minus(p, q) == tuple(int(c) for c in expected.coeffs())


@given(st.lists(st.fractions(-3, 3, max_denominator=12), max_size=5))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_whole(p: list[Fraction]) -> None:
    """The least common denominator, and the multiples in integers; charged by the lengths."""
    charged: list[tuple[int, ...]] = []
    scale, found = whole(p, lambda *paid: charged.append(paid))
    assert scale == int(fmpq_poly([fmpq(c.numerator, c.denominator) for c in p]).denom())
    assert found == [int(c * scale) for c in p]
    below = [c.denominator for c in p]
    assert charged == [(20 * len(p), sum(map(int.bit_length, below)), bits([*below, *(c.numerator for c in p)]))]


@given(COEFFICIENTS, st.fractions(max_denominator=50))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_sign(p: tuple[int, ...], x: Fraction) -> None:
    """The sign of the value."""
    value = fmpz_poly(list(p))(fmpq(x.numerator, x.denominator))
    assert sign(p, x) == (value > 0) - (value < 0)


@given(NONZERO, COEFFICIENTS, st.booleans())
@settings(max_examples=150, deadline=None, derandomize=True)
def test_quotient(p: tuple[int, ...], q: tuple[int, ...], multiply: bool) -> None:
    """p divides q with whole coefficients iff FLINT's quotient over the rationals is whole and nothing remains."""
    q = product(p, q) if multiply and q else q
    expected, remainder = divmod(fmpq_poly(list(q)), fmpq_poly(list(p)))
    found = quotient(p, q)
    assert (found is not None) == (not remainder and expected.denom() == 1)
    assert found is None or list(found) == [int(c.numerator) for c in expected.coeffs()]


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


@given(st.lists(st.integers(-9, 9), max_size=6), st.integers(-4, 4))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_shifted(p: list[int], by: int) -> None:
    """p(y + by), with as many coefficients."""
    moved = shifted(p, by)
    assert len(moved) == len(p)
    assert trim(moved) == tuple(int(c) for c in fmpz_poly(p)(fmpz_poly([by, 1])).coeffs())


def test_by_hand() -> None:
    """The ends of what is allowed, one by one."""
    half, one, zero = Fraction(1, 2), Fraction(1), Fraction(0)
    assert trim([0, 1, 0, 0]) == (0, 1)
    assert minus((1, 2), (3,)) == (-2, 2)
    assert minus((1, 2), (1, 2)) == ()
    assert (trim([]), trim([0, 0])) == ((), ())
    assert (bits([]), bits([0]), bits([-8, 7])) == (0, 0, 4)
    assert quotient((1, 1), ()) == ()
    assert quotient((1, 1), (1,)) is None
    assert quotient((2,), (2, 4, 5)) is None
    assert sign_changes((-1, 2), zero, one) == 1
    assert sign_changes((-1, 2), half, one) == sign_changes((-1, 2), zero, half) == 0  # the ends are left out
    assert sign_changes((1, -5, 6), zero, one) == 2
    assert sign_changes((1,), zero, one) == sign_changes((), zero, one) == 0
    assert positive((), zero, one, or_zero=True)
    assert not positive((), zero, one, or_zero=False)
    assert positive((0, 1), zero, one, or_zero=False)  # 0 at 0, which is no gamma
    assert positive((1, -1), zero, one, or_zero=False)  # 0 at 1
    assert not positive((-1, 2), half, one, or_zero=False)  # 0 at 1/2, which is one
    assert not positive((1, -2), zero, half, or_zero=False)
    assert positive((-1, 2), half, one, or_zero=True)
    assert not positive((1, -1), one, one, or_zero=False)
    assert positive((1, -1), half, half, or_zero=False)
    assert not positive((-1,), zero, one, or_zero=True)
    assert not positive((1, -2), half, half, or_zero=False)
    assert positive((1, -2), half, half, or_zero=True)
    assert not positive((1, -4, 4), zero, one, or_zero=True)  # (1 - 2g)^2 >= 0, but the rule of signs does not show it


def test_comparisons_at_the_ends() -> None:
    """The root of 2g - 1 in (1/4, 3/4), and the rational 1/2."""
    root = ((-1, 2), Fraction(1, 4), Fraction(3, 4))
    half = Fraction(1, 2)
    for x, expected in {"0": -1, "1/4": -1, "1/3": -1, "1/2": 0, "2/3": 1, "3/4": 1, "1": 1}.items():
        assert compare(Fraction(x), root) == expected
        assert compare(Fraction(x), ((1, 1), half, half)) == expected
        assert compare(Fraction(x), ((1, -2), *root[1:])) == expected
