"""How a number is written in an instance file: whatever a file can say is said in at most 1000 characters."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exact.digits import decimal_text, exact_text
from exact.errors import NotExact
from exact.limits import LARGEST_EXPONENT, LONGEST_NUMBER

_MOST_BITS = 10 * LONGEST_NUMBER  # of what a file can say: 1000 digits, and a power of ten that takes at most 2000 more


def spelled(value: Fraction) -> str:
    """`p` or `p/q`; where that is too long, a decimal. Raises NotExact for a number that no file may hold."""
    if max(abs(value.numerator), value.denominator).bit_length() <= _MOST_BITS:
        text = exact_text(value)
        if len(text) > LONGEST_NUMBER:
            text = min(_decimals(value), key=len, default=text)
        if len(text) <= LONGEST_NUMBER:
            return text
    raise NotExact("a number of that size", f"files hold numbers of at most {LONGEST_NUMBER} characters")


def _decimals(value: Fraction) -> Iterator[str]:
    """Spellings such as 12e-3, .012 and 1.2e-2; none if the number has no finite decimal expansion."""
    power = _power_of_ten(value.denominator)
    if power is None:
        return
    digits = decimal_text(abs(int(value * 10**power)))
    stripped = digits.rstrip("0")
    exponent = len(digits) - len(stripped) - power  # |value| = stripped * 10^exponent
    sign = "-" if value < 0 else ""
    for size in (0, 9, 99, 999, LARGEST_EXPONENT, abs(exponent)):
        if size <= min(LARGEST_EXPONENT, abs(exponent)):
            written = -size if exponent < 0 else size
            mantissa = _shifted(stripped, exponent - written)
            yield f"{sign}{mantissa}e{written}" if written else f"{sign}{mantissa}"


def _power_of_ten(denominator: int) -> int | None:
    """The least k for which the denominator divides 10^k."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _shifted(digits: str, places: int) -> str:
    """The digits times ten to the power `places`, written out."""
    if places >= 0:
        return digits + "0" * places
    padded = digits.rjust(-places, "0")
    return f"{padded[:places]}.{padded[places:]}"
