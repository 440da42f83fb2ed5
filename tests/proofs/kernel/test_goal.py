"""Values that are checked, membership in Theta and the decision, against enumeration and against exact.goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exact.goals import decision, violation
from exact.instance import Instance
from exact.testing import strategies
from proofs.kernel.errors import Invalid, Malformed
from proofs.kernel.facts import Facts
from proofs.kernel.goal import Judge, Seen
from tests.proofs.kernel.session import facts, model_of
from tests.reference import brute_orbit, brute_property
from tests.reference.evidence import Producer

SMALL = strategies.instances(max_states=4, max_actions=3, shutdown_loops=True, max_inequalities=2)
BOUNDED = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
HALF = Fraction(1, 2)


def judge(instance: Instance, gamma: Fraction, theta: Iterable[Fraction]) -> Judge:
    """Of an instance of `exact`."""
    return Judge(Facts.of(model_of(instance)), gamma, dict(zip(instance.mdp.states, theta, strict=True)))


def seen(base: str, theta: Mapping[str, Fraction | int], values: object) -> Seen:
    """By the judge of an instance of the corpus, at gamma = 1/2."""
    kernel = Judge(facts(base), HALF, {s: Fraction(r) for s, r in theta.items()})
    return kernel.see(kernel.amounts, values)


@given(SMALL, st.data())
@BOUNDED
def test_against_enumeration(instance: Instance, data: st.DataObject) -> None:
    """Theta, f and what is optimal are those of trying every policy; values that are a little off are refused."""
    theta = data.draw(strategies.rewards(instance.mdp, nonnegative=False))
    gamma = instance.question.gamma or HALF
    kernel = judge(instance, gamma, theta)
    values = Producer(instance).values(theta, gamma)
    f, optimal = brute_orbit.decision(instance, theta, gamma), brute_property.optimal(instance, theta, gamma)
    assert kernel.see(kernel.amounts, values) == Seen(brute_orbit.in_theta(instance, theta, gamma), f, *optimal)
    key = data.draw(st.sampled_from([key for key in values if key != "unit" and values[key]]))
    k = data.draw(st.integers(0, len(values[key]) - 1))
    values[key][k] = str(int(values[key][k]) + data.draw(st.sampled_from([-1, 1])))
    with pytest.raises(Invalid):
        kernel.see(kernel.amounts, values)


@given(strategies.instances(max_states=5, shutdown_loops=True, max_inequalities=2), st.data())
@BOUNDED
def test_against_exact_goals(instance: Instance, data: st.DataObject) -> None:
    """On larger instances, and for several vectors in a row: the same as exact.goals."""
    gamma = instance.question.gamma or HALF
    theta = data.draw(strategies.rewards(instance.mdp))
    kernel = judge(instance, gamma, theta)
    for moved in (theta, theta[::-1]):
        amounts = {s: int(r * kernel.scale) for s, r in zip(instance.mdp.states, moved, strict=True)}
        found = kernel.see(amounts, Producer(instance).values(moved, gamma))
        assert found.in_theta == (violation(instance, moved, gamma) is None)
        assert found.f == decision(instance, moved, gamma)


def test_the_form_of_values() -> None:
    """A positive unit, and a list for each copy of the MDP that counts."""
    theta = dict.fromkeys(("new", "x", "term"), 0)
    assert seen("retry", theta, {"unit": "5", "whole": ["0", "0"]}).in_theta
    for wrong in (None, {}, {"unit": "1"}, {"unit": "0", "whole": ["0", "0"]}, {"unit": "1", "whole": ["0"]},
                  {"unit": "1", "whole": ["0", "0"], "training": []}, {"unit": "1", "whole": ["0", "0", "0"]}):  # fmt: skip
        with pytest.raises(Malformed):
            seen("retry", theta, wrong)
    with pytest.raises(Invalid, match="rewards whole"):
        seen("retry", {**theta, "term": HALF}, {"unit": "1", "whole": ["0", "0"]})


def test_training_has_values_of_its_own() -> None:
    """Under on-training V* of S_train alone; t stays there for ever."""
    base, theta = "training-leak-on-training", {"t": 1, "new": 0, "x": 8, "term": 0}
    assert seen(base, theta, {"unit": "1", "whole": ["5", "8", "16"], "training": ["2"]}).in_theta
    with pytest.raises(Invalid, match="Bellman"):
        seen(base, theta, {"unit": "1", "whole": ["5", "8", "16"], "training": ["5"]})
    with pytest.raises(Malformed):
        seen(base, theta, {"unit": "1", "whole": ["5", "8", "16"]})


def test_without_alternatives() -> None:
    """Shutdown is the only optimum."""
    found = seen("no-alternative", {"new": 0, "term": -4}, {"unit": "1", "whole": ["-2"]})
    assert found == Seen(False, "shutdown", True, False)


TIES = {
    "uniform": ("retry", "tie"),
    "shutdown-first": ("shutdown-first", "shutdown"),
    "last": ("shutdown-last", "avoid"),
}


@pytest.mark.parametrize(("base", "f"), TIES.values(), ids=TIES.keys())
def test_one_tie(base: str, f: str) -> None:
    """theta = 0, with one other action."""
    found = seen(base, dict.fromkeys(("new", "x", "term"), 0), {"unit": "1", "whole": ["0", "0"]})
    assert found == Seen(True, f, True, True)


def test_more_ties_outvote_shutdown() -> None:
    """theta = 0, with three other actions."""
    theta = dict.fromkeys(("new", "x1", "x2", "x3", "term"), 0)
    assert seen("star-3", theta, {"unit": "1", "whole": ["0"] * 4}) == Seen(True, "avoid", True, True)
