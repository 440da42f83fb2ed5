"""The grammar of probabilities in a family, against sympy's."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from exact.errors import ExactError, NotExact, TooLarge
from exact.family.bernstein import evaluate
from exact.family.expression import polynomial

ATOMS = st.sampled_from(["p", "q", "1", "2", "1/3", "0.25", "3e-1"])


def compound(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Sums, differences, products, powers, quotients by numbers."""
    two = st.tuples(parts, parts)
    return st.one_of(
        two.map(lambda ab: f"({ab[0]} + {ab[1]})"),
        two.map(lambda ab: f"({ab[0]}-{ab[1]})"),
        two.map(lambda ab: f"{ab[0]}*{ab[1]}"),
        parts.map(lambda a: f"({a})/4"),
        parts.map(lambda a: f"({a})^2"),
        parts.map(lambda a: f"(-{a})"),
    )


@given(st.recursive(ATOMS, compound, max_leaves=6))
def test_it_says_what_sympy_reads(text: str) -> None:
    """At a point; what is of too high a degree is refused."""
    point = {"p": sympy.Rational(2, 7), "q": sympy.Rational(3, 5)}
    wanted = sympy.sympify(text.replace("^", "**"), rational=True).subs(point)
    try:
        found = evaluate(polynomial(text, ["p", "q"]), (Fraction(2, 7), Fraction(3, 5)))
    except TooLarge:
        degree = sympy.Poly(sympy.sympify(text.replace("^", "**"), rational=True), *sympy.symbols("p q"))
        assert "^2" in text or "*" in text, degree
        return
    assert found == Fraction(int(wanted.p), int(wanted.q))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1 -", "ends too early"),
        ("p p", "'p' is out of place"),
        ("(p", "a parenthesis is not closed"),
        ("p)", "out of place"),
        ("x + 1", '"x" is no parameter; known: p'),
        ("1/p", "no number"),
        ("p/0", "no number, or 0"),
        ("p**2", "out of place"),
        ("p^q", "is no exponent"),
        ("p^-1", "is no exponent"),
        ("", "ends too early"),
        ("2p", "out of place"),
        ("p²", "out of place"),
        ("0x1", "out of place"),
        ("1_0", "out of place"),
        ("sin(p)", '"sin" is no parameter'),
        ("__import__('os')", '"__import__" is no parameter'),
    ],
)
def test_what_is_no_polynomial(text: str, says: str) -> None:
    """One line that names the place and the remedy."""
    with pytest.raises(NotExact) as caught:
        polynomial(text, ["p"], "transitions.new.try.x")
    assert says in str(caught.value)
    assert str(caught.value).startswith("transitions.new.try.x: ")


@pytest.mark.parametrize(
    "text", ["p^5", "p^4*p", "(p+1)^999", "(" * 21 + "p" + ")" * 21, "1+" * 501 + "1"], ids=range(5)
)
def test_what_is_too_large(text: str) -> None:
    """It costs nothing."""
    with pytest.raises(TooLarge, match="at most"):
        polynomial(text, ["p"])


@given(st.text(alphabet="pq01239.+-*/^() e", max_size=30))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    """Nothing else is raised."""
    try:
        said = str(polynomial(text, ["p", "q"]))
    except ExactError as error:
        said = str(error)
    assert "\n" not in said
