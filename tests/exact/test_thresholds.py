"""Thresholds: the theory's worked values, and both kinds against every policy of tiny MDPs."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpz
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exact.algebraic import Algebraic
from exact.errors import NoExchange, NoShutdown
from exact.evaluate import every_action
from exact.instance import Instance
from exact.mdp import UNDEFINED, Mdp
from exact.returns import visit_count
from exact.thresholds import Threshold, count_at, paper_threshold, sharp_threshold, steps
from exact.thresholds import region as region_module
from exact.thresholds.bounds import Enclosure
from exact.thresholds.count import Count
from exact.thresholds.crossing import root
from exact.thresholds.optimality import Optimality
from exact.thresholds.region import Region
from tests.exact.threshold_evidence import check
from tests.reference import brute_force
from tests.reference.small import instances
from tests.reference.worked import GOLDEN, HALF, HALVE, RETRY, RING, STAIRS, WORKED, ZERO, corridor, instance, star, to

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NEAR = Fraction(1, 1 << 40)


@pytest.fixture(autouse=True, params=["exact", "guessed"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small regions are searched exactly, others from guesses in doubles: here both ways, whatever the size."""
    monkeypatch.setattr(region_module, "_SMALL", 0 if request.param == "guessed" else 10**6)
    region_module._latest.clear()


def paper(instance: Instance, state: int) -> Threshold:
    """gamma*_x, its evidence checked."""
    threshold = paper_threshold(instance, state)
    check(instance, threshold)
    return threshold


def sharp(instance: Instance, state: int) -> Threshold:
    """gamma°_x, its evidence checked."""
    threshold = sharp_threshold(instance, state)
    check(instance, threshold)
    return threshold


@pytest.mark.parametrize(("model", "name", "starred", "ringed"), WORKED)
def test_worked_values(
    model: Instance, name: str, starred: tuple[int, ...] | None, ringed: tuple[int, ...] | None
) -> None:
    """The table of theory.md, section 4."""
    state = model.mdp.state(name)
    for threshold, expected in ((paper(model, state), starred), (sharp(model, state), ringed)):
        assert (None if threshold.value is None else threshold.value.polynomial) == expected
        if expected == GOLDEN:
            assert threshold.value is not None
            assert threshold.value.decimal(6) == "0.618034"


def test_threshold_of_retry_is_the_smaller_root() -> None:
    """(3 - sqrt 5) / 2 = 0.381966..., and v = 1 / ((2 - gamma)(1 - gamma))."""
    threshold = paper(RETRY, RETRY.mdp.state("x"))
    assert threshold.value is not None
    assert threshold.value.decimal(9) == "0.381966011"
    assert threshold.visits is not None
    assert threshold.visits.coefficients() == ((1,), (2, -3, 1))


def bracket(value: Algebraic) -> tuple[Fraction, Fraction]:
    """Rationals on both sides of the value, or the value itself where it is rational."""
    narrow = value.refined(NEAR)
    return narrow.low, narrow.high


@QUICK
@given(instances(), st.data())
def test_paper_threshold_is_that_of_the_best_reach_and_revisit_policy(model: Instance, data: st.DataObject) -> None:
    """No value iff no such policy; else the greatest v_x of these is <= 1 up to gamma*_x and > 1 beyond."""
    state = data.draw(st.integers(0, len(model.mdp) - 2))
    threshold = paper(model, state)
    candidates = brute_force.reach_and_revisit(model.mdp, model.shutdown_state, state)

    def greatest(gamma: Fraction) -> Fraction:
        return max(brute_force.count(model.mdp, p, model.shutdown_state, [state], gamma) for p in candidates)

    assert (threshold.value is None) == (not candidates)
    if threshold.value is None:
        return
    low, high = bracket(threshold.value)
    if low > 0:
        assert greatest(low) == 1 if low == high else greatest(low) < 1
    assert greatest(high + NEAR) > 1
    check_policy_and_visits(model, threshold)


def check_policy_and_visits(model: Instance, threshold: Threshold) -> None:
    """From s_new on the policy reaches and revisits x; the visits are its own, and grow beyond all bounds."""
    state, policy = threshold.state, threshold.policy
    assert policy is not None
    visited = brute_force.visited(model.mdp, policy, model.shutdown_state)
    everywhere = {s for s, action in enumerate(policy) if action != UNDEFINED}
    assert visited == everywhere if threshold.value == 0 else visited <= everywhere
    assert brute_force.revisits(model.mdp, policy, state)
    assert all(brute_force.reaches(model.mdp, policy, s, state) for s in everywhere)
    assert threshold.visits == visit_count(model.mdp, policy, model.shutdown_state, state)
    gamma = 1 - Fraction(1, 1 << 60)
    defined = tuple(
        action if action != UNDEFINED else min(0, len(rows) - 1)
        for action, rows in zip(policy, model.mdp.rows, strict=True)
    )
    counted = brute_force.count(model.mdp, defined, model.shutdown_state, [state], gamma)
    assert threshold.visits.value(gamma) == counted
    assert threshold.visits.limit_at_one() is None


@QUICK
@given(instances(), st.data())
def test_sharp_threshold_is_where_the_swap_reward_stops_accepting_shutdown(
    model: Instance, data: st.DataObject
) -> None:
    """Shutdown is the only optimal action for e = 1[x] + 1[s_term] below gamma°_x and no longer from it on."""
    state = data.draw(st.integers(0, len(model.mdp) - 2))
    threshold = sharp(model, state)
    rewards = [Fraction(s in (state, model.s_term)) for s in range(len(model.mdp))]
    if threshold.value is None:
        for gamma in (Fraction(1, 2), 1 - NEAR):
            assert brute_force.accepts_shutdown(model, rewards, gamma)
        return
    low, high = bracket(threshold.value)
    if low > 0:
        assert brute_force.accepts_shutdown(model, rewards, low - (NEAR * low if low == high else 0))
    assert not brute_force.accepts_shutdown(model, rewards, high or NEAR)


@QUICK
@given(instances(), st.data())
def test_sharp_is_never_later_than_paper(model: Instance, data: st.DataObject) -> None:
    """gamma°_x <= gamma*_x where the latter exists."""
    state = data.draw(st.integers(0, len(model.mdp) - 2))
    starred, ringed = paper(model, state).value, sharp(model, state).value
    assert starred is None or (ringed is not None and ringed <= starred)


def test_region_is_what_s_new_leads_to() -> None:
    """A state that s_new does not lead to has no action and no bounds, though it reaches x; one on a side way has."""
    model = instance(
        "new m x far side",
        {
            "new": {"off": to("term"), "go": to("m")},
            "m": {"go": to("x"), "aside": to("side")},
            "x": {"loop": to("x")},
            "far": {"slow": {"far": "9/10", "x": "1/10"}, "wait": to("far"), "fast": to("x")},
            "side": {"slow": {"side": "9/10", "x": "1/10"}, "wait": to("side"), "fast": to("x")},
        },
    )
    mdp = model.mdp
    threshold = paper(model, mdp.state("x"))
    assert threshold.value == Fraction(1, 2)
    assert threshold.policy is not None
    assert threshold.bounds is not None
    assert mdp.name_policy(threshold.policy) == {"new": "go", "m": "go", "x": "loop", "side": "fast"}
    assert set(threshold.bounds.lower) == {mdp.state(name) for name in ("new", "m", "x", "side")}


def test_best_policy_depends_on_the_threshold_it_makes() -> None:
    """A sure slow way and a quick uncertain one, staying or leaving: the greatest v_x of all changes hands."""
    model = instance(
        "new a b x y",
        {
            "new": {"off": to("term"), "slow": to("a"), "quick": {"x": "3/5", "y": "2/5"}},
            "a": {"go": to("b")},
            "b": {"go": to("x")},
            "x": {"loop": to("x"), "out": to("y")},
            "y": {"back": to("a")},
        },
    )
    state = model.mdp.state("x")
    candidates = brute_force.reach_and_revisit(model.mdp, 0, state)
    value = paper(model, state).value
    assert value is not None
    low, high = bracket(value)
    assert max(brute_force.count(model.mdp, p, 0, [state], low) for p in candidates) <= 1
    assert max(brute_force.count(model.mdp, p, 0, [state], high + NEAR) for p in candidates) > 1


def test_threshold_very_near_one() -> None:
    """An escape of probability 10^-12 in every step: the existence of gamma° is decided far beyond floats."""
    leak = Fraction(1, 10**12)
    mdp = Mdp.from_dict(
        ["new", "w", "x", "lost", "term"],
        {
            "new": {"off": {"term": 1}, "go": {"w": 1}},
            "w": {"go": {"x": 1 - leak, "lost": leak}},
            "x": {"loop": {"x": leak, "lost": 1 - leak}},
        },
    )
    assert sharp(Instance(mdp, 0, 0), 2).value is None  # (1 - leak) / (1 - leak) = 1 at gamma = 1 only
    once = Mdp.from_dict(
        mdp.states,
        {
            "new": {"off": {"term": 1}, "go": {"w": 1}},
            "w": {"go": {"x": 1}},
            "x": {"loop": {"x": leak, "lost": 1 - leak}},
        },
    )
    value = sharp(Instance(once, 0, 0), 2).value
    assert value is not None
    assert 1 - 2 * leak < value < 1


@pytest.mark.parametrize(("gain", "verdict"), [(0, True), (1, False), (-1, True)])
def test_optimality_at_an_irrational_gamma_is_exact(gain: int, verdict: bool) -> None:
    """An action that is better by 2^-600, which the first look in balls cannot see; worse by as much; or as good."""
    tiny = Fraction(gain, 1 << 600)
    half = Fraction(1, 2)
    mdp = Mdp.from_dict(
        ["new", "x", "lost"],
        {
            "new": {"go": {"new": half, "x": half}, "other": {"new": half, "x": half + tiny / 2, "lost": -tiny / 2}}
            if gain <= 0
            else {"go": {"new": half, "x": half - tiny, "lost": tiny}, "other": {"new": half, "x": half}},
            "x": {"loop": {"x": 1}},
        },
    )
    count = Count(Region(mdp, every_action(mdp), 0), frozenset({1}))
    policy = (0, 0, UNDEFINED)
    value = root(count.visits(policy))
    assert value.rational is None
    shown = Optimality(count, policy, value).decided(12)
    assert isinstance(shown, Enclosure) if verdict else shown == (1, 0, UNDEFINED)


def test_no_alternative_no_threshold() -> None:
    """With A1 empty there is neither; the bound is over no state."""
    model = instance("new", {"new": {"off": to("term")}})
    assert (paper(model, 0).value, sharp(model, 0).value) == (None, None)


def test_refused() -> None:
    """The shutdown state itself has no sharp threshold; nor has any state if shutting down does not end the episode."""
    with pytest.raises(NoExchange):
        sharp_threshold(STAIRS, STAIRS.s_term)
    looping = instance("new x", {"new": {"off": to("term"), "go": to("x")}, "term": {"loop": to("term")}})
    with pytest.raises(NoShutdown):
        sharp_threshold(looping, 1)


def test_steps_of_the_corridor() -> None:
    """One more state at each threshold, in order; a state without one never counts."""
    model = corridor(3)
    thresholds = [paper(model, state) for state in range(5)]
    found = steps(thresholds)
    assert [(step.after.polynomial, step.states, step.n) for step in found] == [
        (ZERO, (1,), 1),
        (HALVE, (2,), 2),
        (GOLDEN, (3,), 3),
    ]
    assert count_at(thresholds, Fraction(1, 2)) == (1,)
    assert count_at(thresholds, Fraction(3, 5)) == (1, 2)
    assert count_at(thresholds, Fraction(62, 100)) == (1, 2, 3)


def test_sharp_counts_at_the_threshold_itself() -> None:
    """At gamma = 1/2 exactly, `half` counts both for the sharp bound and corridor's r2 not for the paper's."""
    thresholds = [sharp(HALF, state) for state in (0, 1, 2)]
    assert [(step.states, step.n, step.attained) for step in steps(thresholds)] == [((1, 2), 2, True)]
    assert count_at(thresholds, Fraction(1, 2)) == (1, 2)
    assert count_at(thresholds, Fraction(1, 2) - NEAR) == ()
    assert steps([]) == []


def test_equal_thresholds_are_one_step() -> None:
    """star: all rays at 0, for all gamma; equal irrational ones of different polynomials' factors merge too."""
    thresholds = [paper(star(4), state) for state in range(1, 5)]
    assert [(step.after == 0, step.n, step.attained) for step in steps(thresholds)] == [(True, 4, False)]
    mixed = [paper(RING, 0), paper(corridor(3), 3)]
    assert [(step.states, step.n) for step in steps(mixed)] == [((0, 3), 2)]


def test_corridor_of_twenty() -> None:
    """r_j crosses at the root of g^(j-1) + g - 1; both kinds agree; N(1) / D(1) has a simple pole."""
    model = corridor(20)
    for j in range(2, 21):
        threshold = paper(model, j)
        assert threshold.value is not None
        assert threshold.value == sharp(model, j).value
        equation = [-1, 1, *[0] * (j - 3), 1] if j > 2 else [-1, 2]
        assert threshold.value.sign_of(type(threshold.value.minimal)(equation)) == 0
        assert threshold.visits is not None
        assert threshold.visits.denominator(fmpz(1)) == 0
