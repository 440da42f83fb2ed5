"""Breakpoints in closed form, names as they are, labels that do not overlap."""

from __future__ import annotations

import itertools
import math
import re
from fractions import Fraction

import pytest
from flint import fmpz_poly
from hypothesis import example, given
from hypothesis import strategies as st

from exact.algebraic import Algebraic, real_roots, root_in
from proofs.report.figures.breakpoints import some, spread
from proofs.report.figures.labels import as_float, breakpoint_text, name_text, names_text, number_label


def root(*coefficients: int) -> Algebraic:
    """The root in (0, 1)."""
    return root_in(fmpz_poly(list(coefficients)), Fraction(0), Fraction(1))


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (Algebraic.of(Fraction(1, 2)), "$1/2$"),
        (root(-1, 1, 1), r"$(\sqrt{5}-1)/2$"),
        (root(1, -3, 1), r"$(3-\sqrt{5})/2$"),
        (root(-1, 0, 2), r"$\sqrt{1/2}$"),
        (root(-1, 0, 0, 2), r"$\sqrt[3]{1/2}$"),
        (root(-1, 0, 1, 0, 1), r"$\sqrt{(\sqrt{5}-1)/2}$"),
        (root(-1, 2, 1), r"$\sqrt{2}-1$"),
        (root(-1, 1, 0, 1), r"$\approx 0.6823$"),
        (Algebraic.of(Fraction(123456, 1234567)), r"$\approx 0.1000$"),
        (Algebraic.of(Fraction(1234567, 1234568)), r"$\approx 0.999999$"),
    ],
)
def test_labels_are_the_known_closed_forms(value: Algebraic, label: str) -> None:
    """Fractions and short radicals; decimals for the rest, enough of them to differ from 0 and 1."""
    assert number_label(value) == label


@given(st.lists(st.integers(-9, 9), min_size=3, max_size=5))
@example([2, -4, 1])
@example([1, 0, -5, 0, 5])
def test_a_label_is_the_number(coefficients: list[int]) -> None:
    """Whatever form is chosen, it has the value of the root."""
    polynomial = fmpz_poly(coefficients)
    for value in real_roots(polynomial, Fraction(0), Fraction(1)) if polynomial.degree() > 0 else []:
        assert math.isclose(evaluated(number_label(value)), as_float(value), rel_tol=1e-3)


def evaluated(label: str) -> float:
    """The label read as Python."""
    text = label.strip("$").replace(r"\approx", "")
    text = re.sub(r"\\sqrt\[(\d)\]\{([^{}]*)\}", r"((\2)**(1/\1))", text)
    text = re.sub(r"(\d)\\sqrt", r"\1*\\sqrt", text)
    while r"\sqrt" in text:
        text = re.sub(r"\\sqrt\{([^{}]*)\}", r"((\1)**0.5)", text)
    return float(eval(text))


def test_names_are_text() -> None:
    """A dollar starts no formula, nothing unprintable is left, long names and long lists are cut."""
    assert name_text("a$b_c") == r"a\$b_c"
    assert name_text("a\nb") == r"a\nb"
    assert len(name_text("x" * 100)) == 28
    assert names_text(list("abcdef")) == "a, b, c, d, 2 more"
    assert breakpoint_text([]) == ""
    assert breakpoint_text(["a", "b", "c"]) == "a, b, c"
    assert breakpoint_text(["taken_1", "taken_2", "x"]) == "taken_1 +2"
    assert breakpoint_text(["a long name"]) == "a long na…"


@given(st.lists(st.floats(0, 1), max_size=12), st.sampled_from([0.0, 0.02, 0.05]))
def test_spread_labels_keep_apart_and_in_order(places: list[float], gap: float) -> None:
    """At least the gap between neighbours, none beyond the right end, and nothing moves without need."""
    ordered = sorted(places)
    moved = spread(ordered, gap)
    assert len(moved) == len(ordered)
    assert all(b - a >= gap - 1e-9 for a, b in itertools.pairwise(moved))
    assert all(place <= 1 + 1e-9 for place in moved)
    if all(b - a >= gap + 1e-9 for a, b in itertools.pairwise(ordered)):
        assert moved == pytest.approx(ordered)


@pytest.mark.parametrize("count", [0, 1, 12, 13, 54, 500])
def test_of_many_breakpoints_some_are_labelled(count: int) -> None:
    """At most 12, different ones, the first and the last among them."""
    chosen = some(count, 12)
    assert len(chosen) == len(set(chosen)) == min(count, 12)
    assert not count or (chosen[0], chosen[-1]) == (0, count - 1)
