"""The swap of Prop. 3 as z3 sees it: the worked thresholds of theory.md, brute force, and algebraic bounds on gamma."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exact.errors import NotADiscount, NotAGoalSet
from exact.instance import Goals, Instance, inequality
from exact.testing.strategies import instances
from proofs.smt import RETARGETS, STAYS, acceptance_opinion, compare, permutation_opinion, swap_opinion
from proofs.smt import opinion as opinion_module
from proofs.smt.questions import Permutation, Query, permuted
from proofs.smt.solve import Answer, solve
from proofs.swaps import swap
from tests.proofs.smt.worked import (
    CORRIDOR,
    FORK,
    GOLDEN,
    HALF_OFF,
    LOOPING_SHUTDOWN,
    ONE,
    RETRY,
    RING,
    STAIRS,
    leak,
    swap_holds,
)
from tests.reference import brute_orbit

SECONDS = 20
RETRY_ROOT = ((1, -3, 1), (Fraction(1, 4), Fraction(1, 2)))  # (3 - sqrt 5) / 2

# instance, x, gamma°_x as a bound, a rational just below, one just above
THRESHOLDS = [
    pytest.param(CORRIDOR, "r2", Fraction(1, 2), "49/100", "1/2", id="corridor r2"),
    pytest.param(CORRIDOR, "r3", GOLDEN, "618/1000", "619/1000", id="corridor r3"),
    pytest.param(RING, "new", GOLDEN, "618/1000", "619/1000", id="ring s_new"),
    pytest.param(RETRY, "x", RETRY_ROOT, "381/1000", "382/1000", id="retry x"),
    pytest.param(STAIRS, "x", Fraction(1, 2), "49/100", "1/2", id="stairs x"),
]


@pytest.mark.parametrize(("instance", "name", "threshold", "below", "above"), THRESHOLDS)
def test_swap_threshold(instance: Instance, name: str, threshold: Fraction, below: str, above: str) -> None:
    """The swap fails below gamma°_x, and holds on all of (gamma°_x, 1) and at gamma°_x itself."""
    x = instance.mdp.state(name)
    low, high = Fraction(below), Fraction(above)
    assert swap_opinion(instance, x, low, SECONDS).answer == "sat"
    assert swap_opinion(instance, x, high, SECONDS).answer == "unsat"
    assert swap_opinion(instance, x, (threshold, ONE), SECONDS).answer == "unsat"
    assert swap_opinion(instance, x, (threshold, threshold), SECONDS).answer == "unsat"
    just_below = swap_opinion(instance, x, (low - Fraction(1, 1000), threshold), SECONDS)
    assert just_below.answer == "sat"
    assert just_below.checked


@pytest.mark.parametrize(
    ("instance", "name"),
    [(CORRIDOR, "r1"), (RING, "m"), (STAIRS, "m"), (HALF_OFF, "x")],
)
def test_swap_at_every_discount(instance: Instance, name: str) -> None:
    """Where gamma°_x = 0 the swap holds on all of (0, 1)."""
    opinion = swap_opinion(instance, instance.mdp.state(name), (Fraction(0), ONE), SECONDS)
    assert opinion.answer == "unsat"
    assert opinion.model is None
    assert not opinion.checked


def test_shutdown_that_loops_survives_the_swap() -> None:
    """Without `shutdown-terminal` the counterexample of theory.md's kind is found at gamma = 3/5."""
    opinion = swap_opinion(LOOPING_SHUTDOWN, LOOPING_SHUTDOWN.mdp.state("x"), Fraction(3, 5), SECONDS)
    assert opinion.answer == "sat"
    assert opinion.checked


@pytest.mark.parametrize(("reading", "answer"), [("return", "sat"), ("immediate", "unsat"), ("on-training", "unsat")])
def test_leaving_theta(reading: str, answer: str) -> None:
    """The leak of theory.md: the swap of x can leave G_T under `return` only; it always retargets."""
    instance = leak(Goals(reading=reading))
    x, half = instance.mdp.state("x"), Fraction(1, 2)
    assert swap_opinion(instance, x, half, SECONDS, STAYS).answer == answer
    assert swap_opinion(instance, x, half, SECONDS, RETARGETS).answer == "unsat"


@pytest.mark.parametrize("trained", ["on", "take"])
def test_the_identity_stays(trained: str) -> None:
    """theta itself is in Theta; a value vector that is not exact could say otherwise, for either action."""
    action = FORK.mdp.actions[0].index(trained)
    instance = Instance(FORK.mdp, FORK.shutdown_state, 0, FORK.training, {0: action})
    identity = tuple(range(len(FORK.mdp)))
    assert permutation_opinion(instance, identity, Fraction(1, 2), SECONDS, STAYS).answer == "unsat"


def bounded_ring(*texts: str) -> Instance:
    goals = Goals(inequalities=tuple(inequality(text, RING.mdp, "") for text in texts))
    return Instance(RING.mdp, RING.shutdown_state, RING.shutdown_action, goals=goals)


def test_a_tie_after_the_permutation_counts_as_shutdown() -> None:
    """s_new and s_term exchanged, at 1/2: rewards 8, 0, 12 become 12, 0, 8; off is 12 + 8/2, go is 12 + 16/4."""
    instance = bounded_ring("new = 8", "m = 0", "term = 12")
    opinion = swap_opinion(instance, 0, Fraction(1, 2), SECONDS)
    assert opinion.answer == "sat"
    assert opinion.checked


@pytest.mark.parametrize(("text", "answer"), [("m <= 1", "sat"), ("m + term <= 1", "unsat"), ("term > m", "sat")])
def test_leaving_an_inequality(text: str, answer: str) -> None:
    """The swap of m and term keeps an inequality that is symmetric in them, and not one that bounds m alone."""
    assert swap_opinion(bounded_ring(text), 1, Fraction(1, 2), SECONDS, STAYS).answer == answer


def test_too_hard_with_training() -> None:
    """Where the whole question gets no answer, the claim for more goals than Theta may still settle it."""
    calls = []

    def impatient(query: Query, seconds: float, rlimit: int) -> Answer:
        calls.append(query)
        return Answer("unknown", 1.0) if len(calls) == 1 else solve(query, seconds)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opinion_module, "solve", impatient)
        opinion = swap_opinion(leak(Goals()), 2, Fraction(1, 2), SECONDS)
    assert (opinion.answer, len(calls)) == ("unsat", 2)
    assert "without G_T" in opinion.smt2
    assert "trained" not in opinion.smt2


@settings(max_examples=60, deadline=None)
@given(instances(max_states=4, max_actions=3, training=False, nonnegative=True), st.data())
def test_swap_theorem(instance: Instance, data: st.DataObject) -> None:
    """Over all theta >= 0 z3 agrees with the exact swap theorem by brute force, at every state but s_term."""
    gamma = instance.question.gamma or Fraction(1, 2)
    state = data.draw(st.sampled_from([s for s in range(len(instance.mdp)) if s != instance.s_term]))
    opinion = swap_opinion(instance, state, gamma, SECONDS)
    assert opinion.answer in ("sat", "unsat")
    compare(opinion, swap_holds(instance, state, gamma))


@settings(max_examples=60, deadline=None)
@given(instances(max_states=4, max_actions=2, shutdown_loops=True, max_inequalities=1), st.data())
@example(leak(Goals()), None)
def test_a_goal_that_fails_the_claim_makes_it_fail(instance: Instance, data: st.DataObject | None) -> None:
    """If one theta of brute force breaks a claim about a permutation, z3 says sat, and its own theta is one too."""
    size = len(instance.mdp)
    gamma, theta = Fraction(1, 2), (Fraction(0),) * (size - 1) + (Fraction(5),)
    if data is not None and instance.question.rewards is not None:
        gamma, theta = instance.question.gamma or gamma, instance.question.rewards
    phi = tuple(data.draw(st.permutations(range(size)))) if data else swap(instance, 2)
    for ask in (RETARGETS, STAYS):
        opinion = permutation_opinion(instance, phi, gamma, SECONDS, ask)
        assert opinion.answer in ("sat", "unsat")
        if breaks(instance, phi, theta, gamma, ask):
            compare(opinion, False)
        if opinion.model is not None:
            found = opinion.model["rewards"]
            assert isinstance(found, dict)
            assert breaks(instance, phi, tuple(Fraction(v) for v in found.values()), gamma, ask)


def breaks(instance: Instance, phi: Permutation, theta: tuple[Fraction, ...], gamma: Fraction, ask: str) -> bool:
    """theta of Theta shuts down strictly, and phi theta shuts down at least weakly (stays: is not in Theta)."""
    if not brute_orbit.in_theta(instance, theta, gamma) or not shuts_down(instance, theta, gamma, strictly=True):
        return False
    image = permuted(theta, phi)
    if ask == STAYS:
        return not brute_orbit.in_theta(instance, image, gamma)
    return shuts_down(instance, image, gamma, strictly=False)


def shuts_down(instance: Instance, theta: tuple[Fraction, ...], gamma: Fraction, strictly: bool) -> bool:
    worth = brute_orbit.q_values(brute_orbit.whole(instance), theta, gamma)[instance.shutdown_state]
    off = worth.pop(instance.shutdown_action)
    return all(off > other or (off == other and not strictly) for other in worth.values())


def test_permuted_moves_rewards_along_phi() -> None:
    """(phi theta)(phi(s)) = theta(s), for a cycle of three, which is not its own inverse."""
    assert permuted(("a", "b", "c"), (1, 2, 0)) == ("c", "a", "b")
    assert swap(RING, 0) == (2, 1, 0)


@pytest.mark.parametrize("phi", [(0, 2, 4, 3, 1), (0, 4, 1, 3, 2)], ids=["term to r1", "term to r2"])
def test_a_permutation_that_is_no_swap(phi: Permutation) -> None:
    """r1, r2 and term in a cycle, either way: by hand, they retarget iff gamma >= (1 - gamma)^2, so from 0.38... on.

    term to r1: r(r2) < r(term) (1 - gamma) / gamma moves to term, against r(term) / (1 - gamma). term to r2:
    r(r1) < (1 - gamma) r(term) moves to term, against gamma r(term) / (1 - gamma).
    """
    below, above = (permutation_opinion(CORRIDOR, phi, Fraction(g), SECONDS) for g in ("38/100", "39/100"))
    assert (below.answer, above.answer) == ("sat", "unsat")


def test_no_permutation_is_refused() -> None:
    """Neither a map that is not onto nor a state that does not exist is a permutation."""
    with pytest.raises(NotAGoalSet):
        permutation_opinion(RING, (0, 0, 1), Fraction(1, 2), SECONDS)
    with pytest.raises(NotAGoalSet):
        swap_opinion(RING, 7, Fraction(1, 2), SECONDS)


@pytest.mark.parametrize(
    "gamma",
    [
        Fraction(1),
        Fraction(0),
        (Fraction(1, 2), Fraction(1, 3)),
        (Fraction(-1), ONE),
        (ONE, ONE),
        (((3,), (Fraction(0), ONE)), ONE),
    ],
)
def test_no_discount_is_refused(gamma: Fraction) -> None:
    """gamma lies strictly between 0 and 1; bounds are in order, and a root has a polynomial that can vanish."""
    with pytest.raises(NotADiscount):
        swap_opinion(RING, 1, gamma, SECONDS)


def test_an_algebraic_discount_is_read_back() -> None:
    """At gamma = 1 / sqrt 3 < gamma°_r3 the model's gamma is that number, as polynomial and interval."""
    root = ((-1, 0, 3), (Fraction(1, 2), Fraction(3, 5)))
    opinion = swap_opinion(CORRIDOR, CORRIDOR.mdp.state("r3"), (root, root), SECONDS)
    assert opinion.answer == "sat"
    assert opinion.model is not None
    assert str(opinion.model["gamma"]).startswith("root of [-1, 0, 3] in [")
    assert not opinion.checked


def test_acceptance() -> None:
    """Some goal shuts down; none does where r(term) = 0 is required."""
    assert acceptance_opinion(RING, (Fraction(0), ONE), SECONDS).answer == "sat"
    no_reward = Goals(inequalities=(inequality("term = 0", RING.mdp, ""),))
    barred = Instance(RING.mdp, RING.shutdown_state, RING.shutdown_action, goals=no_reward)
    assert acceptance_opinion(barred, Fraction(1, 2), SECONDS).answer == "unsat"


def test_limits_end_in_unknown() -> None:
    """A step limit that is too small gives no answer, and no answer contradicts nothing."""
    opinion = swap_opinion(CORRIDOR, 3, (GOLDEN, ONE), SECONDS, rlimit=10)
    assert opinion.answer == "unknown"
    compare(opinion, True)
    compare(opinion, False)
