"""Integer polynomials in gamma, and their signs. Nothing here is recursive or approximate."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise, zip_longest
from math import lcm

Poly = tuple[int, ...]  # low degree first, no trailing zero; () is 0
Root = tuple[Poly, Fraction, Fraction]  # p and [a, b]: the rational a if a = b, else the only root of p in (a, b)


def trim(coefficients: Iterable[int]) -> Poly:
    """Without trailing zeros."""
    poly = tuple(coefficients)
    return poly[: max((i + 1 for i, c in enumerate(poly) if c), default=0)]


def add(p: Poly, q: Poly, factor: int = 1) -> Poly:
    """p + factor * q."""
    return trim(x + factor * y for x, y in zip_longest(p, q, fillvalue=0))


def sign(p: Poly, x: Fraction) -> int:
    """The sign of p(x), by Horner's rule on integers."""
    total, power = 0, 1
    for coefficient in reversed(p):
        total = total * x.numerator + coefficient * power
        power *= x.denominator
    return (total > 0) - (total < 0)


def divides(p: Poly, q: Poly) -> bool:
    """True iff p (not 0) divides q over the rationals: the pseudo-remainder is 0."""
    while len(q) >= len(p):
        shifted = (0,) * (len(q) - len(p)) + p
        q = trim([p[-1] * x - q[-1] * y for x, y in zip(q, shifted, strict=True)])
    return not q


def sign_changes(p: Poly, a: Fraction, b: Fraction) -> int:
    """Sign changes in (1+y)^n p((a+by)/(1+y)); if 0, a nonzero p has no zero in (a, b) (Descartes)."""
    unit, total, power = lcm(a.denominator, b.denominator), list[int](), [1]
    for coefficient in reversed(p):
        total = [x + coefficient * y for x, y in zip(_times(total, int(a * unit), int(b * unit)), power, strict=True)]
        power = _times(power, unit, unit)
    signs = [x for x in total if x]
    return sum((x < 0) != (y < 0) for x, y in pairwise(signs))


def _times(p: list[int], constant: int, slope: int) -> list[int]:
    """p times constant + slope y."""
    return [constant * x + slope * y for x, y in zip([*p, 0], [0, *p], strict=True)]


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
    return 0 if x == a == b else -1 if x <= a else 1 if x >= b else sign(p, x) * sign(p, b)
