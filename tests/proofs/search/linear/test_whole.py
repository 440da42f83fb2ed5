"""One proof for a whole interval: accepted all over it by the second reading; else a goal that refutes somewhere."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import get_args

import pytest

from exact.errors import NotADiscount
from exact.instance import Instance, inequality
from exact.instance.model import Goals
from exact.permutation import Permutation, identity, swap
from proofs.claims.accepted import joined
from proofs.search.linear import whole
from proofs.search.linear.asked import Always, Asked, NotAlways, Property, Undecided
from proofs.search.linear.decide import decide
from proofs.search.linear.relaxation import Branch, Relaxation
from proofs.search.linear.spread import spread
from proofs.search.linear.whole import everywhere
from tests.proofs.search.linear import instances
from tests.proofs.search.linear.checker import check
from tests.proofs.search.linear.defects import defect
from tests.proofs.search.linear.instances import example

ZERO, ONE = Fraction(0), Fraction(1)
SAMPLES = [Fraction(n, 20) for n in (1, 5, 10, 15, 19)]


def covers(given: Instance, kind: Property, phi: Permutation, answer: Always, low: Fraction, high: Fraction) -> None:
    """Each tree proves it on its interval; together these are the one that was asked about."""
    parts = (answer, *answer.more)
    for part in parts:
        check(given, kind, phi, part.low, part.high, part.proof)
    assert joined((part.low, part.high) for part in parts) == [(low, high)]


@pytest.mark.parametrize("seed", range(40))
def test_random_questions(seed: int) -> None:
    """Proofs hold on the interval and agree with every gamma tried; a goal refutes at its gamma; else no proof."""
    random = Random(seed)
    given = instances.instance(random, 3)
    phi, kind = instances.permutation(random, 3), random.choice(get_args(Property))
    moved = dict(instances.questions(phi))[kind]
    low, high = random.choice([(ZERO, ONE), (ZERO, ONE), (ZERO, Fraction(1, 2)), (Fraction(1, 3), ONE), SAMPLES[1:3]])
    answer = everywhere(given, kind, moved, low, high, 60)
    if isinstance(answer, Always):
        covers(given, kind, moved, answer, low, high)
        inside = [gamma for gamma in SAMPLES if low <= gamma <= high]
        assert all(isinstance(decide(given, kind, moved, gamma), Always) for gamma in inside)
    elif isinstance(answer, NotAlways):
        assert low <= answer.gamma <= high
        assert instances.refutes(given, kind, moved, answer.rewards, answer.gamma)


def test_few_are_undecided() -> None:
    """Of the properties that hold at every gamma tried, nearly all are proved for all of them at once."""
    undecided = asked = 0
    for seed in range(300, 330):
        random = Random(seed)
        given = instances.instance(random, 3)
        for kind, phi in instances.questions(instances.permutation(random, 3)):
            answer = everywhere(given, kind, phi, most=60)
            asked, undecided = asked + 1, undecided + isinstance(answer, Undecided)
    assert undecided <= asked // 50


@pytest.mark.parametrize("reading", ["immediate", "return"])
def test_gamma_does_not_matter(reading: str) -> None:
    """Without training, or with the reading `immediate`: constant multipliers, at once if bounds say it."""
    given = defect("nn4") if reading == "return" else example("training-leak")
    goals = replace(given.goals, reading=reading, nonnegative=False)
    bounds = tuple(inequality(f"{name} >= 0", given.mdp, "") for name in given.mdp.states)
    given = replace(given, goals=replace(goals, inequalities=bounds))
    answer = everywhere(given, "nonnegative", identity(given.mdp))
    assert isinstance(answer, Always)
    assert answer.lps == 0
    assert all(len(factor) == 1 for _, leaf in answer.proof["violations"] for _, factor in leaf["multipliers"])
    check(given, "nonnegative", identity(given.mdp), ZERO, ONE, answer.proof)


def test_trained_to_be_nonnegative() -> None:
    """Training can say it: x >= 0 follows from staying at x being no worse than an end worth nothing."""
    given = example("training-leak")
    zero = tuple(inequality(f"{name} = 0", given.mdp, "") for name in given.mdp.states if name != "t")
    sure = replace(given, goals=Goals("return", "weak", False, zero))
    answer = everywhere(sure, "nonnegative", identity(given.mdp))
    assert isinstance(answer, Always)
    check(sure, "nonnegative", identity(given.mdp), ZERO, ONE, answer.proof)
    untrained = replace(sure, training=frozenset(), trained={})
    assert isinstance(everywhere(untrained, "nonnegative", identity(given.mdp)), NotAlways)


@pytest.mark.parametrize(("seed", "kind"), [(457, "retargets"), (476, "never-both"), (482, "never-both")])
def test_multipliers_by_one_program(seed: int, kind: Property, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no multipliers of one gamma hold on all of (0, 1), those of the one linear program do; else it is cut."""
    random = Random(seed)
    given = instances.instance(random, 3)
    phi = instances.permutation(random, 3)
    answer = everywhere(given, kind, phi)
    assert isinstance(answer, Always)
    assert not answer.more
    check(given, kind, phi, ZERO, ONE, answer.proof)
    monkeypatch.setattr(whole, "spread", lambda *_: None)
    pieced = everywhere(given, kind, phi)
    assert isinstance(pieced, Always)
    assert pieced.more
    covers(given, kind, phi, pieced, ZERO, ONE)
    monkeypatch.setattr(whole, "MOST_PIECES", 1)
    assert isinstance(everywhere(given, kind, phi), Undecided)


def test_no_multipliers_where_there_is_a_goal() -> None:
    """corridor: the swap of r2 fails below 1/2, so nothing is found on an interval that goes there; above it is."""
    given = example("corridor-3")
    asked = Asked(given, "retargets", swap(given, given.mdp.state("r2")))
    rows = Relaxation(asked, Fraction(3, 4)).rows_of(Branch())
    assert spread(rows, ZERO, ONE) is None
    assert spread(rows, Fraction(49, 100), ONE) is None
    for low, high in ((Fraction(1, 2), ONE), (Fraction(1, 2), Fraction(3, 4))):
        found = spread(rows, low, high)
        assert found is not None
        assert found.refutes(low, high)


def test_refused() -> None:
    """No interval."""
    given = example("ring")
    with pytest.raises(NotADiscount):
        everywhere(given, "stays", (0, 1, 2), Fraction(1, 2), Fraction(1, 2))
