"""Volumes of polytopes: closed formulas, two other ways, PyNormaliz if it is installed; what is flat or empty."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial
from random import Random

import pytest

from exact.errors import TooLarge
from exact.share import vertices as description
from exact.share import volume as measure
from exact.share.vertices import vertices
from exact.share.volume import volume
from tests.reference.volumes import Row, lasserre, lawrence

ZERO, ONE = Fraction(0), Fraction(1)


def unit(n: int, i: int) -> Row:
    """The i-th unit vector."""
    return tuple(Fraction(int(i == j)) for j in range(n))


def signs(n: int) -> list[Row]:
    """-x <= 0."""
    return [tuple(-x for x in unit(n, i)) for i in range(n)]


def random_polytope(random: Random, n: int, few: int = 4) -> tuple[list[Row], list[Fraction]]:
    """The unit cube cut by some half-spaces of any direction, some through the origin; sometimes nothing is left."""
    rows = [unit(n, i) for i in range(n)]
    bounds = [ONE] * n
    for _ in range(random.randint(1, few)):
        rows.append(tuple(Fraction(random.randint(-4, 6), random.randint(1, 3)) for _ in range(n)))
        bounds.append(Fraction(random.randint(-1, 5), random.randint(1, 3)))
    return rows, bounds


@pytest.mark.parametrize("n", range(1, 9))
def test_simplices_and_cross_polytopes(n: int) -> None:
    """x_1 + .. + x_n <= 1 has 1/n!, with a row that follows and one that touches; so has |x_i - 1/2| summed."""
    rows = [[ONE] * n, [Fraction(1, 2)] * n, [ONE, *[ZERO] * (n - 1)]]
    assert volume(rows, [ONE] * 3, n) == Fraction(1, factorial(n))
    if n <= 5:
        crossed = [[Fraction(1 - 2 * (k >> i & 1)) for i in range(n)] for k in range(1 << n)]
        bounds = [Fraction(1, 2) + sum(row, ZERO) / 2 for row in crossed]
        assert volume(crossed, bounds, n) == Fraction(1, factorial(n))


@pytest.mark.parametrize("n", [4, 6, 8])
def test_slices_of_cubes(n: int) -> None:
    """The part of [0, 1]^n with sum <= k: Laplace's alternating sum; its middle slices touch most of the vertices."""
    k = n // 2
    wanted = sum(Fraction((-1) ** i * comb(n, i) * (k - i) ** n, factorial(n)) for i in range(k + 1))
    rows = [unit(n, i) for i in range(n)] + [(ONE,) * n]
    assert volume(rows, [*[ONE] * n, Fraction(k)], n) == wanted


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_half_spaces(n: int) -> None:
    """By Lasserre's recursion, which knows no vertices: with and without volume."""
    random, flat = Random(n), 0
    for _ in range(40 if n < 4 else 12):
        rows, bounds = random_polytope(random, n)
        found = volume(rows, bounds, n)
        assert found == lasserre([*rows, *signs(n)], [*bounds, *[ZERO] * n])
        flat += not found
    assert 0 < flat < 30 if n < 4 else flat < 12


@pytest.mark.parametrize(("n", "count"), [(2, 20), (3, 10), (4, 5), (5, 3)])
def test_vertices_tried_one_by_one(n: int, count: int) -> None:
    """By Lawrence's sum over vertices that are found among all choices of n rows; where each lies on n rows alone."""
    random, compared = Random(10 + n), 0
    while compared < count:
        rows, bounds = random_polytope(random, n, few=2)
        known = lawrence([*rows, *signs(n)], [*bounds, *[ZERO] * n])
        if known is not None and known:
            assert volume(rows, bounds, n) == known
            compared += 1


def test_flat_and_empty() -> None:
    """x + y <= 0; x <= -1; a face of the cube; and in no dimension there is one point."""
    assert volume([[ONE, ONE]], [ZERO], 2) == 0
    assert volume([[ONE]], [-ONE], 1) == 0
    assert volume([unit(2, 0), unit(2, 1), (-ONE, ZERO)], [ONE, ONE, -ONE], 2) == 0
    assert volume([], [], 0) == 1


def test_vertices_are_those_of_the_cube() -> None:
    """Each on three of the six; cut at one corner it has three for one."""
    cube = [unit(3, i) for i in range(3)]
    found = vertices(cube, [ONE] * 3, 3)
    assert {tuple(x // v.ray[-1] for x in v.ray) for v in found} == {
        (i, j, k, 1) for i in (0, 1) for j in (0, 1) for k in (0, 1)
    }
    assert {v.on.bit_count() for v in found} == {3}
    assert len(vertices([*cube, (ONE,) * 3], [*[ONE] * 3, Fraction(5, 2)], 3)) == 10


def test_what_is_too_much_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """No volume is made up beyond either bound."""
    rows, bounds = [unit(5, i) for i in range(5)] + [(ONE,) * 5], [*[ONE] * 5, Fraction(5, 2)]
    with monkeypatch.context() as patch:
        patch.setattr(measure, "MOST_FACES", 10)
        with pytest.raises(TooLarge, match="more than 10 faces"):
            volume(rows, bounds, 5)
    monkeypatch.setattr(description, "MOST_VERTICES", 10)
    with pytest.raises(TooLarge, match="more than 10 vertices"):
        volume(rows, bounds, 5)


@pytest.mark.parametrize("n", range(2, 8))
def test_pynormaliz(n: int) -> None:
    """Its volume is n! times ours."""
    normaliz = pytest.importorskip("PyNormaliz", reason="PyNormaliz is not installed")
    random = Random(20 + n)
    rows, bounds = random_polytope(random, n)
    while not volume(rows, bounds, n):
        rows, bounds = random_polytope(random, n)
    scaled = [
        [int(-6 * c) for c in row] + [int(6 * bound)]
        for row, bound in zip([*rows, *signs(n)], [*bounds, *[ZERO] * n], strict=True)
    ]
    assert Fraction(str(normaliz.Cone(inhom_inequalities=scaled).Volume())) == volume(rows, bounds, n) * factorial(n)
