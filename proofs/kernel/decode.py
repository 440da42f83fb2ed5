"""Strict decoding: JSON without numbers, repeated keys or depth; exact numbers from strings. Raises Malformed."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import NoReturn

from proofs.kernel.errors import Malformed
from proofs.kernel.poly import Poly

LARGEST_FILE, DEEPEST, MOST_DIGITS = 64 << 20, 16, 20_000
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


def document(data: bytes) -> object:
    """The JSON value of a file, holding only objects, lists, strings, booleans and null."""
    if len(data) > LARGEST_FILE:
        raise Malformed(f"more than {LARGEST_FILE} bytes")
    try:
        text = data.decode("utf-8")
        depth = 0
        for token in _BRACKETS.finditer(text):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
            if depth > DEEPEST:
                raise Malformed(f"nested deeper than {DEEPEST}")
        return json.loads(text, object_pairs_hook=_once, parse_int=_number, parse_float=_number, parse_constant=_number)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise Malformed("a key is repeated")
    return keys


def _number(text: str) -> NoReturn:
    raise Malformed(f"the number {text[:20]} is not written as a string")


def fields(value: object, *keys: str) -> list[object]:
    """The values of exactly these keys of an object."""
    if not isinstance(value, dict) or set(value) != set(keys):
        raise Malformed(f"expected an object with exactly the keys {', '.join(keys) or '(none)'}")
    return [value[key] for key in keys]


def mapping(value: object) -> dict[str, object]:
    """An object."""
    if not isinstance(value, dict):
        raise Malformed("expected an object")
    return value


def items(value: object, length: int | None = None) -> list[object]:
    """A list, of this length if one is given."""
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise Malformed("expected a list" + (f" of {length} entries" if length is not None else ""))
    return value


def string(value: object) -> str:
    """A string."""
    if not isinstance(value, str):
        raise Malformed("expected a string")
    return value


def word(value: object, *words: str) -> str:
    """One of these words."""
    if not isinstance(value, str) or value not in words:
        raise Malformed(f"expected one of {', '.join(words)}")
    return value


def boolean(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Malformed("expected true or false")
    return value


def integer(value: object) -> int:
    """An integer in canonical spelling. Read in pieces: CPython refuses over 4,300 digits at once."""
    text = string(value)
    if len(text) > MOST_DIGITS or not _INTEGER.fullmatch(text) or text == "-0":
        raise Malformed(f"{text[:20]!r} is not an integer")
    digits, total = text.removeprefix("-"), 0
    for start in range(0, len(digits), 4000):
        piece = digits[start : start + 4000]
        total = total * 10 ** len(piece) + int(piece)
    return -total if text[0] == "-" else total


def rational(value: object) -> Fraction:
    """A rational in lowest terms."""
    numerator, slash, denominator = string(value).partition("/")
    top, bottom = integer(numerator), integer(denominator) if slash else 1
    if bottom < 1 or (slash and bottom == 1) or Fraction(top, bottom).denominator != bottom:
        raise Malformed(f"{string(value)[:20]!r} is not a rational in lowest terms")
    return Fraction(top, bottom)


def polynomial(value: object, degree: int) -> Poly:
    """A polynomial of at most this degree, without trailing zeros."""
    poly = tuple(integer(entry) for entry in items(value))
    if len(poly) > degree + 1 or (poly and not poly[-1]):
        raise Malformed("a polynomial of too high a degree, or with a trailing zero")
    return poly
