"""Def. 4 on all of (0, 1): n grows at the thresholds of theory.md's table, and each step holds inside it."""

from __future__ import annotations

from fractions import Fraction

from exact.permutation import swap
from proofs.search.linear.asking import Asking
from proofs.search.linear.pieces import NARROW
from proofs.search.linear.retarget import retargeting
from proofs.search.linear.throughout import throughout
from tests.proofs.search.linear.instances import example

HALF = Fraction(1, 2)


def test_corridor() -> None:
    """Swaps of r1 and r2: one works everywhere, both from gamma°_r2 = 1/2 on; each step is what one gamma says."""
    given, told = example("corridor-3"), list[str]()
    phis = [swap(given, given.mdp.state(name)) for name in ("r1", "r2")]
    found = throughout(given, [*phis, phis[0]], told.append)
    steps = [step for step in found.steps() if step.high - step.low > NARROW]
    assert [step.permutations for step in steps] == [(phis[0],), tuple(phis)]
    assert [steps[0].low, steps[-1].high] == [0, 1]
    assert steps[0].high <= HALF <= steps[1].low
    for step in steps:
        assert retargeting(Asking(given, (step.low + step.high) / 2), phis).permutations == step.permutations
    assert len(told) == 3


def test_nothing_to_ask() -> None:
    """No permutation: n is 0 on all of (0, 1)."""
    (step,) = throughout(example("ring"), []).steps()
    assert [step.low, step.high, len(step.permutations)] == [0, 1, 0]
