"""Strict decoding: JSON without numbers, repeated keys or depth; exact numbers from strings."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from math import gcd
from typing import NoReturn, TypeVar

from proofs.kernel.poly import Poly

T = TypeVar("T")
NOUNS: dict[type, str] = {dict: "an object", list: "a list", str: "a string", bool: "true or false"}
LARGEST_FILE, MOST_DIGITS, PIECE = 64 << 20, 20_000, 4000
_INTEGER = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)


class Malformed(Exception):
    """The instance or the certificate is not of the form that FORMAT.md describes."""


class Invalid(Exception):
    """A claim is false, or its evidence does not prove it."""


class Hole(Exception):
    """A claim that the kernel does not check, or not yet: it proves nothing."""


def expect(well_formed: bool, problem: str) -> None:
    """Raise Malformed unless the input is of the form that FORMAT.md describes."""
    if not well_formed:
        raise Malformed(problem)


def require(proved: bool, problem: str) -> None:
    """Raise Invalid unless the evidence proves the claim. (No `assert`: python -O would remove it.)"""
    if not proved:
        raise Invalid(problem)


def document(data: bytes) -> object:
    """The JSON value of a file, holding only objects, lists, strings, booleans and null."""
    expect(len(data) <= LARGEST_FILE, f"more than {LARGEST_FILE} bytes")
    try:
        text = data.decode("utf-8")
        return json.loads(text, object_pairs_hook=_once, parse_int=_number, parse_float=_number, parse_constant=_number)
    except (ValueError, RecursionError) as error:  # the scanner, not this code, bounds the nesting
        raise Malformed(f"not JSON: {type(error).__name__} {str(error)[:80]}") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = dict(pairs)
    expect(len(keys) == len(pairs), "a key is repeated")
    return keys


def _number(text: str) -> NoReturn:
    raise Malformed(f"the number {text[:20]} is not written as a string")


def fields(value: object, *keys: str) -> list[object]:
    """The values of exactly these keys of an object."""
    found = typed(value, dict)
    expect(set(found) == set(keys), f"expected exactly the keys {', '.join(keys) or '(none)'}")
    return [found[key] for key in keys]


def typed(value: object, kind: type[T]) -> T:
    """A JSON value of this type."""
    if not isinstance(value, kind):
        raise Malformed(f"expected {NOUNS[kind]}")
    return value


def items(value: object, length: int | None = None) -> list[object]:
    """A list, of this length if one is given."""
    found = typed(value, list)
    expect(length in (None, len(found)), f"expected a list of {length} entries")
    return found


def word(value: object, *words: str) -> str:
    """One of these words."""
    if not isinstance(value, str) or value not in words:
        raise Malformed(f"{str(value)[:40]!r} is not one of {', '.join(words)[:200]}")
    return value


def integer(value: object) -> int:
    """An integer in canonical spelling. Read in pieces: CPython refuses over 4,300 digits at once."""
    text = typed(value, str)
    expect(len(text) <= MOST_DIGITS and bool(_INTEGER.fullmatch(text)), f"{text[:20]!r} is not an integer")
    total = 0
    for piece in (text.lstrip("-")[i : i + PIECE] for i in range(0, len(text.lstrip("-")), PIECE)):
        total = total * 10 ** len(piece) + int(piece)
    return -total if text[0] == "-" else total


def rational(value: object, most: int = 1000) -> Fraction:
    """A rational in lowest terms, of at most so many characters."""
    text = typed(value, str)
    expect(len(text) <= most, f"a rational of over {most} characters")
    numerator, slash, denominator = text.partition("/")
    top, bottom = integer(numerator), integer(denominator) if slash else 1
    expect(bottom > (1 if slash else 0) and gcd(top, bottom) == 1, f"{text[:40]!r} is not a rational in lowest terms")
    return Fraction(top, bottom)


def discount(value: object) -> Fraction:
    """A gamma in (0, 1)."""
    gamma = rational(value)
    expect(0 < gamma < 1, "gamma is not strictly between 0 and 1")
    return gamma


def interval(start: object, end: object, *, most: int = 1000) -> tuple[Fraction, Fraction]:
    """[a, b] within (0, 1); a = 0 and b = 1 are left out."""
    low, high = rational(start, most), rational(end, most)
    expect(0 <= low <= high <= 1 and (low < high or 0 < low < 1), "not an interval of gamma")
    return low, high


def polynomial(value: object, degree: int) -> Poly:
    """A polynomial of at most this degree, without trailing zeros."""
    poly = tuple(integer(entry) for entry in items(value))
    expect(len(poly) <= degree + 1 and (not poly or bool(poly[-1])), "a trailing zero, or too high a degree")
    return poly
