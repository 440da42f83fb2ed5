"""exact.digits and exact.conversion: numbers of any length are written, and pass to FLINT and back."""

from __future__ import annotations

import random
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exact.conversion import flint, fraction
from exact.digits import count_digits, decimal_text, exact_text, shown

LONG = 10**20_000 + 7


@pytest.mark.parametrize("number", [0, 1, -1, 10**600, -(10**4299), 10**4300, 10**4301 - 1, LONG, -LONG], ids=hash)
def test_integers_of_any_length_are_written(number: int) -> None:
    """Digit by digit what arithmetic says, where str() refuses from 4301 digits on; and under the lowest limit too."""
    text = decimal_text(number)
    kept = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        assert text == str(number)
    finally:
        sys.set_int_max_str_digits(kept)
    sys.set_int_max_str_digits(640)
    try:
        assert decimal_text(number) == text
    finally:
        sys.set_int_max_str_digits(kept)


@given(st.fractions())
def test_short_fractions_are_written_as_str_does(value: Fraction) -> None:
    """p or p/q."""
    assert exact_text(value) == str(value)
    assert shown(value) == str(value) or len(str(value)) > 40


def test_messages_show_long_numbers_by_their_ends() -> None:
    """One short line, with the length."""
    assert shown(LONG) == "1000000000000000...0000000000000007 (20001 characters)"
    assert shown(Fraction(1, LONG)).startswith("1/10000")


@pytest.mark.parametrize("digits", [1, 2, 3, 50, 999, 1000, 20_000])
def test_counting_digits(digits: int) -> None:
    """Never too few, at most one too many."""
    for number in (10 ** (digits - 1), 10**digits - 1, random.Random(digits).randrange(10 ** (digits - 1), 10**digits)):
        assert count_digits(number) - digits in (0, 1)


@given(st.fractions())
def test_fractions_pass_to_flint_and_back(value: Fraction) -> None:
    """In lowest terms, equal and with an equal hash."""
    back = fraction(flint(value))
    assert (back, back.numerator, back.denominator, hash(back)) == (
        value, value.numerator, value.denominator, hash(value)
    )  # fmt: skip
    assert back + Fraction(1, 3) == value + Fraction(1, 3)
