"""Minimal hypotheses: every set is a real instance, minimal sets are minimal, roles and runs never contradict."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import proofs.search.orbits
from exact.errors import ExactError
from exact.instance import Instance, parse_instance, read_instance
from exact.testing.strategies import instances
from proofs.verify import recheck, verify
from proofs.what_if.minimal import BY_THIS_PROOF, NEEDED, NOT_NEEDED, SOMETIMES, Minimal, Run, minimal
from proofs.what_if.minimal_text import said
from proofs.what_if.relaxations import SWITCHES, relaxed, why_not
from proofs.what_if.settle import FAILS, OPEN, PROVED, outcome, settled
from tests.examples import instance_path
from tests.reference import brute_orbit


def example(name: str) -> Instance:
    """An instance of the examples."""
    return read_instance(instance_path(name))


@cache
def found_for(name: str) -> Minimal:
    """The minimal hypotheses of an example."""
    return minimal(example(name))


def sets(found: Minimal) -> list[set[str]]:
    """The minimal ones."""
    return list(map(set, found.sets or []))


def roles(found: Minimal) -> dict[str, str]:
    """Of the switches."""
    return {id_: found.role(id_) for id_ in found.switches}


def consistent(found: Minimal) -> None:
    """What each word says of the runs, spelled out; and no set that is enough is missed."""
    outcomes = {ids: run.outcome for ids, run in found.runs.items()}
    assert len(outcomes) == 2 ** len(found.switches)
    for id_, role in roles(found).items():
        without = {said for ids, said in outcomes.items() if id_ in ids}
        lost = [ids for ids, said in outcomes.items() if id_ not in ids and said == PROVED != outcomes[ids | {id_}]]
        assert (role == NEEDED) == (without == {FAILS})
        assert (role == BY_THIS_PROOF) == (PROVED not in without and OPEN in without)
        assert (role == SOMETIMES) == (PROVED in without and bool(lost))
        assert (role == NOT_NEEDED) == (not lost)
        alone = outcomes[frozenset([id_])]
        assert not (role == NOT_NEEDED and alone != PROVED)
        assert not (role in (NEEDED, BY_THIS_PROOF) and alone == PROVED)
        assert role not in (NEEDED, BY_THIS_PROOF) or all(id_ in ids for ids in found.sets or [])
        assert role != NOT_NEEDED or not any(id_ in ids for ids in found.sets or [])
    for ids, how in outcomes.items():
        kept = found.switches - ids
        assert (how == PROVED) <= any(least <= kept for least in found.sets or [])
    for least in found.sets or []:
        assert found.kept(least).outcome == PROVED
        below = len(found.subsets(least, FAILS)) + len(found.subsets(least, OPEN))
        assert below == 2 ** len(least) - 1


def test_corridor() -> None:
    """Without training three hypotheses are needed, all at once; chance is harmless."""
    found = found_for("corridor-3")
    three = {"nonnegative", "strict", "shutdown-terminal"}
    assert sets(found) == [three]
    assert roles(found) == {**dict.fromkeys(three, NEEDED), "almost-sure-reach": NOT_NEEDED}
    assert len(found.runs) == 16


def test_relaxations_are_not_monotone() -> None:
    """star-3: relaxing `nonnegative` alone fails, with `shutdown-terminal` too it is proved: needed in some sets."""
    found = found_for("star-3")
    alone, both = frozenset(["nonnegative"]), frozenset(["nonnegative", "shutdown-terminal"])
    assert (found.runs[alone].outcome, found.runs[both].outcome) == (FAILS, PROVED)
    assert sets(found) == [{"strict"}]
    assert (found.role("nonnegative"), found.role("strict")) == (SOMETIMES, NEEDED)
    consistent(found)


def test_open_is_not_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """box, without a search for orbits: what is open then is needed by this proof, and not shown to be needed."""
    monkeypatch.setattr(proofs.search.orbits, "MOST_STEPS", 0)
    found = minimal(example("box"))
    assert found.role("shutdown-terminal") == BY_THIS_PROOF
    assert {run.outcome for ids, run in found.runs.items() if "shutdown-terminal" in ids} == {FAILS, OPEN}


def test_training_leak_closed() -> None:
    """The silent hypothesis is needed, in the sense that its switch alone refutes the conclusion."""
    found = found_for("training-leak-closed")
    assert len(found.runs) == 64
    assert found.runs[frozenset(["training-closed"])].checked.main.verdict == "refuted"
    assert {"nonnegative", "strict", "shutdown-terminal"} in sets(found)
    assert found.role("strict") == NEEDED
    consistent(found)


@pytest.mark.parametrize("name", ["corridor-3", "training-leak-on-training", "half", "box"])
def test_roles_and_runs_agree(name: str) -> None:
    """On examples."""
    consistent(found_for(name))


@dataclass(frozen=True)
class Told(Run):
    """A run whose outcome is given, not derived; each hypothesis is a switch."""

    said: str = OPEN

    @property
    def outcome(self) -> str:
        """As it was told."""
        return self.said

    def breaks(self, id_: str) -> bool:
        """It does."""
        return True


@settings(deadline=None)
@given(st.lists(st.sampled_from([PROVED, FAILS, OPEN]), min_size=15, max_size=15))
def test_roles_of_any_outcomes(outcomes: list[str]) -> None:
    """Whatever the other 15 runs of corridor-3 say."""
    whole, instance = found_for("corridor-3"), example("corridor-3")
    said = dict(zip([ids for ids in whole.runs if ids], outcomes, strict=True))

    def told(_: Instance, ids: frozenset[str], n: int, __: object) -> Told:
        return Told(ids, whole.base.checked, n, said[ids])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("proofs.what_if.minimal.verify", lambda _: whole.base.checked)
        patch.setattr("proofs.what_if.minimal._run", told)
        found = minimal(instance)
    assert {ids: run.outcome for ids, run in found.runs.items() if ids} == said
    consistent(found)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(instances(max_states=3, max_actions=2, max_inequalities=1, training=False))
def test_roles_and_runs_agree_on_random_instances(instance: Instance) -> None:
    """On 15 instances whose conclusion is proved; the search for orbits is cut short, so that much stays open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proofs.search.orbits, "MOST_STEPS", 10_000_000)
        assume(verify(instance).main.conclusion == PROVED)
        consistent(minimal(instance))


@pytest.mark.parametrize("name", ["corridor-3", "star-3"])
def test_runs_are_checkable(name: str) -> None:
    """Each run's own file and certificate: the kernel derives n where it is proved, an orbit where it fails."""
    found = found_for(name)
    for run in found.runs.values():
        again = recheck(parse_instance(run.checked.instance.source), run.checked.certificate)
        assert (again.status, again.main) == (run.checked.status, run.checked.main)
        if run.outcome == PROVED:
            assert again.main.proved is not None
            assert again.main.proved[0] >= found.n
        if run.outcome == FAILS:
            assert run.orbit is not None


def test_witnesses() -> None:
    """Where the conclusion fails without a hypothesis, an orbit says so, counted anew."""
    found = found_for("training-leak-on-training")
    assert sets(found) == [{"strict"}]
    run = found.kept(frozenset())
    assert run.orbit is not None
    instance = run.checked.instance
    rewards = tuple(run.orbit.rewards.get(s, Fraction(0)) for s in instance.mdp.states)
    tally = brute_orbit.count(instance, rewards, run.orbit.gamma)
    assert tally["shutdown"] == run.orbit.shutdown > tally["avoid"]


def test_another_n_is_settled() -> None:
    """`verify` asks about the instance's own n; for another one, a proof or an orbit is looked for all the same."""
    star = example("star-3")
    assert [outcome(settled(star, n).main, n) for n in (2, 3, 4)] == [PROVED, PROVED, FAILS]
    few = found_for("box").runs[frozenset(["shutdown-terminal"])]
    assert outcome(verify(few.checked.instance).main, few.n) == OPEN
    assert few.outcome == FAILS
    assert said(few) == "fails for n = 2, proved for n = 1"


def test_no_conclusion_no_sets() -> None:
    """Where the conclusion fails as the instance is, nothing is relaxed."""
    found = found_for("training-leak")
    assert found.sets is None
    assert len(found.runs) == 1
    assert not found.switches


def test_hypotheses_that_fail_already() -> None:
    """`half`: no gamma*, no sure reach, and the conclusion holds all the same."""
    why = {entry.id: entry.why for entry in found_for("half").hypotheses}
    assert why["almost-sure-reach"] == "it fails already"
    assert why["gamma-star"] == "not a switch: it is what n counts"
    assert why["ood"] == "cannot be relaxed: there is no training state"


def test_what_cannot_be_relaxed() -> None:
    """on-training is closed whatever leads out; inequalities may say what `nonnegative` says."""
    why = {entry.id: entry.why for entry in found_for("training-leak-on-training").hypotheses}
    assert why["training-closed"] == "cannot be relaxed: under on-training it holds all the same"
    text = instance_path("corridor-3").read_text(encoding="utf-8")
    bounds = ", ".join(f'"{s} >= 0"' for s in ("new", "r1", "r2", "r3", "term"))
    both = text.replace("nonnegative = true", f"inequalities = [{bounds}]")
    found = minimal(parse_instance(both.encode()))
    (entry,) = [entry for entry in found.hypotheses if entry.id == "nonnegative"]
    assert entry.why == "cannot be relaxed: the inequalities say it too"


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
    if not (name == "no-alternative" and entry.id == "strict"):  # with no other action there is nothing to tie with
        assert verify(changed).hypotheses[entry.id] is not True


def test_all_together() -> None:
    """All the switches at once are one instance still, with its question carried over to the new states."""
    instance = example("overlap")
    changed = relaxed(instance, frozenset(switch.id for switch in SWITCHES))
    size = len(changed.mdp)
    assert size == len(instance.mdp) + 2
    assert changed.question.rewards is not None
    assert len(changed.question.rewards) == size
    assert [sorted(phi) for phi in changed.question.permutations] == [list(range(size))]
