"""Second opinions: every engine agrees with what is proved of the examples, and a contradiction is an error, loudly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings

import proofs.opinions.asides
from exact.instance import Instance
from exact.permutation import swap
from exact.testing.strategies import instances
from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, SHARP, Claim, SwapFails, Threshold
from proofs.errors import EnginesDisagree
from proofs.opinions import opinions
from proofs.opinions.discount import Between
from proofs.opinions.opinion import compare, permutation_opinion
from proofs.opinions.questions import NONLINEAR_STATES, Question, questions
from proofs.verify import verify
from tests.examples import NAMES
from tests.proofs.search.linear.defects import defect
from tests.reports import verified

SECONDS = 20
SMALL = [name for name in NAMES if name not in ("coinrun", "gridworld")]
KEYS = {"solver", "permutation", "question", "answer", "agrees", "model"}


@pytest.mark.parametrize("name", SMALL)
def test_all_agree(name: str) -> None:
    """No contradiction (that would raise); z3 on each question, mpmath and sympy on each threshold."""
    found = verified(name)
    asides, asked = opinions(found, SECONDS), list(questions(found))
    thresholds = len(found.of(Threshold))
    counts = {"z3": len(asked), "mpmath": thresholds, "sympy": thresholds}
    assert Counter(aside["solver"] for aside in asides) == Counter(counts)
    for question, aside in zip(asked, asides, strict=False):
        assert aside["answer"] in ("sat", "unsat") or isinstance(question.gamma, Between)
        assert aside["agrees"] is (None if question.ours is None or aside["answer"] == "unknown" else True)
        assert (aside["model"] is not None) == (aside["answer"] == "sat")
    assert all(aside.keys() == KEYS for aside in asides)
    assert all((a["answer"], a["agrees"], a["model"]) == ("holds", True, None) for a in asides[len(asked) :])


def test_a_third_opinion() -> None:
    """cvc5, where it is installed, is asked the same questions and agrees; each aside names one solver."""
    pytest.importorskip("cvc5")
    asides = opinions(verified("training-leak"), SECONDS, third=True)
    assert [aside["solver"] for aside in asides[:10]] == ["z3"] * 5 + ["cvc5"] * 5
    assert all(aside["agrees"] for aside in asides)


def test_questions() -> None:
    """Def. 4 and Prop. 3 for each counted x at the question's gamma, and Prop. 3 above gamma*_x; all proved here."""
    asked = list(questions(verified("corridor-3")))
    linear = [q for q in asked if isinstance(q.gamma, Fraction)]
    states = ("r1", "r2", "r3")
    assert [(q.state, q.ask) for q in linear] == [(x, a) for x in states for a in ("stays", "not-optimal", "exceeds")]
    nonlinear = [(q.state, q.ask) for q in asked if isinstance(q.gamma, Between)]
    assert nonlinear == [(x, ask) for x in states for ask in ("not-optimal", "exceeds")]
    assert all(q.ours for q in asked)


def test_where_ties_matter() -> None:
    """With three alternatives, f(A0) < f(A1) is more than "shutdown is not optimal": it is asked by itself."""
    asked = [q.ask for q in questions(verified("star-3")) if q.state == "x1"]
    assert asked[:4] == ["retargets", "stays", "not-optimal", "exceeds"]


def test_large_instances_are_asked_linear_questions_only() -> None:
    """With gamma unknown z3 is asked about small instances only."""
    found = verified("gridworld")
    assert len(found.instance.mdp) > NONLINEAR_STATES
    assert not any(isinstance(q.gamma, Between) for q in questions(found))


def test_leaving_theta_is_what_both_say() -> None:
    """training-leak: Prop. 3 holds for every goal, but the exchanged goal may leave Theta; z3 finds one."""
    found = verified("training-leak")
    pairs = zip(questions(found), opinions(found, SECONDS), strict=False)
    answers = {q.ask: (q.ours, aside["answer"]) for q, aside in pairs if isinstance(q.gamma, Fraction)}
    assert answers == {"stays": (False, "sat"), "not-optimal": (True, "unsat"), "exceeds": (True, "unsat")}


@pytest.mark.parametrize(("name", "refuted"), [("p3", "not-optimal"), ("p3b2", "exceeds")])
def test_proposition_3_is_what_the_paper_says(name: str, refuted: str) -> None:
    """A goal that leaves Theta, too, refutes the claim of Prop. 3 that it breaks; z3 agrees with each answer."""
    found = verify(defect(name))
    answers = {q.ask: q.ours for q in questions(found) if q.gamma == found.gamma}
    assert found.theorem("proposition-3").conclusion == "fails"
    assert answers[refuted] is False  # type: ignore[index]
    assert all(aside["agrees"] for aside in opinions(found, SECONDS))


@pytest.mark.parametrize("name", ["negative", "shutdown-first", "lopsided", "box"])
def test_no_part_of_a_refuted_proposition_stands_alone(name: str) -> None:
    """Where Prop. 3 fails by one of its claims, its other claim is asked only if it is settled too."""
    found = verified(name)
    third = [q for q in questions(found) if q.ask in ("not-optimal", "exceeds") and q.gamma == found.gamma]
    assert found.theorem("proposition-3").conclusion != "fails" or third
    assert all(q.ours is not None for q in third)


@pytest.mark.parametrize(("name", "ask", "ours"), [
    ("star-3", "retargets", False), ("star-3", "stays", False), ("star-3", "exceeds", False),
    ("negative", "not-optimal", True), ("training-leak", "stays", True), ("shutdown-first", "exceeds", True),
])  # fmt: skip
def test_contradiction_raises(name: str, ask: str, ours: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """If our answer were the opposite one, EnginesDisagree would say what was asked, by whom, and what to keep."""

    def lying(found: Checked) -> Iterator[Question]:
        for question in questions(found):
            yield replace(question, ours=ours) if question.ask == ask else question

    monkeypatch.setattr(proofs.opinions.asides, "questions", lying)
    with pytest.raises(EnginesDisagree, match=r"This is (proved|refuted), but z3 says (sat|unsat)") as caught:
        opinions(verified(name), SECONDS)
    assert "keep the SMT-LIB text" in str(caught.value)


def test_a_false_verdict_on_proposition_3_is_found() -> None:
    """Were Prop. 3 called proved where it fails, z3's counterexample would contradict the verdict."""
    found = verified("negative")
    key = ("proposition-3", "positive-probability")
    called = {**found.theorems, key: replace(found.theorems[key], verdict="verified", conclusion="proved")}
    claims = tuple(claim for claim in found.claims if not isinstance(claim, SwapFails))
    with pytest.raises(EnginesDisagree, match="This is proved, but z3 says sat"):
        opinions(replace(found, theorems=called, claims=claims), SECONDS)


@settings(max_examples=40, deadline=None)
@given(instances(max_states=4, max_actions=3, shutdown_loops=True, max_inequalities=1))
def test_what_is_proved_agrees_with_z3(instance: Instance) -> None:
    """On random instances, every answer that the claims give."""
    found = verify(instance)
    for question in questions(found):
        phi = swap(instance, instance.mdp.state(question.state))
        compare(permutation_opinion(instance, phi, question.gamma, 2, question.ask), question.ours)


def doctored(found: Checked, kind: str, x: str, change: Callable[[Threshold], Threshold]) -> Checked:
    """With one threshold changed, and claimed to be of this kind alone."""
    wrong: list[Claim] = [
        replace(change(claim), kind=kind)
        if isinstance(claim, Threshold) and kind in claim.kinds and claim.state == x
        else claim
        for claim in found.claims
    ]
    return replace(found, claims=tuple(wrong))


def near(low: str, high: str) -> Callable[[Threshold], Threshold]:
    """Another interval for the root."""
    return lambda claim: replace(claim, interval=(Fraction(low), Fraction(high)))


WRONG = {
    "too late": near("13/20", "7/10"),
    "too early": near("1/2", "3/5"),
    "always": near("0", "0"),
    "another count": lambda claim: replace(claim, numerator=(0, *claim.numerator)),
    "no policy for it": lambda claim: replace(claim, policy={**claim.policy, "r2": "stay"}),
}


@pytest.mark.parametrize("kind", [PAPER, SHARP])
@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("solver", ["mpmath", "sympy"])
def test_a_false_threshold_is_found(wrong: str, kind: str, solver: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """gamma_r3 of the corridor is (sqrt 5 - 1)/2, with the count g^2/(1 - g): each engine finds that by itself."""
    found = verified("corridor-3")
    if solver == "sympy":
        monkeypatch.setattr(proofs.opinions.asides, "_by_mpmath", lambda *_: [])
    if wrong == "no policy for it" and kind == PAPER and solver == "mpmath":
        found = replace(found, frequencies={})  # that x is visited at all, the residue takes from the proof
    monkeypatch.setattr(proofs.opinions.asides, "questions", lambda _: [])
    with pytest.raises(EnginesDisagree, match=f"{solver} on gamma._r3, which is proved: .*count"):
        opinions(doctored(found, kind, "r3", WRONG[wrong]), SECONDS)


def test_a_false_residue_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """r1 stays for ever: (1 - gamma) times its count tends to 1, and to nothing else."""
    found = verified("corridor-3")
    monkeypatch.setattr(proofs.opinions.asides, "questions", lambda _: [])
    wrong = replace(found, frequencies={**found.frequencies, "r1": Fraction(999, 1000)})
    with pytest.raises(EnginesDisagree, match=r"mpmath on gamma\*_r1, .* tends to a number in \[1.0, 1.0\]"):
        opinions(wrong, SECONDS)


def test_no_time_no_questions(tmp_path: Path) -> None:
    """0 seconds ask nothing; with a folder the texts are written all the same, one for each question."""
    found = verified("star-3")
    assert opinions(found, 0) == []
    assert opinions(found, 0, tmp_path / "smt") == []
    texts = sorted((tmp_path / "smt").iterdir())
    assert len(texts) == len(list(questions(found)))
    assert [path.name for path in texts[:2]] == ["000-retargets.smt2", "001-stays.smt2"]
    for path in texts:
        assert path.read_text(encoding="utf-8").count("(check-sat)") == 1


def test_the_time_is_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes on by a tenth of a second when it is looked at: after one second nothing more is asked."""
    found, ticks = verified("gridworld"), count()
    monkeypatch.setattr("proofs.opinions.asides.time.monotonic", lambda: next(ticks) / 10)
    asides = opinions(found, 1)
    assert 0 < len(asides) <= 10 < len(list(questions(found)))
    assert {aside["answer"] for aside in asides} <= {"sat", "unsat", "unknown", "holds"}
