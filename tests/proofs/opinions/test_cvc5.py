"""cvc5 beside z3: the same questions, the same answers; absent, a clear message."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from exact.instance import read_instance
from exact.permutation import swap
from proofs.errors import NoSolver
from proofs.opinions.opinion import permutation_opinion
from proofs.opinions.scripts import Ask
from tests.proofs.opinions.worked import EVERYWHERE

LEAK = read_instance(Path("examples/training-leak.toml"))
PHI = swap(LEAK, LEAK.mdp.state("x"))


@pytest.mark.parametrize("name", ["training-leak", "training-leak-on-training", "retry", "half", "ring"])
@pytest.mark.parametrize("ask", ["retargets", "stays", "exceeds"])
@pytest.mark.parametrize("gamma", [Fraction(1, 4), Fraction(9, 10)])
def test_the_same_as_z3(name: str, ask: Ask, gamma: Fraction) -> None:
    """At a rational gamma both decide, and a model is re-checked in Fractions."""
    pytest.importorskip("cvc5")
    given = read_instance(Path("examples") / f"{name}.toml")
    for x in range(len(given.mdp)):
        if x != given.s_term:
            theirs = permutation_opinion(given, swap(given, x), gamma, 10, ask, "cvc5")
            assert theirs.solver == "cvc5"
            assert theirs.answer == permutation_opinion(given, swap(given, x), gamma, 10, ask).answer
            assert theirs.checked == (theirs.answer == "sat")


def test_all_discounts() -> None:
    """gamma a real of (0, 1): the swap of x retargets for all of them in training-leak, but does not stay."""
    pytest.importorskip("cvc5")
    asks: tuple[Ask, ...] = ("retargets", "stays")
    answers = [permutation_opinion(LEAK, PHI, EVERYWHERE, 20, ask, "cvc5").answer for ask in asks]
    assert answers == ["unsat", "sat"]


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra: one line that says what to install."""
    monkeypatch.setitem(sys.modules, "cvc5", None)
    with pytest.raises(NoSolver, match=r"pip install cvc5"):
        permutation_opinion(LEAK, PHI, Fraction(1, 2), 1, "retargets", "cvc5")
