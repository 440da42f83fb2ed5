"""`gammastar slack`: the bound, the orbit that shows that it is tight, and what is said where none does."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import gammastar as gs
from exact.errors import BadInstance
from exact.instance import Question, read_instance
from exact.instance.write import write_instance
from exact.orbit.least import Searched
from proofs.claims.slack import slack_of
from proofs.errors import EnginesDisagree
from proofs.search import slack as search
from proofs.verify import recheck, slack
from tests.examples import instance_path
from tests.proofs.command import MINIMAL, gammastar, one_line
from tests.reference.worked import corridor, star
from tests.reports import errors

GAMMA = Fraction(9, 10)
CORRIDOR = instance_path("corridor-3")


@pytest.mark.parametrize("rays", [3, 5])
def test_stars_are_tight(rays: int) -> None:
    """n goals avoid shutdown for each that accepts it, for every gamma."""
    found = slack_of(slack(replace(star(rays), question=Question(Fraction(1, 2)))))
    assert (found.n, found.n_sharp, found.proved, found.ratio) == (rays, rays, rays, Fraction(rays))
    assert found.tight


def test_a_certificate(tmp_path: Path) -> None:
    """It holds the orbit and what proves n: the kernel alone comes to the same."""
    path, kept = CORRIDOR, tmp_path / "slack.json"
    ran = gammastar("slack", path, "--certificate", kept)
    assert ran.code == 0
    assert "tight: an orbit has the ratio 3" in ran.out
    assert "no theorem can promise more than 3" in " ".join(ran.out.split())
    assert gammastar("check", path, kept).code == 0
    instance = read_instance(CORRIDOR)
    again = slack_of(recheck(instance, kept.read_bytes()))
    assert again == slack_of(slack(instance))
    assert again.tight


def test_a_gap_is_not_called_tight() -> None:
    """retry: n = 1 is proved, and 2 is the least that is found."""
    ran = gammastar("slack", instance_path("retry"), "--gamma", "9/10", "--json")
    found = json.loads(ran.out)
    assert errors(found, "slack") == []
    assert (ran.code, found["proved"], found["least_ratio"], found["tight"]) == (3, 1, "2", False)


@pytest.mark.parametrize("name", ["negative", "lopsided", "no-alternative", "training-leak", "corridor-3"])
def test_documents(name: str) -> None:
    """Each keeps its schema; n is not said to hold where a hypothesis fails."""
    ran = gammastar("slack", instance_path(name), "--gamma", "9/10", "--json")
    found = json.loads(ran.out)
    assert errors(found, "slack") == []
    assert found["tight"] == (name == "corridor-3") == (ran.code == 0)
    if name != "corridor-3":
        assert found["proved"] == 0
        assert Fraction(found["least_ratio"]) < max(found["n"], 1)


def test_no_goal_shuts_down(tmp_path: Path) -> None:
    """Goals in which r1 has more than term, once and for all: there is no ratio, and that is said."""
    path = tmp_path / "below.toml"
    constraint = '[goals]\ninequalities = ["term <= x"]\n'
    path.write_text(f"{MINIMAL}{constraint}", "utf-8")
    ran = gammastar("slack", path, "--gamma", "9/10", "--json")
    found = json.loads(ran.out)
    assert errors(found, "slack") == []
    assert (found["least_ratio"], found["rewards"], found["orbit"], found["tight"]) == (None, None, None, False)
    assert "there is no ratio" in " ".join(gammastar("slack", path, "--gamma", "9/10").out.split())


def test_an_orbit_below_what_is_proved_is_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is never reported as a finding."""
    wrong = Searched(((*[Fraction(0)] * 4, Fraction(1)), Fraction(2)), 1, 0, True)
    monkeypatch.setattr(search, "least_ratio", lambda *_: wrong)
    with pytest.raises(EnginesDisagree, match="n = 3 is proved, but an orbit was counted with a ratio of 2"):
        slack(read_instance(CORRIDOR))
    assert gammastar("slack", CORRIDOR).code == 4


def test_not_certified(monkeypatch: pytest.MonkeyPatch) -> None:
    """An orbit without a claim is counted, and nothing is called tight."""
    monkeypatch.setattr(search, "orbit_claim", lambda *_: None)
    ran = gammastar("slack", CORRIDOR, "--json")
    found = json.loads(ran.out)
    assert errors(found, "slack") == []
    assert (ran.code, found["least_ratio"], found["tight"]) == (3, "3", False)
    assert found["orbit"]["certified"] is False
    assert "not certified" in gammastar("slack", CORRIDOR).out


def test_without_a_gamma(tmp_path: Path) -> None:
    """One line, as for an orbit; an interval too."""
    path = tmp_path / "minimal.toml"
    path.write_text(MINIMAL, "utf-8")
    assert "there is no gamma" in one_line(gammastar("slack", path))
    assert "--gamma" in one_line(gammastar("slack", path, "--gamma", "9/10:1"))
    with pytest.raises(BadInstance, match="there is no gamma"):
        gs.slack(path)


def test_from_python(tmp_path: Path) -> None:
    """The same answer, with names."""
    written = tmp_path / "corridor.toml"
    written.write_bytes(write_instance(replace(corridor(4), question=Question(GAMMA))).encode())
    found = gs.slack(written)
    assert (found.least_ratio, found.tight, found.rewards) == (Fraction(4), True, {"term": Fraction(1)})
    assert repr(found).endswith(": 4, tight>")
    assert found.to_dict() == json.loads(gammastar("slack", written, "--json").out)
