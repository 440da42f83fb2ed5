"""exact.rational: what enters is exact, and everything else is refused with the spelling to use."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exact.errors import NotADiscount, NotExact
from exact.limits import LARGEST_EXPONENT, LONGEST_NUMBER
from exact.rational import discount, rational


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, 3),
        (Fraction(2, 4), Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        ("-2/4", Fraction(-1, 2)),
        ("0.25", Fraction(1, 4)),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("1e-3", Fraction(1, 1000)),
        ("+1.5E2", 150),
        ("  7 ", 7),
        ("1e1000", 10**1000),
        ("9" * LONGEST_NUMBER, 10**LONGEST_NUMBER - 1),
    ],
)
def test_exact_spellings(value: int | str | Fraction, expected: int | Fraction) -> None:
    """Integers, Fractions and decimal or fractional strings have their exact value."""
    found = rational(value)
    assert found == expected
    assert type(found) is Fraction


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (0.1, '0.1 is a float, which is not exact; write it as a string: "0.1"'),
        (float("nan"), 'nan is a float, which is not exact; write a finite number such as "1/3"'),
        (float("-inf"), '-inf is a float, which is not exact; write a finite number such as "1/3"'),
        (True, 'true is no number; write "1" or "0"'),
        (False, 'false is no number; write "1" or "0"'),
        (None, 'a number was expected, not NoneType; write an integer or "1/3"'),
        (1j, "a number was expected, not complex"),
        ([1], "a number was expected, not list"),
        ("1/0", '"1/0" divides by zero; give a nonzero denominator'),
        ("0/000", '"0/000" divides by zero'),
        ("1e999999999", '"1e999999999" has too large an exponent; at most 1000 in size'),
        ("1e-1001", '"1e-1001" has too large an exponent'),
        ("1e+00001", '"1e+00001" has too large an exponent'),
        ("9" * (LONGEST_NUMBER + 1), "a number of 1001 characters; numbers have at most 1000"),
        pytest.param(10**5000, "an integer of that size; numbers have at most 1000 digits", id="5001 digits"),
        pytest.param(-(10**5000), "an integer of that size", id="5001 digits, negative"),
    ],
)
def test_what_is_not_exact_is_refused(value: object, message: str) -> None:
    """With the problem and the remedy, and the place in front."""
    with pytest.raises(NotExact) as caught:
        rational(value, "here.there")
    assert str(caught.value).startswith(f"here.there: {message}")


@pytest.mark.parametrize(
    "text",
    ["", " ", "nan", "inf", "1/3/5", "1//3", "/3", "1/", "1/-3", "1.5/2", "1 / 3", "1_000", "0x10", "1e", "e5", ".",
     "--1", "+-1", "1,5", "½", "٣", "1e1.5", "1e5/3", "sqrt(2)", "1\n2", "p"],
)  # fmt: skip
def test_other_strings_are_refused(text: str) -> None:
    """Nothing is guessed, not even what int() and Fraction() would take."""
    with pytest.raises(NotExact, match="is not an exact number; write it like"):
        rational(text)


@settings(max_examples=200, deadline=None)
@given(st.fractions())
def test_a_fraction_survives_its_spelling(value: Fraction) -> None:
    """str() and back."""
    assert rational(str(value)) == value


@settings(max_examples=200, deadline=None)
@given(st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False))
def test_a_decimal_survives_its_spelling(value: Decimal) -> None:
    """A decimal's own spelling has the decimal's exact value, unless its exponent is too large to be meant."""
    assume(abs(value.adjusted()) < LARGEST_EXPONENT / 2 and len(str(value)) <= LONGEST_NUMBER)
    assert rational(str(value)) == Fraction(value)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("0123456789+-./eE _x٣"), max_size=8))
def test_strings_are_read_as_fraction_does_or_refused(text: str) -> None:
    """Whatever is accepted has the value that the standard library gives it."""
    try:
        value = rational(text)
    except NotExact:
        return
    assert value == Fraction(text)


@pytest.mark.parametrize("gamma", ["0", "1", "-1/2", "3/2", 0, 1])
def test_discounts_lie_strictly_between(gamma: str | int) -> None:
    """0 and 1 are no discounts."""
    with pytest.raises(
        NotADiscount, match=f"here: gamma = {gamma} is not a discount; it lies strictly between 0 and 1"
    ):
        discount(gamma, "here")


def test_discounts_are_exact_numbers() -> None:
    """A float is refused before its size is looked at."""
    assert discount("0.9") == Fraction(9, 10)
    with pytest.raises(NotExact, match=r"0\.9 is a float"):
        discount(0.9)
