"""The kernel's grammar of probabilities is that of the reader of instances."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exact.errors import ExactError
from exact.family.expression import number_of, polynomial
from proofs.kernel.errors import Malformed
from proofs.kernel.family.expression import expression, plus, times
from proofs.kernel.poly import Polynomial

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
    return {tuple(map(int, m)): number_of(c) for m, c in found.to_dict().items()}


def by_kernel(text: str) -> Polynomial | None:
    """What the kernel reads, or None."""
    try:
        return expression(text, ["p", "q"])
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
        expression(text, ["p", "q"])


def test_the_longest() -> None:
    """1,000 characters, 20 parentheses in one another, degree 4, an exponent of three digits."""
    assert expression("1" + "+1" * 499 + " ", ["p"]) == {(0,): 500}
    assert expression("(" * 20 + "p" + ")" * 20, ["p"]) == {(1,): 1}
    assert expression("p^4*q^4", ["p", "q"]) == {(4, 4): 1}
    assert expression("1^999", []) == {(): 1}
    assert expression("p^0 - 1", ["p"]) == {}


def test_arithmetic() -> None:
    """Zeros are dropped."""
    p: Polynomial = {(1,): Fraction(1)}
    assert plus(p, p, Fraction(-1)) == {}
    assert times(plus(p, {(0,): Fraction(1)}), plus(p, {(0,): Fraction(-1)})) == {(2,): 1, (0,): -1}
