"""maximize: worked cases, brute force, z3."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.errors import NotALinearSystem
from exact.linear import (
    Constraint,
    Feasible,
    Infeasible,
    Optimum,
    System,
    Unbounded,
    check_dual,
    check_ray,
    decide,
    maximize,
)
from tests.exact.linear.systems import Q, boxed, rows, satisfies, systems, vertices, z3_feasible

GOALS = st.lists(st.integers(-2, 2), min_size=4, max_size=4)


def test_an_attained_maximum() -> None:
    """max x + y over a triangle, with its dual solution."""
    triangle = rows(2, ({0: -1}, "<=", 0), ({1: -1}, "<=", 0), ({0: 1, 1: 2}, "<=", 3))
    assert maximize(triangle, {0: 1, 1: 1}) == Optimum(Q(3), (Q(3), Q(0)), {1: Q(1), 2: Q(1)})


def test_a_supremum_that_is_not_attained() -> None:
    """sup of x over x < 1 is 1, at no point; over x <= 1 it is at 1, though y < 0 stays strict."""
    assert maximize(rows(1, ({0: 1}, "<", 1)), {0: 1}) == Optimum(Q(1), None, {0: Q(1)})
    answer = maximize(rows(2, ({0: 1}, "<=", 1), ({1: 1}, "<", 0)), {0: 1})
    assert answer == Optimum(Q(1), (Q(1), Q(-1)), {0: Q(1)})


def test_unbounded_and_infeasible_are_told_apart() -> None:
    """x + y grows without end on a half plane; adding a contradiction about z changes the verdict."""
    half = rows(3, ({0: -1}, "<=", 0), ({2: 1}, "<", 0))
    answer = maximize(half, {0: 1, 1: 1})
    assert isinstance(answer, Unbounded)
    assert satisfies(half, answer.point)
    check_ray(half, {0: Q(1), 1: Q(1)}, answer.ray)
    assert isinstance(maximize(half.with_([Constraint.of({2: -1}, "<=", 0)]), {0: 1, 1: 1}), Infeasible)


@pytest.mark.parametrize("goal", [{}, {0: 0}])
def test_the_zero_objective(goal: dict[int, int]) -> None:
    """Its maximum is 0, attained, with nothing to prove."""
    assert maximize(rows(1, ({0: 1}, "<", 1)), goal) == Optimum(Q(0), (Q(0),), {})


def test_no_variables() -> None:
    """The one point of the space of dimension 0."""
    assert maximize(System(0, ()), {}) == Optimum(Q(0), (), {})


def test_an_objective_over_an_unknown_variable_is_refused() -> None:
    """Variable 1 of 1 does not exist."""
    with pytest.raises(NotALinearSystem, match="variable 1 of 1"):
        maximize(System(1, ()), {1: 1})


@given(systems(relations=("<=", "<=", "="), variables=2, most=5), GOALS)
@settings(max_examples=60, deadline=None)
def test_against_vertices(system: System, goal: list[int]) -> None:
    """Over a bounded weak system the maximum is the best vertex's value, and it is attained."""
    box, objective = boxed(system), dict(enumerate(goal[: system.variables]))
    values = [sum((c * corner[j] for j, c in objective.items()), Q(0)) for corner in vertices(box)]
    answer = maximize(box, objective)
    if not values:
        assert isinstance(answer, Infeasible)
        return
    assert isinstance(answer, Optimum)
    assert answer.value == max(values)
    assert answer.point is not None


@given(systems(variables=4), GOALS)
@settings(max_examples=80, deadline=None)
def test_against_z3(system: System, goal: list[int]) -> None:
    """Infeasible iff z3 says so; nothing above the value, something just below; attained iff the face is inhabited."""
    objective = {j: Q(c) for j, c in enumerate(goal[: system.variables])}
    answer = maximize(system, objective)
    assert isinstance(answer, Infeasible) != z3_feasible(system)
    if not isinstance(answer, Optimum):
        return
    check_dual(system, objective, answer.value, answer.multipliers)
    against = {j: -c for j, c in objective.items()}
    assert not z3_feasible(system.with_([Constraint.of(against, "<", -answer.value)]))
    assert z3_feasible(system.with_([Constraint.of(against, "<", Q(1, 10**6) - answer.value)]))
    face = system.with_([Constraint.of(objective, "=", answer.value)])
    assert (answer.point is not None) == z3_feasible(face)
    assert answer.point is None or satisfies(face, answer.point)


def test_the_multipliers_refute_anything_better() -> None:
    """Optimum and decide agree: the system with objective > value is infeasible."""
    system = rows(2, ({0: 3, 1: 1}, "<=", 7), ({0: 1, 1: -2}, "<", 1), ({1: -1}, "<=", 0))
    answer = maximize(system, {0: 1})
    assert isinstance(answer, Optimum)
    assert answer.value == Q(15, 7)
    assert isinstance(decide(system.with_([Constraint.of({0: -1}, "<", -answer.value)])), Infeasible)
    assert isinstance(decide(system.with_([Constraint.of({0: -1}, "<=", Q(1, 999) - answer.value)])), Feasible)
