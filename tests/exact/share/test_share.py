"""Shares of goals: closed formulas, two exact ways against each other and a third, naive one, and samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import comb, factorial, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.errors import NotAGoalSet
from exact.instance import Instance, read_instance
from exact.instance.model import Goals, Inequality
from exact.share import Sample, share
from exact.share.coupled import coupled, essential
from exact.share.lawrence import volume
from exact.share.parts import Form, growth, maximal
from exact.share.policies import Decision, over_shutdown
from exact.testing import strategies
from tests.examples import instance_path
from tests.reference.worked import HALF_OFF, RETRY, RING, STAIRS, corridor, star

GAMMAS = [Fraction(1, 3), Fraction(1, 2), Fraction(9, 10), Fraction(99, 100)]
Row = tuple[Fraction, ...]


def rows_of(instance: Instance, gamma: Fraction) -> list[Form]:
    """The forms that decide, none exceeded by another."""
    return maximal(over_shutdown(Decision(instance, gamma).all_forms(), instance.s_term, instance.ties) or [])


def lasserre(rows: Sequence[Row], bounds: Sequence[Fraction]) -> Fraction:
    """The volume of a bounded polyhedron, by its facets (Lasserre 1983): nothing in common with Lawrence's formula."""
    n = len(rows[0])
    distinct: dict[Row, Fraction] = {}
    for row, bound in zip(rows, bounds, strict=True):
        scale = next((abs(c) for c in row if c), None)
        if scale is None:
            if bound < 0:
                return Fraction(0)
            continue
        unit = tuple(c / scale for c in row)
        distinct[unit] = min(bound / scale, distinct.get(unit, bound / scale))
    if n == 1:
        high = min(bound for row, bound in distinct.items() if row[0] > 0)
        return max(Fraction(0), high - max(-bound for row, bound in distinct.items() if row[0] < 0))
    total = Fraction(0)
    for row, bound in distinct.items():
        if not bound:
            continue
        k = next(i for i, c in enumerate(row) if c)
        others = [(r, b) for r, b in distinct.items() if r != row]
        cut = [tuple(r[i] - r[k] * row[i] / row[k] for i in range(n) if i != k) for r, _ in others]
        total += bound / abs(row[k]) * lasserre(cut, [b - r[k] * bound / row[k] for r, b in others])
    return total / n


def in_the_cube(rows: Sequence[Form]) -> Fraction:
    """The share by Lasserre's recursion, with w = theta(s_term) as the last coordinate, walls and all."""
    names = sorted({x for row in rows for x in row})
    n = len(names) + 1
    table: list[Row] = [(*(row.get(x, Fraction(0)) for x in names), Fraction(-1)) for row in rows]
    bounds = [Fraction(0)] * len(table)
    for i in range(n):
        table += [tuple(Fraction(sign * (i == j)) for j in range(n)) for sign in (1, -1)]
        bounds += [Fraction(1), Fraction(0)]
    return lasserre(table, bounds)


@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("rays", [1, 3, 8])
def test_stars(rays: int, gamma: Fraction) -> None:
    """(1 - gamma)^n / (n + 1)."""
    assert share(star(rays), gamma).value == (1 - gamma) ** rays / (rays + 1)


@pytest.mark.parametrize("gamma", [Fraction(9, 10), Fraction(99, 100)])
@pytest.mark.parametrize("length", [1, 2, 5, 8, 15])
def test_corridors_without_walls(length: int, gamma: Fraction) -> None:
    """gamma^(n-1)/(1 - gamma) >= 1, so the product of (1 - gamma^i)/(i gamma^(i-1)), over n + 1."""
    wanted = prod(((1 - gamma**i) / (i * gamma ** (i - 1)) for i in range(1, length + 1)), start=Fraction(1))
    assert share(corridor(length), gamma).value == wanted / (length + 1)


def test_by_hand() -> None:
    """corridor-2 at 1/2: x <= w/2 and x/1 + y <= w: the integral of 3 w^2/8. At 1/3 a wall binds: y <= 1."""
    assert share(corridor(2), Fraction(1, 2)).value == Fraction(1, 8)
    assert share(RETRY, Fraction(1, 2)).value == Fraction(13, 72)
    assert share(STAIRS, Fraction(1, 2)).value == Fraction(1, 6)
    assert share(HALF_OFF, Fraction(1, 2)).value == Fraction(1, 4)


@pytest.mark.parametrize("gamma", GAMMAS[:3])
@pytest.mark.parametrize("instance", [RING, RETRY, STAIRS, HALF_OFF, corridor(2), corridor(3), corridor(4), star(3)])
def test_three_ways(instance: Instance, gamma: Fraction) -> None:
    """In parts, as pyramids over facets, and by Lasserre's recursion."""
    rows = rows_of(instance, gamma)
    assert growth(rows).mean() == coupled(rows) == in_the_cube(rows)


@given(
    strategies.instances(max_states=5, max_actions=3, shutdown_loops=False, max_inequalities=0),
    st.sampled_from(GAMMAS[:3]),
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_random_mdps(instance: Instance, gamma: Fraction) -> None:
    """Where nothing but the cube restricts Theta: the share is Lasserre's, and a sample's interval is about it."""
    instance = replace(instance, training=frozenset(), trained={}, goals=Goals())
    found = share(instance, gamma)
    forms = over_shutdown(Decision(instance, gamma).all_forms(), instance.s_term, instance.ties)
    assert found.value == (0 if forms is None else in_the_cube(maximal(forms)))
    sample = share(instance, gamma, samples=300).sample
    assert sample is not None
    low, high = sample.interval
    assert low - Fraction(1, 20) <= found.value <= high + Fraction(1, 20)


@given(st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_lawrence_and_lasserre(table: list[tuple[int, ...]]) -> None:
    """Also where many rows meet in one vertex, or follow from others."""
    rows = [tuple(map(Fraction, row)) for row in table] + [
        tuple(Fraction(int(i == j)) for j in range(3)) for i in range(3)
    ]
    bounds = [Fraction(2)] * len(table) + [Fraction(1)] * 3
    signs = [tuple(Fraction(-int(i == j)) for j in range(3)) for i in range(3)]
    assert volume(rows, bounds, 3) == lasserre([*rows, *signs], [*bounds, *[Fraction(0)] * 3])


def test_simplices() -> None:
    """x_1 + .. + x_n <= 1, with a row that follows and one that touches."""
    for n in range(1, 9):
        rows = [[Fraction(1)] * n, [Fraction(1, 2)] * n, [Fraction(1), *[Fraction(0)] * (n - 1)]]
        assert volume(rows, [Fraction(1)] * 3, n) == Fraction(1, factorial(n))


def test_eight_coupled_coordinates() -> None:
    """A ring of eight pairs, in one piece and as a cone's slice; all pairs of four, by Lasserre's recursion."""
    pairs = [{i: Fraction(3, 2), j: Fraction(4, 3)} for i, j in combinations(range(4), 2)]
    assert coupled(pairs) == in_the_cube(pairs)
    ring = [{i: Fraction(3, 2), (i + 1) % 8: Fraction(4, 3)} for i in range(8)]
    rows = essential(ring)
    assert len(rows) == 8
    assert coupled(ring) == growth(ring).mean()


def test_what_training_sees_does_not_matter_here() -> None:
    """CoinRun: goals that fit training are as likely to go for the coin as all; no draw is wasted on them."""
    instance = read_instance(instance_path("coinrun"))
    found = share(instance, Fraction(9, 10), reach=instance.mdp.state("coin_1"), samples=500).sample
    assert found is not None
    assert (found.drawn, found.outside) == (500, 0)
    assert 150 < found.hits < 400


def test_the_interval_is_clopper_s() -> None:
    """Of no hit in n: 1 - (1/200)^(1/n); of all, the mirror image; 5 of 10 by the binomial tail."""
    low, high = Sample(100, 0, 0, 1).interval
    assert low == 0
    assert (1 - high) ** 100 <= Fraction(1, 200) <= (1 - high + Fraction(2, 10**6)) ** 100
    assert Sample(100, 100, 0, 1).interval[0] == 1 - high
    low, high = Sample(10, 5, 0, 1).interval
    tails = [
        sum(comb(10, k) * p**k * (1 - p) ** (10 - k) for k in range(5, 11)) for p in (low, low + Fraction(1, 10**6))
    ]
    assert tails[0] < Fraction(1, 200) <= tails[1]
    assert high == 1 - low
    assert list(Sample(0, 0, 0, 1).interval) == [0, 1]


def test_ranges() -> None:
    """A reward's own bounds; a range that is empty, and an equality of several rewards, are refused."""
    box = share(read_instance(instance_path("box")), Fraction(9, 10), samples=100)
    assert all(low == -1 and high == 1 for low, high in box.ranges)
    with pytest.raises(NotAGoalSet, match="no reward of r1 is at least 2"):
        share(_with(corridor(1), [0, -1, 0], "<=", -2), Fraction(1, 2))
    with pytest.raises(NotAGoalSet, match="equality of several"):
        share(_with(corridor(1), [0, 1, 1], "=", 1), Fraction(1, 2))


def _with(instance: Instance, coefficients: list[int], relation: str, bound: int) -> Instance:
    inequality = Inequality(tuple(map(Fraction, coefficients)), relation, Fraction(bound))
    return replace(instance, goals=Goals(inequalities=(inequality,)))
