"""Decoding is strict: one spelling for each value, and nothing else gets in."""

from __future__ import annotations

import json
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.kernel.decode import Malformed, document, integer, polynomial, rational

VALUES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(st.integers() | st.integers(10**4000, 10**4400))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_integers_round_trip(number: int) -> None:
    """Every integer is read from its decimal spelling, also beyond CPython's 4,300 digits."""
    digits, rest = [], abs(number)
    while rest:
        rest, digit = divmod(rest, 10**1000)
        digits.append(str(digit).zfill(1000))
    text = "".join(reversed(digits)).lstrip("0") or "0"
    assert integer("-" * (number < 0) + text) == number


@given(st.text(alphabet="0123456789-+/. _e\n\uff11\u0661", max_size=6))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_spelling_is_canonical_or_refused(text: str) -> None:
    """What is read as a rational is written back as the same text."""
    try:
        value = rational(text)
    except Malformed:
        return
    assert str(value) == text


@given(st.fractions())
@settings(max_examples=100, deadline=None, derandomize=True)
def test_rationals_round_trip(value: Fraction) -> None:
    """Every rational in lowest terms is read; with a common factor it is not."""
    assert rational(str(value)) == value
    with pytest.raises(Malformed):
        rational(f"{2 * value.numerator}/{2 * value.denominator}")


@pytest.mark.parametrize("value", [1, 1.0, True, None, ["1"], {"1": "1"}, Fraction(1), b"1"])
def test_only_strings_are_numbers(value: object) -> None:
    """True == 1 in Python; here it is Malformed, like everything that is not a string."""
    with pytest.raises(Malformed):
        rational(value)


@given(st.lists(st.integers(-3, 3), max_size=6))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_polynomials_have_no_trailing_zero(coefficients: list[int]) -> None:
    """A list is a polynomial of degree <= 4 iff it has at most 5 entries and does not end in 0."""
    texts = [str(c) for c in coefficients]
    if len(texts) <= 5 and coefficients[-1:] != [0]:
        assert polynomial(texts, 4) == tuple(coefficients)
    else:
        with pytest.raises(Malformed):
            polynomial(texts, 4)


@given(VALUES)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_documents_without_numbers_round_trip(value: object) -> None:
    """Objects, lists, strings, booleans and null are read as they are."""
    assert document(json.dumps(value, ensure_ascii=False).encode()) == value


@given(VALUES, st.integers() | st.floats())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_documents_with_a_number_are_refused(value: object, number: float) -> None:
    """One JSON number anywhere (NaN and Infinity included) is Malformed."""
    with pytest.raises(Malformed):
        document(json.dumps([value, {"k": [number]}]).encode())


@given(st.text(max_size=4), st.text(max_size=4), VALUES)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_repeated_keys_are_refused(key: str, other: str, value: object) -> None:
    """A repeated key is Malformed, however it is escaped."""
    escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else c for c in key)
    body = f'{{{json.dumps(key)}: {json.dumps(value)}, {json.dumps(other + "x")}: null, "{escaped}": 1}}'
    with pytest.raises(Malformed):
        document(body.replace(": 1}", ": null}").encode())


@given(st.binary(max_size=40))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but Malformed is raised."""
    with suppress(Malformed):
        assert isinstance(document(data), (dict, list, str, bool, type(None)))
