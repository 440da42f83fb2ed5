"""What follows from the graph and the claims so far."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from exact.instance import Instance
from proofs.kernel.errors import Hole, Malformed
from proofs.kernel.facts import PAPER, SHARP, Facts, Orbit, within
from proofs.kernel.limits import WORK
from proofs.kernel.poly import bits, cost, quotient
from tests.proofs.kernel.session import facts, model, model_of, proved
from tests.reference import brute_force
from tests.reference.small import instances

HALF, ZERO, ONE = Fraction(1, 2), Fraction(0), Fraction(1)
THIRD = Fraction(1, 3)


def test_an_orbit_refutes_more_than_it_has() -> None:
    """1 : 3 refutes 4, not 3; without a shutdown nothing is refuted (Def. 3)."""
    found = Orbit(HALF, 1, 3)
    assert [found.refutes(n) for n in (0, 1, 2, 3, 4, 5)] == [False, False, False, False, True, True]
    assert not Orbit(HALF, 0, 0).refutes(1)
    assert Orbit(HALF, 2, 1).refutes(1)
    assert not Orbit(HALF, 2, 2).refutes(1)


def test_the_question() -> None:
    """The instance's gamma, or the one that is asked instead."""
    assert facts("retry").gamma == Fraction(9, 10)
    assert facts("retry", "1/2").gamma == HALF
    assert facts("always").gamma is None
    assert facts("always", "1/2").gamma == HALF


def test_work() -> None:
    """Words of 64 bits, and 16 for any operation; beyond the bound there is a hole."""
    found = facts("retry")
    found.pay(3)
    assert found.left == WORK - 3 * 17
    found.left = 1000
    found.pay(2, 63, 64)
    assert found.left == 1000 - 2 * (16 + 1 * 2)
    found.left = 100
    found.pay(1, 640, 320)
    assert found.left == 100 - (16 + 11 * 6)
    with pytest.raises(Hole):
        found.pay(2)
    assert found.left == 100 - (16 + 11 * 6), "what is refused costs nothing"
    found.pay(1)
    with pytest.raises(Hole):
        found.pay(1)


def test_the_last_step() -> None:
    """All of the work may be used."""
    found = facts("retry")
    found.left = 17
    found.pay(1)
    assert found.left == 0


@given(instances())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_graph(instance: Instance) -> None:
    """R_x, recurrence and reaching with probability 1, by enumeration."""
    mdp, found = instance.mdp, Facts.of(model_of(instance))
    every, start = list(brute_force.policies(mdp)), instance.shutdown_state
    for k, x in enumerate(mdp.states):
        assert found.sure(x) == any(brute_force.reaches(mdp, p, start, k) for p in every)
        assert found.recurrent(x) == any(brute_force.revisits(mdp, p, k) for p in every)
    assert found.candidates == [x for k, x in enumerate(mdp.states) if k != instance.s_term]
    unsettled = [x for x in found.candidates if brute_force.reach_and_revisit(mdp, start, mdp.state(x))]
    assert found.unsettled(PAPER) == unsettled
    assert found.unsettled(SHARP) == found.candidates


def test_the_fixpoint_is_computed_once() -> None:
    """And paid once."""
    found = facts("corridor-3")
    found.surely("r3")
    left = found.left
    assert left < WORK
    found.surely("r3")
    found.recurrent("r3")
    assert found.left == left


TRAINED = '[policy]\nt = "stay"\nu = "back"\n[goals]\nreading = "{}"\n'
MOVES = "t stay t=1\nt go u=1/2 v=1/2\nu back t=1\nv on w=1\nnew go x=1\nx stay x=1"


@pytest.mark.parametrize(
    ("reading", "expected"), [("return", "t u v w"), ("immediate", "t u v"), ("on-training", "t u")]
)
def test_coordinates(reading: str, expected: str) -> None:
    """Where the rewards that training looks at can be; u has one action, which compares nothing."""
    found = Facts.of(model("t u v w new x term", MOVES, TRAINED.format(reading), "t u"))
    assert set(found.coordinates) == set(expected.split())


def test_coordinates_of_states_without_a_choice() -> None:
    """No training state chooses: nothing matters."""
    found = Facts.of(model("u t new x term", "u back t=1\nnew go x=1", '[policy]\nu = "back"\n', "u"))
    assert set(found.coordinates) == set()


def test_symmetric_goals() -> None:
    """As they are written: x and term alike, or each with its counterpart."""
    goals = "[goals]\ninequalities = [{}]\n"
    for texts, expected in {
        "": True, '"x + term <= 1"': True, '"x <= 1"': False, '"x <= 1", "term <= 1"': True, '"x <= 1", "term < 1"': False,
        '"x <= 1", "term <= 2"': False, '"new <= 1"': True, '"x - term = 0"': False, '"x = term", "term = x"': True,
        '"2*x <= 2", "term <= 1"': False,
    }.items():  # fmt: skip
        found = Facts.of(model("new x term", "new go x=1", goals.format(texts)))
        assert found.symmetric("x") is expected, texts
        assert found.keeps_theta("x") is expected, texts


def test_swaps_that_keep_theta() -> None:
    """By coordinates, or by a claim `stays` about this swap at the question."""
    found = facts("training-leak")
    assert not found.keeps_theta("x")
    found.universal.append(("stays", {"x": "term", "term": "x"}, (HALF, HALF)))
    assert found.keeps_theta("x")
    assert not found.keeps_theta("t")
    for other in (("retargets", {"x": "term", "term": "x"}, (HALF, HALF)), ("stays", {"x": "term", "term": "x"}, (ZERO, THIRD)),
                  ("stays", {"x": "t", "t": "x"}, (ZERO, ONE)), ("stays", {}, (ZERO, ONE))):  # fmt: skip
        found.universal[:] = [other]
        assert not found.keeps_theta("x"), other
    assert facts("weak").keeps_theta("x")
    assert not facts("weak").keeps_theta("t")
    leak = facts("training-reached")
    assert not leak.keeps_theta("x")


def test_covers() -> None:
    """The question's gamma, both ends included; without one, all of (0, 1)."""
    found = facts("retry", "1/2")
    for low, high, expected in ((0, 1, True), (HALF, HALF, True), (THIRD, HALF, True), (HALF, 1, True), (0, THIRD, False),
                                (Fraction(2, 3), 1, False)):  # fmt: skip
        assert within(found.asked, (Fraction(low), Fraction(high))) is expected
    found = facts("always")
    assert within(found.asked, (ZERO, ONE))
    for low, high in ((ZERO, HALF), (HALF, ONE), (HALF, HALF)):
        assert not within(found.asked, (low, high))


def test_covers_an_interval() -> None:
    """Where the question is one: all of it."""
    found = Facts(facts("always").model, None, (THIRD, HALF))
    for low, high, expected in ((ZERO, ONE, True), (THIRD, HALF, True), (Fraction(34, 100), ONE, False),
                                (ZERO, Fraction(49, 100), False)):  # fmt: skip
        assert within(found.asked, (low, high)) is expected


def test_asked_at() -> None:
    """Only the question's gamma; any of an interval, its ends included; without one, any."""
    found = facts("retry", "1/2")
    assert found.asked_at(HALF)
    assert not found.asked_at(THIRD)
    assert facts("always").asked_at(THIRD)
    found = Facts(facts("always").model, None, (THIRD, HALF))
    for gamma, expected in ((THIRD, True), (HALF, True), (Fraction(2, 5), True), (Fraction(33, 100), False),
                            (Fraction(51, 100), False)):  # fmt: skip
        assert found.asked_at(gamma) is expected


def test_linear_claims_that_meet_are_one() -> None:
    """Of the same property and permutation, in any order; others stay apart. Each is paid for by those before it."""
    found, swap = facts("step"), {"x": "term", "term": "x"}
    given = [("stays", swap, (ZERO, THIRD)), ("stays", swap, (HALF, HALF)), ("stays", {}, (THIRD, HALF)),
             ("strict", {}, (THIRD, HALF))]  # fmt: skip
    for entry in given:
        found.note_universal(*entry)
    assert found.universal == given
    assert found.left == WORK - 17 * (0 + 1 + 2 + 3)
    found.note_universal("stays", swap, (THIRD, HALF))
    assert found.universal == [*given[2:], ("stays", swap, (ZERO, HALF))]
    found.note_universal("stays", swap, (Fraction(2, 5), Fraction(9, 20)))
    assert found.universal[-1] == ("stays", swap, (ZERO, HALF))
    found.left = 50
    with pytest.raises(Hole):
        found.note_universal("stays", swap, (ZERO, ONE))
    assert found.universal[-1] == ("stays", swap, (ZERO, HALF))


def test_the_most_permutations_that_cover_the_question() -> None:
    """Of retargetings on other intervals none counts."""
    found = facts("retry", "1/2")
    assert found.retargets == 0
    found.retargetable += [((ZERO, THIRD), 5), ((ZERO, HALF), 2), ((HALF, ONE), 1)]
    assert found.retargets == 2


def test_counted() -> None:
    """Strictly above gamma*_x, from gamma°_x on; all of them without a gamma; unknown while one is open."""
    found = proved("stairs")
    assert found.counted(PAPER, HALF) == []
    assert found.counted(PAPER, Fraction(51, 100)) == ["x"]
    assert found.counted(SHARP, HALF) == ["m", "x"]
    assert found.counted(SHARP, THIRD) == ["m"]
    assert found.counted(PAPER, None) == ["x"]
    assert found.counted(SHARP, None) == ["m", "x"]
    assert facts("stairs").counted(PAPER, HALF) is None
    assert facts("stairs").counted(SHARP, None) is None
    assert proved("shutdown-loops").counted(SHARP, HALF) == []
    assert facts("shutdown-loops").unsettled(SHARP) == []
    assert proved("retry").counted(SHARP, Fraction(381966011, 10**9)) == []
    assert proved("retry").counted(SHARP, Fraction(381966012, 10**9)) == ["x"]


@pytest.mark.parametrize(("p", "q", "steps"), [((1, 1), (1, 2, 1), 2), ((1, 1), (3,), 0), ((2,), (4, 6), 2)])
def test_a_division_is_paid_by_its_steps(p: tuple[int, ...], q: tuple[int, ...], steps: int) -> None:
    """200, and the divisor's coefficients for each coefficient of the quotient; none where the divisor is longer."""
    found = facts("retry")
    before = found.left
    assert found.quotient(p, q) == quotient(p, q)
    assert before - found.left == cost(200 + steps * len(p), bits(q) + steps * bits(p), bits(p))


def test_an_interval_is_no_question_of_one_instance() -> None:
    """Facts about one instance are not those of a family, unless a gamma is asked about."""
    ranged = model("new x term", "new go x=1\nx stay x=1", '[question]\ngamma = ["1/4", "1/2"]\n')
    with pytest.raises(Malformed, match="a family of instances"):
        Facts.of(ranged)
    assert Facts.of(ranged, HALF).gamma == HALF
