"""Exact numbers as text, of any length: CPython refuses to write an integer of over 4300 digits, FLINT does not."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpz

_SHORT = 2000  # bits that CPython writes whatever its limit is set to: 640 digits at least
_SHOWN = 40  # characters of a number in a message


def decimal_text(number: int) -> str:
    """The decimal digits of an integer, however many."""
    return str(number) if number.bit_length() < _SHORT else str(fmpz(number))


def exact_text(value: Fraction | int) -> str:
    """`p` or `p/q` in lowest terms, as str() writes it, however long."""
    above = decimal_text(value.numerator)
    return above if value.denominator == 1 else f"{above}/{decimal_text(value.denominator)}"


def shown(value: Fraction | int) -> str:
    """The number for a message: whole if it is short, otherwise its first and last digits and how long it is."""
    text = exact_text(value)
    return text if len(text) <= _SHOWN else f"{text[:16]}...{text[-16:]} ({len(text)} characters)"


def count_digits(number: int) -> int:
    """How many decimal digits an integer has: from its length in bits, so at most one too many or too few."""
    return number.bit_length() * 30103 // 100_000 + 1
