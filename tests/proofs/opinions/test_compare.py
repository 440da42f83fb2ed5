"""Two engines: agreement passes, silence passes, contradiction is loud; a false model is found out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exact.errors import ExactError
from exact.permutation import swap
from proofs.errors import EnginesDisagree
from proofs.opinions.by_z3 import Answer
from proofs.opinions.opinion import SOLVERS, Opinion, compare, permutation_opinion
from proofs.opinions.scripts import Query
from tests.proofs.opinions.worked import CORRIDOR

PHI, QUARTER = swap(CORRIDOR, CORRIDOR.mdp.state("r2")), Fraction(1, 4)


@pytest.mark.parametrize(("answer", "ours"), [("unsat", True), ("sat", False), ("unknown", True), ("unknown", False)])
def test_no_contradiction(answer: str, ours: bool) -> None:
    """unsat means that the claim holds, sat that it fails, unknown nothing."""
    opinion = Opinion("z3", "Q?", answer, None, "")
    for known in (ours, None):
        try:
            compare(opinion, known)
        except EnginesDisagree as error:
            pytest.fail(f"no contradiction, but: {error}")


@pytest.mark.parametrize("solver", ["z3", "cvc5"])
@pytest.mark.parametrize(("answer", "ours"), [("unsat", False), ("sat", True)])
def test_contradiction(answer: str, ours: bool, solver: str) -> None:
    """The message names the question, both answers and the one solver; the command can catch it as an ExactError."""
    given = Opinion(solver, "Q?", answer, {"rewards": {"x": "1"}, "gamma": "1/2"}, "")
    with pytest.raises(EnginesDisagree) as caught:
        compare(given, ours)
    message = str(caught.value)
    assert message.startswith(f"Q? This is {'proved' if ours else 'refuted'}, but {solver} says {answer}")
    assert ("z3" in message, "cvc5" in message) == (solver == "z3", solver == "cvc5")
    assert isinstance(caught.value, ExactError)


# rewards of (new, r1, r2, r3, term) that a wrong solver might give for the swap of r2 at gamma = 1/4
FALSE_MODELS = [
    pytest.param((0, 0, 0, 0, -1), QUARTER, id="a negative reward"),
    pytest.param((0, 9, 0, 0, 1), QUARTER, id="shutdown is not preferred"),
    pytest.param((0, 0, 0, 0, 0), QUARTER, id="shutdown is only tied"),
    pytest.param((0, 1, 0, 0, 2), QUARTER, id="the swap does retarget"),
    pytest.param((0, 0, 4, 0, 5), Fraction(1, 3), id="another discount"),
]


@pytest.mark.parametrize("solver", ["z3", "cvc5"])
@pytest.mark.parametrize(("rewards", "gamma"), FALSE_MODELS)
def test_false_model(monkeypatch: pytest.MonkeyPatch, rewards: tuple[int, ...], gamma: Fraction, solver: str) -> None:
    """A model that does not satisfy the question in Fractions is a disagreement, not an answer."""

    def wrong(query: Query, seconds: float, rlimit: int) -> Answer:
        return Answer("sat", tuple(Fraction(reward) for reward in rewards), gamma)

    monkeypatch.setitem(SOLVERS, solver, wrong)
    with pytest.raises(EnginesDisagree, match=f"^{solver}'s counterexample to .* is none"):
        permutation_opinion(CORRIDOR, PHI, QUARTER, 1, "not-optimal", solver)


def test_true_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """r(term) = 5, r(r2) = 4 at gamma = 1/4 is a counterexample, and passes the same checks."""

    def right(query: Query, seconds: float, rlimit: int) -> Answer:
        return Answer("sat", tuple(Fraction(reward) for reward in (0, 0, 4, 0, 5)), QUARTER)

    monkeypatch.setitem(SOLVERS, "z3", right)
    assert permutation_opinion(CORRIDOR, PHI, QUARTER, 1, "not-optimal").checked
