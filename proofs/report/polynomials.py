"""Polynomials, rational functions and reward vectors as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exact.rational_function import RationalFunction


def polynomial_text(coefficients: Sequence[int], symbol: str = "g") -> str:
    """`1 - g + 2*g^2`."""
    powers = [("" if k == 0 else symbol if k == 1 else f"{symbol}^{k}") for k in range(len(coefficients))]
    return _sum([(Fraction(c), power) for c, power in zip(coefficients, powers, strict=True)])


def function_text(value: RationalFunction, symbol: str = "g") -> str:
    """`g/(1 - g)`."""
    numerator, denominator = value.coefficients()
    top, bottom = polynomial_text(numerator, symbol), polynomial_text(denominator, symbol)
    if bottom == "1":
        return top
    return f"{_bracketed(top)}/{_bracketed(bottom)}"


def linear_text(names: Sequence[str], rewards: Sequence[Fraction]) -> str:
    """`1000*term + r1`, or 0."""
    return _sum(list(zip(rewards, names, strict=True)))


def _sum(terms: list[tuple[Fraction, str]]) -> str:
    text = ""
    for coefficient, name in terms:
        if coefficient:
            size = abs(coefficient)
            term = name if name and size == 1 else f"{size}*{name}" if name else str(size)
            sign = "-" if coefficient < 0 else "+"
            text += f" {sign} {term}" if text else f"-{term}" if sign == "-" else term
    return text or "0"


def _bracketed(text: str) -> str:
    return f"({text})" if " " in text or "*" in text else text
