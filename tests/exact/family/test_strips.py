"""Strips around thresholds: the ordinary tool's thresholds lie in them at every point, and what shows them is exact."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product

import pytest

from exact.family import parse_family
from exact.family.bernstein import halves
from exact.family.box_rows import BoxRows
from exact.family.guess import Guess
from exact.family.side import Side, holds
from exact.family.strips import Column, Strips
from exact.family.trees import Trees, refined, volume
from exact.thresholds import paper_threshold, sharp_threshold
from tests.exact.family.families import RETRY, random_family

THRESHOLD = {"paper": paper_threshold, "sharp": sharp_threshold}


def points(column: Column) -> list[tuple[Fraction, ...]]:
    """The corners and the middle of a box."""
    return [*product(*column.box), tuple((low + high) / 2 for low, high in column.box)]


@pytest.mark.parametrize(("seed", "parameters"), [*product(range(12), (1,)), *product(range(4), (2,))])
@pytest.mark.parametrize("kind", ["paper", "sharp"])
def test_thresholds_lie_in_their_strips(kind: str, seed: int, parameters: int) -> None:
    """At the corners of quarter boxes and in the middle; a threshold that does not exist counts as 1."""
    family = parse_family(random_family(seed, parameters=parameters))
    strips = Strips(family, kind)
    at = cache(lambda point: family.at(dict(zip(family.parameters, point, strict=True))))
    threshold = cache(lambda point, state: THRESHOLD[kind](at(point), state).value)  # boxes share corners
    for box in (part for half in halves(family.box) for part in halves(half)):
        column = strips.column(box)
        for point in points(column):
            for strip in column.strips:
                value = threshold(point, strip.state)
                assert (strip.low <= value <= strip.high) if value is not None else strip.high == 1


def test_the_curve_of_retry() -> None:
    """gamma* solves p = (1 - g)(1 - g + p g): between the strips at 100 points."""
    family = parse_family(RETRY.encode())
    trees = Trees(Strips(family, "paper"))
    assert [*refined(trees, Fraction(1, 25))][-1] <= Fraction(1, 25)
    columns = trees.columns()
    for k in range(101):
        p = Fraction(1, 10) + Fraction(8, 10) * k / 100
        at = [column for column in columns if column.box[0][0] <= p <= column.box[0][1]]
        for strip in (column.strips[0] for column in at):
            for gamma, beyond in ((strip.low, False), (strip.high, True)):
                excess = p - (1 - gamma) * (1 - gamma + p * gamma)
                assert excess >= 0 if beyond else excess <= 0


@pytest.mark.parametrize(("seed", "parameters"), [(9, 1), (1, 2), (4, 2), (2, 3)])
def test_refining_ends_below_the_share_that_is_asked_for(seed: int, parameters: int) -> None:
    """The columns cover the box without overlaps, within their strips' boxes; what they leave open was said."""
    family = parse_family(random_family(seed, parameters=parameters))
    trees = Trees(Strips(family, "paper"))
    *_, share = refined(trees, Fraction(1, 4))
    columns, whole = trees.columns(), volume(family.box)
    assert share <= Fraction(1, 4)
    assert share == sum(volume(c.box) * c.undecided() for c in columns) / whole
    assert sum(volume(column.box) for column in columns) == whole
    assert [c.box for c in columns] == sorted({c.box for c in columns})
    for column in columns:
        for side in (side for strip in column.strips for side in (strip.lower, strip.upper) if side is not None):
            inside = zip(column.box, side.box, strict=True)
            assert all(low <= a and b <= high for (a, b), (low, high) in inside)


def test_refining_ends_at_so_many_boxes() -> None:
    """And what is undecided then is said; an interruption between halves leaves all as it was."""
    trees = Trees(Strips(parse_family(random_family(1, parameters=2)), "paper"))
    *_, share = refined(trees, Fraction(1, 10_000), 12)
    assert 10 < len(trees.boxes) <= 12
    assert share == trees.undecided() > Fraction(1, 10_000)
    leaves = [leaf.box for root in trees.roots.values() for leaf in root.leaves()]
    assert set(trees.boxes) == set(leaves)
    assert trees.left >= share


def test_cells() -> None:
    """n at least and at most, over all of (0, 1)."""
    column = Strips(parse_family(RETRY.encode()), "paper").column(((Fraction(1, 10), Fraction(1, 5)),))
    strip = column.strips[0]
    assert list(column.cells()) == [(0, strip.low, 0, 0), (strip.low, strip.high, 0, 1), (strip.high, 1, 1, 1)]


def sides(seed: int) -> list[tuple[Side, BoxRows, Guess]]:
    """Both sides of each strip on half a box."""
    family = parse_family(random_family(seed))
    strips, box = Strips(family, "paper"), halves(family.box)[0]
    found = []
    for strip in strips.column(box).strips:
        guess = strips.guess(strip.state, box)
        found += [
            (side, guess.rows, guess) for side in (strip.lower, strip.upper) if side is not None and side.unit > 1
        ]
    return found


def test_sides_that_do_not_hold() -> None:
    """A value too high or too low by far, a discount moved towards the threshold, a box too large."""
    looked = 0
    for side, rows, guess in (entry for seed in range(6) for entry in sides(seed)):
        assert holds(side, rows, guess.visit)
        turn = 1 if side.policy is not None else -1
        for state, (first, *rises) in side.values.items():
            if state in guess.rows.place and rows.place[state] != rows.start:
                wrong = replace(side, values={**side.values, state: (first + turn * side.unit, *rises)})
                assert not holds(wrong, rows, guess.visit)
        moved = side.discount - turn * Fraction(1, 10)
        if 0 < moved < 1:
            assert not holds(replace(side, discount=moved), rows, guess.visit)
        looked += 1
    assert looked > 10
