"""The semantics matrix: each cell is `verify` of its own instance file, and what the truth depends on follows."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product

import pytest

import proofs.search.orbits
from exact.errors import NoShutdown
from exact.instance import Instance, parse_instance, read_instance
from proofs.claims.checked import Checked
from proofs.claims.types import POSITIVE, SURE, ListedOrbit
from proofs.verify import recheck
from proofs.what_if.cells import DIMENSIONS, Key, Matrix, folder, matrix, variant
from proofs.what_if.cells_document import document
from proofs.what_if.changes import absorbing, visited_once, with_action
from proofs.what_if.depends import effects, groups
from tests.examples import instance_path
from tests.reports import errors

OWN = Key("return", "weak", "uniform", "once", "nonnegative", POSITIVE)


@cache
def made(name: str) -> Matrix:
    """The matrix of an example."""
    return matrix(read_instance(instance_path(name)))


def at(key: Key = OWN, **changes: str) -> Key:
    """The key with other values in some dimensions."""
    return key._replace(**changes)


def test_all_144_combinations() -> None:
    """Each once, each defined here, with one certificate for both readings of reach."""
    found = made("training-leak")
    assert set(found.cells) == set(product(*DIMENSIONS.values()))
    assert len(found.cells) == 144
    assert all(cell.verdict is not None for cell in found.cells.values())
    assert len(found.evidence()) == 72
    assert errors(document(found), "matrix") == []


@pytest.mark.parametrize("key", [OWN, at(reading="on-training"), at(rewards="any", terminal="absorbing", reach=SURE)])
def test_evidence_is_checkable_by_itself(key: Key) -> None:
    """The kernel derives the cell from the cell's own files."""
    found = made("training-leak")
    evidence = found.evidence()[folder(key)]
    again = recheck(parse_instance(evidence.instance.source), evidence.certificate)
    assert again.status == evidence.status
    assert again.theorem("theorem-2", key[-1]) == found.cells[key].verdict


def test_training_leak_depends_on_the_reading() -> None:
    """Refuted under `return`, verified under `immediate` and `on-training`, which are shown together."""
    found = made("training-leak")
    verdicts = {reading: found.cells[at(reading=reading)].verdict for reading in DIMENSIONS["reading"]}
    assert {reading: v and v.verdict for reading, v in verdicts.items()} == {
        "return": "refuted",
        "immediate": "verified",
        "on-training": "verified",
    }
    assert groups(found)["reading"] == (("return",), ("immediate", "on-training"))
    assert found.own == OWN
    changing = {effect.dimension for effect in effects(found) if effect.verdicts}
    assert changing == {"reading", "ties", "terminal", "rewards"}


def test_examples_of_effects_differ_in_one_dimension() -> None:
    """And in their verdicts; the instance's own cell is preferred."""
    found = made("training-leak")
    for place, effect in enumerate(effects(found)):
        if effect.example is not None:
            one, other = effect.example
            assert [k for k, (a, b) in enumerate(zip(one, other, strict=True)) if a != b] == [place]
            assert found.cells[one].said != found.cells[other].said
            assert effect.verdicts + effect.numbers > 0
    reading = effects(found)[0]
    assert reading.example is not None
    assert OWN in reading.example


def test_groups_are_exchangeable() -> None:
    """Values that are shown together have the same verdict and status in every cell."""
    found = made("training-leak")
    for dimension, parts in groups(found).items():
        for part in parts:
            for key, cell in found.cells.items():
                if getattr(key, dimension) in part:
                    others = (found.cells[at(key, **{dimension: value})] for value in part)
                    assert all(o.said == cell.said for o in others)


def test_a_trained_action_that_leaves_training() -> None:
    """`on-training` is not defined there, with the reader's reason; the other readings are."""
    instance = read_instance(instance_path("overlap"))
    found = matrix(instance)
    cells = [cell for key, cell in found.cells.items() if key[0] == "on-training"]
    assert {cell.verdict for cell in cells} == {None}
    assert {cell.why for cell in cells} == {
        'policy.t: "walk" can leave training (to x); under on-training the trained actions stay in S_train'
    }
    assert sum(cell.verdict is not None for cell in found.cells.values()) == 96
    assert found.own == at(preference="strict")


def test_reach_alone_can_matter() -> None:
    """A training state that is reached, but by no policy with probability 1: `ood` holds under one reading only."""
    text = instance_path("overlap").read_text(encoding="utf-8")
    half = text.replace('go = { t = "1" }', 'go = { t = "1/2", term = "1/2" }\nenter = { y = "1" }')
    half = half.replace('"new", "x"', '"new", "y", "x"') + '[transitions.y]\nstay = { y = "1" }\n'
    found = matrix(parse_instance(half.encode()))
    assert found.own is not None
    assert [effect.dimension for effect in effects(found) if effect.verdicts][-1] == "reach"
    verdicts = [found.cells[at(found.own, reach=reach)].verdict for reach in (POSITIVE, SURE)]
    assert [verdict and verdict.verdict for verdict in verdicts] == ["inapplicable", "verified"]


def test_a_large_orbit_does_not_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The question's orbit is not counted; all cells are defined all the same."""
    monkeypatch.setattr(proofs.search.orbits, "LARGEST_ORBIT", 2)
    found = matrix(read_instance(instance_path("retry")))
    checked = [cell.checked for cell in found.cells.values()]
    defined = [entry for entry in checked if isinstance(entry, Checked)]
    assert len(defined) == 144
    orbits = [orbit for entry in defined for orbit in entry.of(ListedOrbit)]
    assert all(len(orbit.goals) <= 2 for orbit in orbits)


def loops() -> Instance:
    """Its shutdown state loops."""
    return read_instance(instance_path("shutdown-loops"))


def test_a_shutdown_that_loops_is_its_own_absorbing_cell() -> None:
    """`once` takes the loop away; the instance itself is the cell `absorbing`."""
    instance = loops()
    assert variant(instance, Key("return", "weak", "uniform", "absorbing", "nonnegative", POSITIVE)) == instance
    assert visited_once(instance).mdp.is_terminal(instance.s_term)
    term = instance.mdp.state("term")
    onward = with_action(instance, term, "on", ((instance.shutdown_state, Fraction(1)),))
    with pytest.raises(NoShutdown, match="goes on to other states"):
        visited_once(onward)


def test_terminal_training_states_are_trained_to_loop() -> None:
    """Absorbing, each needs a trained action: its only one. The file is still an instance."""
    text = instance_path("overlap").read_text(encoding="utf-8")
    text = text.replace('training = ["t"]', 'training = ["t", "x"]').replace(
        '[transitions.x]\nstay = { x = "1" }\n', ""
    )
    changed = absorbing(parse_instance(text.encode()))
    x = changed.mdp.state("x")
    assert changed.trained[x] == 0
    assert changed.mdp.actions[x] == ("stay",)
