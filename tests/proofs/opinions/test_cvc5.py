"""cvc5 beside z3: the same questions, the same answers; absent, a clear message."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from exact.instance import read_instance
from proofs.errors import NoSolver
from proofs.smt import permutation_opinion
from proofs.smt.cvc5_solver import solve_cvc5
from proofs.swaps import swap

LEAK = read_instance(Path("examples/training-leak.toml"))
X = LEAK.mdp.state("x")


@pytest.mark.parametrize("name", ["training-leak", "training-leak-on-training", "retry", "half", "ring"])
@pytest.mark.parametrize("ask", ["retargets", "stays"])
@pytest.mark.parametrize("gamma", [Fraction(1, 4), Fraction(9, 10)])
def test_the_same_as_z3(name: str, ask: str, gamma: Fraction) -> None:
    """At a rational gamma both decide, and a model is re-checked in Fractions."""
    pytest.importorskip("cvc5")
    given = read_instance(Path("examples") / f"{name}.toml")
    for x in range(len(given.mdp)):
        if x != given.s_term:
            phi = swap(given, x)
            theirs = permutation_opinion(given, phi, gamma, 10, ask, engine=solve_cvc5)  # type: ignore[arg-type]
            assert theirs.answer == permutation_opinion(given, phi, gamma, 10, ask).answer  # type: ignore[arg-type]
            assert theirs.checked == (theirs.answer == "sat")


def test_all_discounts() -> None:
    """gamma a real of (0, 1): the swap of x retargets for all of them in training-leak, but does not stay."""
    pytest.importorskip("cvc5")
    everywhere = (Fraction(0), Fraction(1))
    answers = [
        permutation_opinion(LEAK, swap(LEAK, X), everywhere, 20, ask, engine=solve_cvc5).answer
        for ask in ("retargets", "stays")
    ]
    assert answers == ["unsat", "sat"]


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra: one line that says what to install."""
    monkeypatch.setitem(sys.modules, "cvc5", None)
    with pytest.raises(NoSolver, match=r"pip install cvc5"):
        permutation_opinion(LEAK, swap(LEAK, X), Fraction(1, 2), 1, engine=solve_cvc5)
