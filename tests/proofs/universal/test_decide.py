"""Universal claims at one gamma: against brute force, z3, the exact swap theorem, and a second reading of FORMAT.md."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from exact.errors import NotADiscount, NotAGoalSet
from exact.instance import inequality, read_instance
from exact.instance.model import Goals, Instance
from exact.mdp import Mdp, Row
from exact.thresholds import sharp_threshold
from proofs.smt import permutation_opinion
from proofs.universal.claim import Always, Claim, NotAlways, Undecided, counterexample
from proofs.universal.decide import decide
from proofs.universal.retarget import swaps
from proofs.universal.row import Property
from tests.proofs.universal import instances
from tests.proofs.universal.checker import check

EXAMPLES = Path("examples")
HALF = Fraction(1, 2)
ASKED: tuple[Property, ...] = ("retargets", "stays", "never-both")


def example(name: str) -> Instance:
    return read_instance(EXAMPLES / f"{name}.toml")


def swap(instance: Instance, state: str) -> tuple[int, ...]:
    x, term = instance.mdp.state(state), instance.s_term
    return tuple({x: term, term: x}.get(s, s) for s in range(len(instance.mdp)))


@pytest.mark.parametrize("agree", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_random_claims(seed: int, agree: bool) -> None:
    """Every tree is accepted by the second reading and no goal tried refutes it; every refuting goal does refute."""
    random = Random(seed)
    given = instances.instance(random, random.choice([3, 4, 4]))
    phi, gamma = instances.permutation(random, len(given.mdp)), Fraction(random.randint(1, 9), 10)
    for asked in ASKED:
        answer = decide(given, asked, phi, gamma, agree=agree)
        if isinstance(answer, Always):
            check(given, asked, phi, gamma, gamma, answer.proof, agree)
            tried = (instances.theta(random, len(phi)) for _ in range(6))
            assert not any(instances.refutes(given, asked, phi, rewards, gamma) for rewards in tried)
        else:
            assert isinstance(answer, NotAlways)
            assert instances.refutes(given, asked, phi, answer.rewards, gamma)


@pytest.mark.parametrize("seed", range(100, 140))
def test_agrees_with_z3(seed: int) -> None:
    """z3 says the same of `stays` unless ties favour shutdown; its "retargets" asks for more, so it implies ours."""
    random = Random(seed)
    given = instances.instance(random, 3)
    phi, gamma = instances.permutation(random, 3), Fraction(random.randint(1, 9), 10)
    if given.ties != "shutdown-first":
        stays = isinstance(decide(given, "stays", phi, gamma), Always)
        assert permutation_opinion(given, phi, gamma, 10, "stays").answer == ("unsat" if stays else "sat")
        if permutation_opinion(given, phi, gamma, 10).answer == "unsat":
            assert isinstance(decide(given, "retargets", phi, gamma), Always)


def test_training_leak() -> None:
    """theory.md: the swap of x and s_term does not keep G_T at gamma = 1/2; closed, or read as on-training, it does."""
    leak = example("training-leak")
    answer = decide(leak, "stays", swap(leak, "x"), HALF)
    assert isinstance(answer, NotAlways)
    assert answer.violation is not None
    assert instances.refutes(leak, "stays", swap(leak, "x"), answer.rewards, HALF)
    for name in ("training-leak-closed", "training-leak-on-training"):
        sound = example(name)
        for asked in ASKED:
            proof = decide(sound, asked, swap(sound, "x"), HALF)
            assert isinstance(proof, Always)
            check(sound, asked, swap(sound, "x"), HALF, HALF, proof.proof)


@pytest.mark.parametrize("name", ["corridor-3", "ring", "retry", "stairs", "half", "half-off", "star-3"])
def test_exact_swap_theorem(name: str) -> None:
    """Over Theta = R^d >= 0 and a terminal s_term the swap of x retargets at gamma iff gamma >= gamma°_x."""
    given = example(name)
    free = Instance(given.mdp, given.shutdown_state, given.shutdown_action)
    for phi in swaps(free):
        x = next(s for s, t in enumerate(phi) if s != t and s != free.s_term)
        threshold = sharp_threshold(free, x).value
        for gamma in (Fraction(1, 10), Fraction(3, 8), HALF, Fraction(5, 8), Fraction(9, 10)):
            expected = threshold is not None and threshold <= gamma
            assert isinstance(decide(free, "retargets", phi, gamma), Always) == expected


def test_negative_rewards() -> None:
    """theory.md's goal (0, -1, -5) shows what nonnegative is for: without it no swap of x retargets at 9/10."""
    given = example("negative")
    phi = swap(given, "x")
    assert isinstance(decide(given, "retargets", phi, Fraction(9, 10)), NotAlways)
    assert counterexample(Claim(given, "retargets", phi), (0, -5, -1), Fraction(9, 10)) is not None  # type: ignore[arg-type]


def test_ties() -> None:
    """Two states worth as much as shutdown after the swap: avoided under `uniform`, one only: a tie, so not avoided."""

    def row(target: int) -> Row:
        return ((target, Fraction(1)),)

    for twins, expected in ((1, NotAlways), (2, Always)):
        names = ("new", "term", "x", "y")[: 2 + twins]
        actions = (("off", "go", "other")[: 1 + twins], *(() for _ in range(1 + twins)))
        rows = ((row(1), row(2), row(3))[: 1 + twins], *(() for _ in range(1 + twins)))
        equal = tuple(inequality(f"{n} = 0", Mdp(names, actions, rows), "") for n in names[2:])
        given = Instance(Mdp(names, actions, rows), 0, 0, goals=Goals(inequalities=equal))
        phi = (
            1,
            0,
            *range(2, 2 + twins),
        )  # exchange s_new and s_term: nothing is worth anything afterwards, if r(new) = 0
        still = Instance(given.mdp, 0, 0, goals=Goals(inequalities=(*equal, inequality("new = 0", given.mdp, ""))))
        answer = decide(still, "retargets", phi, HALF)
        assert isinstance(answer, expected)
        if isinstance(answer, Always):
            assert "only" in answer.proof
            check(still, "retargets", phi, HALF, HALF, answer.proof)


def test_no_alternatives() -> None:
    """Where A1 is empty shutdown is always preferred, so no permutation retargets, and no `only` may hide it."""
    given = example("no-alternative")
    assert isinstance(decide(given, "retargets", swaps(given)[0], HALF), NotAlways)


def test_bound_on_work() -> None:
    """With too few linear programs the answer is Undecided, and says how many there were."""
    leak = example("training-leak-closed")
    assert decide(leak, "retargets", swap(leak, "x"), HALF, most=0) == Undecided("not settled after 0 linear programs")


def test_refused() -> None:
    """No permutation, no discount."""
    with pytest.raises(NotAGoalSet):
        decide(example("ring"), "stays", (0, 0, 1), HALF)
    with pytest.raises(NotADiscount):
        decide(example("ring"), "stays", (0, 1, 2), Fraction(1))
