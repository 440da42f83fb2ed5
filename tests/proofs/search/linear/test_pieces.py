"""Properties on all of (0, 1): the stretches cover it, proofs are accepted, goals refute all over theirs."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from exact.errors import NotADiscount
from exact.instance.model import Instance
from exact.thresholds import sharp_threshold
from proofs.search.linear.asked import Always, NotAlways
from proofs.search.linear.pieces import NARROW, Open, Stretch, pieces
from tests.proofs.search.linear import instances
from tests.proofs.search.linear.checker import check
from tests.proofs.search.linear.instances import example, swaps


def checked(given: Instance, asked: str, phi: tuple[int, ...], found: list[Stretch]) -> None:
    place = Fraction(0)
    for piece in found:
        assert piece.low == place <= piece.high
        place, answer = piece.high, piece.answer
        if isinstance(answer, Always):
            assert (answer.low, answer.high) == (piece.low, piece.high)
            check(given, asked, phi, piece.low, piece.high, answer.proof)
        elif isinstance(answer, NotAlways):
            assert piece.low <= answer.gamma <= piece.high
            shares = (Fraction(1, 100), Fraction(1, 3), Fraction(99, 100)) if piece.throughout else ()
            inside = [piece.low + share * (piece.high - piece.low) for share in shares]
            assert all(instances.refutes(given, asked, phi, answer.rewards, g) for g in (answer.gamma, *inside))
    assert place == 1


@pytest.mark.parametrize("seed", range(40))
def test_random_claims(seed: int) -> None:
    """Whatever the instance: all of (0, 1) is accounted for, and everything said about it is true."""
    random = Random(seed)
    given = instances.instance(random, 3)
    asked, phi = random.choice(instances.questions(instances.permutation(random, 3)))
    checked(given, asked, phi, pieces(given, asked, phi, most_pieces=12))


@pytest.mark.parametrize(
    ("name", "state"), [("corridor-3", "r2"), ("corridor-3", "r3"), ("retry", "x"), ("stairs", "m")]
)
def test_sharp_threshold_is_found(name: str, state: str) -> None:
    """The swap of x retargets from gamma°_x on: what is open is narrow and holds gamma°_x; below all is refuted."""
    given = example(name)
    x = given.mdp.state(state)
    threshold = sharp_threshold(given, x).value
    assert threshold is not None
    phi = next(phi for phi in swaps(given) if phi[x] == given.s_term)
    found = pieces(given, "retargets", phi)
    checked(given, "retargets", phi, found)
    for piece in found:
        if isinstance(piece.answer, Open):
            assert piece.high - piece.low <= NARROW
        elif isinstance(piece.answer, Always):
            assert threshold <= piece.low
        else:
            assert threshold >= piece.high or threshold > piece.answer.gamma
    assert isinstance(found[-1].answer, Always)


def test_part_of_the_interval() -> None:
    """On (1/2, 1) alone, closed at 1/2: one proof with polynomial multipliers."""
    given = example("corridor-3")
    phi = next(phi for phi in swaps(given) if phi[given.mdp.state("r1")] == given.s_term)
    (piece,) = pieces(given, "retargets", phi, Fraction(1, 2))
    assert isinstance(piece.answer, Always)
    check(given, "retargets", phi, Fraction(1, 2), Fraction(1), piece.answer.proof)


def test_refused() -> None:
    """No interval."""
    given = example("ring")
    with pytest.raises(NotADiscount):
        pieces(given, "stays", (0, 1, 2), Fraction(1, 2), Fraction(1, 2))
