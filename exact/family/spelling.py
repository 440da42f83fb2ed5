"""Polynomials in gamma and the parameters as people write them: `1 - p`, `9/10 - 9/10*q`, `gamma*p`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from flint import fmpq_mpoly

from exact.conversion import fraction
from exact.digits import exact_text, shown

if TYPE_CHECKING:
    import sympy

_FEW = 4  # terms of a polynomial in a message
Powers = tuple[tuple[str, int], ...]  # (name, power at least 1), in the order of the ring


def terms(polynomial: fmpq_mpoly) -> Iterator[tuple[Fraction, Powers]]:
    """(coefficient, powers): constants first, then by degree."""
    names = polynomial.context().names()
    found = sorted(polynomial.to_dict().items(), key=lambda term: (sum(term[0]), tuple(-k for k in term[0])))
    for monomial, coefficient in found:
        powers = tuple((name, int(k)) for name, k in zip(names, monomial, strict=True) if k)
        yield fraction(coefficient), powers


def spelled(polynomial: fmpq_mpoly) -> str:
    """The sum, in characters that the reader of families takes."""
    return _sum(terms(polynomial), exact_text)


def in_parentheses(text: str) -> str:
    """A sum is put in parentheses."""
    return f"({text})" if " " in text else text


def brief(polynomial: fmpq_mpoly) -> str:
    """For a message: long numbers are cut, and of many terms the first few are said, and how many there are."""
    said = _sum(islice(terms(polynomial), _FEW), shown)
    return said if len(polynomial) <= _FEW else f"{said} + ... ({len(polynomial)} terms)"


def _sum(given: Iterable[tuple[Fraction, Powers]], number: Callable[[Fraction], str]) -> str:
    parts: list[str] = []
    for coefficient, powers in given:
        factors = [name if k == 1 else f"{name}^{k}" for name, k in powers]
        size = abs(coefficient)
        body = "*".join([*([] if size == 1 and factors else [number(size)]), *factors])
        sign = "-" if coefficient < 0 else "+"
        parts += [sign, body] if parts else [f"-{body}" if coefficient < 0 else body]
    return " ".join(parts) or "0"


def factored(polynomial: fmpq_mpoly) -> tuple[Fraction, list[tuple[fmpq_mpoly, int]]]:
    """(c, [(factor, power), ...]): irreducible ones, each with a least term that is positive."""
    content, factors = polynomial.factor()
    constant, found = fraction(content), list[tuple[fmpq_mpoly, int]]()
    for factor, power in factors:
        negative = next(terms(factor))[0] < 0
        constant *= (-1) ** int(power) if negative else 1
        found.append((-factor if negative else factor, int(power)))
    return constant, found


def expression(polynomial: fmpq_mpoly) -> sympy.Expr:
    """For sympy, in the symbols of its names."""
    import sympy

    found = {monomial: sympy.Rational(int(c.p), int(c.q)) for monomial, c in polynomial.to_dict().items()}
    return sympy.Poly.from_dict(found, *sympy.symbols(polynomial.context().names())).as_expr() if found else sympy.S(0)
