"""Layer paper: the number that a `threshold` claim names, and the count that crosses 1 there, from the claim alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from flint import fmpz_poly

from exact.algebraic import Algebraic, root_in
from exact.errors import NoRoot
from exact.rational_function import RationalFunction
from proofs.paper.claims import Form, Threshold

LARGEST_DEGREE = 200  # above it a root is shown by its interval alone


def root(claim: Threshold) -> Algebraic | None:
    """The number itself, with its minimal polynomial; None where the degree is beyond the bound. Raises NoRoot."""
    low, high = claim.interval
    poly = fmpz_poly(list(claim.polynomial))
    if low == high:
        return Algebraic.of(low)
    if not claim.polynomial or len(claim.polynomial) - 1 > LARGEST_DEGREE:
        return None
    return root_in(poly, low, high)


def same_root(left: Threshold, right: Threshold) -> bool:
    """Whether two claims name the same number; False where one of them names none."""
    if (left.polynomial, left.interval) == (right.polynomial, right.interval):
        return True
    try:
        one, two = root(left), root(right)
    except NoRoot:
        return False
    return one is not None and two is not None and one == two


def visits(form: Form, row: Mapping[str, Fraction]) -> RationalFunction:
    """sum_t P(t) N_t / D: the count from t = 1 on, after the step `row` (Def. 9). A terminal t has N_t = D theta(t)."""
    scale = lcm(*(p.denominator for p in row.values()))
    below = fmpz_poly(list(form.denominator))
    total = fmpz_poly([])
    for t, p in row.items():
        paid = form.rewards.get(t, Fraction(0))
        value = fmpz_poly(list(form.values[t])) if t in form.values else _times(below, paid)
        total += value * int(p * scale)
    return RationalFunction(total, below * scale)


def _times(below: fmpz_poly, paid: Fraction) -> fmpz_poly:
    """D theta(t) for an integer reward, which is all that thresholds count."""
    return below * int(paid)
