"""What reading a family's polynomials costs, in steps of 64-bit words, so that no file of bounded length runs away.

n products of numbers of a, b, ... bits cost n (16 + (1 + floor(a/64)) (1 + floor(b/64)) ...). What is counted stands in
the kernel's FORMAT.md; a test compares the two readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import prod

from flint import fmpq_mpoly

from exact.errors import TooLarge
from exact.limits import MOST_READING


class Reading:
    """The steps that one file has taken so far."""

    def __init__(self) -> None:
        self.spent = 0

    def spend(self, times: int, *lengths: int) -> None:
        """So many products of numbers of these lengths. Raises TooLarge beyond the bound."""
        self.spent += 4 * times * (16 + prod(1 + length // 64 for length in lengths))
        if self.spent > MOST_READING:
            problem = f"reading the probabilities takes more than {MOST_READING} steps"
            remedy = "use polynomials of fewer terms and lower degree, with shorter numbers, that stay away from 0"
            raise TooLarge(problem, remedy, "parameters")


def length(polynomial: fmpq_mpoly) -> int:
    """The bits of the longest numerator or denominator."""
    return _longest(part for value in polynomial.coeffs() for part in (int(value.p), int(value.q)))


def length_at(polynomial: fmpq_mpoly, points: Iterable[Sequence[Fraction]]) -> int:
    """Those of values at such points: a bound, but for a few bits."""
    ends = _longest(part for point in points for x in point for part in (x.numerator, x.denominator))
    return length(polynomial) + ends * max((sum(map(int, monomial)) for monomial in polynomial.monoms()), default=0)


def _longest(numbers: Iterable[int]) -> int:
    return max((abs(number).bit_length() for number in numbers), default=0)
