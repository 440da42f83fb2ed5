"""Polynomials in the parameters, as instance files write them (FORMAT.md, "Families")."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from proofs.kernel.errors import expect
from proofs.kernel.limits import DEGREE, NESTING, NUMBER_CHARACTERS
from proofs.kernel.poly import Monomial, Polynomial, length

_TOKEN = re.compile(r"[ \t]*(?:([0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)|([A-Za-z_][A-Za-z0-9_]*)|([-+*/^()]))")


def expression(text: str, names: Sequence[str], spend: Callable[..., object]) -> Polynomial:
    """The polynomial that a text says; spend: told of products, as Facts.pay is. Raises Malformed."""
    expect(len(text) <= NUMBER_CHARACTERS, "an expression is too long")
    text = text.rstrip(" \t")
    tokens = list(_TOKEN.finditer(text))
    expect(sum(len(token[0]) for token in tokens) == len(text), f"{text[:40]!r} is no polynomial")
    reader = _Reader([(token[1] or "", token[2] or "", token[3] or "") for token in tokens], names, spend)
    found = reader.sum(0)
    expect(not reader.tokens, f"{text[:40]!r} goes on after its end")
    return found


class _Reader:
    """The tokens that are left, each (numeral, name, sign), the next one last."""

    def __init__(self, tokens: list[tuple[str, str, str]], names: Sequence[str], spend: Callable[..., object]) -> None:
        self.tokens, self.names, self.spend = tokens[::-1], names, spend
        self.none = (0,) * len(names)

    def sum(self, depth: int) -> Polynomial:
        """["+" | "-"] product {("+" | "-") product}."""
        expect(depth <= NESTING, "parentheses are nested too deeply")
        sign = self._sign("+-") or "+"
        total: Polynomial = {}
        while sign:
            more = self._product(depth)
            self.spend(1 + len(more), length(total), length(more))
            total = plus(total, more, Fraction(f"{sign}1"))
            sign = self._sign("+-")
        return total

    def _product(self, depth: int) -> Polynomial:
        """power {"*" power | "/" power}, the divisors numbers."""
        total, sign = self._power(depth), self._sign("*/")
        while sign:
            factor = self._power(depth)
            if sign == "/":
                expect(factor.keys() == {self.none}, "a division by what is no number, or 0")
                factor = {self.none: 1 / factor[self.none]}
            total, sign = self._times(total, factor), self._sign("*/")
        return total

    def _power(self, depth: int) -> Polynomial:
        """atom ["^" integer]."""
        base = self._atom(depth)
        if not self._sign("^"):
            return base
        numeral = self._take()[0]
        expect(re.fullmatch("[0-9]{1,3}", numeral), "an exponent is missing, or too large")
        total: Polynomial = {self.none: Fraction(1)}
        for _ in range(int(numeral)):
            total = self._times(total, base)
        return total

    def _atom(self, depth: int) -> Polynomial:
        """A number, a parameter, or a sum in parentheses."""
        numeral, name, sign = self._take()
        if sign == "(":
            inner = self.sum(depth + 1)
            expect(self._sign(")"), "a parenthesis is not closed")
            return inner
        if numeral:
            value = Fraction(numeral)
            return {self.none: value} if value else {}
        expect(name in self.names, "a number or a parameter is missing")
        return {tuple(int(name == other) for other in self.names): Fraction(1)}

    def _times(self, p: Polynomial, q: Polynomial) -> Polynomial:
        self.spend(1 + len(p) * len(q), length(p), length(q))
        return times(p, q)

    def _take(self) -> tuple[str, str, str]:
        expect(self.tokens, "an expression ends too early")
        return self.tokens.pop()

    def _sign(self, wanted: str) -> str:
        """The next token, if it is one of these signs; else nothing."""
        found = self.tokens[-1][2] if self.tokens else ""
        return self.tokens.pop()[2] if found and found in wanted else ""


def plus(p: Polynomial, q: Polynomial, factor: Fraction = Fraction(1)) -> Polynomial:
    """p + factor q."""
    total = dict(p)
    for monomial, value in q.items():
        total[monomial] = total.get(monomial, Fraction(0)) + factor * value
    return {monomial: value for monomial, value in total.items() if value}


def times(p: Polynomial, q: Polynomial, degree: int = DEGREE) -> Polynomial:
    """p q. Raises Malformed beyond this degree in a parameter."""
    total: dict[Monomial, Fraction] = {}
    for one, a in p.items():
        for other, b in q.items():
            monomial = tuple(i + j for i, j in zip(one, other, strict=True))
            expect(max(monomial, default=0) <= degree, "the degree in a parameter is too high")
            total[monomial] = total.get(monomial, Fraction(0)) + a * b
    return {monomial: value for monomial, value in total.items() if value}
