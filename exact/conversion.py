"""Python's Fractions as FLINT's numbers and back, never through digits; as integers over one number; from doubles."""

from __future__ import annotations

import copyreg
import sys
from collections.abc import Callable, Collection
from fractions import Fraction
from functools import partial
from math import lcm

from flint import fmpq, fmpz_poly

from exact.errors import NotExact


def flint(value: Fraction | int) -> fmpq:
    """The same number for FLINT."""
    return fmpq(value.numerator, value.denominator)


def fraction(value: fmpq) -> Fraction:
    """The same number for Python, which is spared looking for common factors: of long numbers that takes longest."""
    return _in_lowest_terms(int(value.p), int(value.q))


def exact_value(value: object, where: str) -> Fraction:
    """The exact value of an int, a Fraction, a double, or one of numpy's numbers. Raises NotExact."""
    try:
        numerator, denominator = value.as_integer_ratio()  # type: ignore[attr-defined]  # caught below
        return Fraction(int(numerator), int(denominator))
    except (AttributeError, OverflowError, TypeError, ValueError):
        remedy = "probabilities and rewards are numbers"
        raise NotExact(f"{str(value)[:40]} is no finite number", remedy, where) from None


def over_common_denominator(values: Collection[Fraction]) -> tuple[list[int], int]:
    """(integers, m) with values = integers / m, the least m > 0."""
    scale = lcm(*(value.denominator for value in values))
    return [value.numerator * (scale // value.denominator) for value in values], scale


def _constructor() -> Callable[[int, int], Fraction]:
    """Fraction(p, q) for coprime p and q > 0, by whatever way this Python has; at worst by the usual one."""
    if sys.version_info < (3, 12):
        return partial(Fraction, _normalize=False)
    return getattr(Fraction, "_from_coprime_ints", Fraction)


_in_lowest_terms = _constructor()
copyreg.pickle(fmpz_poly, lambda given: (fmpz_poly, (given.coeffs(),)))
