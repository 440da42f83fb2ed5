"""What the tests of exact.linear share: short spellings, random systems, two independent oracles."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

from flint import fmpq, fmpq_mat
from hypothesis import strategies as st

from exact.conversion import flint, fraction
from exact.linear import Constraint, Infeasible, Point, System, decide
from exact.linear.program import closure
from exact.linear.simplex import climb

Q = Fraction


def rows(variables: int, *constraints: tuple[dict[int, Any], str, Any]) -> System:
    """System from (coefficients, relation, bound) triples."""
    return System(variables, tuple(Constraint.of(c, relation, bound) for c, relation, bound in constraints))  # type: ignore[arg-type]


@st.composite
def systems(
    draw: st.DrawFn, relations: tuple[str, ...] = ("<=", "<=", "<", "="), variables: int = 3, most: int = 7
) -> System:
    """Small systems, many of them degenerate."""
    count = draw(st.integers(0, variables))
    number = st.integers(-3, 3)
    bound = st.sampled_from([Q(0), Q(0), Q(1), Q(-1), Q(2), Q(1, 3), Q(-5, 2)])
    return rows(
        count,
        *(
            ({j: draw(number) for j in range(count)}, draw(st.sampled_from(relations)), draw(bound))
            for _ in range(draw(st.integers(0, most)))
        ),
    )


def boxed(system: System, size: int = 2) -> System:
    """The system within |x_j| <= size."""
    return system.with_(Constraint.of({j: s}, "<=", size) for j in range(system.variables) for s in (1, -1))


def vertices(system: System) -> list[Point]:
    """All the vertices of a bounded system (with < read as <=), by solving every square choice of constraints."""
    found = []
    for chosen in combinations(system.constraints, system.variables):
        matrix = [[fmpq(*_pair(dict(c.coefficients).get(j, Q(0)))) for j in range(system.variables)] for c in chosen]
        square = fmpq_mat(system.variables, system.variables, [entry for row in matrix for entry in row])
        if system.variables and not square.det():
            continue
        right = fmpq_mat(len(chosen), 1, [fmpq(*_pair(c.bound)) for c in chosen])
        solution = square.solve(right) if system.variables else right
        point = tuple(Q(int(solution[j, 0].p), int(solution[j, 0].q)) for j in range(system.variables))
        if all(_weakly(c, point) for c in system.constraints):
            found.append(point)
    return found


def satisfies(system: System, point: Point) -> bool:
    """By the definition, in Fractions."""
    return all(_weakly(c, point) and (c.relation != "<" or c.value(point) < c.bound) for c in system.constraints)


def z3_feasible(system: System) -> bool:
    """What z3 says."""
    import z3

    variables = [z3.Real(f"x{j}") for j in range(system.variables)]
    solver = z3.Solver()
    for c in system.constraints:
        left = z3.Sum([z3.RealVal(str(a)) * variables[j] for j, a in c.coefficients] + [z3.RealVal(0)])
        bound = z3.RealVal(str(c.bound))
        solver.add({"<=": left <= bound, "<": left < bound, "=": left == bound}[c.relation])
    answer = solver.check()
    assert answer != z3.unknown
    return bool(answer == z3.sat)


def _weakly(constraint: Constraint, point: Point) -> bool:
    value = constraint.value(point)
    return value == constraint.bound if constraint.relation == "=" else value <= constraint.bound


def _pair(number: Fraction) -> tuple[int, int]:
    return number.numerator, number.denominator


def highest(system: System, goal: Mapping[int, Q | int]) -> Q | None:
    """The largest value of an objective, by the exact solver alone from a point of the system; None if it has none.

    Raises NotALinearSystem if there is no largest.
    """
    found = decide(system)
    if isinstance(found, Infeasible):
        return None
    objective = Constraint.of(goal, "<=", 0)
    end = climb(closure(system, objective), [flint(x) for x in found.point], [])
    return objective.value(tuple(map(fraction, end.point)))
