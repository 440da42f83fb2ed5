"""The SMT-LIB text: complete, runnable by z3 itself, safe against names, and exact."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from exact.instance import Goals, Instance
from exact.mdp import Mdp
from proofs.smt import STAYS, swap_opinion
from proofs.smt.discount import Bound, Discount, contains
from proofs.smt.script import Labels, Script, number, weighted
from proofs.smt.solve import spelled
from tests.proofs.smt.worked import CORRIDOR, GOLDEN, ONE, leak

Z3 = Path(sys.executable).with_name("z3")


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
@pytest.mark.parametrize("gamma", [Fraction(9, 10), (GOLDEN, ONE), (Fraction(1, 3), GOLDEN)])
@pytest.mark.parametrize("ask", ["retargets", "stays"])
@pytest.mark.parametrize("instance", [CORRIDOR, leak(Goals()), leak(Goals(preference="strict"))])
def test_text_runs_in_z3(instance: Instance, ask: str, gamma: Discount) -> None:
    """`z3 -smt2` reads the text without complaint and answers as the library did."""
    opinion = swap_opinion(instance, 2, gamma, 20, STAYS if ask == "stays" else "retargets")
    run = subprocess.run([Z3, "-smt2", "-in"], input=opinion.smt2, capture_output=True, text=True, timeout=60)
    assert run.stdout.split() == [opinion.answer]


def test_hostile_names() -> None:
    """State and action names cannot end a comment, a symbol or an assertion."""
    states = ["new\n(assert false)", "a b", "|x|", "state1", "term"]
    rows = {states[0]: {"off": {"term": 1}, "go)": {"a b": 1}}, "a b": {"stay": {"a b": 1}}}
    instance = Instance(Mdp.from_dict(states, rows), 0, 0, name="n\n(assert false)")
    opinion = swap_opinion(instance, 0, Fraction(1, 2), 20)
    assert opinion.answer == "sat"
    assert not any(line.startswith("(assert false") for line in opinion.smt2.splitlines())


def test_names_are_unique() -> None:
    """A second symbol of one name gets a number: state `state1` beside a nameless state 1."""
    script = Script()
    assert [script.real("r_a"), script.real("r_a")] == ["r_a", "r_a__2"]
    assert Labels(Mdp.from_dict(["a", "b c"], {})).state(1) == "state1"


@pytest.mark.parametrize(
    ("low", "high", "inside", "outside"),
    [
        (Fraction(1, 2), ONE, ["2/3"], ["1/2", "1/3", "1"]),
        (GOLDEN, ONE, ["619/1000", "4/5"], ["618/1000", "1/2", "1/3"]),
        (Fraction(0), GOLDEN, ["618/1000", "1/2", "1/4"], ["619/1000", "3/4", "4/5"]),
        (((-1, 2), (Fraction(1, 3), Fraction(2, 3))),) * 2 + (["1/2"], ["1/3", "2/5", "2/3"]),
    ],
)
def test_contains(low: Bound, high: Bound, inside: list[str], outside: list[str]) -> None:
    """Intervals are open; a root is compared by the signs of its polynomial; equal bounds hold the root alone."""
    assert all(contains((low, high), Fraction(point)) for point in inside)
    assert not any(contains((low, high), Fraction(point)) for point in outside)


def test_intervals_are_open() -> None:
    """Strict bounds, in the text too; a root is a real of its own, between the ends of its interval."""
    script = swap_opinion(CORRIDOR, 2, (Fraction(1, 2), GOLDEN), 20).smt2
    assert "(assert (! (> gamma (/ 1.0 2.0)) :named gamma_above_low))" in script
    assert "(assert (! (< gamma high) :named gamma_below_high))" in script
    assert "(assert (! (= (+ (- 1.0) (* high (+ 1.0 (* high 1.0)))) 0.0) :named high_is_a_zero))" in script


def test_spelled() -> None:
    """Rationals as they are, roots by polynomial and interval."""
    assert spelled(Fraction(1, 2)) == "1/2"
    assert spelled(GOLDEN) == "root of [-1, 1, 1] in [1/2, 3/4]"


def test_z3_is_imported_when_asked() -> None:
    """Importing the package does not load z3, which takes longer than most commands."""
    code = "import sys, proofs.smt; sys.exit('z3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
