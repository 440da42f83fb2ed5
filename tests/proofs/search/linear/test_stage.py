"""The questions that `verify` asks, and instances that went wrong once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from exact.instance import Goals, Instance, inequality
from exact.linear import System, check_farkas
from exact.mdp import Mdp
from exact.permutation import swap
from proofs.search.linear.against import violations
from proofs.search.linear.asked import Always, Asked, NotAlways
from proofs.search.linear.asking import Asking
from proofs.search.linear.relaxation import Branch, Relaxation
from proofs.search.linear.stage import PROP_3, prop3, survivor, theta_property, vacuity
from proofs.search.linear.whole import everywhere
from tests.proofs.search.linear import instances
from tests.proofs.search.linear.checker import check
from tests.proofs.search.linear.defects import defect
from tests.proofs.search.linear.instances import example

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)


def gamma_of(given: Instance) -> Fraction:
    assert given.question.gamma is not None
    return given.question.gamma


def prop3_of(given: Instance, state: str) -> list[str]:
    """The names of the answers, each checked."""
    x, gamma = given.mdp.state(state), gamma_of(given)
    answers = prop3(Asking(given, gamma), x)
    for kind, answer in answers.items():
        if isinstance(answer, Always):
            check(given, kind, swap(given, x), gamma, gamma, answer.proof)
        elif isinstance(answer, NotAlways):
            assert instances.refutes(given, kind, swap(given, x), answer.rewards, gamma)
    return [type(answers[kind]).__name__ for kind in ("not-optimal", "exceeds")]


@pytest.mark.parametrize(
    ("name", "nonnegative", "strict"),
    [("nn1", False, True), ("nn3", False, True), ("nn4", True, True), ("tie1", True, False)],
)
@pytest.mark.parametrize("anywhere", [False, True])
def test_hypotheses_on_theta(name: str, nonnegative: bool, strict: bool, anywhere: bool) -> None:
    """Once unknown, all linear: proved, also for every gamma at once, or refuted with a goal."""
    given = defect(name)
    gamma, phi = None if anywhere else gamma_of(given), tuple(range(len(given.mdp)))
    for kind, expected in (("nonnegative", nonnegative), ("strict", strict)):
        answer = theta_property(given, kind, gamma)  # type: ignore[arg-type]
        assert isinstance(answer, Always if expected else NotAlways)
        if isinstance(answer, Always):
            check(given, kind, phi, *((ZERO, ONE) if gamma is None else (gamma, gamma)), answer.proof)
        elif isinstance(answer, NotAlways):
            assert instances.refutes(given, kind, phi, answer.rewards, answer.gamma)


def test_prop3_where_ties_avoid_shutdown() -> None:
    """p3: off, go and walk are all worth -9 after the swap: retargeted, but shutdown is optimal."""
    given = defect("p3")
    phi = swap(given, given.mdp.state("x"))
    assert isinstance(Asking(given, gamma_of(given))("retargets", phi), Always)
    assert prop3_of(given, "x") == ["NotAlways", "Always"]


def test_prop3_where_the_state_pays_more() -> None:
    """p3b2: shutdown is not optimal after the swap, but r(s_term) = 1 < r(m0) = 10."""
    assert prop3_of(defect("p3b2"), "m0") == ["Always", "NotAlways"]


def test_prop3_beyond_a_threshold() -> None:
    """corridor: the swap of r2 is proved from 1/2 on, closed there, as one claim; on all of (0, 1) it is refuted."""
    given = example("corridor-3")
    r2 = given.mdp.state("r2")
    for kind in PROP_3:
        answer = everywhere(given, kind, swap(given, r2), HALF, ONE)
        assert isinstance(answer, Always)
        check(given, kind, swap(given, r2), HALF, ONE, answer.proof)
    for answer in prop3(Asking(given, None), r2).values():
        assert isinstance(answer, NotAlways)
        assert answer.gamma < HALF


def test_vacuity() -> None:
    """Some goal of nn4 prefers shutdown; where x, which loops, pays more than s_term, none does."""
    given = defect("nn4")
    assert isinstance(vacuity(given, HALF), NotAlways)
    rich = (*given.goals.inequalities, inequality("x >= term + 1", given.mdp, ""))
    never = replace(given, goals=replace(given.goals, inequalities=rich))
    for gamma in (HALF, None):
        answer = vacuity(never, gamma)
        assert isinstance(answer, Always)
        check(never, "never-both", (0, 1, 2), answer.low, answer.high, answer.proof)


def test_survivor() -> None:
    """training-leak: the swap of x leaves Theta; where that is ruled out, nothing survives at 1/2."""
    given = example("training-leak")
    x = given.mdp.state("x")
    found = survivor([Asking(given, HALF)], x)
    assert found is not None
    assert found.decision == "avoid"
    assert found.violation is not None
    assert survivor([Asking(given, HALF)], x, kept=True) is None


def test_many_states_are_no_work() -> None:
    """300 states that must be nonnegative, by the goals or by an inequality each, take no linear program."""
    names = ["new", "term", *(f"x{k}" for k in range(300))]
    mdp = Mdp.from_dict(names, {"new": {"off": {"term": 1}, "go": {"x0": 1}}})
    bounds = tuple(inequality(f"{name} >= 0", mdp, "") for name in names)
    for goals in (Goals(), Goals(nonnegative=False, inequalities=bounds)):
        for gamma in (HALF, None):
            answer = theta_property(Instance(mdp, 0, 0, goals=goals), "nonnegative", gamma)
            assert isinstance(answer, Always)
            assert answer.lps == 0


@pytest.mark.parametrize(
    ("text", "refused"),
    [("2*x >= -1", False), ("x > 0", True), ("3*x = 1", True), ("x = -1", False), ("x <= 3", False), ("x >= 0", True)],
)
def test_one_row_says_the_opposite(text: str, refused: bool) -> None:
    """x < 0 is seen to be impossible at once, by numbers that add up, iff one row alone excludes it."""
    given = defect("nn4")
    given = replace(given, goals=Goals(nonnegative=False, inequalities=(inequality(text, given.mdp, ""),)))
    relaxation = Relaxation(Asked(given, "nonnegative", (0, 1, 2)), HALF)
    violation = next(v for v in violations(relaxation.space, "nonnegative") if v.row.name == ("negative", "x"))
    found = relaxation.at_once(Branch(violation=violation))
    assert (found is not None) == refused
    if found is not None:
        system = System(3, tuple(row.at(HALF) for row, _ in found.multipliers))
        check_farkas(system, {i: y for i, (_, y) in enumerate(found.multipliers)})
        assert all(y.denominator == 1 for _, y in found.multipliers)
