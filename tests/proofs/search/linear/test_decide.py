"""All eight properties at one gamma: against brute force, z3, the exact swap theorem, a second reading of FORMAT.md."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from exact.errors import NotADiscount, NotAGoalSet
from exact.instance import inequality
from exact.instance.model import Goals, Instance
from exact.mdp import Mdp
from exact.permutation import identity, swap
from exact.thresholds import sharp_threshold
from proofs.search.linear.asked import Always, Asked, NotAlways, Property, Undecided, counterexample
from proofs.search.linear.decide import decide
from tests.proofs.search.linear import instances
from tests.proofs.search.linear.by_z3 import refutable
from tests.proofs.search.linear.checker import Rejected, check
from tests.proofs.search.linear.instances import example, swaps

HALF = Fraction(1, 2)


def of_x(name: str) -> tuple[Instance, tuple[int, ...]]:
    """An example, and the swap of its state x."""
    given = example(name)
    return given, swap(given, given.mdp.state("x"))


@pytest.mark.parametrize("seed", range(60))
def test_random_questions(seed: int) -> None:
    """Every tree is accepted by the second reading and no goal tried refutes it; every refuting goal does refute."""
    random = Random(seed)
    given = instances.instance(random, random.choice([3, 4, 4]))
    phi, gamma = instances.permutation(random, len(given.mdp)), Fraction(random.randint(1, 9), 10)
    tried = [instances.theta(random, len(phi)) for _ in range(6)]
    for kind, moved in instances.questions(phi):
        answer = decide(given, kind, moved, gamma)
        if isinstance(answer, Always):
            check(given, kind, moved, gamma, gamma, answer.proof)
            assert not any(instances.refutes(given, kind, moved, rewards, gamma) for rewards in tried)
        else:
            assert isinstance(answer, NotAlways)
            assert instances.refutes(given, kind, moved, answer.rewards, gamma)


@pytest.mark.parametrize("seed", range(100, 140))
def test_agrees_with_z3(seed: int) -> None:
    """z3, which sees Bellman's equation itself, finds a counterexample iff there is no proof."""
    random = Random(seed)
    given = instances.instance(random, 3)
    phi, gamma = instances.permutation(random, 3), Fraction(random.randint(1, 9), 10)
    for kind, moved in instances.questions(phi):
        assert isinstance(decide(given, kind, moved, gamma), NotAlways) == refutable(given, kind, moved, gamma)


def test_training_leak() -> None:
    """theory.md: the swap of x and s_term does not keep G_T at gamma = 1/2; closed, or read as on-training, it does."""
    leak, phi = of_x("training-leak")
    answer = decide(leak, "stays", phi, HALF)
    assert isinstance(answer, NotAlways)
    assert answer.violation is not None
    assert instances.refutes(leak, "stays", phi, answer.rewards, HALF)
    kinds: tuple[Property, ...] = ("retargets", "stays", "never-both", "not-optimal", "exceeds")
    for name in ("training-leak-closed", "training-leak-on-training"):
        sound, phi = of_x(name)
        for kind in kinds:
            proof = decide(sound, kind, phi, HALF)
            assert isinstance(proof, Always)
            check(sound, kind, phi, HALF, HALF, proof.proof)


@pytest.mark.parametrize("name", ["corridor-3", "ring", "retry", "stairs", "half", "half-off", "star-3"])
def test_exact_swap_theorem(name: str) -> None:
    """Over Theta = R^d >= 0 and a terminal s_term: the swap of x retargets at gamma, and makes shutdown not optimal,
    iff gamma >= gamma°_x; and then r(s_term) > r(x)."""
    given = example(name)
    free = Instance(given.mdp, given.shutdown_state, given.shutdown_action)
    for phi in swaps(free):
        x = next(s for s, t in enumerate(phi) if s != t and s != free.s_term)
        threshold = sharp_threshold(free, x).value
        for gamma in (Fraction(1, 10), Fraction(3, 8), HALF, Fraction(5, 8), Fraction(9, 10)):
            expected = threshold is not None and threshold <= gamma
            found = [isinstance(decide(free, kind, phi, gamma), Always) for kind in _ABOUT_SWAPS]
            assert found == [expected] * 3


_ABOUT_SWAPS: tuple[Property, ...] = ("retargets", "not-optimal", "exceeds")


def test_negative_rewards() -> None:
    """theory.md's goal (0, -1, -5) shows what nonnegative is for: without it no swap of x retargets at 9/10."""
    given, phi = of_x("negative")
    gamma, theta = Fraction(9, 10), (Fraction(0), Fraction(-5), Fraction(-1))
    for kind in _ABOUT_SWAPS:
        assert isinstance(decide(given, kind, phi, gamma), NotAlways)
    assert counterexample(Asked(given, "retargets", phi), theta, gamma) is not None
    assert isinstance(decide(given, "nonnegative", identity(given.mdp), gamma), NotAlways)
    bounded = replace(given, goals=replace(given.goals, nonnegative=True))
    assert isinstance(decide(bounded, "not-optimal", phi, gamma), Always)


def fixed(twins: int, ties: str) -> tuple[Instance, tuple[int, ...]]:
    """Exits worth nothing, as many as said, and a shutdown that can pay: exchanged with s_new, all is worth nothing."""
    names = ["x", "y"][:twins]
    rows = {"new": {"off": {"term": 1}, **{f"to_{name}": {name: 1} for name in names}}}
    mdp = Mdp.from_dict(["new", "term", *names], rows)
    goals = Goals(inequalities=tuple(inequality(f"{name} = 0", mdp, "") for name in ["new", *names]))
    given = Instance(mdp, 0, 0, goals=goals, ties=ties)
    return given, swap(given, 0)


def test_ties() -> None:
    """Two states worth as much as shutdown after the swap: avoided under `uniform`, one only: a tie, so not avoided.

    Shutdown stays optimal in both cases, which is what `not-optimal` denies.
    """
    for twins, expected in ((1, NotAlways), (2, Always)):
        given, phi = fixed(twins, "uniform")
        answer = decide(given, "retargets", phi, HALF)
        assert isinstance(answer, expected)
        assert isinstance(decide(given, "not-optimal", phi, HALF), NotAlways)
        if isinstance(answer, Always):
            assert "only" in answer.proof
            check(given, "retargets", phi, HALF, HALF, answer.proof)
            with pytest.raises(Rejected):
                check(given, "not-optimal", phi, HALF, HALF, answer.proof)


@pytest.mark.parametrize("ties", ["uniform", "shutdown-last", "shutdown-first"])
def test_strict_is_about_ties_in_shutdowns_favour(ties: str) -> None:
    """theta = 0 ties everything; it counts as a preference for shutdown only where ties are broken that way."""
    given, _ = fixed(1, ties)
    answer = decide(given, "strict", identity(given.mdp), HALF)
    assert isinstance(answer, NotAlways if ties == "shutdown-first" else Always)


def test_no_alternatives() -> None:
    """Where A1 is empty shutdown is always preferred: no permutation retargets, and no `only` may hide it; no tie."""
    given = example("no-alternative")
    phi = swaps(given)[0]
    assert isinstance(decide(given, "retargets", phi, HALF), NotAlways)
    assert isinstance(decide(given, "not-optimal", phi, HALF), NotAlways)
    answer = decide(given, "strict", identity(given.mdp), HALF)
    assert isinstance(answer, Always)
    assert answer.proof == {"violations": []}


@pytest.mark.parametrize(
    "texts", [("x <= -1",), ("x < 0",), ("x = 1", "x = 2"), ("x < 1", "x > 1")], ids=["sign", "strict", "two", "gap"]
)
def test_empty_theta(texts: tuple[str, ...]) -> None:
    """Of no goal everything is true, and each property is proved."""
    given, phi = fixed(1, "shutdown-first")
    empty = tuple(inequality(text, given.mdp, "") for text in texts)
    given = replace(given, goals=Goals(nonnegative=True, inequalities=empty))
    for kind, moved in instances.questions(phi):
        answer = decide(given, kind, moved, HALF)
        assert isinstance(answer, Always), kind
        check(given, kind, moved, HALF, HALF, answer.proof)


def test_strict_inequalities_count() -> None:
    """0 < x keeps x from being 0, and 0 <= x does not."""
    given, _ = fixed(1, "shutdown-first")
    for text, expected in (("x > term", Always), ("x >= term", NotAlways)):
        goals = Goals(inequalities=(inequality(text, given.mdp, ""),))
        answer = decide(replace(given, goals=goals), "strict", identity(given.mdp), HALF)
        assert isinstance(answer, expected)


def test_bound_on_work() -> None:
    """With too few linear programs the answer is Undecided, and says how many there were."""
    given, phi = of_x("training-leak-closed")
    assert decide(given, "retargets", phi, HALF, most=0) == Undecided("not settled after 0 linear programs")


def test_refused() -> None:
    """No permutation, no discount, no permutation where there is none to ask about."""
    given = example("ring")
    with pytest.raises(NotAGoalSet):
        decide(given, "stays", (0, 0, 1), HALF)
    with pytest.raises(NotAGoalSet):
        decide(given, "nonnegative", swaps(given)[0], HALF)
    with pytest.raises(NotADiscount):
        decide(given, "stays", (0, 1, 2), Fraction(1))
