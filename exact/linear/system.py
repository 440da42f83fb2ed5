"""Layer: linear questions, the statement. Linear constraints over free rational variables, and the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from exact.errors import NotALinearSystem

Relation = Literal["<=", "<", "="]
Point = tuple[Fraction, ...]  # (variables,)
Multipliers = dict[int, Fraction]  # constraint -> lambda; absent means 0


@dataclass(frozen=True)
class Constraint:
    """sum c_j x_j (relation) bound. coefficients: ((variable, c), ...), variables ascending, every c nonzero."""

    coefficients: tuple[tuple[int, Fraction], ...]
    relation: Relation
    bound: Fraction
    name: str = ""

    def __post_init__(self) -> None:
        if self.relation not in ("<=", "<", "="):
            raise NotALinearSystem(f'"{self.relation}" is no relation', 'use "<=", "<" or "="', self.name)
        variables = [variable for variable, _ in self.coefficients]
        if variables != sorted(set(variables)) or any(variable < 0 for variable in variables):
            raise NotALinearSystem("variables must be numbers, ascending, each once", "", self.name)
        for number in (self.bound, *(coefficient for _, coefficient in self.coefficients)):
            if not isinstance(number, Fraction):
                raise NotALinearSystem(f"{number!r} is no Fraction", "write Fraction(1, 3)", self.name)
        if any(coefficient == 0 for _, coefficient in self.coefficients):
            raise NotALinearSystem("a coefficient is zero", "leave it out", self.name)

    @classmethod
    def of(
        cls, coefficients: Mapping[int, Fraction | int], relation: Relation, bound: Fraction | int, name: str = ""
    ) -> Constraint:
        """The same from {variable: coefficient}; zeros are dropped, ints accepted. Raises NotALinearSystem."""
        entries = tuple((j, _fraction(c, name)) for j, c in sorted(coefficients.items()) if c)
        return cls(entries, relation, _fraction(bound, name), name)

    def value(self, point: Point) -> Fraction:
        """The left side at a point."""
        return sum((c * point[j] for j, c in self.coefficients), Fraction(0))

    def strict(self) -> Constraint:
        """The same inequality made strict; an equality stays."""
        return self if self.relation == "=" else Constraint(self.coefficients, "<", self.bound, self.name)

    def negation(self) -> Constraint:
        """The opposite inequality: not (a x <= b) is -a x < -b. Raises NotALinearSystem for an equality."""
        if self.relation == "=":
            raise NotALinearSystem("the negation of an equality is not linear", "ask for each side", self.name)
        opposite = tuple((j, -c) for j, c in self.coefficients)
        return Constraint(opposite, "<" if self.relation == "<=" else "<=", -self.bound, self.name)


@dataclass(frozen=True)
class System:
    """All the constraints together, over `variables` free variables (a sign condition is a constraint like others)."""

    variables: int
    constraints: tuple[Constraint, ...]

    def __post_init__(self) -> None:
        if self.variables < 0:
            raise NotALinearSystem(f"{self.variables} variables", "give their number, 0 or more")
        for constraint in self.constraints:
            last = constraint.coefficients[-1][0] if constraint.coefficients else -1
            if last >= self.variables:
                raise NotALinearSystem(f"variable {last} of {self.variables}", "they count from 0", constraint.name)

    def with_(self, extra: Iterable[Constraint]) -> System:
        """The system with constraints added at the end: the old ones keep their numbers."""
        return System(self.variables, (*self.constraints, *extra))


@dataclass(frozen=True)
class Feasible:
    """A point that satisfies every constraint."""

    point: Point


@dataclass(frozen=True)
class Infeasible:
    """No point: lambda >= 0 on inequalities, sum lambda_i a_i = 0, and sum lambda_i b_i < 0, or = 0 with lambda_i > 0
    on some strict constraint (Farkas, Motzkin)."""

    multipliers: Multipliers


@dataclass(frozen=True)
class Consequence:
    """The inequality a x <= b (or <) follows: a = sum lambda_i a_i, and sum lambda_i b_i <= b; if it is strict and the
    sum equals b, then lambda_i > 0 on some strict constraint."""

    multipliers: Multipliers


def _fraction(number: Fraction | int, where: str) -> Fraction:
    if isinstance(number, bool) or not isinstance(number, (int, Fraction)):
        raise NotALinearSystem(f"{number!r} is no exact number", "use int or Fraction", where)
    return Fraction(number)
