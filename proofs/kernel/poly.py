"""Integer polynomials in gamma, and their signs. Nothing here is recursive or approximate."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

Poly = tuple[int, ...]  # low degree first, no trailing zero; () is 0
Root = tuple[Poly, Fraction, Fraction]  # p and [a, b]: the rational a if a = b, else the only root of p in (a, b)


def trim(coefficients: Iterable[int]) -> Poly:
    """Without trailing zeros."""
    poly = list(coefficients)
    while poly and not poly[-1]:
        poly.pop()
    return tuple(poly)


def add(p: Poly, q: Poly, factor: int = 1) -> Poly:
    """p + factor * q."""
    size = max(len(p), len(q))
    long_p, long_q = p + (0,) * (size - len(p)), q + (0,) * (size - len(q))
    return trim(x + factor * y for x, y in zip(long_p, long_q, strict=True))


def sign(p: Poly, x: Fraction) -> int:
    """The sign of p(x), by Horner's rule on integers."""
    total, power = 0, 1
    for coefficient in reversed(p):
        total = total * x.numerator + coefficient * power
        power *= x.denominator
    return (total > 0) - (total < 0)


def divides(p: Poly, q: Poly) -> bool:
    """True iff p (not 0) divides q over the rationals."""
    rest = list(q)
    while len(rest) >= len(p):
        lead, shift = rest[-1], len(rest) - len(p)
        rest = [p[-1] * x for x in rest]
        for i, x in enumerate(p):
            rest[shift + i] -= lead * x
        rest = list(trim(rest))
    return not rest


def _shift(p: list[int], by: int) -> list[int]:
    """The coefficients of p(x + by)."""
    p = list(p)
    for i in range(len(p)):
        for j in range(len(p) - 2, i - 1, -1):
            p[j] += by * p[j + 1]
    return p


def sign_changes(p: Poly, a: Fraction, b: Fraction) -> int:
    """Sign changes in (1+y)^n p((a+by)/(1+y)); if 0, a nonzero p has no zero in (a, b) (Descartes)."""
    unit = a.denominator * b.denominator
    start, width, n = a.numerator * b.denominator, b.numerator * a.denominator - a.numerator * b.denominator, len(p) - 1
    moved = _shift([x * unit ** (n - i) for i, x in enumerate(p)], start)
    signs = [x for x in _shift([x * width**i for i, x in enumerate(moved)][::-1], 1) if x]
    return sum((x < 0) != (y < 0) for x, y in pairwise(signs))


def positive(p: Poly, a: Fraction, b: Fraction, or_zero: bool) -> bool:
    """True if it is shown that p > 0 (or_zero: p >= 0) on [a, b] within (0, 1)."""
    if not p or a == b:
        return sign(p, a) >= (0 if or_zero else 1)
    ends = [x for x in (a, b) if 0 < x < 1 and not or_zero]
    return not sign_changes(p, a, b) and all(sign(p, x) > 0 for x in [(a + b) / 2, *ends])


def at_most_zero(q: Poly, root: Root) -> bool:
    """True if it is shown that q <= 0 at the root: q vanishes there, or is <= 0 on the whole interval."""
    p, a, b = root
    return positive(tuple(-x for x in q), a, b, or_zero=True) or (a < b and divides(p, q))


def compare(x: Fraction, root: Root) -> int:
    """The sign of x - root."""
    p, a, b = root
    if a == b:
        return (x > a) - (x < a)
    return -1 if x <= a else 1 if x >= b else sign(p, x) * sign(p, b)
