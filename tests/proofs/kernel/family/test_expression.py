"""The kernel's grammar of probabilities is that of the reader of instances."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exact.conversion import fraction
from exact.errors import ExactError, TooLarge
from exact.family.expression import polynomial
from exact.family.reading import Reading
from proofs.kernel.errors import Malformed
from proofs.kernel.family.expression import expression, plus, times
from proofs.kernel.poly import Polynomial, cost

WORDS = st.sampled_from(
    [
        "p",
        "q",
        "1",
        "2",
        "0",
        "1/3",
        "0.5",
        "1e2",
        "1e999",
        "+",
        "-",
        "*",
        "/",
        "^",
        "(",
        ")",
        " ",
        "\t",
        "x",
        "^2",
        ".",
    ]
)


def by_exact(text: str) -> Polynomial | None:
    """What exact/ reads, or None."""
    try:
        found = polynomial(text, ["p", "q"])
    except ExactError:
        return None
    return {tuple(map(int, m)): fraction(c) for m, c in found.to_dict().items()}


def by_kernel(text: str) -> Polynomial | None:
    """What the kernel reads, or None."""
    try:
        return expression(text, ["p", "q"], cost)
    except Malformed:
        return None


@given(st.one_of(st.lists(WORDS, max_size=9).map("".join), st.text(alphabet="pq01.e+-*/^() \t\n", max_size=12)))
def test_both_readers_agree(text: str) -> None:
    """On what is a polynomial, and which."""
    assert by_kernel(text) == by_exact(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "ends too early"),
        ("1 -", "ends too early"),
        ("p q", "goes on after its end"),
        ("(p", "not closed"),
        ("p)", "goes on"),
        ("1/p", "a division"),
        ("1/0", "a division"),
        ("1/(1+p)", "a division"),
        ("r", "a number or a parameter"),
        ("*p", "a number or a parameter"),
        ("p^", "ends too early"),
        ("p^q", "an exponent"),
        ("p^1000", "an exponent"),
        ("p^5", "degree"),
        ("p^4*p", "degree"),
        ("p & q", "no polynomial"),
        ("1e1000", "no polynomial|goes on"),
        ("(" * 22 + "p" + ")" * 22, "too deeply"),
        ("1" + "+1" * 500, "too long"),
    ],
)
def test_refused(text: str, says: str) -> None:
    """Each for its reason."""
    with pytest.raises(Malformed, match=says):
        expression(text, ["p", "q"], cost)


def test_the_longest() -> None:
    """1,000 characters, 20 parentheses in one another, degree 4, an exponent of three digits."""
    assert expression("1" + "+1" * 499 + " ", ["p"], cost) == {(0,): 500}
    assert expression("(" * 20 + "p" + ")" * 20, ["p"], cost) == {(1,): 1}
    assert expression("p^4*q^4", ["p", "q"], cost) == {(4, 4): 1}
    assert expression("1^999", [], cost) == {(): 1}
    assert expression("p^0 - 1", ["p"], cost) == {}


def test_arithmetic() -> None:
    """Zeros are dropped."""
    p: Polynomial = {(1,): Fraction(1)}
    assert plus(p, p, Fraction(-1)) == {}
    assert times(plus(p, {(0,): Fraction(1)}), plus(p, {(0,): Fraction(-1)})) == {(2,): 1, (0,): -1}


@pytest.mark.parametrize(
    "text", ["(1 - p)^4*(1 + q)^4/3", "((9^99)^9)^9 + p", "1/3^99 + 1/5^99 - p/7^99", "0^999 + 3^999", "p", "-(p - q)"]
)
def test_the_price_is_that_of_exact(text: str) -> None:
    """Products and sums are counted alike, powers of 0 too."""
    by_exact, by_kernel = Reading(), Reading()
    polynomial(text, ["p", "q"], reading=by_exact)
    expression(text, ["p", "q"], by_kernel.spend)
    assert by_exact.spent == by_kernel.spent > 0


def test_towers_do_not_run_away() -> None:
    """Numbers of millions of digits are refused before they are computed, by both."""
    text = "((9^999)^999)^999"
    with pytest.raises(TooLarge, match="more than 400000000 steps"):
        polynomial(text, ["p"])
    with pytest.raises(TooLarge):
        expression(text, ["p"], Reading().spend)
    both = "(" * 20 + "p" + ")" * 20
    assert len(polynomial(both, ["p"])) == len(expression(both, ["p"], cost)) == 1
    with pytest.raises(TooLarge, match="nested too deeply"):
        polynomial(f"({both})", ["p"])
