"""Shares by polytopes: volumes against Lasserre's recursion, cells that fill the cube, all of it against samples."""

from __future__ import annotations

import sys
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exact.errors import NotAGoalSet, TooLarge
from exact.goals import ahead_of
from exact.instance import Instance, read_instance
from exact.instance.model import Goals, Inequality
from exact.share import share
from exact.share.cells import cells
from exact.share.general import by_volumes
from exact.share.polytope import Said, Volumes
from exact.share.ranges import UNIT
from exact.testing import strategies
from tests.examples import instance_path
from tests.reference.volumes import lasserre
from tests.reference.worked import HALF_OFF, RETRY, RING, STAIRS, corridor, star

HALF = Fraction(1, 2)
SIGNED = st.tuples(*[st.integers(-3, 3)] * 4)


@given(st.lists(SIGNED, max_size=5), st.sampled_from([(-1, 1), (0, 1), (0, 3)]))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_volumes_are_lasserre_s(table: list[tuple[int, int, int, int]], ends: tuple[int, int]) -> None:
    """Inequalities of any sign, through the origin or not; they meet in corners, follow from others, leave nothing."""
    low, high = map(Fraction, ends)
    said = [
        Said({x: Fraction(c) for x, c in enumerate(row) if c}, Fraction(bound), at_bound=True) for *row, bound in table
    ]
    rows = [tuple(map(Fraction, row)) for *row, _ in table]
    axes = [tuple(Fraction(int(i == j)) for j in range(3)) for i in range(3)]
    walls = [*axes, *(tuple(-c for c in axis) for axis in axes)]
    bounds = [*(Fraction(row[-1]) for row in table), *[high] * 3, *[-low] * 3]
    assert Volumes([(low, high)] * 3).of(said) == lasserre([*rows, *walls], bounds)


@pytest.mark.parametrize("instance", [RING, RETRY, STAIRS, HALF_OFF, corridor(2), corridor(4), star(3)])
@pytest.mark.parametrize("gamma", [Fraction(1, 3), HALF, Fraction(9, 10)])
def test_the_general_way_is_the_cone_s(instance: Instance, gamma: Fraction) -> None:
    assert by_volumes(instance, gamma, [UNIT] * len(instance.mdp), None) == share(instance, gamma).value


@given(strategies.instances(max_states=5, max_actions=2, shutdown_loops=True), st.sampled_from([Fraction(1, 3), HALF]))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_cells_fill_the_cube(instance: Instance, gamma: Fraction) -> None:
    """Each goal has an optimal policy, and but for a set without volume its values are one policy's."""
    volumes = Volumes([UNIT] * len(instance.mdp))
    found = cells(instance.mdp, gamma, ahead_of(instance.mdp, [instance.shutdown_state]), {})
    assert sum(volumes.of(map(Said, cell.rows)) for cell in found) == 1


@given(
    strategies.instances(max_states=5, max_actions=3, shutdown_loops=True, max_inequalities=1),
    st.sampled_from([Fraction(1, 3), HALF, Fraction(9, 10)]),
    st.booleans(),
)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_samples_agree(instance: Instance, gamma: Fraction, reach: bool) -> None:
    """Every reading, preference and tie-breaking; s_term terminal or not; negative rewards."""
    target = len(instance.mdp) - 1 if reach else None
    try:
        found = share(instance, gamma, target)
        sample = share(instance, gamma, target, samples=400).sample
    except NotAGoalSet:
        assume(False)
    if found.value is not None and sample is not None and sample.drawn > 20:
        low, high = sample.interval
        assert low - Fraction(1, 50) <= found.value <= high + Fraction(1, 50)


def test_by_hand() -> None:
    """training-leak: Theta is 7/48, where x pays at most half of term, and 1/3, where it pays more. box: [-1, 1]^5."""
    assert share(read_instance(instance_path("training-leak")), HALF).value == Fraction(7, 23)
    assert share(read_instance(instance_path("box")), Fraction(9, 10)).value == Fraction(7, 40)
    reached = read_instance(instance_path("training-reached"))
    assert share(reached, HALF, reach=reached.mdp.state("t")).value == Fraction(2, 3)


def test_a_theta_without_volume_is_refused() -> None:
    """r1 <= 0 and -r1 <= 0 for nonnegative goals, said of two rewards."""
    inequality = Inequality((Fraction(0), Fraction(1), Fraction(1)), "<=", Fraction(0))
    for samples in (None, 10):
        with pytest.raises(NotAGoalSet, match="no volume"):
            share(replace(corridor(1), goals=Goals(inequalities=(inequality,))), HALF, samples=samples)


def test_an_empty_theta_is_refused_where_the_decision_does_not_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """CoinRun, two training rewards with a negative sum. Where that is not found out, no goal drawn is in Theta."""
    instance = read_instance(instance_path("coinrun"))
    names = instance.mdp.states
    row = tuple(Fraction(int(name in ("train_1", "train_2"))) for name in names)
    empty = replace(instance, goals=replace(instance.goals, inequalities=(Inequality(row, "<", Fraction(0)),)))
    for samples in (None, 10):
        with pytest.raises(NotAGoalSet, match="no volume"):
            share(empty, Fraction(9, 10), samples=samples)
    monkeypatch.setattr(sys.modules["exact.share.share"], "check_volume", too_large)
    found = share(empty, Fraction(9, 10), samples=10)
    assert found.sample is not None
    assert (found.sample.drawn, found.sample.outside) == (0, 10)


def too_large(*_: object) -> None:
    """What cannot be found out."""
    raise TooLarge("too many policies", "draw a sample")
