"""Exact numbers, polynomials, roots and reward vectors as LaTeX formulas (without the dollar signs)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from exact.algebraic import Algebraic
from exact.rational_function import RationalFunction
from proofs.claims.types import Cycles, Interval, Poly
from proofs.report.latex.escape import name
from proofs.report.radicals import decimals, radical

DIGITS = 6  # decimals of a root
LONGEST_NUMBER = 40  # digits; a longer integer is named by its length
LONGEST_POLYNOMIAL = 240  # characters; a longer polynomial is named by its degree
_SHORT = 8  # digits of a numerator in a small stacked fraction
_TERMS = 4  # of a polynomial in a fraction
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def integer(value: int) -> str:
    """Its digits, or how many there are."""
    if value.bit_length() > 4 * LONGEST_NUMBER:
        sign = "-" if value < 0 else ""
        return rf"{sign}(\text{{an integer of {abs(value).bit_length()} bits}})"
    return str(value)


def counted(number: int) -> str:
    """A small number in words, in text."""
    return _WORDS[number] if number < len(_WORDS) else str(number)


def fraction(value: Fraction) -> str:
    """A small stacked fraction, or one on the line."""
    top, bottom = integer(abs(value.numerator)), integer(value.denominator)
    sign = "-" if value < 0 else ""
    if bottom == "1":
        return sign + top
    if max(len(top), len(bottom)) <= _SHORT:
        return rf"{sign}\tfrac{{{top}}}{{{bottom}}}"
    return rf"{sign}{top}/\allowbreak {bottom}"


def polynomial(poly: Poly, where: str = "", descending: bool = False) -> str:
    """1-\\gamma+2\\gamma^{2}; where: what to point to if it is too long to be written."""
    terms = [_term(c, k) for k, c in enumerate(poly) if c]
    text = "".join(terms[::-1] if descending else terms).removeprefix("+") or "0"
    if len(text) > LONGEST_POLYNOMIAL:
        return rf"(\text{{a polynomial of degree {len(poly) - 1}{where}}})"
    return text


def function(value: RationalFunction, where: str = "", stacked: bool = True) -> str:
    """N/D: stacked if short."""
    above, below = (polynomial(part, where) for part in value.coefficients())
    if below == "1":
        return above
    if stacked and is_short(value):
        return rf"\frac{{{above}}}{{{below}}}"
    return f"{_bracketed(above)}\\,/\\,{_bracketed(below)}"


def is_short(value: RationalFunction) -> bool:
    """Whether it fits a stacked fraction."""
    parts = value.coefficients()
    return all(sum(map(bool, part)) <= _TERMS and all(abs(c) < 10**_SHORT for c in part) for part in parts)


def root(value: Algebraic, digits: int = DIGITS) -> str:
    r"""`= (\sqrt{5}-1)/2 \approx 0.618034`, as far as that is short."""
    if value.rational is not None:
        return f"= {fraction(value.rational)}"
    closed = radical(value)
    return (f"= {closed} " if closed else "") + rf"\approx {decimals(value, digits)}"


def decimal(value: Fraction, digits: int = 4) -> str:
    """`= 8.1` where that is exact, else `\\approx 0.3333`."""
    scaled = round(value * 10**digits)
    relation = "=" if value * 10**digits == scaled else r"\approx"
    return f"{relation} {'-' if value < 0 else ''}{_point(abs(scaled), digits)}"


def rounded_down(value: Fraction, digits: int = 4) -> str:
    """A decimal that a nonnegative number is not below."""
    return _point(value.numerator * 10**digits // value.denominator, digits)


def _point(scaled: int, digits: int) -> str:
    whole, part = divmod(scaled, 10**digits)
    return f"{integer(whole)}.{part:0{digits}d}".rstrip("0").rstrip(".")


def interval(ends: Interval) -> str:
    """[a, b]."""
    low, high = map(_end, ends)
    return rf"[{low},\allowbreak\, {high}]"


def gammas(ends: Interval) -> str:
    """`= 1/2`, `\\in (0, 1)`, `\\in [1/4, 1/2]`: what follows the discount in a formula."""
    low, high = ends
    if low == high:
        return f"= {fraction(low)}"
    return r"\in (0, 1)" if low == 0 and high == 1 else rf"\in {interval(ends)}"


def _end(value: Fraction) -> str:
    """A dyadic number, as bisection gives it, by the power of two below."""
    bits = value.denominator.bit_length() - 1
    if bits <= _SHORT or value.denominator != 1 << bits:
        return fraction(value)
    return rf"{integer(value.numerator)}/2^{{{bits}}}"


def rewards(theta: Mapping[str, Fraction]) -> str:
    """r(term) = 5, r(t) = 2, in text: one formula for each reward."""
    return ", ".join(f"$r($\\nobreak{name(s)}\\nobreak$) = {fraction(r)}$" for s, r in theta.items() if r) or "$r = 0$"


def permutation(cycles: Cycles) -> str:
    """(term r1), in text."""
    inside = ("~".join(map(name, cycle)) for cycle in cycles)
    return "".join(f"({entries})" for entries in inside) or "the identity"


def listed(parts: Sequence[str], empty: str = "none") -> str:
    """a, b and c."""
    if len(parts) < 2:
        return parts[0] if parts else empty
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _term(coefficient: int, power: int) -> str:
    sign, size = "-" if coefficient < 0 else "+", integer(abs(coefficient))
    symbol = "" if not power else r"\gamma" if power == 1 else rf"\gamma^{{{power}}}"
    return sign + (symbol if symbol and size == "1" else size + symbol)


def _bracketed(text: str) -> str:
    plain = "+" not in text and "-" not in text[1:] and "(" not in text
    return text if plain else f"({text})"
