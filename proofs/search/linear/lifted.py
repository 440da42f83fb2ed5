"""Linear search, a leaf for many gammas: rows with polynomials for multipliers, and where they refute the branch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq_poly, fmpz, fmpz_poly

from exact.algebraic.narrow import sign_at
from exact.conversion import flint
from proofs.search.linear.decide import Node
from proofs.search.linear.row import Row
from proofs.search.linear.signs import Range, around, cut


@dataclass(frozen=True)
class Lifted:
    """Multipliers together in coprime integers, with which every variable cancels; right where the signs are."""

    rows: tuple[Row, ...]
    multipliers: tuple[fmpz_poly, ...]

    def total(self) -> fmpz_poly:
        """A positive multiple of the sum of multiplier times bound."""
        return sum((fmpq_poly(y) * flint(row.bound) for row, y in self._pairs()), fmpq_poly()).numer()

    def strict(self) -> fmpz_poly:
        """The sum of the multipliers of the strict rows."""
        return sum((y for row, y in self._pairs() if row.relation == "<"), fmpz_poly())

    def signed(self) -> list[fmpz_poly]:
        """The multipliers that must not be negative."""
        return [y for row, y in self._pairs() if row.relation != "="]

    def conditions(self) -> list[fmpz_poly]:
        """Everything whose sign counts."""
        return [*self.signed(), self.total(), self.strict()]

    def refuting(self, gamma: Fraction, low: Fraction, high: Fraction) -> Range | None:
        """Where around gamma, inside [low, high]: multipliers >= 0 whose bounds sum to less than 0; or to at most 0,
        with some strict row taking part."""
        signed, total, strict = self.signed(), self.total(), self.strict()
        ways = [(signed, [-total]), ([*signed, -total], [strict])]
        reached = [found for weak, strong in ways if (found := around(weak, strong, gamma, low, high)) is not None]
        return max(reached, key=Range.width, default=None)

    def refutes(self, low: Fraction, high: Fraction) -> bool:
        """On all of [low, high], and Descartes' rule shows it there without a cut."""
        found = self.refuting((low + high) / 2, low, high)
        whole = found is not None and (found.low, found.high) == (low, high)
        return whole and cut(self.conditions(), low, high) == [(low, high)]

    def write(self, node: Node) -> None:
        """The leaf as FORMAT.md has it."""
        node["multipliers"] = [[list(row.name), [str(c) for c in y.coeffs()]] for row, y in self._pairs() if y]

    def _pairs(self) -> list[tuple[Row, fmpz_poly]]:
        return list(zip(self.rows, self.multipliers, strict=True))


def primitive(polynomials: Sequence[fmpq_poly], signs: Sequence[Fraction], gamma: Fraction) -> list[fmpz_poly]:
    """The same up to one rational and one common polynomial factor, with the given signs at gamma."""
    denominator = fmpz(1)
    for polynomial in polynomials:
        denominator = denominator.lcm(polynomial.denom())
    whole = [(polynomial * denominator).numer() for polynomial in polynomials]
    common = fmpz_poly()
    for entry in whole:
        common = common.gcd(entry)
    reduced = [entry // common for entry in whole]
    turned = any(sign_at(y, gamma) * sign < 0 for y, sign in zip(reduced, signs, strict=True))
    return [-y for y in reduced] if turned else reduced
