"""Numbers and names as matplotlib's mathtext: breakpoints in closed form where that is short, names as they are."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, isqrt

from flint import fmpz_poly

from exact.algebraic import Algebraic

LONGEST_FRACTION = 9  # characters
LARGEST_RADICAL = 999  # the integers of a radical that a reader still reads
LONGEST_NAME = 28
MOST_NAMES = 4
DIGITS = 4


def number_label(value: Algebraic) -> str:
    r"""`$1/2$`, `$(\sqrt{5}-1)/2$`, `$\sqrt[3]{1/2}$`, else `$\approx 0.6823$`."""
    text = fraction_text(value.rational) if value.rational is not None else _radical(value)
    return f"${text or approximately(value)}$"


def fraction_text(value: Fraction) -> str:
    """The fraction if it is short, else nothing."""
    return str(value) if len(str(value)) <= LONGEST_FRACTION else ""


def approximately(value: Algebraic) -> str:
    """Decimals, with more of them near 0 and 1."""
    digits = DIGITS
    while digits < 12 and value.decimal(digits).rstrip("0").rstrip(".") in ("0", "1"):
        digits += 2
    return rf"\approx {value.decimal(digits)}"


def as_float(value: Algebraic) -> float:
    """For placing ink only."""
    narrow = value.refined(Fraction(1, 1 << 40))
    return float((narrow.low + narrow.high) / 2)


def name_text(name: str) -> str:
    """A state's name: printable, not too long, no mathematics."""
    line = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    return (line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…").replace("$", r"\$")


def names_text(names: list[str]) -> str:
    """A few names, and how many more."""
    shown = ", ".join(name_text(name) for name in names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown}, {len(names) - MOST_NAMES} more"


def _radical(value: Algebraic) -> str:
    """A k-th root of a root of degree 1 or 2, where the minimal polynomial is one in gamma^k, with small integers."""
    coefficients = value.polynomial
    k = gcd(*(power for power, c in enumerate(coefficients) if c))
    inner = coefficients[::k]
    if len(inner) > 3 or max(map(abs, coefficients)) > LARGEST_RADICAL:
        return ""
    if len(inner) == 2:
        text = str(Fraction(-inner[0], inner[1]))
    else:
        text = _quadratic(inner, value.sign_of(fmpz_poly([inner[1], *[0] * (k - 1), 2 * inner[2]])))
    if k == 1 or not text:
        return text
    return rf"\sqrt{{{text}}}" if k == 2 else rf"\sqrt[{k}]{{{text}}}"


def _quadratic(polynomial: tuple[int, ...], sign: int) -> str:
    """(-b + sign k sqrt(m)) / 2a in lowest terms, a > 0; nothing if the radicand is large."""
    c, b, a = polynomial
    square, rest = _square_part(b * b - 4 * a * c)
    common = gcd(b, square, 2 * a)
    rational, square, below = -b // common, square // common, 2 * a // common
    if rest > LARGEST_RADICAL:
        return ""
    root = rf"{square if square > 1 else ''}\sqrt{{{rest}}}"
    above = f"{rational}{'+' if sign > 0 else '-'}{root}" if rational > 0 else f"{root}{rational}"
    return above if below == 1 else f"({above})/{below}"


def _square_part(number: int) -> tuple[int, int]:
    """(k, m) with number = k^2 m and m without a square factor."""
    for k in range(isqrt(number), 1, -1):
        if number % (k * k) == 0:
            return k, number // (k * k)
    return 1, number
