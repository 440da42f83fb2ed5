"""The number that a `threshold` claim names, and the count that crosses 1 there, from the claim alone."""

from __future__ import annotations

from flint import fmpz_poly

from exact.algebraic import Algebraic, root_in
from exact.errors import NoRoot
from exact.rational_function import RationalFunction
from proofs.claims.types import Threshold


def polynomial(claim: Threshold) -> fmpz_poly:
    """The claim's polynomial; where it names none, N - D."""
    if claim.polynomial is not None:
        return fmpz_poly(list(claim.polynomial))
    return fmpz_poly(list(claim.numerator)) - fmpz_poly(list(claim.denominator))


def root(claim: Threshold) -> Algebraic:
    """The number itself, with its minimal polynomial. Raises NoRoot."""
    low, high = claim.interval
    return Algebraic.of(low) if low == high else root_in(polynomial(claim), low, high)


def same_root(left: Threshold, right: Threshold) -> bool:
    """Whether two claims name the same number; False where one of them names none."""
    if (left.interval, polynomial(left)) == (right.interval, polynomial(right)):
        return True
    try:
        return bool(root(left) == root(right))
    except NoRoot:
        return False


def visits(claim: Threshold) -> RationalFunction:
    """The count that crosses 1 at the threshold: v_x, or v_x + v_{s_term} (Def. 9). Raises Pole."""
    return RationalFunction(fmpz_poly(list(claim.numerator)), fmpz_poly(list(claim.denominator)))
