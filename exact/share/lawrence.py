"""Layer: shares, volumes: of a bounded polyhedron, exactly, by a sum over its bases (Lawrence 1991).

vol {x: A x <= b} = 1/n! sum over bases B of (c . v)^n / (|det A_B| prod gamma), where c = sum gamma_i a_i over the rows
of B and v is their vertex, for any c without a zero among the gammas. The terms are long and alternate, so they are
added without cancelling; what the sum is in lowest terms is guessed from its first digits and checked exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import factorial
from random import Random

from flint import fmpz

from exact.errors import TooLarge
from exact.share.vertices import Basis, Numbers, bases

MOST_WORK = 8_000_000  # entries of all the bases' tables: some 20 seconds
Pair = tuple[fmpz, fmpz]  # numerator, denominator > 0


class _Unlucky(Exception):
    """c is orthogonal to an edge."""


def volume(
    rows: Sequence[Numbers], bounds: Numbers, dimension: int, visit: Callable[[Basis], None] = lambda _: None
) -> Fraction:
    """Of {x >= 0: rows x <= bounds}, which is bounded, with bounds >= 0. visit: is shown every basis.

    Raises TooLarge beyond MOST_WORK.
    """
    if dimension == 0:
        return Fraction(1)
    random = Random(dimension)  # any c will do
    while True:
        objective = [random.randint(1, 1 << 10) for _ in range(dimension)]
        try:
            return _sum(rows, bounds, objective, visit)
        except _Unlucky:
            continue


def _sum(rows: Sequence[Numbers], bounds: Numbers, objective: list[int], visit: Callable[[Basis], None]) -> Fraction:
    terms: list[Pair] = []
    most = MOST_WORK // ((len(rows) + len(objective) + 1) * (len(objective) + 1))
    for count, basis in enumerate(bases(rows, bounds, objective)):
        if count == most:
            raise TooLarge(
                f"a polytope of dimension {len(objective)} has more than {most} vertices", "a sample is drawn instead"
            )
        visit(basis)
        terms.append(_term(basis, len(objective)))
    numerator, denominator = _added(terms)
    return lowest(numerator, denominator) / factorial(len(objective))


def _term(basis: Basis, n: int) -> Pair:
    below = basis.size
    for weight in basis.weights:
        below *= weight
    if not below:
        raise _Unlucky
    term = basis.value**n / below
    return term.p, term.q


def _added(terms: list[Pair]) -> Pair:
    """Their sum, not in lowest terms, by halves."""
    while len(terms) > 1:
        pairs = [(a * d + c * b, b * d) for (a, b), (c, d) in zip(terms[::2], terms[1::2], strict=False)]
        terms = pairs if len(terms) % 2 == 0 else [*pairs, terms[-1]]
    return terms[0]


def lowest(numerator: fmpz, denominator: fmpz) -> Fraction:
    """The fraction in lowest terms: a convergent of its first digits, which is checked."""
    bits = 256
    while bits < 2 * int(denominator.bit_length()):
        found = _convergent(int((numerator << bits) // denominator), bits)
        if fmpz(found.numerator) * denominator == fmpz(found.denominator) * numerator:
            return found
        bits *= 4
    common = numerator.gcd(denominator)
    return Fraction(int(numerator // common), int(denominator // common))


def _convergent(scaled: int, bits: int) -> Fraction:
    """The last convergent of scaled / 2^bits whose denominator has less than half the bits."""
    p0, q0, p1, q1 = 0, 1, 1, 0
    a, b = scaled, 1 << bits
    while b:
        whole, rest = divmod(a, b)
        p0, q0, p1, q1, a, b = p1, q1, whole * p1 + p0, whole * q1 + q0, b, rest
        if q1.bit_length() > bits // 2 - 8:
            return Fraction(p0, q0)
    return Fraction(p1, q1)
