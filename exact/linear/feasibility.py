"""Layer: linear questions, decide: a solution of a system, or the combination that refutes it."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from flint import fmpq

from exact.conversion import fraction
from exact.linear.check import check_farkas, check_point
from exact.linear.guess import guess
from exact.linear.inner import small_solution
from exact.linear.program import cone
from exact.linear.simplest import simplified
from exact.linear.simplex import climb, vertex
from exact.linear.system import Feasible, Infeasible, Multipliers, System


def decide(system: System) -> Feasible | Infeasible:
    """A point, or Farkas multipliers; either is checked exactly before it is returned. Always ends."""
    point = small_solution(system)
    answer = Feasible(point) if point is not None else _solve(system)
    if isinstance(answer, Feasible):
        check_point(system, answer.point)
    else:
        check_farkas(system, answer.multipliers)
    return answer


def interior_point(system: System) -> Feasible | Infeasible:
    """A point at which every inequality is strict. Infeasible then speaks of the system with each <= made <."""
    return decide(System(system.variables, tuple(constraint.strict() for constraint in system.constraints)))


def _solve(system: System) -> Feasible | Infeasible:
    """Exactly, by the cone program: every basis without e <= 1 starts at the origin, which is feasible."""
    program, scales = cone(system)
    tight, cap = guess(program).tight, len(program.rows) - 1
    point, multipliers = vertex(program, tight) if cap in tight else None, {}
    if point is None or point[-1] != 1:  # else the guessed vertex is feasible, with e = 1: a solution
        origin = [fmpq(0)] * program.columns
        end = climb(program, origin, [i for i in tight if i != cap])
        point, multipliers = end.point, end.multipliers
    if point[-1] > 0:
        found = [fraction(value / point[-2]) for value in point[: system.variables]]
        return Feasible(simplified(system, found))
    used = {i: fraction(y) * scales[i] for i, y in multipliers.items() if i < len(scales)}
    return Infeasible(primitive(used))


def primitive(multipliers: Multipliers) -> Multipliers:
    """The same combination in coprime integers, zeros left out, in the order of the constraints."""
    used = {i: y for i, y in sorted(multipliers.items()) if y}
    if not used:
        return used
    factor = Fraction(lcm(*(y.denominator for y in used.values())), gcd(*(y.numerator for y in used.values())))
    return {i: y * factor for i, y in used.items()}
