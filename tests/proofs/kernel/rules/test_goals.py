"""`orbit`, `swap-fails`, `member`: against enumeration, and what is kept of them."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exact.instance import Instance
from exact.testing import strategies
from proofs.kernel.check import accept
from proofs.kernel.errors import Hole, Invalid
from proofs.kernel.facts import Facts, Orbit
from proofs.kernel.rules.goals import arranged
from tests.proofs.kernel.session import facts, instance, model_of, refused
from tests.reference import brute_orbit, brute_property
from tests.reference.evidence import Producer

SMALL = strategies.instances(max_states=4, max_actions=2, shutdown_loops=True, max_inequalities=1)
BOUNDED = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
HALF = Fraction(1, 2)
HOW = ("still-shutdown", "leaves-theta", "meets", "still-optimal", "no-greater")


def named(made: Producer, theta: tuple[Fraction, ...]) -> dict[str, str]:
    """Rewards as a certificate has them."""
    return {s: str(r) for s, r in zip(made.names, theta, strict=True)}


@given(st.lists(st.integers(0, 6), min_size=1, max_size=5))
@BOUNDED
def test_arrangements(rewards: list[int]) -> None:
    """Each distinct permutation once, smaller ones first."""
    found = [tuple(entries) for entries in arranged(sorted(rewards))]
    assert found == sorted(set(permutations(rewards)))


@given(SMALL, st.data())
@BOUNDED
def test_orbits_are_counted(instance: Instance, data: st.DataObject) -> None:
    """The honest counts are accepted, others are not."""
    made, gamma = Producer(instance), instance.question.gamma or HALF
    theta = data.draw(strategies.rewards(instance.mdp))
    claim, found = made.orbit(named(made, theta), str(gamma)), Facts.of(model_of(instance))
    accept(found, claim)
    tally = brute_orbit.count(instance, theta, gamma)
    assert found.orbits == [Orbit(gamma, tally["shutdown"], tally["avoid"])]
    key = data.draw(st.sampled_from(["size", "outside", "shutdown", "avoid", "tie"]))
    refused(found, claim | {key: str(int(claim[key]) + 1)}, "recounted")
    assert len(found.orbits) == 1


def test_an_orbit_is_bounded() -> None:
    """8! vectors are within the bound, 9! are not: a hole, before a vector is looked at."""
    found = facts("ten")
    theta = {s: str(k + 1) for k, s in enumerate(("a", "b", "c", "d", "e", "f", "g", "h", "term"))}
    counts = dict.fromkeys(("size", "outside", "shutdown", "avoid", "tie"), "0")
    claim = {"claim": "orbit", "gamma": "1/2", "rewards": theta, "goals": [], **counts}
    refused(found, claim, "not recounted", Hole)
    assert found.orbits == []


@given(SMALL, st.data())
@BOUNDED
def test_members(instance: Instance, data: st.DataObject) -> None:
    """Accepted iff it is in Theta; it breaks what it breaks."""
    made, gamma = Producer(instance), instance.question.gamma or HALF
    theta = data.draw(strategies.rewards(instance.mdp, nonnegative=False))
    claim, found = made.member(named(made, theta), str(gamma)), Facts.of(model_of(instance))
    if not brute_orbit.in_theta(instance, theta, gamma):
        refused(found, claim, "not in Theta")
        assert not found.broken
        return
    accept(found, claim)
    tied = (
        brute_orbit.decision(instance, theta, gamma) == "shutdown" and brute_property.optimal(instance, theta, gamma)[1]
    )
    expected = {("nonnegative", gamma)} if min(theta) < 0 else set()
    assert found.broken == expected | ({("strict", gamma)} if tied else set())


@given(SMALL, st.data())
@BOUNDED
def test_swaps(instance: Instance, data: st.DataObject) -> None:
    """Each `how` is accepted iff it is so; a swap of s_term and x refutes Prop. 3 if it stays optimal or is not greater."""
    made, gamma = Producer(instance), instance.question.gamma or HALF
    theta = data.draw(strategies.rewards(instance.mdp))
    x = data.draw(st.sampled_from(made.others))
    cycles = data.draw(st.sampled_from([[[x, made.term]], [[made.term, *made.others]], []]))
    target = {s: t for c in cycles for s, t in zip(c, [*c[1:], c[0]], strict=True)}
    phi = tuple(made.names.index(target.get(s, s)) for s in made.names)
    moved = brute_property.image(theta, phi)
    preferred = (
        brute_orbit.in_theta(instance, theta, gamma) and brute_orbit.decision(instance, theta, gamma) == "shutdown"
    )
    inside, decided = brute_orbit.in_theta(instance, moved, gamma), brute_orbit.decision(instance, moved, gamma)
    optimal = brute_property.optimal(instance, moved, gamma)[0]
    lower = theta[instance.s_term] <= theta[phi[instance.s_term]]
    truth = dict(
        zip(HOW, (decided != "avoid", not inside, inside and decided == "shutdown", optimal, lower), strict=True)
    )
    for how, holds in truth.items():
        found = Facts.of(model_of(instance))
        claim = made.swap_fails(named(made, theta), cycles, how, str(gamma))
        if not (preferred and holds):
            refused(found, claim, "not")
            assert found.failing == []
            continue
        accept(found, claim)
        swapped = len(target) == 2 and made.term in target
        assert found.failing == ([(gamma, target[made.term])] if swapped and (optimal or lower) else [])


def test_work_is_paid() -> None:
    """Each rule stops at the bound."""
    made = Producer(instance("retry"))
    for claim in (
        made.orbit({"x": "1"}, "1/2"),
        made.member({}, "1/2"),
        made.swap_fails({"term": "1"}, [], "meets", "1/2"),
    ):
        found = facts("retry")
        found.left = 0
        refused(found, claim, "bound on work", Hole)
        assert (found.orbits, found.failing, found.broken) == ([], [], set())


@pytest.mark.parametrize("gamma", ["1/100", "1/2", "99/100"])
def test_values_belong_to_a_gamma(gamma: str) -> None:
    """V* at one gamma is refused at another."""
    made, other = Producer(instance("retry")), "1/3"
    claim = made.member({"x": "1"}, gamma)
    accept(facts("retry"), claim)
    with pytest.raises(Invalid, match="Bellman"):
        accept(facts("retry"), claim | {"gamma": other})


def test_a_swap_without_s_term_says_nothing_of_proposition_3() -> None:
    """x1 and x2 change places: Condition 3 fails, no exchange with s_term does."""
    found = facts("star-3")
    accept(found, Producer(instance("star-3")).swap_fails({"term": "100", "x1": "1"}, [["x1", "x2"]], "meets", "9/10"))
    assert found.failing == []
    assert found.used == ["swap-fails"]
