"""The only door for numbers. Integers, Fractions and strings such as "1/3", "0.25", "1e-3" enter; floats do not."""

from __future__ import annotations

import re
from fractions import Fraction

from exact.errors import NotADiscount, NotExact

LONGEST = 1000  # characters of one number
LARGEST_EXPONENT = 1000  # of ten, so that "1e999999999" costs nothing

_FRACTION = re.compile(r"[+-]?[0-9]+(?:/[0-9]+)?")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")

Exact = int | str | Fraction  # what users may write for a number


def rational(value: object, where: str = "") -> Fraction:
    """The exact value of an int, a Fraction or a string. Raises NotExact, with the spelling to use."""
    if isinstance(value, bool):
        raise NotExact(f"{str(value).lower()} is no number", 'write "1" or "0"', where)
    if isinstance(value, float):
        raise NotExact(f"{value!r} is a float, which is not exact", _instead_of_float(value), where)
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int):
        if value.bit_length() > 4 * LONGEST or len(str(value)) > LONGEST:
            raise NotExact("an integer of that size", f"numbers have at most {LONGEST} digits", where)
        return Fraction(value)
    if not isinstance(value, str):
        raise NotExact(f"a number was expected, not {type(value).__name__}", 'write an integer or "1/3"', where)
    return _parse(value, where)


def discount(value: object, where: str = "gamma") -> Fraction:
    """A rational gamma strictly between 0 and 1. Raises NotADiscount."""
    gamma = rational(value, where)
    if not 0 < gamma < 1:
        raise NotADiscount(f"gamma = {gamma} is not a discount", "it lies strictly between 0 and 1", where)
    return gamma


def _parse(text: str, where: str) -> Fraction:
    if len(text) > LONGEST:
        raise NotExact(f"a number of {len(text)} characters", f"numbers have at most {LONGEST}", where)
    stripped = text.strip()
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
    shown = stripped if len(stripped) <= 40 else stripped[:37] + "..."
    raise NotExact(f'"{shown}" is not an exact number', 'write it like "3", "1/3", "0.25" or "1e-3"', where)


def _instead_of_float(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return 'write a finite number such as "1/3"'
    return f'write it as a string: "{value!r}" (or as a fraction such as "1/3")'
