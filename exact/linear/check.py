"""Layer: linear questions, the judge. Each answer is checked here against the definition, in exact integers.

It knows nothing of how answers are found. Every function raises WrongCertificate with the first thing that fails.
A vector is brought to one common denominator first: that keeps long numbers cheap without any rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from exact.conversion import over_common_denominator
from exact.errors import WrongCertificate
from exact.linear.system import Constraint, System


def check_point(system: System, point: Sequence[Fraction]) -> None:
    """Raises unless the point satisfies every constraint, the strict ones strictly."""
    position = first_violated(system, point)
    if position is not None:
        raise WrongCertificate(f"the point violates constraint {position}", where=system.constraints[position].name)


def check_farkas(system: System, multipliers: Mapping[int, Fraction]) -> None:
    """Raises unless the multipliers prove that the system has no solution (see Infeasible)."""
    combination, bound, strict = _combine(system, multipliers)
    if combination:
        raise WrongCertificate(f"variable {min(combination)} does not cancel")
    if bound > 0 or (bound == 0 and not strict):
        raise WrongCertificate(f"the constraints sum to 0 {'<' if strict else '<='} {bound}, which is no contradiction")


def check_consequence(system: System, constraint: Constraint, multipliers: Mapping[int, Fraction]) -> None:
    """Raises unless the multipliers derive the inequality from the system (see Consequence)."""
    combination, bound, strict = _combine(system, multipliers)
    if constraint.relation == "=" or combination != dict(constraint.coefficients):
        raise WrongCertificate("the combination is not the left side of the inequality")
    if bound > constraint.bound or (bound == constraint.bound and constraint.relation == "<" and not strict):
        raise WrongCertificate(f"the combination gives only {'<' if strict else '<='} {bound}")


def first_violated(system: System, point: Sequence[Fraction]) -> int | None:
    """The number of the first constraint that the point violates, None if it satisfies all."""
    numerators, denominator = _common(point, system.variables)
    for position, constraint in enumerate(system.constraints):
        row, _ = _common([*(c for _, c in constraint.coefficients), constraint.bound])
        excess = sum(c * numerators[j] for (j, _), c in zip(constraint.coefficients, row, strict=False))
        excess -= row[-1] * denominator
        if excess > 0 or (excess == 0 and constraint.relation == "<") or (excess < 0 and constraint.relation == "="):
            return position
    return None


def _combine(system: System, multipliers: Mapping[int, Fraction]) -> tuple[dict[int, Fraction], Fraction, bool]:
    """(sum lambda_i a_i without zeros, sum lambda_i b_i, whether a strict constraint takes part)."""
    if not all(0 <= i < len(system.constraints) for i in multipliers):
        raise WrongCertificate("a multiplier for a constraint that does not exist")
    used = [system.constraints[i] for i in multipliers]
    for constraint, multiplier in zip(used, multipliers.values(), strict=True):
        if multiplier < 0 and constraint.relation != "=":
            raise WrongCertificate("a negative multiplier for an inequality", where=constraint.name)
    rows = [_common([*(c for _, c in constraint.coefficients), constraint.bound]) for constraint in used]
    scaled = [multiplier / rows[k][1] for k, multiplier in enumerate(multipliers.values())]
    weights, denominator = _common(scaled)
    sums: dict[int, int] = {}
    bound = 0
    for constraint, (row, _), weight in zip(used, rows, weights, strict=True):
        for (j, _), c in zip(constraint.coefficients, row, strict=False):
            sums[j] = sums.get(j, 0) + weight * c
        bound += weight * row[-1]
    strict = any(c.relation == "<" and w > 0 for c, w in zip(used, weights, strict=True))
    return {j: Fraction(c, denominator) for j, c in sums.items() if c}, Fraction(bound, denominator), strict


def _common(numbers: Sequence[Fraction], length: int | None = None) -> tuple[list[int], int]:
    """Numerators over one positive common denominator. Raises WrongCertificate unless exact and of that length."""
    if length is not None and len(numbers) != length:
        raise WrongCertificate(f"{len(numbers)} coordinates for {length} variables")
    if not all(isinstance(number, Fraction) for number in numbers):
        raise WrongCertificate("a coordinate is not a Fraction")
    return over_common_denominator(numbers)
