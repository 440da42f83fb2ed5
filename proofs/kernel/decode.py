"""Strict decoding: JSON without numbers, repeated keys or depth; exact numbers from strings."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import NoReturn

from proofs.kernel.poly import Poly

LARGEST_FILE, MOST_DIGITS, PIECE = 64 << 20, 20_000, 4000
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)


class Malformed(Exception):
    """The instance or the certificate is not of the form that FORMAT.md describes."""


class Invalid(Exception):
    """A claim is false, or its evidence does not prove it."""


class Hole(Exception):
    """A claim that the kernel does not check, or not yet: it proves nothing."""


def document(data: bytes) -> object:
    """The JSON value of a file, holding only objects, lists, strings, booleans and null."""
    if len(data) > LARGEST_FILE:
        raise Malformed(f"more than {LARGEST_FILE} bytes")
    try:
        text = data.decode("utf-8")
        return json.loads(text, object_pairs_hook=_once, parse_int=_number, parse_float=_number, parse_constant=_number)
    except (ValueError, RecursionError) as error:  # the scanner, not this code, bounds the nesting
        raise Malformed(f"not JSON: {type(error).__name__} {str(error)[:80]}") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise Malformed("a key is repeated")
    return keys


def _number(text: str) -> NoReturn:
    raise Malformed(f"the number {text[:20]} is not written as a string")


def fields(value: object, *keys: str) -> list[object]:
    """The values of exactly these keys of an object."""
    found = mapping(value)
    if set(found) != set(keys):
        raise Malformed(f"expected exactly the keys {', '.join(keys) or '(none)'}")
    return [found[key] for key in keys]


def mapping(value: object) -> dict[str, object]:
    """An object."""
    if not isinstance(value, dict):
        raise Malformed("expected an object")
    return value


def items(value: object, length: int | None = None) -> list[object]:
    """A list, of this length if one is given."""
    if not isinstance(value, list) or len(value) != (len(value) if length is None else length):
        raise Malformed(f"expected a list{'' if length is None else f' of {length} entries'}")
    return value


def string(value: object) -> str:
    """A string."""
    if not isinstance(value, str):
        raise Malformed("expected a string")
    return value


def boolean(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Malformed("expected true or false")
    return value


def word(value: object, *words: str) -> str:
    """One of these words."""
    if not isinstance(value, str) or value not in words:
        raise Malformed(f"{str(value)[:40]!r} is not one of {', '.join(words)[:200]}")
    return value


def integer(value: object) -> int:
    """An integer in canonical spelling. Read in pieces: CPython refuses over 4,300 digits at once."""
    text = string(value)
    if len(text) > MOST_DIGITS or not _INTEGER.fullmatch(text) or text == "-0":
        raise Malformed(f"{text[:20]!r} is not an integer")
    total = 0
    for piece in (text.lstrip("-")[i : i + PIECE] for i in range(0, len(text.lstrip("-")), PIECE)):
        total = total * 10 ** len(piece) + int(piece)
    return -total if text[0] == "-" else total


def rational(value: object) -> Fraction:
    """A rational in lowest terms."""
    numerator, slash, denominator = string(value).partition("/")
    top, bottom = integer(numerator), integer(denominator) if slash else 1
    if bottom < 1 or (slash and bottom == 1) or Fraction(top, bottom).denominator != bottom:
        raise Malformed(f"{numerator[:20]}{slash}{denominator[:20]} is not a rational in lowest terms")
    return Fraction(top, bottom)


def discount(value: object) -> Fraction:
    """A gamma in (0, 1)."""
    gamma = rational(value)
    if not 0 < gamma < 1:
        raise Malformed("gamma is not strictly between 0 and 1")
    return gamma


def polynomial(value: object, degree: int) -> Poly:
    """A polynomial of at most this degree, without trailing zeros."""
    poly = tuple(integer(entry) for entry in items(value))
    if len(poly) > degree + 1 or (poly and not poly[-1]):
        raise Malformed("a polynomial of too high a degree, or with a trailing zero")
    return poly
