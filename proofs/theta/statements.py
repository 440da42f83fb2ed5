"""Theta: inequalities in coprime integers, each once, and only those that say something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import gcd, lcm

from exact.linear import Constraint
from proofs.theta.model import Statement
from proofs.theta.phrases import HOLDS


def coprime(constraint: Constraint) -> Constraint:
    """The same half-space in coprime integers."""
    numbers = [*(c for _, c in constraint.coefficients), constraint.bound]
    common = gcd(*(number.numerator for number in numbers))
    factor = Fraction(lcm(*(number.denominator for number in numbers)), common or 1)
    scaled = tuple((j, c * factor) for j, c in constraint.coefficients)
    return Constraint(scaled, constraint.relation, constraint.bound * factor)


def informative(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Without those that every theta satisfies, and each half-space once."""
    seen: set[Constraint] = set()
    for statement in statements:
        known = statement.constraint
        empty = not known.coefficients and HOLDS[known.relation](0, known.bound)
        if not empty and known not in seen:
            seen.add(known)
            yield statement
