"""Linear search, the atom: one row of FORMAT.md's table, linear in theta and values W, affine in gamma."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from exact.linear import Constraint, Relation

Affine = tuple[Fraction, Fraction]  # (c0, c1): c0 + c1 gamma
Expression = Mapping[int, Affine]  # variable -> coefficient; zeros may be present
RowName = tuple[str, ...]  # as in FORMAT.md, with the names of states and actions: ("super", "goal", "r1", "go")

_ZERO: Affine = (Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Row:
    """sum over v of (c0 + c1 gamma) v  (relation)  bound. coefficients: no zeros, variables ascending."""

    name: RowName
    coefficients: Mapping[int, Affine]
    relation: Relation
    bound: Fraction

    def at(self, gamma: Fraction) -> Constraint:
        """The row at one discount, for `exact.linear`."""
        values = ((j, c0 + c1 * gamma) for j, (c0, c1) in self.coefficients.items())
        return Constraint(tuple((j, c) for j, c in values if c), self.relation, self.bound, " ".join(self.name))


def less(name: RowName, left: Expression, right: Expression, strict: bool = False) -> Row:
    """left <= right, or left < right."""
    return bounded(name, added(left, right, Fraction(-1)), "<" if strict else "<=", Fraction(0))


def bounded(name: RowName, left: Expression, relation: Relation, bound: Fraction) -> Row:
    """left (relation) bound."""
    return Row(name, {j: entry for j, entry in sorted(left.items()) if any(entry)}, relation, bound)


def opposed(one: Row, other: Row) -> Fraction | None:
    """y with one + y other saying 0 < 0, or 0 <= less than 0; None if there is none."""
    if not one.coefficients or one.coefficients.keys() != other.coefficients.keys():
        return None
    pairs = [pair for j, entry in one.coefficients.items() for pair in zip(entry, other.coefficients[j], strict=True)]
    factor = next((-mine / theirs for mine, theirs in pairs if theirs), Fraction(0))
    if (factor < 0 and other.relation != "=") or any(mine + factor * theirs for mine, theirs in pairs):
        return None
    bound, strict = one.bound + factor * other.bound, "<" in (one.relation, other.relation)
    return factor if bound < 0 or (bound == 0 and strict) else None


def added(one: Expression, other: Expression, factor: Fraction) -> dict[int, Affine]:
    """one + factor * other."""
    total = dict(one)
    for j, (c0, c1) in other.items():
        p0, p1 = total.get(j, _ZERO)
        total[j] = (p0 + factor * c0, p1 + factor * c1)
    return total
