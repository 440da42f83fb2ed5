"""Strict decoding: JSON without numbers, repeated keys or depth; exact numbers from strings."""

import json
import re
from collections.abc import Collection
from fractions import Fraction
from math import gcd
from typing import NoReturn, TypeVar

from proofs.kernel.poly import Poly

T = TypeVar("T")
NOUNS: dict[type, str] = {dict: "an object", list: "a list", str: "a string", bool: "true or false"}
LARGEST_FILE, MOST_DIGITS = 64 << 20, 20_000
_INTEGER = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)


class Malformed(Exception):
    """The instance or the certificate is not of the form that FORMAT.md describes."""


class Invalid(Exception):
    """A claim is false, or its evidence does not prove it."""


class Hole(Exception):
    """A claim that the kernel does not check, or not yet: it proves nothing."""


def require(proved: object, problem: str, otherwise: type[Exception] = Invalid) -> None:
    """Raise Invalid unless the evidence proves the claim. (No `assert`: python -O would remove it.)"""
    if not proved:
        raise otherwise(problem)


def expect(well_formed: object, problem: str) -> None:
    """Raise Malformed unless the input is of the form that FORMAT.md describes."""
    require(well_formed, problem, Malformed)


def document(data: bytes) -> object:
    """The JSON value of a file, holding only objects, lists, strings, booleans and null."""
    expect(len(data) <= LARGEST_FILE, f"more than {LARGEST_FILE} bytes")
    try:
        return json.loads(data.decode(), object_pairs_hook=_once, parse_int=_raw, parse_float=_raw, parse_constant=_raw)
    except (ValueError, RecursionError) as error:  # the scanner, not this code, bounds the nesting
        raise Malformed(f"not JSON: {type(error).__name__} {str(error)[:80]}") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    expect(len(dict(pairs)) == len(pairs), "a key is repeated")
    return dict(pairs)


def _raw(text: str) -> NoReturn:
    raise Malformed(f"the number {text[:20]} is not written as a string")


def typed(value: object, kind: type[T]) -> T:
    """A JSON value of this type."""
    if not isinstance(value, kind):
        raise Malformed(f"expected {NOUNS[kind]}")
    return value


def fields(value: object, *keys: str, **optional: object) -> list[object]:
    """The values of exactly these keys of an object; those with a default may be missing."""
    found = optional | typed(value, dict)
    expect(found.keys() == {*keys, *optional}, f"expected exactly the keys {', '.join([*keys, *optional])}")
    return [found[key] for key in (*keys, *optional)]


def items(value: object, length: int | None = None) -> list[object]:
    """A list, of this length if one is given."""
    found = typed(value, list)
    expect(length in (None, len(found)), f"expected a list of {length} entries")
    return found


def one_of(value: object, known: Collection[str]) -> str:
    """One of these words or names."""
    if not isinstance(value, str) or value not in known:
        raise Malformed(f"{str(value)[:40]!r} is not one of {', '.join(known)[:200] or 'none'}")
    return value


def integer(value: object) -> int:
    """An integer in canonical spelling. Read in pieces: CPython refuses over 4,300 digits at once."""
    text, total = typed(value, str), 0
    expect(len(text) <= MOST_DIGITS and _INTEGER.fullmatch(text), f"{text[:20]!r} is not an integer")
    for piece in re.findall("[0-9]{1,4000}", text):
        total = total * 10 ** len(piece) + int(piece)
    return -total if text[0] == "-" else total


def rational(value: object, most: int = 1000) -> Fraction:
    """A rational in lowest terms, of at most so many characters."""
    text = typed(value, str)
    numerator, slash, denominator = text.partition("/")
    top, bottom = integer(numerator), integer(denominator) if slash else 1
    lowest = bottom > len(slash) and gcd(top, bottom) == 1
    expect(lowest and len(text) <= most, f"{text[:40]!r} is not a rational in lowest terms of at most {most} digits")
    return Fraction(top, bottom)


def interval(ends: object, most: int = 1000) -> tuple[Fraction, Fraction]:
    """[a, b] within (0, 1); a = 0 and b = 1 are left out."""
    low, high = (rational(end, most) for end in items(ends, 2))
    expect(0 <= low <= high <= 1 and (low < high or 0 < low < 1), "no gamma or interval of gamma inside (0, 1)")
    return low, high


def discount(value: object) -> Fraction:
    """A gamma in (0, 1)."""
    return interval([value, value])[0]


def polynomial(value: object, degree: int) -> Poly:
    """A polynomial of at most this degree, without trailing zeros."""
    poly = tuple(map(integer, items(value)))
    expect(len(poly) <= degree + 1 and poly[-1:] != (0,), "a trailing zero, or too high a degree")
    return poly
