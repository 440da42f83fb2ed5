"""Minimal hypotheses: every subset is a real instance, smallest sets are smallest, and each failure has its witness."""

from __future__ import annotations

from functools import cache

import pytest

from exact.errors import ExactError
from exact.instance import Instance, parse_instance, read_instance
from proofs.cli.judge import judge
from proofs.kernel.check import check
from proofs.matrix.minimal import Minimal, minimal
from proofs.matrix.relaxations import SWITCHES, relaxed, why_not
from proofs.verification import verify
from tests.examples import instance_path
from tests.reference import brute_orbit


def example(name: str) -> Instance:
    """An instance of the examples."""
    return read_instance(instance_path(name))


@cache
def found_for(name: str) -> Minimal:
    """The minimal hypotheses of an example."""
    return minimal(example(name), judge)


def roles(found: Minimal) -> dict[str, bool]:
    """Which hypotheses are switches."""
    return {role.hypothesis.id: role.switch for role in found.roles}


def sets(found: Minimal) -> list[set[str]]:
    """The smallest ones."""
    return list(map(set, found.sets or []))


def test_corridor() -> None:
    """Without training three hypotheses are needed, all at once; chance is harmless."""
    found = found_for("corridor-3")
    assert sets(found) == [{"nonnegative", "strict", "shutdown-terminal"}]
    assert {id_ for id_, switch in roles(found).items() if switch} == {
        "nonnegative", "strict", "shutdown-terminal", "almost-sure-reach",
    }  # fmt: skip
    assert len(found.runs) == 16


def test_training_leak_closed() -> None:
    """The silent hypothesis is needed, in the sense that its switch alone refutes the conclusion."""
    found = found_for("training-leak-closed")
    assert len(found.runs) == 64
    assert found.runs[frozenset(["training-closed"])].found.main.verdict == "refuted"
    shutdown = {"nonnegative", "strict", "shutdown-terminal"}
    assert sets(found) == [{"strict", "ood"}, {"strict", "training-closed"}, shutdown]


@pytest.mark.parametrize("name", ["training-leak-closed", "training-leak-on-training", "half"])
def test_sets_are_the_smallest(name: str) -> None:
    """Each is enough, no proper subset of it is, and every set that is enough holds one of them."""
    found = found_for(name)
    assert found.sets
    for relaxed_ids, run in found.runs.items():
        kept = found.switches - relaxed_ids
        assert (kept in found.sets) <= run.proved
        assert run.proved <= any(ids <= kept for ids in found.sets)
        assert not (run.proved and any(kept < ids for ids in found.sets))


@pytest.mark.parametrize("name", ["corridor-3", "training-leak-closed"])
def test_runs_are_checkable(name: str) -> None:
    """Each run's own file and certificate: the kernel derives Theorem 2 where the conclusion is said to be proved."""
    found = found_for(name)
    n = found.base.found.main.n
    for run in found.runs.values():
        outcome = check(run.instance, run.found.certificate.encode())
        assert outcome.status == run.word.status
        if run.proved:
            verdict = outcome.theorems["theorem-2", "positive-probability"]
            assert verdict[1] == "proved"
            assert verdict[3] >= n


def test_witnesses() -> None:
    """A needed hypothesis has an orbit that refutes the conclusion without it, counted anew; or a theta; or is open."""
    found = found_for("training-leak-on-training")
    assert sets(found) == [{"strict"}]
    run = found.kept(frozenset())
    assert run.orbit is not None
    goal = run.orbit.goal
    tally = brute_orbit.count(parse_instance(run.instance), goal.rewards, goal.gamma)
    assert tally["shutdown"] == run.orbit.count.shutdown > tally["avoid"]


def test_no_conclusion_no_sets() -> None:
    """Where the conclusion fails as the instance is, nothing is relaxed."""
    found = found_for("training-leak")
    assert found.sets is None
    assert len(found.runs) == 1
    assert not any(roles(found).values())


def test_hypotheses_that_fail_already() -> None:
    """`half`: no gamma*, no sure reach, and the conclusion holds all the same."""
    found = found_for("half")
    why = {role.hypothesis.id: role.why for role in found.roles}
    assert why["almost-sure-reach"] == "it fails already"
    assert why["gamma-star"] == "not a switch: it is what n counts"
    assert why["ood"] == "cannot be relaxed: there is no training state"


def test_what_cannot_be_relaxed() -> None:
    """on-training is closed whatever leads out; inequalities may say what `nonnegative` says."""
    why = {role.hypothesis.id: role.why for role in found_for("training-leak-on-training").roles}
    assert why["training-closed"] == "cannot be relaxed: under on-training it holds all the same"
    text = instance_path("corridor-3").read_text(encoding="utf-8")
    states = ["new", "r1", "r2", "r3", "term"]
    bounds = ", ".join(f'"{s} >= 0"' for s in states)
    both = text.replace("nonnegative = true", f"inequalities = [{bounds}]")
    found = minimal(parse_instance(both.encode()), judge)
    (role,) = [role for role in found.roles if role.hypothesis.id == "nonnegative"]
    assert role.why == "cannot be relaxed: the inequalities say it too"


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: switch.id)
@pytest.mark.parametrize("name", ["training-leak-closed", "corridor-3", "overlap", "no-alternative", "half"])
def test_a_switch_breaks_its_hypothesis(name: str, switch: object) -> None:
    """Where the instance can be changed, the hypothesis is no longer shown to hold; what was there stays there."""
    instance = example(name)
    entry = next(entry for entry in SWITCHES if entry is switch)
    if why_not(entry, instance):
        with pytest.raises(ExactError):
            entry.relax(instance)
        return
    changed = relaxed(instance, frozenset([entry.id]))
    assert changed.mdp.states[: len(instance.mdp)] == instance.mdp.states
    assert all(set(old) <= set(new) for old, new in zip(instance.mdp.rows, changed.mdp.rows, strict=False))
    assert {s: a for s, a in changed.trained.items() if s in instance.trained} == dict(instance.trained)
    holds = {h.id: h.holds for h in verify(changed).hypotheses}
    if not (name == "no-alternative" and entry.id == "strict"):  # with no other action there is nothing to tie with
        assert holds[entry.id] is not True


def test_all_together() -> None:
    """All the switches at once are one instance still, with its question carried over to the new states."""
    instance = example("overlap")
    changed = relaxed(instance, frozenset(switch.id for switch in SWITCHES))
    size = len(changed.mdp)
    assert size == len(instance.mdp) + 2
    assert changed.question.rewards is not None
    assert len(changed.question.rewards) == size
    assert [sorted(phi) for phi in changed.question.permutations] == [list(range(size))]
