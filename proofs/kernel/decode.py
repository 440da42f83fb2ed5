"""Strict decoding: JSON without numbers and repeated keys; exact numbers from strings."""

import json
import re
from collections.abc import Callable, Collection
from fractions import Fraction
from math import gcd
from typing import NoReturn, TypeVar

from proofs.kernel.errors import Malformed, expect
from proofs.kernel.limits import CERTIFICATE_BYTES, DIGITS
from proofs.kernel.poly import Poly

T = TypeVar("T")
Object = dict[str, object]
NOUNS: dict[type, str] = {dict: "an object", list: "a list", str: "a string", bool: "true or false"}
_INTEGER = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)
_PIECE = 600  # digits that are read at once


def document(data: bytes) -> object:
    """The JSON value of a file, holding only objects, lists, strings, booleans and null."""
    expect(len(data) <= CERTIFICATE_BYTES, f"more than {CERTIFICATE_BYTES} bytes")
    try:
        return json.loads(data.decode(), object_pairs_hook=_once, parse_int=_raw, parse_float=_raw, parse_constant=_raw)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {type(error).__name__} {str(error)[:80]}") from None


def _once(pairs: list[tuple[str, object]]) -> Object:
    found = dict(pairs)
    expect(len(found) == len(pairs), "a key is repeated")
    return found


def _raw(text: str) -> NoReturn:
    raise Malformed(f"the number {text[:20]} is not written as a string")


def typed(value: object, kind: type[T]) -> T:
    """A JSON value of this type."""
    if not isinstance(value, kind):
        raise Malformed(f"expected {NOUNS[kind]}")
    return value


def shown(value: object) -> str:
    """A stranger's text within a message; what is no text is not written out, as that may be long or impossible."""
    return repr(value[:40]) if isinstance(value, str) else "what stands there"


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
        raise Malformed(f"{shown(value)} is not one of {', '.join(known)[:200] or 'none'}")
    return value


def distinct(value: object, read: Callable[[object], str]) -> list[str]:
    """A list of names without repetition."""
    names = [read(entry) for entry in items(value)]
    expect(len(set(names)) == len(names), "a name is listed twice")
    return names


def integer(value: object) -> int:
    """An integer in canonical spelling. Read in pieces: CPython refuses over 4,300 digits at once."""
    text, total = typed(value, str), 0
    expect(len(text) <= DIGITS and _INTEGER.fullmatch(text), f"{text[:20]!r} is not an integer")
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE].lstrip("-")
        total = total * 10 ** len(piece) + int(piece)
    return -total if text[0] == "-" else total


def positive_integer(value: object) -> int:
    """An integer above 0."""
    found = integer(value)
    expect(found > 0, "a positive integer was expected")
    return found


def rational(value: object) -> Fraction:
    """A rational in lowest terms."""
    numerator, slash, denominator = typed(value, str).partition("/")
    top = integer(numerator)
    bottom = integer(denominator) if slash else 1
    expect(bottom > len(slash) and gcd(top, bottom) == 1, f"{numerator[:20]!r}... is not a rational in lowest terms")
    return Fraction(top, bottom)


def ends(value: object) -> tuple[Fraction, Fraction]:
    """[a, b] within [0, 1]."""
    low, high = map(rational, items(value, 2))
    expect(0 <= low <= high <= 1, "an interval lies in [0, 1], its ends in order")
    return low, high


def interval(value: object) -> tuple[Fraction, Fraction]:
    """[a, b] intersected with (0, 1), which is not empty."""
    low, high = ends(value)
    expect(low < high or 0 < low < 1, "the interval holds no gamma of (0, 1)")
    return low, high


def discount(value: object) -> Fraction:
    """A gamma in (0, 1)."""
    return interval([value, value])[0]


def polynomial(value: object) -> Poly:
    """A polynomial, without trailing zeros."""
    poly = tuple(map(integer, items(value)))
    expect(poly[-1:] != (0,), "a trailing zero")
    return poly
