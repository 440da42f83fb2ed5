"""The parts of the solver: sparse systems, independent rows, simple numbers, the scale of floats."""

from __future__ import annotations

import random

import pytest
from flint import fmpq, fmpz
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.linear import Constraint, System, decide
from exact.linear.program import closure
from exact.linear.scaling import Scaling
from exact.linear.simplest import Interval, simplest
from exact.linear.simplex import _Search
from exact.linear.slacks import Slacks, integers
from exact.linear.sparse import SquareSystem, nonsingular_part
from tests.exact.linear.systems import Q, highest, rows

fractions = st.fractions(min_value=-3, max_value=3, max_denominator=30)


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_sparse_solutions_satisfy_the_system(seed: int) -> None:
    """On the nonsingular part of a random sparse matrix, row . x = right exactly, zeros left out."""
    chance = random.Random(seed)
    size = chance.randint(1, 8)
    entries = {
        i: {j: c for j in range(size) if chance.random() < 0.4 and (c := chance.randint(-5, 5))} for i in range(size)
    }
    kept, columns = nonsingular_part(entries, size)
    assert len(kept) == len(columns)
    square = {i: {j: c for j, c in entries[i].items() if j in columns} for i in kept}
    right = {i: fmpq(chance.randint(-3, 3), chance.randint(1, 4)) for i in kept}
    x = SquareSystem(square).solve(right)
    assert all(x.values())
    assert all(sum((c * x.get(j, fmpq(0)) for j, c in square[i].items()), fmpq(0)) == right[i] for i in kept)


def test_singular_systems_are_refused() -> None:
    """Dependent rows, or more rows than columns, have no unique solution."""
    with pytest.raises(ZeroDivisionError):
        SquareSystem({0: {0: 1, 1: 2}, 1: {0: 2, 1: 4}}).solve({0: 1, 1: 1})
    with pytest.raises(ZeroDivisionError):
        SquareSystem({0: {0: 1}, 1: {0: 2}}).solve({0: 1, 1: 1})


def test_earlier_rows_are_kept() -> None:
    """Of dependent rows the first ones stay, zero rows never."""
    kept, columns = nonsingular_part({5: {}, 3: {0: 1, 1: 1}, 9: {0: 2, 1: 2}, 1: {1: 7}}, 3)
    assert (kept, columns) == ([3, 1], [0, 1])


@given(fractions, fractions, st.booleans(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_simplest_is_in_the_interval_and_least(a: Q, b: Q, low_open: bool, high_open: bool) -> None:
    """No number of a smaller denominator lies in the interval; of the same denominator none is nearer 0."""
    low, high = min(a, b), max(a, b)
    interval = Interval(low, high, low_open, high_open) if low < high else Interval(low, high)
    value = simplest(interval)
    assert value in interval
    for denominator in range(1, value.denominator + 1):
        for numerator in range(-3 * denominator, 3 * denominator + 1):
            other = Q(numerator, denominator)
            if other in interval:
                assert (other.denominator, abs(other)) >= (value.denominator, abs(value))


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (Interval(None, None), 0),
        (Interval(Q(1, 3), None), 1),
        (Interval(Q(3), None, True), 4),
        (Interval(None, Q(0), False, True), -1),
        (Interval(Q(0), Q(1, 10**40), True, True), Q(1, 10**40 + 1)),
    ],
)
def test_simplest_at_open_and_missing_ends(interval: Interval, expected: Q) -> None:
    """Ends that are missing, open, or very close."""
    assert simplest(interval) == expected


def test_integers_keep_the_direction() -> None:
    """1/2, 0, -1/3 become 3, 0, -2."""
    assert integers([fmpq(1, 2), fmpq(0), fmpq(-1, 3)]) == [3, 0, -2]


def test_ties_are_broken_by_the_infinitesimal_slacks() -> None:
    """Of two rows that block at once the one whose bound was moved less; a tight row was not moved; a row that recedes
    never blocks, an equality always does."""
    rates = [fmpz(1), fmpz(1), fmpz(-1)]
    assert Slacks([fmpq(0)] * 3, [False] * 3, {1}).first(rates) == 1
    assert Slacks([fmpq(0)] * 3, [False, False, True], set()).first(rates) == 2
    assert Slacks([fmpq(2), fmpq(1), fmpq(0)], [False] * 3, {0}).first(rates) == 1
    assert Slacks([fmpq(0)] * 3, [False] * 3, set()).first([fmpz(-1)] * 3) is None


def test_blands_rule_takes_over() -> None:
    """After many steps of length 0 the least row goes instead of the one with the worst multiplier."""
    program = closure(rows(2, ({0: -1}, "<=", 0), ({1: -1}, "<=", 0)), Constraint.of({0: 1, 1: 5}, "<=", 0))
    search = _Search(program, [fmpq(0)] * 2, [0, 1])
    multipliers = {0: fmpq(-1), 1: fmpq(-5)}
    worst = search._leaving(multipliers)
    search.stalled = 100
    least = search._leaving(multipliers)
    assert worst is not None
    assert least is not None
    assert (worst.name, least.name) == (1, 0)


def test_scaled_numbers_are_floats_of_moderate_size() -> None:
    """Coefficients from 10^-300 to 10^300 in a consistent system come within HiGHS' range."""
    system = rows(3, *(({j: Q(10) ** (300 * j - 300)}, "<=", 5) for j in range(3)), ({0: Q(1, 10**300), 1: 1}, "<=", 1))
    program = closure(system, Constraint.of({}, "<=", 0))
    scaling = Scaling(program)
    sizes = [abs(scaling.coefficient(i, j, c)) for i, row in enumerate(program.rows) for j, c in row.items()]
    assert min(sizes) > 1e-3
    assert max(sizes) < 1e3


def test_a_chain_of_states_is_decided_with_its_value() -> None:
    """V_s >= r_s + 9/10 V_(s+1) on 40 states with r = 1 at the end: the least V_0 is (9/10)^39."""
    n, gamma = 40, Q(9, 10)
    links = [({s: -1, s + 1: gamma}, "<=", 0) for s in range(n - 1)]
    system: System = rows(n, *links, ({n - 1: -1}, "<=", -1))
    assert highest(system, {0: -1}) == -(gamma ** (n - 1))
    assert type(decide(rows(n, *links, ({n - 1: -1}, "<=", -1), ({0: 1}, "<", gamma**39)))).__name__ == "Infeasible"
