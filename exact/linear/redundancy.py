"""Layer: linear questions, consequences: which inequalities follow from others, each with its derivation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exact.linear.check import check_consequence, check_farkas
from exact.linear.feasibility import decide, interior_point
from exact.linear.system import Consequence, Constraint, Feasible, Infeasible, Multipliers, Point, System


def implied(system: System, constraint: Constraint) -> Consequence | Infeasible | Feasible:
    """Does the inequality hold on the whole system? Its derivation; or Infeasible if the system itself is empty (the
    derivation may do without it then); or a point of the system that violates it.

    Raises NotALinearSystem for an equality: ask for both sides.
    """
    answer = decide(system.with_([constraint.negation()]))
    if isinstance(answer, Feasible):
        return answer
    weight = answer.multipliers.get(len(system.constraints), Fraction(0))
    rest = {i: y for i, y in answer.multipliers.items() if i < len(system.constraints)}
    if not weight:
        check_farkas(system, rest)
        return Infeasible(rest)
    derivation = {i: y / weight for i, y in rest.items()}
    check_consequence(system, constraint, derivation)
    return Consequence(derivation)


def redundant(system: System, together: bool = False) -> dict[int, Consequence | Infeasible]:
    """The inequalities that follow from the other constraints, with multipliers of those (in the system's numbering).

    Each is compared with all the others, so two equal constraints follow from each other. With `together`, later
    comparisons leave out what was found before: then all that are listed may be dropped at once.
    """
    needed = _first_hits(system)
    keep = list(range(len(system.constraints)))
    found: dict[int, Consequence | Infeasible] = {}
    for i, constraint in enumerate(system.constraints):
        if constraint.relation == "=" or i in needed:
            continue
        others = [k for k in keep if k != i]
        answer = implied(System(system.variables, tuple(system.constraints[k] for k in others)), constraint)
        if isinstance(answer, Feasible):
            continue
        found[i] = type(answer)(_renumbered(answer.multipliers, others))
        if together:
            keep = others
    return found


def _renumbered(multipliers: Multipliers, numbers: Sequence[int]) -> Multipliers:
    return {numbers[i]: y for i, y in multipliers.items()}


def _first_hits(system: System) -> set[int]:
    """Inequalities that are needed for sure: from a point inside, straight towards one, it is left before any other.

    A short way round most of the comparisons. Empty if the system has no inside.
    """
    inside = interior_point(system)
    if isinstance(inside, Infeasible):
        return set()
    return _Rays(system, inside.point).first_hits()


class _Rays:
    def __init__(self, system: System, point: Point) -> None:
        self._system = system
        self._slacks = [constraint.bound - constraint.value(point) for constraint in system.constraints]
        self._users: list[list[int]] = [[] for _ in point]  # variable -> constraints
        for i, constraint in enumerate(system.constraints):
            for j, _ in constraint.coefficients:
                self._users[j].append(i)

    def first_hits(self) -> set[int]:
        """Those that are hit first, and alone, in the direction of their own normal."""
        constraints = self._system.constraints
        return {i for i, constraint in enumerate(constraints) if constraint.coefficients and self._alone(i)}

    def _alone(self, i: int) -> bool:
        normal = dict(self._system.constraints[i].coefficients)
        own = self._slacks[i] / sum(c * c for c in normal.values())
        for k in {k for j in normal for k in self._users[j]} - {i}:
            constraint = self._system.constraints[k]
            rate = sum((c * normal[j] for j, c in constraint.coefficients if j in normal), Fraction(0))
            if (rate and constraint.relation == "=") or (rate > 0 and self._slacks[k] <= own * rate):
                return False
        return True
