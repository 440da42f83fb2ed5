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
from proofs.report.figures.labels import as_float, name_text, names_text, number_label
from proofs.report.figures.sheet import spread, stretched
from proofs.report.figures.visits import some


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
    assert names_text(list("abcdef"), 10) == "a, b, c, d +2"
    assert names_text(["a", "b", "c"]) == "a, b, c"
    assert names_text(["taken_1", "taken_2", "x"], 10) == "taken_1 +2"
    assert names_text(["a long name"], 10) == "a long n.."


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(1, 30)), max_size=9),
    st.sampled_from([(-40.0, 400.0), (0.0, 300.0)]),
)
def test_spread_labels_keep_apart_and_in_order(drawn: list[tuple[float, float]], ends: tuple[float, float]) -> None:
    """Nothing overlaps, all is between the ends where it fits, and nothing moves without need."""
    places, sizes = [p for p, _ in sorted(drawn)], [size for _, size in sorted(drawn)]
    boxes = [(at - size / 2, at + size / 2) for at, size in zip(spread(places, sizes, *ends), sizes, strict=True)]
    assert len(boxes) == len(drawn)
    assert all(one[1] <= other[0] + 1e-9 for one, other in itertools.pairwise(boxes))
    assert all(ends[0] - 1e-9 <= low and high <= ends[1] + 1e-9 for low, high in boxes)
    wanted = [(at - size / 2, at + size / 2) for at, size in zip(places, sizes, strict=True)]
    free = all(one[1] <= other[0] for one, other in itertools.pairwise(wanted))
    if free and all(ends[0] <= low and high <= ends[1] for low, high in wanted):
        assert [at for box in boxes for at in box] == pytest.approx([at for box in wanted for at in box])


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=20), st.floats(0, 0.2))
def test_a_stretched_axis_keeps_its_length_and_order(drawn: list[float], least: float) -> None:
    """The same sum; no part shorter than asked, or than its fair share; longer ones in proportion."""
    lengths = [length / sum(drawn) for length in drawn]
    wide = stretched(lengths, least)
    assert sum(wide) == pytest.approx(1)
    least = min(least, 0.7 / len(lengths))
    assert min(wide) >= least - 1e-9
    scales = [b / a for a, b in zip(lengths, wide, strict=True) if b > least + 1e-9]
    assert scales == pytest.approx([scales[0]] * len(scales)) if scales else True
    if min(lengths) > least:
        assert wide == pytest.approx(lengths)


@pytest.mark.parametrize("count", [0, 1, 12, 13, 54, 500])
def test_of_many_curves_some_are_named(count: int) -> None:
    """At most 12, different ones, the first and the last among them."""
    chosen = some(count, 12)
    assert len(chosen) == len(set(chosen)) == min(count, 12)
    assert not count or (chosen[0], chosen[-1]) == (0, count - 1)
