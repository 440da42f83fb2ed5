"""Claims about swaps as the solvers see them: the worked thresholds of theory.md, brute force, algebraic bounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exact.algebraic import Algebraic
from exact.errors import NotADiscount, NotAGoalSet
from exact.instance import Goals, Instance, inequality
from exact.permutation import Permutation, swap
from exact.testing.strategies import instances
from proofs.opinions import opinion as opinion_module
from proofs.opinions.by_z3 import Answer, solve
from proofs.opinions.discount import Between, Discount
from proofs.opinions.opinion import Opinion, compare, permutation_opinion
from proofs.opinions.scripts import Ask, Query
from tests.proofs.opinions.worked import (
    CORRIDOR,
    EVERYWHERE,
    FORK,
    GOLDEN,
    HALF_OFF,
    LOOPING_SHUTDOWN,
    ONE,
    RETRY,
    RING,
    STAIRS,
    at,
    leak,
    swap_holds,
)
from tests.proofs.search.linear.instances import refutes

SECONDS, HALF = 20, Fraction(1, 2)
RETRY_ROOT = Algebraic((1, -3, 1), Fraction(1, 4), Fraction(1, 2))  # (3 - sqrt 5) / 2

# instance, x, gamma°_x, a rational just below, one just above
THRESHOLDS = [
    pytest.param(CORRIDOR, "r2", at("1/2"), "49/100", "1/2", id="corridor r2"),
    pytest.param(CORRIDOR, "r3", GOLDEN, "618/1000", "619/1000", id="corridor r3"),
    pytest.param(RING, "new", GOLDEN, "618/1000", "619/1000", id="ring s_new"),
    pytest.param(RETRY, "x", RETRY_ROOT, "381/1000", "382/1000", id="retry x"),
    pytest.param(STAIRS, "x", at("1/2"), "49/100", "1/2", id="stairs x"),
]


def asked(instance: Instance, x: int | str, gamma: Discount, ask: Ask = "not-optimal", rlimit: int = 0) -> Opinion:
    """z3 on a swap."""
    state = instance.mdp.state(x) if isinstance(x, str) else x
    return permutation_opinion(instance, swap(instance, state), gamma, SECONDS, ask, rlimit=rlimit)


@pytest.mark.parametrize(("instance", "name", "threshold", "below", "above"), THRESHOLDS)
def test_swap_threshold(instance: Instance, name: str, threshold: Algebraic, below: str, above: str) -> None:
    """The swap fails below gamma°_x, and holds on all of (gamma°_x, 1) and at gamma°_x itself."""
    low = Fraction(below)
    assert asked(instance, name, low).answer == "sat"
    assert asked(instance, name, Fraction(above)).answer == "unsat"
    assert asked(instance, name, Between(threshold, ONE)).answer == "unsat"
    assert asked(instance, name, Between(threshold, threshold)).answer == "unsat"
    just_below = asked(instance, name, Between(Algebraic.of(low - Fraction(1, 1000)), threshold))
    assert just_below.answer == "sat"
    assert just_below.checked


@pytest.mark.parametrize(("instance", "name"), [(CORRIDOR, "r1"), (RING, "m"), (STAIRS, "m"), (HALF_OFF, "x")])
def test_swap_at_every_discount(instance: Instance, name: str) -> None:
    """Where gamma°_x = 0 the swap holds on all of (0, 1), and r(s_term) > r(x) too."""
    found = asked(instance, name, EVERYWHERE)
    assert (found.answer, found.model, found.checked) == ("unsat", None, False)
    assert asked(instance, name, EVERYWHERE, "exceeds").answer == "unsat"


def test_shutdown_that_loops_survives_the_swap() -> None:
    """Without `shutdown-terminal` the counterexample of theory.md's kind is found at gamma = 3/5."""
    found = asked(LOOPING_SHUTDOWN, "x", Fraction(3, 5))
    assert found.answer == "sat"
    assert found.checked


@pytest.mark.parametrize(("reading", "answer"), [("return", "sat"), ("immediate", "unsat"), ("on-training", "unsat")])
def test_leaving_theta(reading: str, answer: str) -> None:
    """The leak of theory.md: the swap of x can leave G_T under `return` only; it always retargets."""
    instance = leak(Goals(reading=reading))
    assert asked(instance, "x", HALF, "stays").answer == answer
    assert asked(instance, "x", HALF, "retargets").answer == "unsat"


@pytest.mark.parametrize("trained", ["on", "take"])
def test_the_identity_stays(trained: str) -> None:
    """theta itself is in Theta; a value vector that is not exact could say otherwise, for either action."""
    action = FORK.mdp.actions[0].index(trained)
    instance = Instance(FORK.mdp, FORK.shutdown_state, 0, FORK.training, {0: action})
    identity = tuple(range(len(FORK.mdp)))
    assert permutation_opinion(instance, identity, HALF, SECONDS, "stays").answer == "unsat"


def bounded_ring(*texts: str) -> Instance:
    """RING with inequalities."""
    goals = Goals(inequalities=tuple(inequality(text, RING.mdp, "") for text in texts))
    return Instance(RING.mdp, RING.shutdown_state, RING.shutdown_action, goals=goals)


def test_ties_decide_what_retargets() -> None:
    """Goals that tie after the exchange: shutdown is optimal; only where ties go against it, it is avoided."""
    instance = bounded_ring("new = 8", "m = 0", "term = 12")  # at 1/2, exchanged: off and go are worth 16 each
    answers = {}
    for ties in ("uniform", "shutdown-first", "shutdown-last"):
        given_ties = replace(instance, ties=ties)
        answers[ties] = [asked(given_ties, 0, HALF, ask).answer for ask in ("not-optimal", "retargets")]
    both = ["sat", "sat"]
    assert answers == {"uniform": both, "shutdown-first": both, "shutdown-last": ["sat", "unsat"]}


@pytest.mark.parametrize(("text", "answer"), [("m <= 1", "sat"), ("m + term <= 1", "unsat"), ("term > m", "sat")])
def test_leaving_an_inequality(text: str, answer: str) -> None:
    """The swap of m and term keeps an inequality that is symmetric in them, and not one that bounds m alone."""
    assert asked(bounded_ring(text), 1, HALF, "stays").answer == answer


def test_too_hard_with_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the whole question gets no answer, the claim for more goals than Theta may still settle it."""
    calls = []

    def impatient(query: Query, seconds: float, rlimit: int) -> Answer:
        calls.append(query)
        return Answer("unknown") if len(calls) == 1 else solve(query, seconds)

    monkeypatch.setitem(opinion_module.SOLVERS, "z3", impatient)
    found = asked(leak(Goals()), 2, HALF)
    assert (found.answer, len(calls)) == ("unsat", 2)
    assert "without G_T" in found.smt2
    assert "trained" not in found.smt2


@settings(max_examples=60, deadline=None)
@given(instances(max_states=4, max_actions=3, training=False, nonnegative=True), st.data())
def test_swap_theorem(instance: Instance, data: st.DataObject) -> None:
    """Over all theta >= 0 z3 agrees with the exact swap theorem by brute force, at every state but s_term."""
    gamma, strict = instance.question.gamma or HALF, replace(instance, ties="uniform")
    state = data.draw(st.sampled_from([s for s in range(len(instance.mdp)) if s != instance.s_term]))
    found = asked(strict, state, gamma)
    assert found.answer in ("sat", "unsat")
    compare(found, swap_holds(instance, state, gamma))


@settings(max_examples=60, deadline=None)
@given(instances(max_states=4, max_actions=3, shutdown_loops=True, max_inequalities=1), st.data())
@example(leak(Goals()), None)
def test_a_goal_that_fails_the_claim_makes_it_fail(instance: Instance, data: st.DataObject | None) -> None:
    """If one theta breaks a claim about a permutation, z3 says sat, and its own theta is one too."""
    size = len(instance.mdp)
    gamma, theta = HALF, (Fraction(0),) * (size - 1) + (Fraction(5),)
    if data is not None and instance.question.rewards is not None:
        gamma, theta = instance.question.gamma or gamma, instance.question.rewards
    phi = tuple(data.draw(st.permutations(range(size)))) if data else swap(instance, 2)
    for ask in get_args(Ask):
        found = permutation_opinion(instance, phi, gamma, SECONDS, ask)
        assert found.answer in ("sat", "unsat")
        if refutes(instance, ask, phi, theta, gamma):
            compare(found, False)
        if found.model is not None:
            rewards = found.model["rewards"]
            assert isinstance(rewards, dict)
            assert refutes(instance, ask, phi, tuple(Fraction(v) for v in rewards.values()), gamma)


@pytest.mark.parametrize("phi", [(0, 2, 4, 3, 1), (0, 4, 1, 3, 2)], ids=["term to r1", "term to r2"])
def test_a_permutation_that_is_no_swap(phi: Permutation) -> None:
    """r1, r2 and term in a cycle, either way: by hand, they retarget iff gamma >= (1 - gamma)^2, so from 0.38... on.

    term to r1: r(r2) < r(term) (1 - gamma) / gamma moves to term, against r(term) / (1 - gamma). term to r2:
    r(r1) < (1 - gamma) r(term) moves to term, against gamma r(term) / (1 - gamma).
    """
    gammas = [Fraction(g) for g in ("38/100", "39/100")]
    answers = [permutation_opinion(CORRIDOR, phi, gamma, SECONDS, "retargets").answer for gamma in gammas]
    assert answers == ["sat", "unsat"]


@pytest.mark.parametrize("phi", [(0, 0, 1), (0, 1)])
def test_no_permutation_is_refused(phi: Permutation) -> None:
    """A map that is not onto, and one of another length."""
    with pytest.raises(NotAGoalSet):
        permutation_opinion(RING, phi, HALF, SECONDS, "retargets")


def test_no_discount_is_refused() -> None:
    """gamma lies strictly between 0 and 1; bounds are in order."""
    for gamma in (Fraction(1), Fraction(0)):
        with pytest.raises(NotADiscount):
            asked(RING, 1, gamma)
    for low, high in (("1/2", "1/3"), ("-1", "1"), ("1", "1"), ("0", "0"), ("1/2", "2")):
        with pytest.raises(NotADiscount):
            Between(at(low), at(high))


def test_an_algebraic_discount_is_read_back() -> None:
    """At gamma = 1 / sqrt 3 < gamma°_r3 the model's gamma is that number, as polynomial and decimals."""
    root = Algebraic((-1, 0, 3), HALF, Fraction(3, 5))
    found = asked(CORRIDOR, "r3", Between(root, root))
    assert found.answer == "sat"
    assert found.model is not None
    assert found.model["gamma"] == "root of [-1, 0, 3], about 0.577350269189"
    assert not found.checked


def test_no_goal_prefers_shutdown() -> None:
    """The identity never leads to a goal that prefers shutdown iff there is none: where r(term) = 0 is required."""
    identity = (0, 1, 2)
    assert permutation_opinion(RING, identity, EVERYWHERE, SECONDS, "never-both").answer == "sat"
    barred = bounded_ring("term = 0")
    assert permutation_opinion(barred, identity, HALF, SECONDS, "never-both").answer == "unsat"


def test_limits_end_in_unknown() -> None:
    """A step limit that is too small gives no answer, and no answer contradicts nothing."""
    found = asked(CORRIDOR, "r3", Between(GOLDEN, ONE), rlimit=10)
    assert found.answer == "unknown"
    compare(found, True)
    compare(found, False)
