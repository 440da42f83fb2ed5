"""Shares of goals: closed formulas, two exact ways against each other and a third, naive one, and samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import comb, prod
from random import Random

import pytest

from exact.errors import NotAGoalSet
from exact.goals import decision
from exact.instance import Instance, read_instance
from exact.instance.model import Goals, Inequality
from exact.share import Sample, share
from exact.share.coupled import coupled, essential
from exact.share.parts import Form, growth, maximal
from exact.share.policies import over_shutdown, visit_counts
from exact.testing.random_instances import random_instances
from tests.examples import instance_path
from tests.reference.volumes import Row, lasserre
from tests.reference.worked import HALF_OFF, RETRY, RING, STAIRS, corridor, star

GAMMAS = [Fraction(1, 3), Fraction(1, 2), Fraction(9, 10), Fraction(99, 100)]
NORMALIZ = Fraction(  # the gridworld's share at 9/10, times 14: computed by Normaliz, once
    "103022608811072227875959605453388607119908968616468465363555851006731322270294208420986681328973639254466475917625038263/"
    "10230173634512177781921688359770650441292901749655792280236166994436250897800839289962721820218448875404128111839294433593"
    "750000000"
)


def rows_of(instance: Instance, gamma: Fraction) -> list[Form]:
    """The forms that decide, none exceeded by another."""
    return maximal(over_shutdown(visit_counts(instance, gamma), instance.s_term, instance.ties) or [])


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
    """In parts, as one polytope, and by Lasserre's recursion."""
    rows = rows_of(instance, gamma)
    assert growth(rows).mean() == coupled(rows) == in_the_cube(rows)


def naive(instance: Instance, gamma: Fraction, box: Row, cuts: Sequence[Inequality]) -> Fraction | None:
    """The share for all rewards from box[0] to box[1] and these cuts, by two recursions; None without volume."""
    n, s_term = len(instance.mdp), instance.s_term
    units = [tuple(Fraction(int(i == j)) for j in range(n)) for i in range(n)]
    rows = [*units, *(tuple(-x for x in unit) for unit in units), *(cut.coefficients for cut in cuts)]
    bounds = [box[1]] * n + [-box[0]] * n + [cut.bound for cut in cuts]
    everything = lasserre(rows, bounds)
    if not everything:
        return None
    forms = over_shutdown(visit_counts(instance, gamma), s_term, instance.ties)
    if forms is None:
        return Fraction(0)
    rows += [tuple(form.get(x, Fraction(0)) - (x == s_term) for x in range(n)) for form in forms]
    return lasserre(rows, bounds + [Fraction(0)] * len(forms)) / everything


@pytest.mark.parametrize("states", [3, 4, 5])
def test_random_mdps(states: int) -> None:
    """In [0, 1]^d, the share is that of the naive recursion over all of the cube; the sample's interval holds it."""
    missed = 0
    for instance in random_instances(states, {3: 12, 4: 8, 5: 2}[states], seed=1):
        found = share(instance, Fraction(1, 2))
        assert found.value == naive(instance, Fraction(1, 2), (Fraction(0), Fraction(1)), ())
        sample = share(instance, Fraction(1, 2), samples=300).sample
        assert sample is not None
        assert sample.drawn == 300
        missed += found.value is None or not sample.interval[0] <= found.value <= sample.interval[1]
    assert missed <= 1


@pytest.mark.parametrize("box", [(-1, 1), (0, 3), (-2, Fraction(-1, 2))])
@pytest.mark.parametrize("states", [3, 4])
def test_other_boxes_and_cuts(states: int, box: tuple[Fraction | int, Fraction | int]) -> None:
    """All rewards in another range, and inequalities of several of them: by the naive recursion, and by a sample."""
    random, ends, compared, missed = Random(states), (Fraction(box[0]), Fraction(box[1])), 0, 0
    for instance in random_instances(states, 8 if states < 4 else 5, seed=2):
        cuts = [
            Inequality(
                tuple(Fraction(random.randint(-2, 2)) for _ in range(states)), "<=", Fraction(random.randint(0, 1))
            )
            for _ in range(random.randint(0, 2))
        ]
        cuts = [cut for cut in cuts if sum(map(bool, cut.coefficients)) > 1]
        wanted = naive(instance, Fraction(1, 2), ends, cuts)
        asked = replace(instance, goals=Goals(nonnegative=False, inequalities=(*_walls(states, ends), *cuts)))
        if wanted is None:
            with pytest.raises(NotAGoalSet, match="no volume"):
                share(asked, Fraction(1, 2))
            continue
        assert share(asked, Fraction(1, 2)).value == wanted
        sample = share(asked, Fraction(1, 2), samples=200).sample
        assert sample is not None
        missed += not sample.interval[0] <= wanted <= sample.interval[1]
        compared += 0 < wanted < 1
    assert compared >= 2
    assert missed <= 1


def _walls(states: int, ends: Row) -> list[Inequality]:
    """Each reward alone between the ends."""
    units = [tuple(Fraction(int(i == j)) for j in range(states)) for i in range(states)]
    upper = [Inequality(unit, "<=", ends[1]) for unit in units]
    return [*upper, *(Inequality(tuple(-x for x in unit), "<=", -ends[0]) for unit in units)]


@pytest.mark.parametrize("instance", [RING, RETRY, STAIRS, HALF_OFF, corridor(4), star(3)])
def test_rows_decide(instance: Instance) -> None:
    """A goal is below every row iff f prefers shutdown by its action values, goal by goal; both are met."""
    random, said, scale = Random(3), set(), 1 << 20
    for gamma in GAMMAS:
        rows = over_shutdown(visit_counts(instance, gamma), instance.s_term, instance.ties) or []
        for _ in range(30):
            theta = [Fraction(random.randrange(scale), scale) for _ in instance.mdp.states]
            theta[instance.s_term] *= random.choice([1, 3, 20])
            below = all(sum(c * theta[x] for x, c in row.items()) < theta[instance.s_term] for row in rows)
            assert below == (decision(instance, tuple(theta), gamma) == "shutdown")
            said.add(below)
    assert said == {True, False}


def test_fixed_rewards() -> None:
    """Where the goals leave one value: corridor-1 with r1 = 1/2, or with both rewards fixed, tied or not."""
    half = _with(corridor(1), ([0, 2, 0], "=", 1))
    assert share(half, Fraction(1, 4)).value == Fraction(1, 3)
    assert share(_with(corridor(1), ([0, 2, 0], "=", 1), ([0, 0, 3], "=", 2)), Fraction(1, 4)).value == 0
    assert share(_with(corridor(1), ([0, 2, 0], "=", 1), ([0, 0, 4], "=", 3)), Fraction(1, 4)).value == 1
    for ties, wanted in (("uniform", 0), ("shutdown-last", 0), ("shutdown-first", 1)):
        tied = _with(replace(corridor(1), ties=ties), ([0, 2, 0], "=", 1), ([0, 0, 3], "=", 2))
        assert share(tied, Fraction(1, 4)).value == wanted


def test_eight_coupled_coordinates() -> None:
    """A ring of eight pairs, in one piece and as a cone's slice; all pairs of four, by Lasserre's recursion."""
    pairs = [{i: Fraction(3, 2), j: Fraction(4, 3)} for i, j in combinations(range(4), 2)]
    assert coupled(pairs) == in_the_cube(pairs)
    ring = [{i: Fraction(3, 2), (i + 1) % 8: Fraction(4, 3)} for i in range(8)]
    rows = essential(ring)
    assert len(rows) == 8
    assert coupled(ring) == growth(ring).mean()


def test_gridworld() -> None:
    """Thirteen coupled coordinates, 133 policies that count; 433 vertices, in which many of them meet."""
    assert share(read_instance(instance_path("gridworld")), Fraction(9, 10)).value == NORMALIZ / 14


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
    assert share(read_instance(instance_path("box")), Fraction(9, 10)).value == Fraction(7, 40)
    with pytest.raises(NotAGoalSet, match="no reward of r1 is at least 2"):
        share(_with(corridor(1), ([0, -1, 0], "<=", -2)), Fraction(1, 2))
    for samples in (None, 10):
        with pytest.raises(NotAGoalSet, match="equality of several"):
            share(_with(corridor(1), ([0, 1, 1], "=", 1)), Fraction(1, 2), samples=samples)


def _with(instance: Instance, *inequalities: tuple[list[int], str, int]) -> Instance:
    made = (Inequality(tuple(map(Fraction, c)), relation, Fraction(bound)) for c, relation, bound in inequalities)
    return replace(instance, goals=Goals(inequalities=tuple(made)))
