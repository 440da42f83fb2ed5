"""Polynomials in the parameters, as instance files write them: `1 - p`, `p*q/2`, `(1 - p)^2`.

sum:     ["+" | "-"] product {("+" | "-") product}
product: power {"*" power | "/" number}
power:   atom ["^" integer]
atom:    number | parameter | "(" sum ")"
"""

from __future__ import annotations

import copyreg
import re
from collections.abc import Mapping, Sequence

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from exact.conversion import flint
from exact.errors import NotExact, TooLarge
from exact.family.reading import Reading, length
from exact.limits import DEEPEST_EXPRESSION, HIGHEST_DEGREE, LONGEST_NUMBER
from exact.rational import rational

_TOKEN = re.compile(r"[ \t]*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)|([A-Za-z_]\w*)|(.))", re.ASCII | re.DOTALL)
SHAPE = 'write a polynomial in the parameters, such as "1 - p", "p*q/2" or "(1 - p)^2"'


def ring(names: Sequence[str]) -> fmpq_mpoly_ctx:
    """Q[names], the same ring for the same names."""
    return fmpq_mpoly_ctx.get(tuple(names), Ordering.lex)


def with_terms(names: Sequence[str], terms: Mapping[tuple[int, ...], fmpq]) -> fmpq_mpoly:
    """The polynomial of Q[names] with these coefficients, by monomials."""
    return ring(names).from_dict(dict(terms))


copyreg.pickle(fmpq_mpoly, lambda given: (with_terms, (given.context().names(), given.to_dict())))


def polynomial(text: str, names: Sequence[str], where: str = "", reading: Reading | None = None) -> fmpq_mpoly:
    """The polynomial of Q[names] that the text says; reading: what the file has cost so far. Raises NotExact, TooLarge.

    >>> polynomial("(1 - p)*q/2", ["p", "q"])
    -1/2*p*q + 1/2*q
    """
    if len(text) > LONGEST_NUMBER:
        raise TooLarge(f"{len(text)} characters", f"at most {LONGEST_NUMBER}", where)
    return _Reader(text, names, where, reading or Reading()).read()


class _Reader:
    """One token ahead; `_token` is "" at the end of the text."""

    def __init__(self, text: str, names: Sequence[str], where: str, reading: Reading) -> None:
        self._text, self._names, self._where, self._reading = text, tuple(names), where, reading
        self._ring = ring(names)
        self._tokens = list(_TOKEN.finditer(text.rstrip(" \t")))
        self._at, self._depth = 0, -1

    def read(self) -> fmpq_mpoly:
        found = self._sum()
        if self._token:
            raise self._error(f"{self._token[:40]!r} is out of place")
        return found

    @property
    def _token(self) -> str:
        return self._tokens[self._at][0].strip(" \t") if self._at < len(self._tokens) else ""

    def _take(self, *wanted: str) -> str:
        """The next token, if it is one of these; else ""."""
        token = self._token
        if token not in wanted:
            return ""
        self._at += 1
        return token

    def _sum(self) -> fmpq_mpoly:
        self._depth += 1
        if self._depth > DEEPEST_EXPRESSION:
            raise TooLarge("parentheses nested too deeply", f"at most {DEEPEST_EXPRESSION} deep", self._where)
        sign, total = self._take("+", "-") or "+", self._ring.constant(0)
        while sign:
            more = self._product()
            self._reading.spend(1 + len(more), length(total), length(more))
            total = total - more if sign == "-" else total + more
            sign = self._take("+", "-")
        self._depth -= 1
        return total

    def _product(self) -> fmpq_mpoly:
        total = self._power()
        while sign := self._take("*", "/"):
            factor = self._power()
            if sign == "/" and not (factor and factor.is_constant()):
                raise self._error("a division by what is no number, or 0")
            total = self._times(total, factor if sign == "*" else self._ring.constant(1 / factor.leading_coefficient()))
        return total

    def _power(self) -> fmpq_mpoly:
        base = self._atom()
        if not self._take("^"):
            return base
        exponent = self._token
        if not exponent.isdigit() or len(exponent) > 3:
            raise self._error(f"{exponent[:40]!r} is no exponent")
        self._at += 1
        found = self._ring.constant(1)
        for _ in range(int(exponent)):
            found = self._times(found, base)
        return found

    def _atom(self) -> fmpq_mpoly:
        if self._take("("):
            inner = self._sum()
            if not self._take(")"):
                raise self._error("a parenthesis is not closed")
            return inner
        match = self._tokens[self._at] if self._at < len(self._tokens) else None
        self._at += 1
        if match and match[1]:
            return self._ring.constant(flint(rational(match[1], self._where)))
        if match and match[2] in self._names:
            return self._ring.gens()[self._names.index(match[2])]
        if match and match[2]:
            raise NotExact(f'"{match[2][:40]}" is no parameter', f"known: {', '.join(self._names)}", self._where)
        raise self._error(f"{match[0].strip()[:40]!r} is out of place" if match else "it ends too early")

    def _times(self, left: fmpq_mpoly, right: fmpq_mpoly) -> fmpq_mpoly:
        """The product, of a degree that is bounded in each parameter."""
        degrees = [a + b for a, b in zip(left.degrees(), right.degrees(), strict=True)]
        if max(degrees, default=0) > HIGHEST_DEGREE:
            raise TooLarge("the degree is too high", f"at most {HIGHEST_DEGREE} in each parameter", self._where)
        self._reading.spend(1 + len(left) * len(right), length(left), length(right))
        return left * right

    def _error(self, problem: str) -> NotExact:
        return NotExact(f"{self._text[:60]!r} is no polynomial: {problem}", SHAPE, self._where)
