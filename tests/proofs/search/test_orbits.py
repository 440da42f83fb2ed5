"""The search for orbits that refute Theorem 2: where it looks, and what it finds there."""

from __future__ import annotations

from fractions import Fraction

import pytest

import proofs.search.orbits as orbits_module
from exact.instance import Instance, Question
from exact.mdp import Mdp
from exact.orbit import guess as guess_module
from exact.orbit.guess import Guess
from exact.rational import Exact
from exact.testing.random_instances import random_instances
from proofs.claims.types import Orbit
from proofs.verify import verify
from tests.reference import brute_orbit

Ways = dict[str, dict[str, dict[str, Exact]]]
TWO_LOTTERIES: Ways = {"new": {"off": {"term": 1}, "a": {"x": "1/2", "y": "1/2"}, "b": {"y": "1/2", "z": "1/2"}}}
HALF: Ways = {"new": {"off": {"term": 1}, "go": {"x": "1/2", "y": "1/2"}}, "x": {"s": {"x": 1}}, "y": {"s": {"y": 1}}}


def asked(states: str, ways: Ways, gamma: Fraction | None = None) -> Instance:
    return Instance(Mdp.from_dict(states.split(), ways), 0, 0, question=Question(gamma))


@pytest.mark.parametrize("states", ["new term x y z", "new x y z term more"])
def test_lotteries_are_worth_their_lowest_reward(states: str) -> None:
    """No state is counted, and near gamma = 0 more goals shut down than avoid it: rewards like 0, 54, 72, 78, 80."""
    instance = asked(states, TWO_LOTTERIES)
    found = verify(instance)
    assert found.main.conclusion == "fails"
    [claim] = found.of(Orbit)
    tally = brute_orbit.count(
        instance, tuple(claim.rewards.get(s, Fraction(0)) for s in instance.mdp.states), claim.gamma
    )
    assert tally["shutdown"] == claim.shutdown > claim.avoid == tally["avoid"]


def test_only_open_gammas_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """half: from 1/2 = gamma°_x on two exchanges work, so that no orbit refutes n = 1 there."""
    seen: list[Fraction] = []

    class Recorded(Guess):
        def __init__(self, instance: Instance, gamma: Fraction) -> None:
            seen.append(gamma)
            super().__init__(instance, gamma)

    monkeypatch.setattr(guess_module, "Guess", Recorded)
    assert verify(asked("new term x y", HALF)).main.conclusion == "fails"
    assert seen
    assert max(seen) < Fraction(1, 2)


def test_nothing_stays_open_on_small_random_instances() -> None:
    """Without a gamma and without training: proved at every gamma, or an orbit near gamma = 0 refutes."""
    found = [verify(instance).main.conclusion for instance in random_instances(5, 40, seed=1)]
    assert set(found) == {"proved", "fails"}


def test_an_instance_too_large_to_look_at_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound on work comes before the work."""
    monkeypatch.setattr(orbits_module, "MOST_STEPS", 0)
    found = verify(asked("new term x y z", TWO_LOTTERIES))
    assert found.main.conclusion == "undecided"
    assert found.aside.tried == ("0 orbits of at most 5000 goals were looked at; none refutes the conclusion",)
