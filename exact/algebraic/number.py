"""A real algebraic number: its minimal polynomial and a rational interval that holds no other root of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from flint import arb, ctx, fmpz_poly

from exact.algebraic.narrow import narrowed, rational_ball, sign_at
from exact.digits import decimal_text
from exact.errors import NoRoot

if TYPE_CHECKING:
    from mpmath import mpf
    from sympy import Expr

_FIRST_BITS = 128  # of the first look at a sign; a zero is only divided out when this does not decide
_GUARD = 3  # digits more than are asked of mpmath, for its own rounding


@dataclass(frozen=True, eq=False)
class Algebraic:
    """polynomial: minimal, primitive, leading coefficient > 0, low degree first. low <= number <= high.

    low == high iff the number is rational; otherwise low < number < high, the polynomial has no other root there and
    opposite signs at the ends. Zero is (0, 1) with [0, 0]. Made by `root_in`, `real_roots` or `Algebraic.of`: the
    constructor checks the signs at the ends (raises NoRoot), not that the polynomial is irreducible.
    """

    polynomial: tuple[int, ...]
    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        at_low, at_high = sign_at(self.minimal, self.low), sign_at(self.minimal, self.high)
        linear = len(self.polynomial) == 2
        fits = at_low == 0 if linear and self.low == self.high else self.low < self.high and at_low * at_high < 0
        if not fits or linear != (self.low == self.high):
            raise NoRoot(f"[{self.low}, {self.high}] isolates no root", "make it with root_in or real_roots")

    @classmethod
    def of(cls, value: Fraction | int) -> Algebraic:
        """A rational number as an Algebraic."""
        exact = Fraction(value)
        return cls((-exact.numerator, exact.denominator), exact, exact)

    @cached_property
    def minimal(self) -> fmpz_poly:
        """The minimal polynomial, as FLINT's."""
        return fmpz_poly(list(self.polynomial))

    @property
    def rational(self) -> Fraction | None:
        """The number itself if it is rational, else None."""
        return self.low if self.low == self.high else None

    def refined(self, width: Fraction) -> Algebraic:
        """The same number in an interval no wider than `width` > 0."""
        if self.high - self.low <= width:
            return self
        return Algebraic(self.polynomial, *narrowed(self.minimal, self.low, self.high, width))

    def ball(self, bits: int) -> arb:
        """An enclosure by real ball arithmetic, no wider than about 2^-bits (at FLINT's current precision)."""
        narrow = self.refined(Fraction(1, 1 << bits))
        return rational_ball(narrow.low).union(rational_ball(narrow.high))

    def sign_of(self, polynomial: fmpz_poly) -> int:
        """The sign (-1, 0, 1) of an integer polynomial at this number, exact."""
        if self.rational is not None:
            return sign_at(polynomial, self.rational)
        bits = _FIRST_BITS
        while not (sign := _sign_near(self, polynomial, bits)):
            if bits == _FIRST_BITS and (polynomial % self.minimal).is_zero():
                return 0
            bits *= 2
        return sign

    def compare(self, other: Algebraic | Fraction | int) -> int:
        """-1, 0 or 1 as this number is less than, equal to or greater than the other; exact."""
        if not isinstance(other, Algebraic):
            return self._compare_rational(Fraction(other))
        if other.rational is not None:
            return self._compare_rational(other.rational)
        return -other._compare_rational(self.rational) if self.rational is not None else _compare(self, other)

    def _compare_rational(self, value: Fraction) -> int:
        if self.rational is not None:
            return (self.rational > value) - (self.rational < value)
        if not self.low < value < self.high:
            return 1 if value <= self.low else -1
        return 1 if sign_at(self.minimal, value) == sign_at(self.minimal, self.low) else -1

    def __eq__(self, other: object) -> bool:
        return self.compare(other) == 0 if isinstance(other, (Algebraic, Fraction, int)) else NotImplemented

    def __lt__(self, other: Algebraic | Fraction | int) -> bool:
        return self.compare(other) < 0 if isinstance(other, (Algebraic, Fraction, int)) else NotImplemented

    def __le__(self, other: Algebraic | Fraction | int) -> bool:
        return self.compare(other) <= 0 if isinstance(other, (Algebraic, Fraction, int)) else NotImplemented

    def __gt__(self, other: Algebraic | Fraction | int) -> bool:
        return self.compare(other) > 0 if isinstance(other, (Algebraic, Fraction, int)) else NotImplemented

    def __ge__(self, other: Algebraic | Fraction | int) -> bool:
        return self.compare(other) >= 0 if isinstance(other, (Algebraic, Fraction, int)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.polynomial) if self.rational is None else hash(self.rational)

    def decimal(self, digits: int) -> str:
        """Correctly rounded to `digits` places after the point (ties to even); a terminating one loses its zeros."""
        unit = 10**digits
        scaled = self._nearest(digits) if self.rational is None else round(self.rational * unit)
        whole, part = (decimal_text(n) for n in divmod(abs(scaled), unit))
        text = f"{whole}.{part:0>{digits}}" if digits else whole
        if self.rational is not None and "." in text and self.rational * unit == scaled:
            text = text.rstrip("0").rstrip(".")
        return f"-{text}" if scaled < 0 else text

    def _nearest(self, digits: int) -> int:
        """The integer nearest to 10^digits times this irrational number: a guess, which exact comparisons correct."""
        unit = 10**digits
        scaled: int = round(self.refined(Fraction(1, unit)).low * unit)
        while self > Fraction(2 * scaled + 1, 2 * unit):
            scaled += 1
        while self < Fraction(2 * scaled - 1, 2 * unit):
            scaled -= 1
        return scaled

    def mpmath(self, digits: int) -> mpf:
        """The number for mpmath: the relative error is at most 10^-digits, whatever mpmath's own precision is."""
        from mpmath import mp
        from mpmath.libmp import dps_to_prec, from_rational

        narrow = self
        while narrow.low <= 0 <= narrow.high and narrow.rational is None:
            narrow = narrow.refined((narrow.high - narrow.low) / 2**16)
        size = min(abs(narrow.low), abs(narrow.high))  # at most that of the number, which may be tiny
        inside = narrow.refined(size / 10 ** (digits + 1)).low if size else Fraction(0)
        return mp.make_mpf(from_rational(inside.numerator, inside.denominator, dps_to_prec(digits + _GUARD)))

    def sympy(self) -> Expr:
        """The number for sympy: in radicals if that is short, otherwise a CRootOf of the minimal polynomial."""
        from exact.algebraic.radical import expression

        return expression(self)

    def radical(self) -> Expr | None:
        """A short expression in radicals (degree at most 4), else None. For display: see exact.algebraic.radical."""
        from exact.algebraic.radical import radical

        return radical(self)


def _sign_near(number: Algebraic, polynomial: fmpz_poly, bits: int) -> int:
    """The sign of the polynomial on a ball around the number; 0 where the ball's image holds zero."""
    with ctx.workprec(bits + 64):
        image = polynomial(number.ball(bits))
        return int(image > 0) - int(image < 0)


def _compare(left: Algebraic, right: Algebraic) -> int:
    """Two irrational numbers: the same root of the same polynomial, or separated by narrower intervals."""
    if left.polynomial == right.polynomial:
        low, high = max(left.low, right.low), min(left.high, right.high)
        if low < high and sign_at(left.minimal, low) * sign_at(left.minimal, high) < 0:
            return 0
    while left.low < right.high and right.low < left.high:
        width = min(left.high - left.low, right.high - right.low) / 2
        left, right = left.refined(width), right.refined(width)
    return -1 if left.high <= right.low else 1
