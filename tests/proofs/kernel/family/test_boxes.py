"""Bernstein coefficients, positivity and covers, against exact/ and by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exact.errors import TooLarge
from exact.family.bernstein import coefficients, not_positive
from exact.family.expression import polynomial
from exact.family.reading import Reading, length_at
from proofs.kernel.errors import Malformed
from proofs.kernel.family import boxes as kernel
from proofs.kernel.family.boxes import Box, at, cover, degrees, halves, least, local, placed, positive, size
from proofs.kernel.family.expression import expression as spending
from proofs.kernel.poly import Polynomial, cost
from tests.exact.family.test_bernstein import drawn

NAMES = ["p", "q"]


def expression(text: str, names: list[str]) -> Polynomial:
    """What a text says, at whatever price."""
    return spending(text, names, cost)


def side(low: str, high: str) -> tuple[Fraction, Fraction]:
    """An interval."""
    return Fraction(low), Fraction(high)


@pytest.mark.parametrize("seed", range(40))
def test_the_least_coefficient_is_that_of_exact(seed: int) -> None:
    """Both compute it their own way."""
    text, box = drawn(seed)
    assert least(local(expression(text, NAMES), box), 2) == min(coefficients(polynomial(text, NAMES), box).values())


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("more", ["", " + 1/2", " + 30"])
def test_positivity_is_that_of_exact(seed: int, more: str) -> None:
    """The same polynomials are refused, after the same work."""
    text, box = drawn(seed)
    exact, kernel = Reading(), Reading()
    try:
        by_exact = not_positive(polynomial(text + more, NAMES), box, exact) is None
    except TooLarge:
        by_exact = False
    try:
        by_kernel = positive(expression(text + more, NAMES), box, kernel.spend)
    except TooLarge:
        by_kernel = False
    assert by_exact == by_kernel
    if by_exact:
        assert exact.spent == kernel.spent


@pytest.mark.parametrize("seed", range(20))
def test_lengths_are_those_of_exact(seed: int) -> None:
    """And no value is longer by more than a few bits."""
    text, box = drawn(seed)
    found, low = expression(text, NAMES), tuple(low for low, _ in box)
    assert kernel.length_at(found, *box) == length_at(polynomial(text, NAMES), box)
    value = at(found, low)
    assert max(value.numerator.bit_length(), value.denominator.bit_length()) <= kernel.length_at(found, low) * 9 + 40


def test_local_coordinates() -> None:
    """u = 0 and u = 1 are the ends."""
    p = expression("p^2 + p*q - 1/3", NAMES)
    box = (side("1/2", "2"), side("-1", "3"))
    moved = local(p, box)
    for u in ((0, 0), (1, 0), (0, 1), (1, 1)):
        point = tuple(low + (high - low) * k for (low, high), k in zip(box, u, strict=True))
        assert at(moved, tuple(map(Fraction, u))) == at(p, point)


def test_sizes() -> None:
    """Of p's own degree, and of a higher one."""
    p = expression("p^2*q + 1", NAMES)
    assert (degrees(p, 2), size(p, 2), size(p, 2, 2)) == ([2, 1], 6, 12)
    assert size({}, 2) == 1
    assert least({}, 2) == 0


def test_a_dip_between_positive_corners() -> None:
    """(2p - 1)^2 - 1/100 is positive at the corners, and not inside."""
    box = (side("0", "1"),)
    assert not positive(expression("(2*p - 1)^2 - 1/100", ["p"]), box, cost)
    assert positive(expression("(2*p - 1)^2 + 1/100", ["p"]), box, cost)
    assert least(expression("(2*p - 1)^2", ["p"]), 1) < 0, "its coefficients do not show it at once"


def test_halves() -> None:
    """Across the longest side, the first of equals."""
    one, two = halves((side("0", "1"), side("0", "1")))
    assert (one, two) == ((side("0", "1/2"), side("0", "1")), (side("1/2", "1"), side("0", "1")))
    assert placed(one, (side("0", "1"),) * 2) == [(0, 1 << 63), (0, 1 << 64)]


WHOLE: Box = (side("0", "1"), side("0", "1"))
LEFT, RIGHT = halves(WHOLE)


@pytest.mark.parametrize(
    ("boxes", "covers"),
    [
        ([WHOLE], True),
        ([LEFT, RIGHT], True),
        ([LEFT, *halves(RIGHT)], True),
        ([], False),
        ([LEFT], False),
        ([LEFT, halves(RIGHT)[0]], False),
        ([LEFT, LEFT], False),
        ([LEFT, RIGHT, halves(RIGHT)[0]], False),
        ([LEFT, (side("1/4", "3/4"), side("0", "1"))], False),
        ([(side("0", "1"), side("0", "1/2")), (side("0", "1"), side("1/2", "1"))], True),
        ([(side("0", "1/2"), side("0", "1")), (side("513/1024", "1"), side("0", "1"))], False),
    ],
    ids=range(11),
)
def test_covers(boxes: list[Box], covers: bool) -> None:
    """Boxes missing, twice, overlapping, apart by a hair."""
    assert cover(boxes, WHOLE) == covers


def test_parts_of_a_box_are_binary() -> None:
    """2^-64 of a side is the least; a third, or half of the least, is refused. So no claim has long ends."""
    least_part = Fraction(1, 1 << 64)
    whole: Box = ((Fraction(0), Fraction(3)),)
    assert placed(((3 * least_part, Fraction(3)),), whole) == [(1, 1 << 64)]
    for low in (Fraction(1), 3 * least_part / 2):
        with pytest.raises(Malformed, match="no cut"):
            placed(((low, Fraction(3)),), whole)


def test_a_cover_of_no_dimension() -> None:
    """One point, once."""
    assert cover([()], ())
    assert not cover([], ())


def test_the_order_of_boxes_does_not_matter() -> None:
    """Two halves that touch, the upper one first."""
    low, high = (side("0", "1/2"),), (side("1/2", "1"),)
    for boxes in ([low, high], [high, low]):
        assert cover(boxes, (side("0", "1"),))
    assert not cover([high, (side("1/4", "3/4"),)], (side("0", "1"),))


@pytest.mark.parametrize("text", ["(p - 1/3)^2", "1 - p", "p", "p - p^2"])
def test_a_zero_is_not_positive(text: str) -> None:
    """Neither inside, where no halving meets it, nor at an end."""
    assert not positive(expression(text, ["p"]), (side("0", "1"),), cost)
