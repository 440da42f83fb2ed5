"""Policy iteration, membership in Theta and the decision, against enumeration and against exact.goals."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exact.testing import strategies
from exact.goals import decision, violation
from exact.instance import Instance
from exact.instance.write import write_instance
from proofs.kernel.instance import Model
from proofs.kernel.rules.goals import arrangements
from proofs.kernel.value import Decision
from tests.reference import brute_orbit

SMALL = strategies.instances(max_states=4, max_actions=3, shutdown_loops=True, max_inequalities=2)
BOUNDED = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@given(SMALL, st.data())
@BOUNDED
def test_against_enumeration(instance: Instance, data: st.DataObject) -> None:
    """V*, Theta and f are those of trying every policy."""
    theta = data.draw(strategies.rewards(instance.mdp, nonnegative=False))
    gamma = instance.question.gamma or Fraction(1, 2)
    kernel = Decision(Model(write_instance(instance).encode()), gamma)
    named = dict(zip(instance.mdp.states, theta, strict=True))
    rows = brute_orbit.whole(instance)
    best = {s: max(q.values(), default=theta[s]) for s, q in brute_orbit.q_values(rows, theta, gamma).items()}
    assert [kernel.whole.values(named)[s] for s in instance.mdp.states] == [best[s] for s in range(len(instance.mdp))]
    assert kernel.in_theta(named) == brute_orbit.in_theta(instance, theta, gamma)
    assert kernel.decide(named)[0] == brute_orbit.decision(instance, theta, gamma)


@given(strategies.instances(max_states=7, shutdown_loops=True, max_inequalities=2), st.data())
@BOUNDED
def test_against_exact_goals(instance: Instance, data: st.DataObject) -> None:
    """On larger instances, and for several vectors in a row (the kernel keeps inverses): the same as exact.goals."""
    gamma = instance.question.gamma or Fraction(1, 2)
    kernel = Decision(Model(write_instance(instance).encode()), gamma)
    for _ in range(3):
        theta = data.draw(strategies.rewards(instance.mdp))
        named = dict(zip(instance.mdp.states, theta, strict=True))
        assert kernel.in_theta(named) == (violation(instance, theta, gamma) is None)
        assert kernel.decide(named)[0] == decision(instance, theta, gamma)


@given(st.lists(st.fractions(0, 3, max_denominator=2), min_size=1, max_size=5))
@BOUNDED
def test_arrangements(rewards: list[Fraction]) -> None:
    """Each distinct permutation once."""
    found = [tuple(entries) for entries in arrangements(sorted(rewards))]
    assert len(found) == len(set(found))
    assert set(found) == brute_orbit.orbit(tuple(rewards))
