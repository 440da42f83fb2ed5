"""Bernstein coefficients: they enclose, they are exact at the corners, and positivity is decided where it is clear."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from exact.family.bernstein import Box, coefficients, corners, evaluate, halves, not_positive, range_on
from exact.family.expression import polynomial

HALF = Fraction(1, 2)


def drawn(seed: int) -> tuple[str, Box]:
    """A polynomial in p and q, and a box."""
    draw = Random(seed)
    terms = [
        f"{draw.randint(0, 9)}/{draw.randint(1, 5)}*p^{draw.randint(0, 3)}*q^{draw.randint(0, 2)}" for _ in range(5)
    ]
    text = terms[0] + "".join(draw.choice("+-") + term for term in terms[1:])
    ends = [sorted(Fraction(draw.randint(-6, 6), 4) + Fraction(k, 3) for k in range(2)) for _ in range(2)]
    return text, tuple((low, high) for low, high in ends)


@pytest.mark.parametrize("seed", range(40))
def test_the_values_lie_between_the_coefficients(seed: int) -> None:
    """On a grid of the box; at the corners the coefficients are the values."""
    text, box = drawn(seed)
    p = polynomial(text, ["p", "q"])
    low, high = range_on(p, box)
    steps = [[a + (b - a) * k / 6 for k in range(7)] for a, b in box]
    values = [evaluate(p, point) for point in product(*steps)]
    assert low <= min(values)
    assert max(values) <= high
    table = coefficients(p, box)
    ends = [(0, degree) for degree in map(int, p.degrees())]
    assert [table[place] for place in product(*ends)] == [evaluate(p, corner) for corner in corners(box)]


@pytest.mark.parametrize("seed", range(40))
def test_a_point_where_it_is_not_positive_is_one(seed: int) -> None:
    """And None means that no point of a grid is."""
    text, box = drawn(seed)
    p = polynomial(f"{text} + 1/2", ["p", "q"])
    point = not_positive(p, box)
    steps = [[a + (b - a) * k / 8 for k in range(9)] for a, b in box]
    least = min(evaluate(p, place) for place in product(*steps))
    assert least > 0 if point is None else evaluate(p, point) <= 0 or least < Fraction(1, 100)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("p", None),
        ("1 - p", None),
        ("(2*p - 1)^2", HALF),
        ("(2*p - 1)^2 + 1/1000", None),
        ("9/10 - p", Fraction(9, 10)),
        ("p - 1/10", Fraction(1, 10)),
        ("2", None),
        ("-(-p)", None),
    ],
)
def test_touching_zero(text: str, at: Fraction | None) -> None:
    """Within the box, at an end, and nearly."""
    found = not_positive(polynomial(text, ["p"]), ((Fraction(1, 10), Fraction(9, 10)),))
    assert found == (None if at is None else (at,))


def test_a_zero_that_halving_never_meets_is_refused() -> None:
    """(2 p^2 - 1)^2 vanishes at an irrational p: the point returned lies next to it."""
    point = not_positive(polynomial("(2*p^2 - 1)^2", ["p"]), ((Fraction(1, 10), Fraction(9, 10)),))
    assert point is not None
    assert abs(2 * point[0] ** 2 - 1) < Fraction(1, 1000)


def test_halves() -> None:
    """Across the longest side."""
    assert halves(((Fraction(0), Fraction(1)), (Fraction(0), Fraction(2)))) == [
        ((Fraction(0), Fraction(1)), (Fraction(0), Fraction(1))),
        ((Fraction(0), Fraction(1)), (Fraction(1), Fraction(2))),
    ]
