"""Visit counts and returns mean what the theory says."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpz_poly
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.closed_form import closed_form
from exact.errors import NotAPolicy
from exact.mdp import UNDEFINED, Mdp, Policy
from exact.rational_function import RationalFunction
from exact.returns import expected_return, visit_count
from tests.exact.worked_chains import THIRDS, chains, corridor, one_policy

QUICK = settings(max_examples=30, deadline=None)


def test_return_of_the_corridor() -> None:
    """From s_new: r(new) + g r1 + g^2 r2 + g^3 r3 / (1 - g)."""
    mdp, policy = one_policy(corridor(3))
    value = expected_return(mdp, policy, 0, tuple(map(Fraction, (2, 3, 5, 7, 11))))
    assert value == RationalFunction(fmpz_poly([2, 1, 2, 2]), fmpz_poly([1, -1]))


def test_shutting_down_is_worth_its_definition() -> None:
    """r(s_new) + gamma r(s_term), Def. 7: terminal states pay once."""
    mdp, policy = one_policy({"new": {"term": 1}, "term": {}})
    value = expected_return(mdp, policy, 0, (Fraction(-1, 2), Fraction(4, 3)))
    assert value.coefficients() == ((-3, 8), (6,))


def test_counting_begins_at_one() -> None:
    """Def. 9 does not count the start itself: 1/(3 - g) for a loop left with probability 2/3, at gamma = 0 its 1/3."""
    mdp, policy = one_policy(THIRDS)
    assert visit_count(mdp, policy, 0, 0).at_zero == Fraction(1, 3)


@QUICK
@given(chains(), st.data())
def test_returns_are_sums_of_visit_counts(model: tuple[Mdp, Policy], data: st.DataObject) -> None:
    """V(s) = theta(s) + gamma sum_x v_x theta(x) at a rational gamma, and V(s) is the all-states value."""
    mdp, policy = model
    start = data.draw(st.integers(0, len(mdp) - 1))
    rewards = data.draw(st.tuples(*[st.fractions(-3, 3, max_denominator=7) for _ in range(len(mdp))]))
    gamma = data.draw(st.fractions(0, Fraction(49, 50), max_denominator=50))
    value = expected_return(mdp, policy, start, rewards)
    counts = [visit_count(mdp, policy, start, x).value(gamma) for x in range(len(mdp))]
    assert value.value(gamma) == rewards[start] + gamma * sum(c * r for c, r in zip(counts, rewards, strict=True))
    assert value == closed_form(mdp, policy, rewards).value(start)


@QUICK
@given(chains())
def test_discounted_time_is_conserved(model: tuple[Mdp, Policy]) -> None:
    """Without terminal states the visit counts sum to 1/(1 - g); with them, to at most that at g = 9/10."""
    mdp, policy = model
    counts = [visit_count(mdp, policy, 0, x).value(Fraction(9, 10)) for x in range(len(mdp))]
    assert 0 <= sum(counts) <= 10
    if UNDEFINED not in policy:
        assert sum(counts) == 10


def test_undefined_where_it_matters_only() -> None:
    """A policy needs actions only where it can get from start."""
    mdp, _ = one_policy(corridor(2))
    policy = (UNDEFINED, 0, 0, UNDEFINED)
    assert visit_count(mdp, policy, 1, 2).coefficients() == ((1,), (1, -1))
    with pytest.raises(NotAPolicy, match="new: the policy has no action here"):
        visit_count(mdp, policy, 0, 2)
