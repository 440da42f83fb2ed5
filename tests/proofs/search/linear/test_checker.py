"""The second reading of FORMAT.md rejects what it should: otherwise its acceptance would mean nothing."""

from __future__ import annotations

import copy
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from exact.instance import Instance
from exact.permutation import identity
from proofs.search.linear.asked import Always, Property
from proofs.search.linear.decide import decide
from proofs.search.linear.pieces import pieces
from tests.proofs.search.linear.checker import Rejected, check
from tests.proofs.search.linear.instances import example, swaps

GIVEN = example("corridor-3")
PHI = next(phi for phi in swaps(GIVEN) if phi[GIVEN.mdp.state("r2")] == GIVEN.s_term)
GAMMA = Fraction(3, 5)
ANSWER = decide(GIVEN, "retargets", PHI, GAMMA)


def negative(rows: list[Any]) -> None:
    rows[0][1] = ["-1"]


def twice(rows: list[Any]) -> None:
    rows.append(rows[0])


def missing(rows: list[Any]) -> None:
    rows.pop()


def nothing(rows: list[Any]) -> None:
    rows.clear()


def unknown(rows: list[Any]) -> None:
    rows[0][0] = ["tight", "goal", "r1", "go"]


def trailing_zero(rows: list[Any]) -> None:
    rows[0][1] = [rows[0][1][0], "0"]


@pytest.mark.parametrize("attack", [negative, twice, missing, nothing, unknown, trailing_zero])
def test_broken_leaf(attack: Callable[[list[Any]], None]) -> None:
    """A leaf with one thing wrong."""
    assert isinstance(ANSWER, Always)
    proof = copy.deepcopy(ANSWER.proof)
    check(GIVEN, "retargets", PHI, GAMMA, GAMMA, proof)
    attack(proof["multipliers"])
    with pytest.raises(Rejected):
        check(GIVEN, "retargets", PHI, GAMMA, GAMMA, proof)


@pytest.mark.parametrize("tree", [{"split": ["goal", "term"], "cases": {}}, {"only": {}}, {"violations": []}])
def test_no_cases(tree: dict[str, Any]) -> None:
    """A node without children proves nothing."""
    with pytest.raises(Rejected):
        check(GIVEN, "retargets", PHI, GAMMA, GAMMA, tree)


def test_another_gamma_or_claim() -> None:
    """A proof at one gamma is none at another, on an interval, or of another permutation."""
    assert isinstance(ANSWER, Always)
    for phi, low, high in (
        (PHI, Fraction(1, 3), Fraction(1, 3)),
        (PHI, GAMMA, Fraction(1)),
        (swaps(GIVEN)[0], GAMMA, GAMMA),
    ):
        with pytest.raises(Rejected):
            check(GIVEN, "retargets", phi, low, high, ANSWER.proof)


def test_beyond_the_interval() -> None:
    """A proof on [a, 1] does not reach below gamma°_x = 1/2."""
    found = [p for p in pieces(GIVEN, "retargets", PHI, GAMMA) if isinstance(p.answer, Always)]
    assert isinstance(found[0].answer, Always)
    with pytest.raises(Rejected):
        check(GIVEN, "retargets", PHI, Fraction(1, 4), found[0].high, found[0].answer.proof)


def of_theta(kind: Property) -> tuple[Instance, Any]:
    """corridor, with a proof of a property of Theta alone that may be spoiled."""
    answer = decide(GIVEN, kind, identity(GIVEN.mdp), GAMMA)
    assert isinstance(answer, Always)
    return GIVEN, copy.deepcopy(answer.proof)


def without_one(ways: list[Any]) -> None:
    ways.pop()


def one_twice(ways: list[Any]) -> None:
    ways[1] = ways[0]


def of_another(ways: list[Any]) -> None:
    ways[0][1], ways[1][1] = ways[1][1], ways[0][1]


def by_preference(ways: list[Any]) -> None:
    """A goal that does not prefer shutdown may be negative all the same."""
    ways[0][1]["multipliers"] = [[["prefers", "go"], ["1"]], *ways[0][1]["multipliers"]]


@pytest.mark.parametrize("attack", [without_one, one_twice, of_another, by_preference])
def test_broken_violations(attack: Callable[[list[Any]], None]) -> None:
    """Each violation once, with its own row, and no row that speaks of other goals."""
    given, proof = of_theta("nonnegative")
    check(given, "nonnegative", identity(given.mdp), GAMMA, GAMMA, proof)
    attack(proof["violations"])
    with pytest.raises(Rejected):
        check(given, "nonnegative", identity(given.mdp), GAMMA, GAMMA, proof)


@pytest.mark.parametrize("other", ["strict", "stays", "exceeds", "never-both"])
def test_another_property(other: str) -> None:
    """A proof of `nonnegative` is none of anything else."""
    given, proof = of_theta("nonnegative")
    with pytest.raises(Rejected):
        check(given, other, identity(given.mdp), GAMMA, GAMMA, proof)
