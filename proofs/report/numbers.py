"""Exact numbers as the JSON documents write them: strings, coefficient lists, isolating intervals."""

from __future__ import annotations

from fractions import Fraction

from exact.algebraic import Algebraic
from exact.digits import exact_text
from exact.instance.gammas import Gammas
from exact.rational_function import RationalFunction
from proofs.claims.spelling import decimal
from proofs.claims.write import integers

Json = dict[str, object]
DIGITS = 20


def gammas(asked: Fraction | Gammas | None) -> str | list[str] | None:
    """One, both ends of an interval, or none."""
    if isinstance(asked, tuple):
        return list(map(exact_text, asked))
    return None if asked is None else exact_text(asked)


def root(value: Algebraic) -> Json:
    """Minimal polynomial, isolating interval, decimals."""
    interval = [exact_text(value.low), exact_text(value.high)]
    approximation = decimal(value, DIGITS)
    return {"polynomial": integers(value.polynomial), "interval": interval, "approximation": approximation}


def function(value: RationalFunction) -> Json:
    """Numerator and denominator, low degree first."""
    numerator, denominator = value.coefficients()
    return {"numerator": integers(numerator), "denominator": integers(denominator)}
