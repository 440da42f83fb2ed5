"""Algebraic numbers in LaTeX's mathematics, which matplotlib reads too: a short radical, or enough decimals."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from math import gcd, isqrt

from flint import fmpz_poly

from exact.algebraic import Algebraic

LARGEST = 999  # the integers of a radical that a reader still reads
_MOST_DIGITS = 12
_MOST_APART = 16


def decimals(value: Algebraic, digits: int) -> str:
    """Rounded to so many digits, to more of them near 0 and 1."""
    while digits < _MOST_DIGITS and value.decimal(digits).rstrip("0").rstrip(".") in ("0", "1"):
        digits += 2
    return value.decimal(digits)


def digits_apart(values: Collection[Algebraic], least: int) -> int:
    """How many decimals tell these numbers apart; not more than a reader compares."""
    digits = least
    while digits < _MOST_APART and len({decimals(value, digits) for value in values}) < len(values):
        digits += 1
    return digits


def radical(value: Algebraic) -> str:
    r"""`(\sqrt{5}-1)/2`, `\sqrt[3]{1/2}`; nothing if the number is rational or no short radical is known.

    Known are the k-th roots of rationals and of quadratic numbers with small integers.
    """
    coefficients = value.polynomial
    k = gcd(*(power for power, c in enumerate(coefficients) if c))
    inner = coefficients[::k]
    if value.rational is not None or len(inner) > 3 or max(map(abs, coefficients)) > LARGEST:
        return ""
    if len(inner) == 2:
        text = str(Fraction(-inner[0], inner[1]))
    else:
        text = _quadratic(inner, value.sign_of(fmpz_poly([inner[1], *[0] * (k - 1), 2 * inner[2]])))
    if k == 1 or not text:
        return text
    return rf"\sqrt{{{text}}}" if k == 2 else rf"\sqrt[{k}]{{{text}}}"


def _quadratic(polynomial: tuple[int, ...], sign: int) -> str:
    """(-b + sign k sqrt(m)) / 2a in lowest terms, a > 0; nothing if the radicand is large."""
    c, b, a = polynomial
    square, rest = _square_part(b * b - 4 * a * c)
    common = gcd(b, square, 2 * a)
    rational, square, below = -b // common, square // common, 2 * a // common
    if rest > LARGEST:
        return ""
    root = rf"{square if square > 1 else ''}\sqrt{{{rest}}}"
    above = f"{rational}{'+' if sign > 0 else '-'}{root}" if rational > 0 else f"{root}{rational}"
    return above if below == 1 else f"({above})/{below}"


def _square_part(number: int) -> tuple[int, int]:
    """(k, m) with number = k^2 m and m without a square factor."""
    for k in range(isqrt(number), 1, -1):
        if number % (k * k) == 0:
            return k, number // (k * k)
    return 1, number
