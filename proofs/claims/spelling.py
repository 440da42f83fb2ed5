"""Exact numbers, polynomials, functions, rewards and permutations as people write them. No sympy: it loads slowly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd, isqrt

from exact.algebraic import Algebraic
from exact.digits import exact_text, shown
from exact.rational_function import RationalFunction

SHORT = 28  # characters of a formula in a table
MOST_NAMES = 12  # in a list, unless all are asked for
_TINY = Fraction(1, 1000)  # below it, decimals are given to twelve places
_RADICAND = 10**6  # the largest discriminant whose square part is looked for


def polynomial_text(coefficients: Sequence[int], symbol: str = "g") -> str:
    """`1 - g + 2*g^2`."""
    powers = [("" if k == 0 else symbol if k == 1 else f"{symbol}^{k}") for k in range(len(coefficients))]
    return _sum([(Fraction(c), power) for c, power in zip(coefficients, powers, strict=True)])


def function_text(value: RationalFunction, symbol: str = "g") -> str:
    """`g/(1 - g)`."""
    above, below = (polynomial_text(part, symbol) for part in value.coefficients())
    return above if below == "1" else f"{_bracketed(above)}/{_bracketed(below)}"


def linear_text(names: Iterable[str], rewards: Iterable[Fraction]) -> str:
    """`1000*term + r1`, or 0."""
    return _sum(zip(rewards, map(_quoted, names), strict=True))


def goal_text(states: Sequence[str], rewards: Mapping[str, Fraction]) -> str:
    """The same of rewards by name, in the order of the states; endless numbers by their ends and length."""
    return _sum(((rewards[s], _quoted(s)) for s in states if s in rewards), shown)


def permutation_text(cycles: Iterable[Sequence[str]]) -> str:
    """`(term r1)`."""
    return "".join(f"({' '.join(cycle)})" for cycle in cycles) or "the identity"


def several(names: Sequence[str], everything: bool = False) -> str:
    """`a, b, c`; of very many the first ones."""
    left = 0 if everything else len(names) - MOST_NAMES
    shown_names = names[:MOST_NAMES] if left > 1 else names
    return ", ".join(shown_names) + (f" and {left} more" if left > 1 else "")


def root_text(value: Algebraic) -> str:
    """A fraction; or a short radical and decimals; or decimals and the polynomial, or its degree."""
    if value.rational is not None:
        return exact_text(value.rational)
    decimals = f"about {value.decimal(6 if value > _TINY else 12)}"
    if closed := _radical(value):
        return f"{closed}, {decimals}"
    text = f"{polynomial_text(value.polynomial)} = 0"
    return f"{decimals}, {text if len(text) <= SHORT else f'degree {len(value.polynomial) - 1}'}"


def decimal(value: Algebraic, digits: int) -> str:
    """Correctly rounded, without trailing zeros."""
    text = value.decimal(digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def printable(text: str) -> str:
    """What comes from strangers moves no cursor."""
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in text)


def _radical(value: Algebraic) -> str:
    """`(-1 + sqrt(5))/2`: of a quadratic number with a short one."""
    if len(value.polynomial) != 3:
        return ""
    c, b, a = value.polynomial
    radicand = b * b - 4 * a * c
    if radicand > _RADICAND:
        return ""
    square = next(k for k in range(isqrt(radicand), 0, -1) if radicand % (k * k) == 0)
    common = gcd(b, square, 2 * a)
    sign = "+" if value > Fraction(-b, 2 * a) else "-"
    factor = "" if square == common else f"{square // common}*"
    surd = f"{factor}sqrt({radicand // square**2})"
    above = f"{-b // common} {sign} {surd}" if b else surd if sign == "+" else f"-{surd}"
    below = 2 * a // common
    text = above if below == 1 else f"({above})/{below}" if b else f"{above}/{below}"
    return text if len(text) <= SHORT else ""


def _sum(terms: Iterable[tuple[Fraction, str]], spell: Callable[[Fraction], str] = exact_text) -> str:
    text = ""
    for coefficient, name in terms:
        if coefficient:
            size = abs(coefficient)
            term = name if name and size == 1 else f"{spell(size)}*{name}" if name else spell(size)
            sign = "-" if coefficient < 0 else "+"
            text += f" {sign} {term}" if text else f"-{term}" if sign == "-" else term
    return text or "0"


def _quoted(name: str) -> str:
    """A state that is called 5 is not taken for the number."""
    return name if name[:1].isalpha() or name[:1] == "_" else f'"{name}"'


def _bracketed(text: str) -> str:
    return f"({text})" if " " in text or "*" in text else text
