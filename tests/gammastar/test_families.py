"""Families by names: built, read, verified, checked, shown; each answer is the command's; one line for mistakes."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import gammastar as gs
from exact.errors import ExactError
from exact.family import parse_family
from tests.exact.family.families import random_family
from tests.examples import ROOT
from tests.proofs.command import gammastar as command
from tests.proofs.kernel.family.test_check import LEAKS

FOLDER = ROOT / "examples" / "families"
FILES = sorted(FOLDER.glob("*.toml"))
RETRY = FOLDER / "retry.toml"
WAYS: dict[str, dict[str, dict[str, Any]]] = {
    "new": {"off": {"term": 1}, "try": {"x": "p", "new": "1 - p"}},
    "x": {"stay": {"x": 1}},
}
BOX = {"p": ("1/10", "9/10")}
OFF = ("new", "off")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_rebuilt_by_names_is_the_example(path: Path) -> None:
    """What its file says, given as arguments, makes an equal family, whose text says it again."""
    read = gs.read(path)
    centre, mdp = read.centre, read.centre.mdp
    ways = {
        state: {action: {mdp.states[t]: str(p) for t, p in read.rows[s][a]} for a, action in enumerate(mdp.actions[s])}
        for s, state in enumerate(mdp.states)
        if mdp.actions[s]
    }
    built = gs.instance(
        ways,
        (mdp.states[centre.shutdown_state], mdp.actions[centre.shutdown_state][centre.shutdown_action]),
        states=mdp.states,
        training=[mdp.states[s] for s in sorted(centre.training)],
        policy={mdp.states[s]: mdp.actions[s][a] for s, a in centre.trained.items()},
        parameters=dict(zip(read.parameters, read.box, strict=True)),
        gamma=read.asked,
        name=centre.name,
        description=centre.description,
    )
    assert (built.rows, built.box, built.asked, built.centre) == (read.rows, read.box, read.asked, read.centre)
    assert parse_family(built.source) == built
    assert str(built) == str(read)


@pytest.mark.parametrize("seed", range(6))
def test_random_families_write_and_read(seed: int, tmp_path: Path) -> None:
    """`write` and `read`, and a pickle, give the same family; so does its printed text."""
    family = parse_family(random_family(seed, parameters=1 + seed % 3))
    assert gs.read(gs.write(family, tmp_path / "f.toml")) == family
    assert pickle.loads(pickle.dumps(family)) == family


def test_at_a_point_it_is_ordinary() -> None:
    """By `at` of `instance`, of `read` and of the family, with the question's gamma where it is one."""
    made = gs.instance(WAYS, OFF, parameters=BOX, at={"p": "1/3"}, gamma="9/10")
    assert made.mdp.rows[0][1] == ((0, Fraction(2, 3)), (1, Fraction(1, 3)))
    assert made.question.gamma == Fraction(9, 10)
    family = gs.instance(WAYS, OFF, parameters=BOX, gamma=("3/4", 1))
    assert family.at({"p": "1/3"}).mdp == made.mdp == gs.read(RETRY, at={"p": "1/3"}).mdp
    assert gs.verify(made).n == 1
    assert family.centre.mdp.states == ("new", "x", "term")


def test_what_is_proved_speaks_names(tmp_path: Path) -> None:
    """n, verdicts, the certificate saved and checked again, claims in words, the difference to another question."""
    found = gs.verify(RETRY)
    assert isinstance(found, gs.FamilyResult)
    assert (found.verdict, found.conclusion, found.n, found.status) == ("verified", "proved", 1, "VALID")
    assert found.theorem("theorem-2").verdict == "verified"
    assert repr(found) == "<FamilyResult retry: verified; conclusion proved (paper), n = 1, s VALID>"
    with pytest.raises(KeyError, match="theorem-9"):
        found.theorem("theorem-9")
    path = found.certificate.save(tmp_path / "c.json")
    again = gs.check(RETRY, path)
    assert again == found
    assert [told.proved for told in gs.show(path, RETRY)] == [True]
    assert gs.diff(found, again) == []
    assert gs.diff(found, again).theorems is not None
    other = gs.verify(gs.read(RETRY), gamma=("9/10", 1))
    assert other.asked == (Fraction(9, 10), 1)
    assert gs.check(other, other.certificate).status == "VALID"
    assert gs.check(RETRY, other.certificate).status == "HOLEY"
    assert gs.check(RETRY, other.certificate, gamma=("9/10", 1)).status == "VALID"
    with pytest.raises(gs.Refused, match="INVALID"):
        gs.check(FOLDER / "corridor.toml", path)


def test_a_counterexample_is_read_from_the_certificate() -> None:
    """Whoever checks it again gets the same points."""
    family = parse_family(LEAKS)
    found = gs.verify(family, gamma=("9/10", 1))
    assert found.failing == [((Fraction(1, 2),), Fraction(9, 10))]
    assert gs.check(family, found.certificate, gamma=("9/10", 1)).failing == found.failing
    assert "Theorem 2's conclusion fails there" in str(gs.show(found, family, gamma=("9/10", 1)))


ANSWERS: dict[str, Callable[[Any], Any]] = {"verify": gs.verify, "returns": gs.returns, "regions": gs.regions}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_the_command_s(name: str) -> None:
    """Its JSON document, its text, and a notebook's HTML; pickled and back it says the same."""
    found = ANSWERS[name](gs.read(RETRY))
    seconds = ["--seconds", "0"] if name == "verify" else []
    assert json.loads(found.to_json()) == json.loads(command(name, RETRY, *seconds, "--json").out)
    assert str(found).split() == command(name, RETRY, *seconds).out.split()
    assert max(map(len, str(found).splitlines())) <= 80
    assert "retry" in found._repr_html_() or name == "returns"
    assert str(pickle.loads(pickle.dumps(found))) == str(found)


def test_returns_can_be_called() -> None:
    """They agree with the ordinary instance, by names; the question's rewards have a return."""
    family = gs.instance(WAYS, OFF, parameters=BOX, rewards={"x": "1/2", "new": 1})
    found = gs.returns(family, {"new": "try"})
    ordinary = gs.returns(family.at({"p": "1/3"}), {"new": "try"})
    assert found.visits["x"]("9/10", p="1/3") == ordinary.visits["x"]("9/10")
    assert found.total is not None
    assert ordinary.total is not None
    assert found.total("9/10", p="1/3") == ordinary.total("9/10")
    with pytest.raises(ExactError, match="p is not given"):
        found.total("9/10")
    with pytest.raises(ExactError, match="q is no parameter"):
        found.total("9/10", p="1/3", q=1)


def test_regions_have_cells() -> None:
    """Over the whole box and all gammas; the certificate of the strips is accepted again."""
    found = gs.regions(RETRY, undecided="1/10")
    volume = sum((c["p"][1] - c["p"][0]) * (c["gamma"][1] - c["gamma"][0]) for c in found.cells)  # type: ignore[index]
    assert volume == Fraction(8, 10)
    assert gs.check(RETRY, found.certificate, gamma=(0, 1)).status in ("VALID", "HOLEY")
    assert found.curves_of("x")[0].solved() is not None
    assert found.curves_of("term") == []


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: gs.thresholds(RETRY), 'name a point of it: family.at({"p": "1/3"})'),
        (lambda: gs.goals(gs.read(RETRY)), "this is a family of instances"),
        (lambda: gs.plot(RETRY), "this is a family of instances"),
        (lambda: gs.regions(ROOT / "examples" / "half.toml"), "there are no parameters"),
        (lambda: gs.regions(RETRY, undecided=2), "a share lies in (0, 1]"),
        (lambda: gs.verify(RETRY, gamma=("9/10", "1/2")), "gamma: [9/10, 1/2]"),
        (lambda: gs.instance(WAYS, OFF, parameters={"p": (0, 1)}), "p is 0 at p = 0"),
        (lambda: gs.instance(WAYS, OFF, parameters={"q": ("1/10", 1)}), '"p" is no parameter'),
        (lambda: gs.instance(WAYS, OFF, parameters=3), "parameters: a dictionary was expected"),  # type: ignore[call-overload]
        (lambda: gs.instance(WAYS, OFF, parameters=BOX, at={"p": 1}), "p = 1 is outside the box"),
        (lambda: gs.instance(WAYS, OFF, at={"p": 1}), "there are no parameters"),  # type: ignore[call-overload]
        (lambda: gs.instance(WAYS, OFF), "an Mdp was expected"),  # type: ignore[call-overload]
    ],
    ids=range(12),
)
def test_one_line_for_what_is_wrong(ask: Callable[[], object], says: str) -> None:
    """An ExactError that says what would be right."""
    with pytest.raises(ExactError) as caught:
        ask()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
