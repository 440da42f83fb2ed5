"""Each hypothesis by an instance where it holds, one where it fails, and where it is open."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs.kernel.facts import Facts
from proofs.kernel.hypotheses import POSITIVE, READINGS, STATED, SURE, hypotheses, lost
from tests.proofs.kernel.session import facts, model, proved

HOLDS_FAILS = {
    "shutdown-terminal": ("retry", "shutdown-loops"),
    "alternatives": ("retry", "no-alternative"),
    "nonnegative": ("retry", "negative"),
    "ood": ("retry", "training-reached"),
    "gamma-star": ("retry", "half-off"),
    "goals-symmetric": ("retry", "lopsided"),
    "training-closed": ("training-leak-closed", "training-leak"),
    "almost-sure-reach": ("retry", "half"),
    "strict": ("retry", "shutdown-first"),
}


@pytest.mark.parametrize("name", HOLDS_FAILS)
@pytest.mark.parametrize("reach", READINGS)
def test_holds_and_fails(name: str, reach: str) -> None:
    """By the honest claims."""
    here, there = HOLDS_FAILS[name]
    assert hypotheses(proved(here), reach)[name] is True
    assert hypotheses(proved(there), reach)[name] is False


def test_all_are_named() -> None:
    """Six stated ones, then three silent ones."""
    names = tuple(hypotheses(facts("retry"), POSITIVE))
    assert names == (*STATED, "training-closed", "almost-sure-reach", "strict")
    assert names == tuple(HOLDS_FAILS)


def test_open() -> None:
    """What rests on thresholds is open without them; what rests on Theta without a claim."""
    found = hypotheses(facts("retry"), POSITIVE)
    assert {name for name, holds in found.items() if holds is None} == {
        "gamma-star",
        "goals-symmetric",
        "training-closed",
    }
    assert hypotheses(facts("negative"), POSITIVE)["nonnegative"] is None
    assert hypotheses(facts("shutdown-first"), POSITIVE)["strict"] is None


def test_strict_without_alternatives() -> None:
    """Ties go to shutdown, but nothing can tie."""
    found = Facts.of(model("new term", "", '[decision]\nties = "shutdown-first"\n'))
    assert hypotheses(found, POSITIVE)["strict"] is True


@pytest.mark.parametrize("name", ["nonnegative", "strict"])
def test_proofs_and_goals_at_a_gamma(name: str) -> None:
    """A linear claim that covers the question proves it, a goal at the question breaks it; elsewhere they say nothing."""
    base, half, third = {"nonnegative": "negative", "strict": "shutdown-first"}[name], Fraction(1, 2), Fraction(1, 3)
    found = facts(base, "1/2")
    found.broken.add((name, third))
    found.universal.append((name, {}, (third, third)))
    found.universal.append(("stays", {}, (half, half)))
    assert hypotheses(found, POSITIVE)[name] is None
    found.broken.add((name, half))
    assert hypotheses(found, POSITIVE)[name] is False
    found.broken.clear()
    found.broken.add(({"nonnegative": "strict", "strict": "nonnegative"}[name], half))
    assert hypotheses(found, POSITIVE)[name] is None
    found.universal.append((name, {}, (third, half)))
    assert hypotheses(found, POSITIVE)[name] is True


def test_readings_of_reachable() -> None:
    """t is reached with probability 1/2: in S_reach by positive probability alone. s_new and s_term always are."""
    moves = "new go t=1/2 x=1/2\nt stay t=1\nx stay x=1"
    found = Facts.of(model("new t x term", moves, '[policy]\nt = "stay"\n', "t"))
    assert hypotheses(found, POSITIVE)["ood"] is False
    assert hypotheses(found, SURE)["ood"] is True
    for state, policy in (("new", 'new = "go"'), ("term", "")):
        found = Facts.of(model("new t x term", moves, f"[policy]\n{policy}\n", state))
        assert [hypotheses(found, reach)["ood"] for reach in READINGS] == [False, False]


def test_lost_states() -> None:
    """Reached by chance and recurrent; neither the others nor s_term."""
    assert lost(facts("half")) == ["x", "y"]
    assert lost(facts("half-off")) == ["x"]
    assert lost(facts("retry")) == []
    assert lost(facts("chance")) == []
    assert lost(facts("island")) == []


def test_every_counted_swap_keeps_the_inequalities() -> None:
    """One that does not is enough; where none is counted, none is changed."""
    zero = ((0, 1), Fraction(0), Fraction(0))
    found = Facts.of(model("new a b term", "new to-a a=1\nnew to-b b=1\na stay a=1\nb stay b=1",
                           '[goals]\ninequalities = ["a + term <= 1"]\n'))  # fmt: skip
    found.roots["paper"] = {"a": zero, "b": zero}
    assert hypotheses(found, POSITIVE)["goals-symmetric"] is False
    found.model.inequalities = []
    assert hypotheses(found, POSITIVE)["goals-symmetric"] is True
    alone = Facts.of(model("new a term", "new go a=1/2 term=1/2", '[goals]\ninequalities = ["a <= 1"]\n'))
    assert hypotheses(alone, POSITIVE)["goals-symmetric"] is True


def test_training_sees_a_counted_state() -> None:
    """x of N leaks into training, s_term does not."""
    moves = "t stay t=1\nt go x=1\nnew go x=1\nx stay x=1"
    found = Facts.of(model("t new x term", moves, '[policy]\nt = "stay"\n', "t"))
    found.roots["paper"] = {"x": ((0, 1), Fraction(0), Fraction(0))}
    assert hypotheses(found, POSITIVE)["training-closed"] is False


def test_training_closed_is_about_what_is_swapped() -> None:
    """N and s_term, not every state."""
    found = proved("training-leak", "threshold", "no-threshold")
    assert hypotheses(found, POSITIVE)["training-closed"] is False
    moves = "t stay t=1\nt go u=1\nnew go x=1\nx stay x=1"
    aside = Facts.of(model("t u new x term", moves, '[policy]\nt = "stay"\n', "t"))
    aside.roots["paper"] = {"x": ((0, 1), Fraction(0), Fraction(0))}
    assert hypotheses(aside, POSITIVE)["training-closed"] is True
