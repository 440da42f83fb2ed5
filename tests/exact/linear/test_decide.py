"""decide and interior_point: worked cases, brute force, z3."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from exact.linear import Feasible, Infeasible, System, check_farkas, check_point, decide, interior_point
from tests.exact.linear.systems import Q, boxed, rows, satisfies, systems, vertices, z3_feasible

CYCLE = rows(3, ({0: 1, 1: -1}, "<=", 0), ({1: 1, 2: -1}, "<=", 0), ({2: 1, 0: -1}, "<", 0))

FEASIBLE = {
    "empty": System(0, ()),
    "no constraints": System(3, ()),
    "0 <= 0": rows(0, ({}, "<=", 0)),
    "0 = 0": rows(2, ({}, "=", 0)),
    "0 < 1": rows(1, ({}, "<", 1)),
    "corner below": rows(2, ({0: 1}, "<=", 0), ({0: -1}, "<=", 0), ({1: 1, 0: -1}, "<", 0)),
    "one point, given twice": rows(1, ({0: 3}, "=", 1), ({0: 3}, "=", 1), ({0: -1}, "<=", Q(-1, 3))),
    "open segment": rows(1, ({0: 1}, "<", 1), ({0: -1}, "<", 0)),
    "unbounded strip": rows(2, ({0: 1, 1: 1}, "<", 1), ({0: -1, 1: -1}, "<=", 0)),
}
INFEASIBLE = {
    "0 <= -1": rows(0, ({}, "<=", -1)),
    "0 < 0": rows(2, ({}, "<", 0)),
    "0 = 1": rows(1, ({}, "=", 1)),
    "0 = -1": rows(1, ({}, "=", -1)),
    "x < 0 <= x": rows(1, ({0: 1}, "<", 0), ({0: -1}, "<=", 0)),
    "x = 1, x = 2": rows(1, ({0: 1}, "=", 1), ({0: 1}, "=", 2)),
    "x < 0 < x twice": rows(1, *2 * (({0: 1}, "<", 0), ({0: -1}, "<", 0))),
    "strict cycle": CYCLE,
    "pinched": rows(2, ({0: 1}, "<=", 0), ({0: -1}, "<=", 0), ({1: 1}, "<", 0), ({1: -1, 0: 5}, "<=", 0)),
}


@pytest.mark.parametrize("system", FEASIBLE.values(), ids=FEASIBLE)
def test_solutions_of_worked_systems(system: System) -> None:
    """A system with solutions gets one that satisfies the definition."""
    answer = decide(system)
    assert isinstance(answer, Feasible)
    assert satisfies(system, answer.point)


@pytest.mark.parametrize("system", INFEASIBLE.values(), ids=INFEASIBLE)
def test_refutations_of_worked_systems(system: System) -> None:
    """A system without solutions gets multipliers that the checker accepts, all used."""
    answer = decide(system)
    assert isinstance(answer, Infeasible)
    assert all(answer.multipliers.values())
    check_farkas(system, answer.multipliers)


def test_the_refutation_is_in_coprime_integers() -> None:
    """x <= 1/3 and 2x >= 1 are refuted by 6 and 3, in lowest terms 2 and 1."""
    answer = decide(rows(1, ({0: 1}, "<=", Q(1, 3)), ({0: -2}, "<=", -1)))
    assert answer == Infeasible({0: Q(2), 1: Q(1)})


@pytest.mark.parametrize(
    ("low", "high", "point"), [(Q(-1), Q(7), Q(0)), (Q(2, 7), Q(5, 7), Q(1, 2)), (Q(-9, 2), Q(-3), Q(-4))]
)
def test_points_are_simple(low: Q, high: Q, point: Q) -> None:
    """Between two numbers the simplest one is chosen."""
    assert decide(rows(1, ({0: 1}, "<", high), ({0: -1}, "<", -low))) == Feasible((point,))


@given(systems(variables=2, most=5))
@example(rows(2, ({0: 1}, "=", 0), ({0: 1, 1: 1}, "=", 0), ({1: 1}, "<", 0)))
@settings(max_examples=60, deadline=None)
def test_against_vertices(system: System) -> None:
    """Within a box: feasible iff the mean of the vertices satisfies the strict constraints."""
    box = boxed(system)
    corners = vertices(box)
    answer = decide(box)
    if not corners:
        assert isinstance(answer, Infeasible)
        return
    middle = tuple(sum(xs, Q(0)) / len(corners) for xs in zip(*corners, strict=True))
    assert isinstance(answer, Feasible) == satisfies(box, middle)


@given(systems(variables=4, most=8))
@settings(max_examples=100, deadline=None)
def test_against_z3(system: System) -> None:
    """The same verdict as z3, and the evidence is checked."""
    answer = decide(system)
    assert isinstance(answer, Feasible) == z3_feasible(system)
    if isinstance(answer, Feasible):
        assert satisfies(system, answer.point)
    else:
        check_farkas(system, answer.multipliers)


@given(systems(relations=("<=", "="), most=5))
@settings(max_examples=60, deadline=None)
def test_interior_points_are_strict(system: System) -> None:
    """An interior point satisfies every inequality strictly; none exists iff z3 finds the strict system empty."""
    strict = System(system.variables, tuple(c.strict() for c in system.constraints))
    answer = interior_point(system)
    assert isinstance(answer, Feasible) == z3_feasible(strict)
    if isinstance(answer, Feasible):
        check_point(strict, answer.point)
