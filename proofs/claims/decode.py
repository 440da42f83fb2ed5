"""JSON without numbers and exact numbers from strings, as kernel/FORMAT.md spells them.

A second decoder on purpose: the kernel is never imported by what writes texts about its certificates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NoReturn, TypeVar

from flint import fmpz

from exact.errors import ExactError

LARGEST_FILE, MOST_DIGITS = 64 << 20, 100_000
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
T = TypeVar("T")


class NotACertificate(ExactError):
    """A file that is not of the form of kernel/FORMAT.md."""


def document(data: bytes) -> object:
    """The JSON value of a file that holds only objects, lists, strings, booleans and null."""
    if len(data) > LARGEST_FILE:
        raise NotACertificate(f"more than {LARGEST_FILE} bytes")
    try:
        text = data.decode("utf-8")
        return json.loads(text, object_pairs_hook=_once, parse_int=_number, parse_float=_number, parse_constant=_number)
    except (ValueError, RecursionError) as error:
        raise NotACertificate(f"not JSON: {str(error)[:120]}", "give a file that `gammastar verify` wrote") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise NotACertificate("a key is repeated in an object", "write each key once")
    return keys


def _number(text: str) -> NoReturn:
    raise NotACertificate(f"the number {text[:20]} is not a string", f'write "{text[:20]}"')


def mapping(value: object) -> dict[str, object]:
    """An object."""
    if not isinstance(value, dict):
        raise NotACertificate(f"{_shown(value)} is not an object")
    return value


def fields(value: object, *keys: str, **optional: object) -> list[object]:
    """The values of exactly these keys; those with a default may be missing."""
    found = optional | mapping(value)
    known = (*keys, *optional)
    for key in [*(k for k in known if k not in found), *(k for k in found if k not in known)]:
        raise NotACertificate(f'the key "{key[:40]}" is {"unknown" if key in found else "missing"}')
    return [found[key] for key in known]


def items(value: object, length: int | None = None) -> list[object]:
    """A list, of this length if one is given."""
    if not isinstance(value, list) or length not in (None, len(value)):
        raise NotACertificate(f"{_shown(value)} is not a list" + ("" if length is None else f" of {length}"))
    return value


def string(value: object) -> str:
    """A string."""
    if not isinstance(value, str):
        raise NotACertificate(f"{_shown(value)} is not a string")
    return value


def word(value: object, *words: str) -> str:
    """One of these words."""
    if not isinstance(value, str) or value not in words:
        raise NotACertificate(f"{_shown(value)} is not one of {', '.join(words)}")
    return value


def integer(value: object) -> int:
    """An integer in canonical spelling. FLINT reads it: CPython refuses over 4,300 digits."""
    text = string(value)
    if len(text) > MOST_DIGITS or not _INTEGER.fullmatch(text) or text == "-0":
        raise NotACertificate(f"{_shown(value)} is not an integer")
    return int(fmpz(text))


def rational(value: object) -> Fraction:
    """A rational in lowest terms."""
    numerator, slash, denominator = string(value).partition("/")
    top, bottom = integer(numerator), integer(denominator) if slash else 1
    if bottom < 1 or (slash and bottom == 1) or Fraction(top, bottom).denominator != bottom:
        raise NotACertificate(f"{_shown(value)} is not a rational in lowest terms")
    return Fraction(top, bottom)


def integers(value: object) -> tuple[int, ...]:
    """A list of them."""
    return tuple(map(integer, items(value)))


def polynomial(value: object) -> tuple[int, ...]:
    """Integers, low degree first, without a trailing zero."""
    poly = integers(value)
    if poly and not poly[-1]:
        raise NotACertificate("a polynomial ends in a zero")
    return poly


def over(value: object, read: Callable[[object], T]) -> Mapping[str, T]:
    """A map over states."""
    return {state: read(entry) for state, entry in mapping(value).items()}


def rationals(value: object) -> Mapping[str, Fraction]:
    """Names with a rational each."""
    return over(value, rational)


def interval(value: object) -> tuple[Fraction, Fraction]:
    """Two rationals in order."""
    low, high = map(rational, items(value, 2))
    if low > high:
        raise NotACertificate(f"{_shown(value)} is not an interval")
    return low, high


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, (list, dict)) else "a list" if isinstance(value, list) else "an object"
    return text if len(text) <= 40 else f"{text[:40]}..."
