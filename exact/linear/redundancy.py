"""Layer: linear questions, consequences: which inequalities follow from others, each with its derivation."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from exact.linear.check import check_consequence, check_farkas
from exact.linear.feasibility import decide, interior_point
from exact.linear.system import Consequence, Constraint, Feasible, Infeasible, System


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
        found[i] = type(answer)({others[k]: y for k, y in answer.multipliers.items()})
        if together:
            keep = others
    return found


def _first_hits(system: System) -> set[int]:
    """Inequalities that are needed for sure: from a point inside, straight towards one, it is left before any other.

    A short way round most of the comparisons. Empty if the system has no inside.
    """
    inside = interior_point(system)
    if isinstance(inside, Infeasible):
        return set()
    constraints = system.constraints
    slacks = [constraint.bound - constraint.value(inside.point) for constraint in constraints]
    users = defaultdict[int, set[int]](set)  # variable -> constraints
    for i, constraint in enumerate(constraints):
        for j, _ in constraint.coefficients:
            users[j].add(i)

    def hit_first(i: int) -> bool:
        """And alone, in the direction of its own normal."""
        normal = dict(constraints[i].coefficients)
        own = slacks[i] / sum(c * c for c in normal.values())
        for k in set().union(*(users[j] for j in normal)) - {i}:
            rate = sum((c * normal[j] for j, c in constraints[k].coefficients if j in normal), Fraction(0))
            if (rate and constraints[k].relation == "=") or (rate > 0 and slacks[k] <= own * rate):
                return False
        return True

    return {i for i, constraint in enumerate(constraints) if constraint.coefficients and hit_first(i)}
