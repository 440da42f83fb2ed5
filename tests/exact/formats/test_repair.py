"""Doubles -> fractions: near, positive, summing to 1, and the simplest where that is enough."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exact.conversion import exact_value
from exact.errors import NotExact, NotStochastic
from exact.formats.repair import TOLERANCE, repaired

WEIGHTS = st.lists(st.integers(1, 1000), min_size=1, max_size=6)


@given(WEIGHTS)
def test_quotients_of_small_numbers_are_found_again(weights: list[int]) -> None:
    """What was a fraction before it was a double is that fraction again."""
    total = sum(weights)
    doubles = [exact_value(weight / total, "") for weight in weights]
    assert list(repaired(doubles, "")) == [Fraction(weight, total) for weight in weights]


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=6))
def test_any_normalised_row_is_mended(values: list[float]) -> None:
    """Positive, within 2^-40 each, and the sum is 1."""
    doubles = [exact_value(value / sum(values), "") for value in values]
    found = repaired(doubles, "")
    assert sum(found) == 1
    assert all(p > 0 and abs(p - q) <= TOLERANCE for p, q in zip(found, doubles, strict=True))


def test_what_can_happen_stays_possible() -> None:
    """A probability far below 2^-40 is not rounded to 0."""
    found = repaired([exact_value(1e-20, ""), exact_value(1.0, "")], "")
    assert sum(found) == 1
    assert found[0] > 0


def test_a_row_that_is_no_distribution_is_refused() -> None:
    """Not bent until it sums to 1."""
    with pytest.raises(NotStochastic, match=r"s\.a: the probabilities sum to 9/10; they must sum to 1 within 2\^-40"):
        repaired([exact_value(0.5, ""), exact_value(0.4, "")], "s.a")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "1/2", None])
def test_what_is_no_number_is_refused(value: object) -> None:
    """In one line."""
    with pytest.raises(NotExact, match=r"^s\.a: .* is no finite number; probabilities and rewards are numbers$"):
        exact_value(value, "s.a")
