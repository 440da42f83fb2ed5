"""Layer: linear questions, numbers. Python's Fractions as FLINT's, and back, without a detour by digits."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq


def flint(value: Fraction) -> fmpq:
    """The same number for FLINT."""
    return fmpq(value.numerator, value.denominator)


def fraction(value: fmpq) -> Fraction:
    """The same number for Python."""
    return Fraction(int(value.p), int(value.q))
