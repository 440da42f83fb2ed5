"""Second opinions: z3 agrees with the proofs on the examples, and a contradiction is an error, loudly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import proofs.opinions
from proofs.errors import EnginesDisagree
from proofs.opinions import NONLINEAR_STATES, Question, opinions, questions
from proofs.verification import Verification
from tests.examples import NAMES
from tests.reports import errors, report_of, verified

SECONDS = 2.0
SMALL = [name for name in NAMES if name not in ("coinrun", "gridworld", "corridor-3")]


@pytest.mark.parametrize("name", SMALL)
def test_z3_agrees(name: str) -> None:
    """No contradiction (that would raise), an answer to each linear question, and a report of the right form."""
    found = verified(name)
    asides = opinions(found, SECONDS, None)
    assert len(asides) == len(list(questions(found)))
    for question, aside in zip(questions(found), asides, strict=True):
        if not isinstance(question.gamma, tuple):
            assert aside["answer"] in ("sat", "unsat")
        assert aside["agrees"] is (None if question.exact is None or aside["answer"] == "unknown" else True)
        assert (aside["model"] is not None) == (aside["answer"] == "sat")
    assert errors(report_of(name) | {"opinions": asides}) == []


def test_a_third_opinion() -> None:
    """cvc5, where it is installed, is asked the same questions and agrees."""
    pytest.importorskip("cvc5")
    found = verified("training-leak")
    asides = opinions(found, 10.0, None, third=True)
    assert [aside["solver"] for aside in asides] == ["z3"] * 3 + ["cvc5"] * 3
    assert all(aside["agrees"] for aside in asides)


def test_questions() -> None:
    """Both conditions of Def. 4 for each counted x at the question's gamma, and Prop. 3 above gamma*_x."""
    asked = list(questions(verified("corridor-3")))
    at_gamma = [(q.state, q.ask) for q in asked if not isinstance(q.gamma, tuple)]
    assert at_gamma == [(x, ask) for x in (1, 2, 3) for ask in ("retargets", "stays")]
    assert [(q.state, q.ask) for q in asked if isinstance(q.gamma, tuple)] == [(x, "retargets") for x in (1, 2, 3)]
    assert all(q.exact for q in asked)


def test_large_instances_are_asked_linear_questions_only() -> None:
    """With gamma unknown z3 is asked about small instances only."""
    found = verified("gridworld")
    assert len(found.analysis.instance.mdp) > NONLINEAR_STATES
    assert not any(isinstance(q.gamma, tuple) for q in questions(found))


def test_leaving_theta_is_what_both_say() -> None:
    """training-leak: the swap of x retargets every goal, but not inside Theta; z3 finds a goal that shows it."""
    found = verified("training-leak")
    answers = {q.ask: (q.exact, aside["answer"]) for q, aside in zip(
        questions(found), opinions(found, SECONDS, None), strict=True) if not isinstance(q.gamma, tuple)}  # fmt: skip
    assert answers == {"retargets": (True, "unsat"), "stays": (False, "sat")}


@pytest.mark.parametrize(("name", "ask", "ours"), [
    ("star-3", "retargets", False), ("star-3", "stays", False),
    ("negative", "retargets", True), ("training-leak", "stays", True),
])  # fmt: skip
def test_contradiction_raises(name: str, ask: str, ours: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """If our answer were the opposite one, EnginesDisagree would say what was asked, by whom, and what to keep."""

    def lying(found: Verification) -> Iterator[Question]:
        for question in questions(found):
            yield replace(question, exact=ours) if question.ask == ask else question

    monkeypatch.setattr(proofs.opinions, "questions", lying)
    with pytest.raises(EnginesDisagree, match=r"By the exact engines the claim (holds|fails), but z3 says") as caught:
        opinions(verified(name), SECONDS, None)
    assert "keep the SMT-LIB text" in str(caught.value)


def test_no_time_no_questions(tmp_path: Path) -> None:
    """0 seconds ask nothing; with a folder the texts are written all the same, one for each question."""
    found = verified("star-3")
    assert opinions(found, 0, None) == []
    assert opinions(found, 0, tmp_path / "smt") == []
    texts = sorted((tmp_path / "smt").iterdir())
    assert len(texts) == len(list(questions(found)))
    assert [path.name for path in texts[:2]] == ["000-retargets.smt2", "001-stays.smt2"]
    for path in texts:
        assert path.read_text(encoding="utf-8").count("(check-sat)") == 1
