"""Two engines: agreement passes, silence passes, contradiction is loud; a false model is found out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exact.errors import ExactError
from proofs.errors import EnginesDisagree
from proofs.smt import Opinion, compare, opinion, swap_opinion
from proofs.smt.questions import Query
from proofs.smt.solve import Answer
from tests.proofs.smt.worked import CORRIDOR

R2, QUARTER = CORRIDOR.mdp.state("r2"), Fraction(1, 4)


@pytest.mark.parametrize(("answer", "exact"), [("unsat", True), ("sat", False), ("unknown", True), ("unknown", False)])
def test_no_contradiction(answer: str, exact: bool) -> None:
    """unsat means that the claim holds, sat that it fails, unknown nothing."""
    opinion = Opinion("Q?", answer, None, 0.0, "")
    for ours in (exact, None):
        try:
            compare(opinion, ours)
        except EnginesDisagree as error:
            pytest.fail(f"no contradiction, but: {error}")


@pytest.mark.parametrize(("answer", "exact"), [("unsat", False), ("sat", True)])
def test_contradiction(answer: str, exact: bool) -> None:
    """The message names the question and both answers; the command can catch it as an ExactError."""
    given = Opinion("Q?", answer, {"rewards": {"x": "1"}, "gamma": "1/2"}, 0.0, "")
    with pytest.raises(EnginesDisagree, match=rf"Q\? .*{'holds' if exact else 'fails'}.*z3 says {answer}") as caught:
        compare(given, exact)
    assert isinstance(caught.value, ExactError)


# rewards of (new, r1, r2, r3, term) that a wrong solver might give for the swap of r2 at gamma = 1/4
FALSE_MODELS = [
    pytest.param((0, 0, 0, 0, -1), QUARTER, "not in Theta", id="a negative reward"),
    pytest.param((0, 9, 0, 0, 1), QUARTER, "not strictly optimal", id="shutdown is not preferred"),
    pytest.param((0, 0, 0, 0, 0), QUARTER, "not strictly optimal", id="shutdown is only tied"),
    pytest.param((0, 1, 0, 0, 2), QUARTER, "not optimal for phi theta", id="the swap does retarget"),
    pytest.param((0, 0, 4, 0, 5), Fraction(1, 3), "not one of those", id="another discount"),
]


@pytest.mark.parametrize(("rewards", "gamma", "problem"), FALSE_MODELS)
def test_false_model(monkeypatch: pytest.MonkeyPatch, rewards: tuple[int, ...], gamma: Fraction, problem: str) -> None:
    """A model that does not satisfy the question in Fractions is a disagreement, not an answer."""

    def wrong(query: Query, seconds: float, rlimit: int) -> Answer:
        return Answer("sat", 0.0, tuple(Fraction(reward) for reward in rewards), gamma)

    monkeypatch.setattr(opinion, "solve", wrong)
    with pytest.raises(EnginesDisagree, match=problem):
        swap_opinion(CORRIDOR, R2, QUARTER, 1)


def test_true_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """r(term) = 5, r(r2) = 4 at gamma = 1/4 is a counterexample, and passes the same checks."""

    def right(query: Query, seconds: float, rlimit: int) -> Answer:
        return Answer("sat", 0.0, tuple(Fraction(reward) for reward in (0, 0, 4, 0, 5)), QUARTER)

    monkeypatch.setattr(opinion, "solve", right)
    assert swap_opinion(CORRIDOR, R2, QUARTER, 1).checked
