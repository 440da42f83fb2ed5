"""The only door for numbers. Integers, Fractions and strings such as "1/3", "0.25", "1e-3" enter; floats do not.

Other libraries' exact numbers enter too (numpy's integers, sympy's and gmpy2's rationals), their floats do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from numbers import Rational, Real

from exact.digits import count_digits, decimal_text, shown
from exact.errors import NotADiscount, NotExact, TooLarge
from exact.limits import LARGEST_EXPONENT, LONGEST_NUMBER, MOST_DIGITS

BLANKS = " \t\n\r"  # around numbers and between the parts of inequalities; no other space
_FRACTION = re.compile(r"[+-]?[0-9]+(?:/[0-9]+)?")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")

Exact = int | str | Fraction  # what users may write for a number


def rational(value: object, where: str = "") -> Fraction:
    """The exact value of an int, a Fraction or a string. Raises NotExact, with the spelling to use."""
    if isinstance(value, str):
        return _parse(value, where)
    if isinstance(value, bool):
        raise NotExact(f"{str(value).lower()} is no number", 'write "1" or "0"', where)
    if isinstance(value, Fraction):
        return value
    if isinstance(value, Rational):  # ints, and whatever registers as exact
        return _of_rational(value, where)
    if isinstance(value, Real):
        raise NotExact(f"{value!s} is a float, which is not exact", _instead_of_float(value), where)
    raise NotExact(f"a number was expected, not {type(value).__name__}", 'write an integer or "1/3"', where)


def _of_rational(value: Rational, where: str) -> Fraction:
    """Of any library: its parts as Python's integers."""
    above, below = int(value.numerator), int(value.denominator)
    longest = max(above, below, key=abs)
    if longest.bit_length() > 4 * LONGEST_NUMBER or len(decimal_text(longest)) > LONGEST_NUMBER:
        raise NotExact("an integer of that size", f"numbers have at most {LONGEST_NUMBER} digits", where)
    return Fraction(above, below)


def discount(value: object, where: str = "gamma") -> Fraction:
    """A rational gamma strictly between 0 and 1. Raises NotADiscount."""
    gamma = rational(value, where)
    if not 0 < gamma < 1:
        raise NotADiscount(f"gamma = {shown(gamma)} is not a discount", "it lies strictly between 0 and 1", where)
    return gamma


def common_denominator(values: Iterable[Fraction], where: str = "") -> int:
    """The least common multiple of the denominators. Raises TooLarge where it has more digits than an instance may."""
    common = 1
    for value in values:
        common = lcm(common, value.denominator)
        if count_digits(common) > MOST_DIGITS:
            problem = f"a common denominator of over {MOST_DIGITS} digits"
            raise TooLarge(problem, "use shorter numbers, or the same denominator for all of them", where)
    return common


def _parse(text: str, where: str) -> Fraction:
    if len(text) > LONGEST_NUMBER:
        raise NotExact(f"a number of {len(text)} characters", f"numbers have at most {LONGEST_NUMBER}", where)
    stripped = text.strip(BLANKS)
    if _FRACTION.fullmatch(stripped):
        numerator, _, denominator = stripped.partition("/")
        if denominator and int(denominator) == 0:
            raise NotExact(f'"{stripped}" divides by zero', "give a nonzero denominator", where)
        return Fraction(int(numerator), int(denominator or 1))
    if _DECIMAL.fullmatch(stripped):
        exponent = stripped.lower().partition("e")[2]
        if exponent and (len(exponent.lstrip("+-")) > 4 or abs(int(exponent)) > LARGEST_EXPONENT):
            raise NotExact(f'"{stripped}" has too large an exponent', f"at most {LARGEST_EXPONENT} in size", where)
        return Fraction(stripped)
    start = stripped if len(stripped) <= 40 else stripped[:37] + "..."
    raise NotExact(f'"{start}" is not an exact number', 'write it like "3", "1/3", "0.25" or "1e-3"', where)


def _instead_of_float(value: Real) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return 'write a finite number such as "1/3"'
    return f'write it as a string: "{value!s}" (or as a fraction such as "1/3")'  # repr of numpy's names the type
