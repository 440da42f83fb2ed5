"""Layer: linear questions, maximise: the supremum of an objective, with its dual certificate, or a ray without end."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from exact.conversion import flint, fraction
from exact.errors import NotALinearSystem
from exact.linear.check import check_dual, check_point, check_ray, first_violated
from exact.linear.feasibility import decide, primitive
from exact.linear.guess import guess
from exact.linear.inner import small_solution
from exact.linear.program import Program, closure
from exact.linear.simplex import Vertex, climb, vertex
from exact.linear.system import Constraint, Infeasible, Optimum, Point, System, Unbounded


def maximize(system: System, objective: Mapping[int, Fraction | int]) -> Optimum | Unbounded | Infeasible:
    """The supremum of sum objective[j] x_j over the system, and whether it is attained. Everything returned is checked.

    Over a nonempty set given by strict and weak constraints the supremum is that over the weak ones: its certificate
    ignores strictness. Raises NotALinearSystem if the objective names a variable that does not exist.
    """
    goal = dict(Constraint.of(objective, "<=", 0, "objective").coefficients)
    if goal and max(goal) >= system.variables:
        raise NotALinearSystem(f"variable {max(goal)} of {system.variables}", "they count from 0", "objective")
    feasible = decide(system)
    if isinstance(feasible, Infeasible):
        return feasible
    program, scales, factor = closure(system, goal)
    end = _climb(program, feasible.point)
    if end.ray is not None:
        return _unbounded(system, goal, feasible.point, end)
    used = {i: fraction(y) * scales[i] / factor for i, y in sorted(end.multipliers.items())}
    top = tuple(fraction(x) for x in end.point)
    value = sum((c * top[j] for j, c in goal.items()), Fraction(0))
    check_dual(system, goal, value, used)
    return Optimum(value, _attained(system, goal, value, top), used)


def _climb(program: Program, feasible: Point) -> Vertex:
    """From the guessed basis if its vertex is feasible, else from the known point."""
    tight = guess(program).tight
    start = vertex(program, tight)
    if start is None:
        return climb(program, [flint(x) for x in feasible], [])
    return climb(program, start, tight)


def _unbounded(system: System, goal: Mapping[int, Fraction], point: Point, end: Vertex) -> Unbounded:
    direction = primitive({j: Fraction(int(rate)) for j, rate in (end.ray or {}).items()})
    ray = tuple(direction.get(j, Fraction(0)) for j in range(system.variables))
    check_point(system, point)
    check_ray(system, goal, ray)
    return Unbounded(point, ray)


def _attained(system: System, goal: Mapping[int, Fraction], value: Fraction, top: Point) -> Point | None:
    """A point of the system with that value: a short one, else the vertex, else whichever there is."""
    face = system.with_([Constraint.of(goal, "=", value, "objective")])
    point = small_solution(face)
    if point is None and first_violated(face, top) is None:
        point = top
    if point is None:
        answer = decide(face)
        if isinstance(answer, Infeasible):
            return None
        point = answer.point
    check_point(face, point)
    return point
