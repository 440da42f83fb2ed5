"""docs/orbits.md: every MDP at every discount, and what is quick to compute again is what stands there."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exact.digits import exact_text
from tests.benchmarks.orbits import CASES, GAMMAS, HEAD, PAGE, row

QUICK = [(name, gamma) for name in ("corridor-2", "star-3", "ring", "retry") for gamma in GAMMAS[:2]]


def lines() -> list[str]:
    """The table without its head."""
    return PAGE.read_text("utf-8").split(HEAD)[1].splitlines()


def test_every_mdp_at_every_discount() -> None:
    cells = [tuple(line.split(" | ")[:2]) for line in lines()]
    assert cells == [(f"| {name}", exact_text(gamma)) for name in CASES for gamma in GAMMAS]


@pytest.mark.parametrize(("name", "gamma"), QUICK)
def test_rows_are_what_is_computed(name: str, gamma: Fraction) -> None:
    assert row(name, gamma) in lines()


def test_shares_of_stars_by_their_formula() -> None:
    table = {tuple(line.strip("| ").split(" | ")[:2]): line.split(" | ")[8] for line in lines()}
    for k in (3, 4):
        for gamma in GAMMAS:
            assert table[f"star-{k}", exact_text(gamma)] == exact_text((1 - gamma) ** k / (k + 1))
