"""Reachability and R_x, against enumeration of policies."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings

from exact.instance import Instance
from proofs.kernel.graph import Step, cut, edges, predecessors, reachable, successors, surely_reaching
from tests.proofs.kernel.session import model_of
from tests.reference import brute_force
from tests.reference.small import instances

BOUNDED = settings(max_examples=80, deadline=None, derandomize=True)
LINE: Mapping[str, Mapping[str, Step]] = {
    "a": {"go": Step(1, {"b": 1}), "risk": Step(2, {"b": 1, "d": 1})},
    "b": {"go": Step(2, {"a": 1, "c": 1})},
    "c": {},
    "d": {"stay": Step(1, {"d": 1})},
}


def test_by_hand() -> None:
    """a -> b -> a or c; the risky action may end in d."""
    assert edges(LINE) == 6
    after = successors(LINE)
    assert after == {"a": {"b", "d"}, "b": {"a", "c"}, "c": set(), "d": {"d"}}
    assert reachable(after, ["b"]) == {"a", "b", "c", "d"}
    assert reachable(after, ["c"]) == {"c"}
    assert reachable(after, []) == set()
    assert predecessors(successors(LINE)) == {"a": {"b"}, "b": {"a"}, "c": {"b"}, "d": {"a", "d"}}
    assert surely_reaching(LINE, "c", lambda: None) == {"a", "b", "c"}
    assert surely_reaching(LINE, "d", lambda: None) == {"d"}
    kept = cut(LINE, frozenset("abc"))
    assert {s: list(actions) for s, actions in kept.items()} == {"a": ["go"], "b": ["go"], "c": []}
    assert cut(LINE, frozenset("ad")) == {"a": {}, "d": LINE["d"]}


def test_each_round_is_paid() -> None:
    """Once before each."""
    rounds: list[int] = []
    surely_reaching(LINE, "c", lambda: rounds.append(1))
    assert len(rounds) == 2


@given(instances())
@BOUNDED
def test_against_policies(instance: Instance) -> None:
    """R_x holds the states from which some policy reaches x with probability 1, for every x."""
    mdp, rows = instance.mdp, model_of(instance).rows
    every = list(brute_force.policies(mdp))
    for k, x in enumerate(mdp.states):
        found = surely_reaching(rows, x, lambda: None)
        truth = {s for i, s in enumerate(mdp.states) if any(brute_force.reaches(mdp, p, i, k) for p in every)}
        assert found == truth


@given(instances())
@BOUNDED
def test_reachable_by_some_policy(instance: Instance) -> None:
    """The union over all policies."""
    mdp, rows = instance.mdp, model_of(instance).rows
    every = list(brute_force.policies(mdp))
    for k, s in enumerate(mdp.states):
        seen = set().union(*(brute_force.visited(mdp, p, k) for p in every))
        assert reachable(successors(rows), [s]) == {mdp.states[t] for t in seen}
