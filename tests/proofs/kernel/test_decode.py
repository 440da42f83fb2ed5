"""Decoding is strict: one spelling for each value, and nothing else gets in."""

from __future__ import annotations

import json
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.kernel.decode import (
    discount,
    distinct,
    document,
    fields,
    integer,
    interval,
    items,
    one_of,
    polynomial,
    positive_integer,
    rational,
    typed,
)
from proofs.kernel.errors import Malformed
from proofs.kernel.limits import CERTIFICATE_BYTES, DIGITS

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
    """A list is a polynomial unless it ends in 0."""
    texts = [str(c) for c in coefficients]
    if coefficients[-1:] != [0]:
        assert polynomial(texts) == tuple(coefficients)
    else:
        with pytest.raises(Malformed):
            polynomial(texts)


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


def test_the_size_of_a_document() -> None:
    """64 MiB, and not a byte more."""
    blanks = b" " * (CERTIFICATE_BYTES - 2)
    assert document(b"[]" + blanks) == []
    with pytest.raises(Malformed, match="more than"):
        document(b"[] " + blanks)


def test_the_length_of_an_integer() -> None:
    """100,000 characters, the sign counted."""
    assert integer("1" * DIGITS) == (10**DIGITS - 1) // 9
    assert integer("-" + "9" * (DIGITS - 1)) == 1 - 10 ** (DIGITS - 1)
    for text in ("1" * (DIGITS + 1), "-" + "1" * DIGITS):
        with pytest.raises(Malformed, match="is not an integer"):
            integer(text)


def test_objects() -> None:
    """Exactly these keys; those with a default may be missing."""
    assert fields({"b": "2", "a": "1"}, "a", "b") == ["1", "2"]
    assert fields({"a": "1"}, "a", b=None) == ["1", None]
    assert fields({"a": "1", "b": "3"}, "a", b=None) == ["1", "3"]
    assert fields({}) == []
    for value in ({}, {"a": "1", "c": "2"}, {"b": "1"}, [["a", "1"]], None, "a"):
        with pytest.raises(Malformed):
            fields(value, "a", b=None)


def test_lists_and_names() -> None:
    """Lists of a length, words of a set, names once."""
    assert items(["a"], 1) == items(["a"]) == ["a"]
    assert items([], 0) == []
    assert one_of("a", {"a": 1}) == "a"
    assert distinct(["b", "a"], str) == ["b", "a"]
    assert typed(True, bool)
    for wrong in (lambda: items(["a"], 2), lambda: items([], 1), lambda: items(("a",)), lambda: items({"a": "b"}),
                  lambda: one_of("b", ["a"]), lambda: one_of(None, []), lambda: one_of(["a"], ["a"]),
                  lambda: distinct(["a", "a"], str), lambda: typed("true", bool), lambda: typed(None, str)):  # fmt: skip
        with pytest.raises(Malformed):
            wrong()


def test_messages_are_short() -> None:
    """Whatever stands there."""
    for wrong in (lambda: one_of("x" * 10**5, [str(k) for k in range(10**4)]), lambda: integer("x" * 10**5),
                  lambda: rational("2" * 10**5 + "/4"), lambda: one_of([["x"] * 100] * 100, [])):  # fmt: skip
        with pytest.raises(Malformed) as found:
            wrong()
        assert len(str(found.value)) < 300


@pytest.mark.parametrize(("text", "good"), [("1", True), ("7", True), ("0", False), ("-1", False), ("1/2", False)])
def test_positive_integers(text: str, good: bool) -> None:
    """Above 0."""
    if good:
        assert positive_integer(text) == int(text)
    else:
        with pytest.raises(Malformed):
            positive_integer(text)


INTERVALS = {
    ("0", "1"): True, ("0", "1/2"): True, ("1/2", "1"): True, ("1/2", "1/2"): True, ("0", "0"): False, ("1", "1"): False,
    ("1/2", "1/3"): False, ("-1/2", "1/2"): False, ("1/2", "3/2"): False, ("1/2", "x"): False, ("1/2",): False,
    ("1", "0"): False, ("1/3", "1/2", "1"): False,
}  # fmt: skip


@pytest.mark.parametrize(("ends", "good"), INTERVALS.items(), ids=str)
def test_intervals(ends: tuple[str, ...], good: bool) -> None:
    """Within [0, 1], in order, with a gamma of (0, 1) in it."""
    if good:
        assert interval(list(ends)) == tuple(map(Fraction, ends))
    else:
        with pytest.raises(Malformed):
            interval(list(ends))


def test_discounts() -> None:
    """A gamma strictly between 0 and 1."""
    assert discount("2/3") == Fraction(2, 3)
    for text in ("0", "1", "-1/2", "3/2", "0.5"):
        with pytest.raises(Malformed):
            discount(text)
