"""Signs at rationals, and intervals around a simple root made narrower: a guess by Newton's method, checked exactly."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpz_poly

from exact.conversion import flint

_WORTHWHILE = 1 << 12  # how many times narrower an interval must be wanted for Newton's method to pay
_COARSE = Fraction(1, 1 << 10)  # bisection comes first down to this width


def sign_at(polynomial: fmpz_poly, value: Fraction) -> int:
    """The sign of a polynomial at a rational."""
    exact = polynomial(flint(value))
    return (exact > 0) - (exact < 0)


def rational_ball(value: Fraction) -> arb:
    """A rational as a ball, at FLINT's current precision."""
    return arb(flint(value))


def narrowed(polynomial: fmpz_poly, low: Fraction, high: Fraction, width: Fraction) -> tuple[Fraction, Fraction]:
    """A part of (low, high), no wider than `width`, where the polynomial still changes sign.

    It has opposite signs at low and high, exactly one root between them, and no rational one there.
    """
    below = sign_at(polynomial, low)
    low, high = _bisected(polynomial, low, high, max(width, _COARSE), below)
    while high - low > width * _WORTHWHILE:
        left, right = _guess(polynomial, low, high, width)
        if low < left and right < high and sign_at(polynomial, left) == below != sign_at(polynomial, right):
            return left, right
        low, high = _bisected(polynomial, low, high, (high - low) / _WORTHWHILE, below)  # then Newton starts nearer
    return _bisected(polynomial, low, high, width, below)


def _bisected(
    polynomial: fmpz_poly, low: Fraction, high: Fraction, width: Fraction, below: int
) -> tuple[Fraction, Fraction]:
    while high - low > width:
        middle = (low + high) / 2
        low, high = (middle, high) if sign_at(polynomial, middle) == below else (low, middle)
    return low, high


def _guess(polynomial: fmpz_poly, low: Fraction, high: Fraction, width: Fraction) -> tuple[Fraction, Fraction]:
    """An interval of at most that width, with dyadic ends, where Newton's method from the middle ends up."""
    bits = 2 + (width.denominator // width.numerator).bit_length()
    slope = polynomial.derivative()
    with ctx.workprec(2 * bits + polynomial.height_bits() + polynomial.degree()):
        point = rational_ball((low + high) / 2)
        for _ in range(bits.bit_length()):
            point = (point - polynomial(point) / slope(point)).mid()
        if not point.is_finite():
            return low, high
        unit = int((point * (1 << bits)).floor().unique_fmpz() or 0)
    return Fraction(unit - 1, 1 << bits), Fraction(unit + 2, 1 << bits)
