"""implied and redundant: worked cases and z3."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from exact.errors import NotALinearSystem
from exact.linear import Consequence, Constraint, Feasible, Infeasible, System, check_consequence, implied, redundant
from tests.exact.linear.systems import Q, rows, satisfies, systems, z3_feasible

SQUARE = rows(2, ({0: 1}, "<=", 1), ({1: 1}, "<=", 1), ({0: -1}, "<=", 0), ({1: -1}, "<=", 0))


def test_a_consequence_has_its_derivation() -> None:
    """x + y <= 2 on the unit square is the sum of two sides."""
    assert implied(SQUARE, Constraint.of({0: 1, 1: 1}, "<=", 2)) == Consequence({0: Q(1), 1: Q(1)})


def test_a_strict_consequence_needs_a_strict_premise() -> None:
    """x + y < 2 fails at a corner, and follows once x < 1."""
    claim = Constraint.of({0: 1, 1: 1}, "<", 2)
    answer = implied(SQUARE, claim)
    assert isinstance(answer, Feasible)
    assert claim.value(answer.point) == 2
    assert isinstance(implied(SQUARE.with_([Constraint.of({0: 1}, "<", 1)]), claim), Consequence)


def test_anything_follows_from_a_contradiction() -> None:
    """Nothing is said about y, and yet y <= 0 holds on the empty set: the answer says that it is empty."""
    empty = rows(2, ({0: 1}, "<", 0), ({0: -1}, "<=", 0))
    assert implied(empty, Constraint.of({1: 1}, "<=", 0)) == Infeasible({0: Q(1), 1: Q(1)})


def test_equalities_are_refused_as_claims() -> None:
    """Their negation is not one linear constraint."""
    with pytest.raises(NotALinearSystem, match="equality"):
        implied(SQUARE, Constraint.of({0: 1}, "=", 0))


def test_equal_constraints_follow_from_each_other() -> None:
    """Of two copies both are listed alone, one together."""
    twice = SQUARE.with_([SQUARE.constraints[0]])
    assert redundant(twice) == {0: Consequence({4: Q(1)}), 4: Consequence({0: Q(1)})}
    assert redundant(twice, together=True) == {0: Consequence({4: Q(1)})}


def test_a_square_needs_all_its_sides() -> None:
    """Nothing to drop."""
    assert redundant(SQUARE) == {}


@given(systems(variables=3, most=5))
@settings(max_examples=40, deadline=None)
def test_against_z3(system: System) -> None:
    """Listed iff the others with its negation are infeasible; the derivation stands without it."""
    found = redundant(system)
    for i, constraint in enumerate(system.constraints):
        if constraint.relation == "=":
            assert i not in found
            continue
        others = tuple(c for k, c in enumerate(system.constraints) if k != i)
        negated = System(system.variables, (*others, constraint.negation()))
        assert (i in found) != z3_feasible(negated)
        assert i not in found or i not in found[i].multipliers
        if isinstance(found.get(i), Consequence):
            check_consequence(system, constraint, found[i].multipliers)


@given(systems(relations=("<=", "<"), variables=2, most=5))
@settings(max_examples=30, deadline=None)
def test_dropping_all_together_changes_nothing(system: System) -> None:
    """What is left without the listed ones implies each of them."""
    dropped = redundant(system, together=True)
    rest = System(system.variables, tuple(c for i, c in enumerate(system.constraints) if i not in dropped))
    for i in dropped:
        answer = implied(rest, system.constraints[i])
        assert not isinstance(answer, Feasible) or not satisfies(rest, answer.point)
