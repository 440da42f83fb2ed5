"""Integer polynomials in gamma, and their signs. Nothing here is recursive or approximate."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, zip_longest
from math import lcm, prod
from typing import TypeVar

T = TypeVar("T")
Monomial = tuple[int, ...]  # the exponent of each parameter of a family
Polynomial = Mapping[Monomial, Fraction]  # in the parameters, without zeros
Poly = tuple[int, ...]  # low degree first, no trailing zero; () is 0
Pay = Callable[..., object]  # takes how many products are made, and the lengths of their numbers
Root = tuple[Poly, Fraction, Fraction]  # p and [a, b]: the rational a if a = b, else the only root of p in (a, b)
_WORD, _CALL = 64, 16  # bits in a word; steps of any operation, however short its numbers
ALWAYS: Root = ((0, 1), Fraction(0), Fraction(0))  # the root that stands for "at every gamma"


def trim(coefficients: Iterable[T]) -> tuple[T, ...]:
    """Without trailing zeros."""
    poly = tuple(coefficients)
    return poly[: max((i + 1 for i, c in enumerate(poly) if c), default=0)]


def minus(p: Poly, q: Poly) -> Poly:
    """p - q."""
    return trim(x - y for x, y in zip_longest(p, q, fillvalue=0))


def whole(numbers: Sequence[Fraction | int], pay: Pay) -> tuple[int, list[int]]:
    """The least common denominator, and the numbers times it."""
    below = [x.denominator for x in numbers]
    pay(20 * len(below), sum(map(int.bit_length, below)), bits([*below, *(x.numerator for x in numbers)]))
    unit = lcm(*below)
    return unit, [unit // x.denominator * x.numerator for x in numbers]


def sign(p: Poly, x: Fraction) -> int:
    """The sign of p(x), by Horner's rule on integers."""
    total, power = 0, 1
    for coefficient in reversed(p):
        total = total * x.numerator + coefficient * power
        power *= x.denominator
    return (total > 0) - (total < 0)


def bits(p: Iterable[int]) -> int:
    """The length of the longest coefficient."""
    return max(map(int.bit_length, p), default=0)


def cost(times: int, *lengths: int) -> int:
    """The steps of so many products of numbers of these lengths, in bits."""
    return times * (_CALL + prod(1 + length // _WORD for length in lengths))


def length(p: Polynomial) -> int:
    """That of the longest numerator or denominator, in bits."""
    return bits(x for c in p.values() for x in (c.numerator, c.denominator))


def quotient(p: Poly, q: Poly) -> Poly | None:
    """q / p for p not 0; None if p does not divide q, or has a common factor among its coefficients that q has not."""
    rest, found = list(q), list[int]()
    while len(rest) >= len(p):
        factor, left = divmod(rest[-1], p[-1])
        if left:
            return None
        found.append(factor)
        start = len(rest) - len(p)
        rest[start:] = [x - factor * y for x, y in zip(rest[start:], p, strict=True)]
        rest.pop()
    return None if any(rest) else tuple(found[::-1])


def sign_changes(p: Poly, a: Fraction, b: Fraction) -> int:
    """Sign changes in (1+y)^n p((a+by)/(1+y)): the number of zeros in (a, b) or more, by an even number (Descartes)."""
    unit = lcm(a.denominator, b.denominator)
    start, width = int(a * unit), int((b - a) * unit)
    degree = len(p) - 1
    moved = shifted([c * unit ** (degree - k) for k, c in enumerate(p)], start)
    stretched = [c * width**k for k, c in enumerate(moved)]
    turned = [c for c in shifted(stretched[::-1], 1) if c]
    return sum((x < 0) != (y < 0) for x, y in pairwise(turned))


def shifted(p: Sequence[int], by: int) -> list[int]:
    """p(y + by), by repeated synthetic division."""
    moved = list(p)
    for done in range(len(moved)):
        for k in range(len(moved) - 2, done - 1, -1):
            moved[k] += by * moved[k + 1]
    return moved


def positive(p: Poly, a: Fraction, b: Fraction, or_zero: bool) -> bool:
    """True only if p > 0 (or_zero: p >= 0) at every gamma of [a, b] intersected with (0, 1)."""
    if not p or a == b:
        return sign(p, a) >= (0 if or_zero else 1)
    if sign_changes(p, a, b) or sign(p, (a + b) / 2) <= 0:
        return False
    return or_zero or all(sign(p, end) > 0 for end in (a, b) if 0 < end < 1)


def compare(x: Fraction, root: Root) -> int:
    """The sign of x - root."""
    p, a, b = root
    if a < x < b:
        return sign(p, x) * sign(p, b)
    return (x >= b) - (x <= a)
