"""Exact numbers as reports write them: strings, coefficient lists, isolating intervals, step intervals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from exact.algebraic import Algebraic
from exact.rational_function import RationalFunction
from exact.thresholds import Threshold
from exact.thresholds import steps as exact_steps
from proofs.certificate import interval, polynomial
from proofs.report.polynomials import polynomial_text

Json = dict[str, object]
DIGITS = 20
SHORT = 28  # characters of a formula in a table


def root(value: Algebraic) -> Json:
    """Minimal polynomial, isolating interval, decimals."""
    return {
        "polynomial": polynomial(value.polynomial),
        "interval": interval(value),
        "approximation": decimal(value, DIGITS),
    }


def decimal(value: Algebraic, digits: int) -> str:
    """Correctly rounded, without trailing zeros."""
    text = value.decimal(digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact_text(value: Algebraic) -> str:
    """For people: a fraction, or a short radical and decimals, or decimals and the polynomial, or its degree."""
    if value.rational is not None:
        return str(value.rational)
    degree, decimals = len(value.polynomial) - 1, f"about {value.decimal(6)}"
    radical = value.radical() if degree <= 4 else None
    if radical is not None:
        from sympy import together

        text = str(together(radical))
        if len(text) <= SHORT:
            return f"{text}, {decimals}"
    text = f"{polynomial_text(value.polynomial)} = 0"
    return f"{decimals}, {text if len(text) <= SHORT else f'degree {degree}'}"


def rational_function(value: RationalFunction) -> Json:
    """Numerator and denominator, low degree first."""
    numerator, denominator = value.coefficients()
    return {"numerator": polynomial(numerator), "denominator": polynomial(denominator)}


def steps(thresholds: Iterable[Threshold], kind: str) -> Iterator[tuple[Json, tuple[int, ...]]]:
    """(interval, states counted on it): paper counts on (from, to], sharp on [from, to); `to` null means up to 1."""
    counted: tuple[int, ...] = ()
    known = exact_steps(thresholds)
    for step, following in zip_longest(known, known[1:]):
        counted = tuple(sorted((*counted, *step.states)))
        to = None if following is None else root(following.after)
        yield {"from": root(step.after), "to": to, "closed": "to" if kind == "paper" else "from"}, counted
