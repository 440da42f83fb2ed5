"""Questions one after another: goals near at hand change no answer, and a bound on the work leaves questions open."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

import proofs.search.linear.asking
from exact.instance import parse_instance
from proofs.search.linear.asked import Answer, NotAlways, Property, Undecided
from proofs.search.linear.asking import MOST_PROGRAMS, Asking
from proofs.search.linear.decide import decide
from proofs.search.linear.space import Space, copies_of
from proofs.verify import verify
from tests.proofs.search.linear import instances
from tests.proofs.search.linear.instances import example, swaps

KINDS: tuple[Property, ...] = ("retargets", "stays", "not-optimal", "exceeds")
GAMMA = Fraction(7, 10)


@pytest.mark.parametrize("seed", range(15))
def test_the_answers_are_those_of_single_questions(seed: int) -> None:
    """Whoever refutes, it is refuted; and what refutes is a goal that does so by its own."""
    given = instances.instance(Random(seed), 4)
    ask = Asking(given, GAMMA)
    for kind in KINDS:
        for phi in swaps(given):
            found, alone = ask(kind, phi), decide(given, kind, phi, GAMMA, MOST_PROGRAMS)
            assert type(found) is type(alone)
            assert ask(kind, phi) is found, "the same question is answered once"
    assert not ask.left


def test_a_goal_near_at_hand_is_tried_before_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below gamma°_x the goal 1 on x and s_term refutes the swap, without a program."""
    solved: list[object] = []

    def counted(*given: object, **more: object) -> Answer:
        solved.append(given)
        return decide(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(proofs.search.linear.asking, "decide", counted)
    given = example("corridor-3")
    ask = Asking(given, Fraction(1, 10))
    answers = [ask("retargets", phi) for phi in swaps(given)]
    refuted = sum(isinstance(answer, NotAlways) for answer in answers)
    assert len(solved) < refuted


def test_the_bound_on_the_work_is_for_all_questions() -> None:
    """Each program costs the cube of its variables; what is left unanswered is counted, and unknown."""
    given = example("training-leak-closed")
    cost = Space(given, copies_of(given, True)).variables ** 3
    ask = Asking(given, Fraction(9, 10), most=cost)
    answers = [ask(kind, phi) for phi in swaps(given) for kind in KINDS]
    open_ = sum(isinstance(answer, Undecided) for answer in answers)
    assert 0 < ask.left == open_ < len(answers)
    again = Asking(given, Fraction(9, 10), most=cost)
    assert [type(again(kind, phi)) for phi in swaps(given) for kind in KINDS] == list(map(type, answers))


def test_the_report_says_that_the_bound_was_met(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is refuted or proved by it: the theorem stays undecided, and a line says why."""
    given = example("box")
    monkeypatch.setattr(proofs.search.linear.asking.Asking.__init__, "__defaults__", (0,))
    found = verify(parse_instance(given.source))
    assert any("left open by the bound of 0 steps" in entry for entry in found.aside.tried)
