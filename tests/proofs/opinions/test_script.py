"""The SMT-LIB text: complete, runnable by z3 itself, safe against names, and exact."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from exact.instance import Goals, Instance
from exact.mdp import Mdp
from exact.permutation import swap
from proofs.opinions.by_z3 import Root, spelled
from proofs.opinions.discount import Between, Discount, contains
from proofs.opinions.opinion import Opinion, permutation_opinion
from proofs.opinions.script import Script, number, weighted
from proofs.opinions.scripts import Ask
from tests.proofs.opinions.worked import CORRIDOR, GOLDEN, ONE, ZERO, at, leak

Z3 = Path(sys.executable).with_name("z3")
BIG = 10**4400 + 1  # longer than CPython writes


def opined(instance: Instance, x: int, gamma: Discount, ask: Ask = "retargets") -> Opinion:
    """z3 on a swap."""
    return permutation_opinion(instance, swap(instance, x), gamma, 20, ask)


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(3), "3.0"), (Fraction(-1, 2), "(- (/ 1.0 2.0))"), (Fraction(0), "0.0"), (-7, "(- 7.0)")],
)
def test_number(value: Fraction, text: str) -> None:
    """Numerals are unsigned decimals in SMT-LIB; signs and quotients are terms."""
    assert number(value) == text


def test_weighted_leaves_out_what_does_not_count() -> None:
    """Factors 1 and 0 need no product; an empty sum is 0."""
    assert weighted([(Fraction(1), "a"), (Fraction(0), "b"), (Fraction(1, 2), "c")]) == "(+ a (* (/ 1.0 2.0) c))"
    assert weighted([]) == "0.0"


@pytest.mark.skipif(not Z3.exists(), reason="the z3 command is not installed beside python")
@pytest.mark.parametrize("gamma", [Fraction(9, 10), Between(GOLDEN, ONE), Between(at("1/3"), GOLDEN)])
@pytest.mark.parametrize("ask", ["retargets", "stays", "not-optimal", "exceeds"])
@pytest.mark.parametrize("instance", [CORRIDOR, leak(Goals()), leak(Goals(preference="strict"))])
def test_text_runs_in_z3(instance: Instance, ask: Ask, gamma: Discount) -> None:
    """`z3 -smt2` reads the text without complaint and answers as the library did."""
    opinion = opined(instance, 2, gamma, ask)
    run = subprocess.run([Z3, "-smt2", "-in"], input=opinion.smt2, capture_output=True, text=True, timeout=60)
    assert run.stdout.split() == [opinion.answer]


def test_hostile_names() -> None:
    """State and action names cannot end a comment, a symbol or an assertion."""
    states = ["new\n(assert false)", "a b", "|x|", "state1", "term"]
    rows = {states[0]: {"off": {"term": 1}, "go)": {"a b": 1}}, "a b": {"stay": {"a b": 1}}}
    instance = Instance(Mdp.from_dict(states, rows), 0, 0, name="n\n(assert false)")
    opinion = opined(instance, 0, Fraction(1, 2))
    assert opinion.answer == "sat"
    assert not any(line.startswith("(assert false") for line in opinion.smt2.splitlines())


def test_names_are_unique() -> None:
    """A second symbol of one name gets a number: state `state1` beside a nameless state 1."""
    script = Script(CORRIDOR.mdp)
    assert [script.real("r_a"), script.real("r_a")] == ["r_a", "r_a__2"]
    assert Script(Mdp.from_dict(["a", "b c"], {})).state(1) == "state1"


@pytest.mark.parametrize(
    ("gamma", "inside", "outside"),
    [
        (Fraction(1, 2), ["1/2"], ["1/3"]),
        (Between(at("1/2"), ONE), ["2/3"], ["1/2", "1/3", "1"]),
        (Between(GOLDEN, ONE), ["619/1000", "4/5"], ["618/1000", "1/2", "1/3"]),
        (Between(ZERO, GOLDEN), ["618/1000", "1/2", "1/4"], ["619/1000", "3/4", "4/5"]),
        (Between(at("1/2"), at("1/2")), ["1/2"], ["1/3", "2/5", "2/3"]),
    ],
)
def test_contains(gamma: Discount, inside: list[str], outside: list[str]) -> None:
    """Intervals are open; equal bounds hold the number alone."""
    assert all(contains(gamma, Fraction(point)) for point in inside)
    assert not any(contains(gamma, Fraction(point)) for point in outside)


def test_intervals_are_open() -> None:
    """Strict bounds, in the text too; a root is a real of its own, between the ends of its interval."""
    script = opined(CORRIDOR, 2, Between(at("1/2"), GOLDEN)).smt2
    assert "(assert (! (> gamma (/ 1.0 2.0)) :named gamma_above_low))" in script
    assert "(assert (! (< gamma high) :named gamma_below_high))" in script
    assert "(assert (! (= (+ (- 1.0) (* high (+ 1.0 (* high 1.0)))) 0.0) :named high_is_a_zero))" in script


def test_spelled() -> None:
    """Rationals as they are, however long; roots by polynomial and decimals."""
    assert spelled(Fraction(1, 2)) == "1/2"
    assert spelled(Root((-1, 1, 1), "0.618")) == "root of [-1, 1, 1], about 0.618"
    assert len(spelled(Fraction(BIG))) == 4401


def test_long_numbers() -> None:
    """A gamma of 4,400 digits goes into the text, and comes back in the model."""
    opinion = opined(CORRIDOR, 2, Fraction(BIG, 4 * BIG + 1))
    assert opinion.answer == "sat"
    assert opinion.checked


def test_solvers_are_imported_when_asked() -> None:
    """Importing the package does not load z3 or sympy, which take longer than most commands."""
    code = "import sys, proofs.opinions; sys.exit(not {'z3', 'cvc5', 'sympy'}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
