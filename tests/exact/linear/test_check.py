"""The checkers: they accept what is right and name what is wrong."""

from __future__ import annotations

import pytest

from exact.errors import NotALinearSystem, WrongCertificate
from exact.linear import Constraint, System, check_consequence, check_farkas, check_point
from tests.exact.linear.systems import Q, rows

PAIR = rows(2, ({0: 1, 1: 1}, "<=", 1), ({0: -1, 1: -1}, "<", -1), ({1: 1}, "=", 5))


def test_right_evidence_is_accepted() -> None:
    """One of each kind."""
    check_point(rows(2, ({0: 1}, "<", 1), ({1: 1}, "=", 5)), (Q(1, 2), Q(5)))
    check_farkas(PAIR, {0: Q(1), 1: Q(1)})
    check_consequence(PAIR, Constraint.of({0: 1}, "<=", -4), {0: Q(1), 2: Q(-1)})


@pytest.mark.parametrize(
    ("point", "problem"),
    [
        ((Q(1), Q(5)), "violates constraint 0"),
        ((Q(-4), Q(5)), "violates constraint 1"),
        ((Q(0),), "1 coordinates for 2 variables"),
        ((Q(0), Q(0), Q(0)), "3 coordinates"),
        ((0.5, Q(5)), "not a Fraction"),
    ],
)
def test_wrong_points(point: tuple[Q, ...], problem: str) -> None:
    """Outside, on a strict boundary, of the wrong length, inexact."""
    with pytest.raises(WrongCertificate, match=problem):
        check_point(PAIR, point)


@pytest.mark.parametrize(
    ("multipliers", "problem"),
    [
        ({0: Q(1)}, "does not cancel"),
        ({0: Q(-1), 1: Q(-1)}, "negative multiplier"),
        ({}, "no contradiction"),
        ({0: Q(0), 1: Q(0)}, "no contradiction"),
        ({0: Q(1), 1: Q(1), 7: Q(1)}, "does not exist"),
        ({0: Q(1), 1: Q(1), -1: Q(0)}, "does not exist"),
    ],
)
def test_wrong_refutations(multipliers: dict[int, Q], problem: str) -> None:
    """Each condition of Farkas' lemma broken in turn."""
    with pytest.raises(WrongCertificate, match=problem):
        check_farkas(PAIR, multipliers)


def test_weak_constraints_that_sum_to_zero_refute_nothing() -> None:
    """x <= 0 and -x <= 0 add up to 0 <= 0; a strict row with multiplier 0 does not help."""
    touching = rows(1, ({0: 1}, "<=", 0), ({0: -1}, "<=", 0), ({0: 1}, "<", 5))
    with pytest.raises(WrongCertificate, match="0 <= 0"):
        check_farkas(touching, {0: Q(1), 1: Q(1), 2: Q(0)})


def test_an_equality_may_be_used_either_way() -> None:
    """x = 1 against x <= 0 and against x >= 2."""
    check_farkas(rows(1, ({0: 1}, "=", 1), ({0: 1}, "<=", 0)), {0: Q(-1), 1: Q(1)})
    check_farkas(rows(1, ({0: 1}, "=", 1), ({0: -1}, "<=", -2)), {0: Q(1), 1: Q(1)})


def test_wrong_consequences() -> None:
    """A weak derivation does not prove a strict inequality, nor a tighter bound, nor an equality."""
    for relation, bound in (("<", 1), ("<=", Q(1, 2))):
        with pytest.raises(WrongCertificate, match="gives only <= 1"):
            check_consequence(PAIR, Constraint.of({0: 1, 1: 1}, relation, bound), {0: Q(1)})  # type: ignore[arg-type]
    with pytest.raises(WrongCertificate, match="left side"):
        check_consequence(PAIR, Constraint.of({0: 1, 1: 1}, "=", 1), {0: Q(1)})


@pytest.mark.parametrize(
    ("coefficients", "relation", "bound"),
    [
        (((1, Q(1)), (0, Q(1))), "<=", Q(0)),
        (((0, Q(1)), (0, Q(1))), "<=", Q(0)),
        (((-1, Q(1)),), "<=", Q(0)),
        (((0, Q(0)),), "<=", Q(0)),
        (((0, 0.5),), "<=", Q(0)),
        (((0, Q(1)),), ">=", Q(0)),
        (((0, Q(1)),), "<=", 1),
    ],
)
def test_malformed_constraints_are_refused(coefficients: tuple[tuple[int, Q], ...], relation: str, bound: Q) -> None:
    """Unsorted, repeated, negative variables; zero or inexact coefficients; unknown relations."""
    with pytest.raises(NotALinearSystem):
        Constraint(coefficients, relation, bound)  # type: ignore[arg-type]


def test_systems_count_their_variables() -> None:
    """Variable 2 of 2 does not exist, and there is no negative number of variables."""
    with pytest.raises(NotALinearSystem, match="variable 2 of 2"):
        System(2, (Constraint.of({2: 1}, "<=", 0),))
    with pytest.raises(NotALinearSystem):
        System(-1, ())
    with pytest.raises(NotALinearSystem):
        Constraint.of({0: 0.5}, "<=", 0)  # type: ignore[dict-item]
