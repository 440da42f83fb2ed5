"""`returns`, `thresholds` and `orbit`: single facts, each accepted by the kernel before it is printed."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import proofs.verify as session
from exact.instance import Instance
from exact.returns import visit_count
from proofs.claims.checked import Checked, Uncertified
from proofs.claims.types import ClosedForm, Orbit
from proofs.search.policy import chosen
from proofs.verify import proved
from tests.examples import NAMES, instance_path
from tests.proofs.command import MINIMAL, gammastar
from tests.reports import verified

CORRIDOR = instance_path("corridor-3")
POLICY = ("--policy", "r1=go", "--policy", "r2=stay")


@pytest.mark.parametrize("command", ["thresholds", "orbit", "returns"])
def test_json_is_one_document_and_nothing_else(command: str) -> None:
    """With a format of its own."""
    ran = gammastar(command, CORRIDOR, "--json")
    document: Any = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert (document["format"], document["instance"]["name"]) == (f"gammastar-{command}/1", "corridor-3")


def test_returns_of_a_policy() -> None:
    """The policy that stays at r2 visits it g/(1 - g) times, as the report says."""
    ran = gammastar("returns", CORRIDOR, *POLICY)
    assert ran.code == 0
    assert any(line.split() == ["r2", "g/(1", "-", "g)", "infinite"] for line in ran.out.splitlines())
    assert "not certified" not in ran.out
    document = json.loads(gammastar("returns", CORRIDOR, *POLICY, "--json").out)
    assert document["visits"]["r2"] == {"numerator": ["0", "1"], "denominator": ["1", "-1"]}
    assert document["return"] == {"numerator": ["0", "1"], "denominator": ["1"]}


@pytest.mark.parametrize("name", NAMES)
def test_visit_counts_are_right(name: str) -> None:
    """As exact.returns has them, s_new's own count and states that are not visited included."""
    document = json.loads(gammastar("returns", instance_path(name), "--json").out)
    instance = verified(name).instance
    mdp, policy = instance.mdp, chosen(instance, {}, "policy")
    for x, entry in document["visits"].items():
        count = visit_count(mdp, policy, instance.shutdown_state, mdp.state(x))
        above, below = count.coefficients()
        assert entry == {"numerator": list(map(str, above)), "denominator": list(map(str, below))}


def test_closed_forms_go_through_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They can be written and checked; those that the kernel has no work left for are marked."""
    certificate = tmp_path / "c.json"
    ran = gammastar("returns", CORRIDOR, *POLICY, "--certificate", certificate)
    assert f"certificate: {certificate}" in ran.out
    assert "closed-form: 6 proved" in gammastar("check", CORRIDOR, certificate).out

    def part(instance: Instance, claims: list[ClosedForm]) -> Checked:
        return proved(instance, claims[:2])

    monkeypatch.setattr(session, "proved", part)
    assert gammastar("returns", CORRIDOR, *POLICY).out.count("computed, not certified") == 4
    document = json.loads(gammastar("returns", CORRIDOR, *POLICY, "--json").out)
    assert [entry.get("certified", True) for entry in document["visits"].values()] == [True, True, False, False, False]
    assert document["return"]["certified"] is False


def test_thresholds_as_in_the_report() -> None:
    """Those of `verify`, and the steps whatever the question's gamma."""
    document = json.loads(gammastar("thresholds", CORRIDOR, "--json").out)
    report = json.loads(gammastar("verify", CORRIDOR, "--json", "--seconds", "0").out)
    assert document["states"] == report["states"]
    assert [step["n"] for step in document["retargeting"]["paper"]] == [1, 2, 3]
    assert [step["keeping_theta"] for step in document["retargeting"]["sharp"]] == [1, 2, 3]


def test_no_steps_at_all() -> None:
    """An instance where nothing has a threshold still has its tables."""
    ran = gammastar("thresholds", instance_path("no-alternative"), "--json")
    assert json.loads(ran.out)["retargeting"] == {"paper": [], "sharp": []}


def test_the_orbit_is_counted_by_the_kernel_too(tmp_path: Path) -> None:
    """At the gamma that is asked about; its certificate holds that one claim."""
    certificate = tmp_path / "c.json"
    document = json.loads(gammastar("orbit", CORRIDOR, "--gamma", "1/2", "--json", "--certificate", certificate).out)
    assert (document["gamma"], document["method"], document["orbit_note"]) == ("1/2", "enumerated", None)
    assert document["orbit"]["certified"] is True
    assert "certified: yes" in gammastar("orbit", CORRIDOR).out
    assert "orbit: 1 proved" in gammastar("check", CORRIDOR, certificate, "--gamma", "1/2").out


def test_an_interrupted_count_is_no_whole_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """130, the share in the JSON, and the last sentences say that it is not all."""
    part = Uncertified(Orbit(Fraction(9, 10), {}, 20, 0, 5, 15, 0), "interrupted", share=Fraction(1, 2))

    def stopped(instance: Instance, *_: object) -> Checked:
        return replace(proved(instance, []), aside=part)

    monkeypatch.setattr(session, "orbit", stopped)
    ran = gammastar("orbit", CORRIDOR)
    assert (ran.code, "Counting was interrupted; so far: 5 of 20" in " ".join(ran.out.split())) == (130, True)
    assert json.loads(gammastar("orbit", CORRIDOR, "--json").out)["counted"] == "1/2"


def test_an_orbit_beyond_the_kernel_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, with the reason why it is not certified."""
    gamma = verified("corridor-3").gamma
    assert gamma is not None
    counted = Uncertified(Orbit(gamma, {}, 20, 0, 5, 15, 0), "70000 vectors")

    def beyond(instance: Instance, *_: object) -> Checked:
        bare = proved(instance, [])
        return Checked(**{**vars(bare), "aside": counted})

    monkeypatch.setattr(session, "orbit", beyond)
    assert "certified: no, computed only: 70000 vectors" in gammastar("orbit", CORRIDOR).out
    document = json.loads(gammastar("orbit", CORRIDOR, "--json").out)
    assert (document["orbit"]["certified"], document["orbit_note"]) == (False, "70000 vectors")


def test_long_functions_do_not_fill_the_terminal(tmp_path: Path) -> None:
    """Probabilities with many digits: the degree, and where the rest is."""
    odd = f"{10**400 + 1}/{3 * 10**400}"
    rest = f"{2 * 10**400 - 1}/{3 * 10**400}"
    path = tmp_path / "i.toml"
    path.write_text(MINIMAL.replace('go = { x = "1" }', f'go = {{ x = "{odd}", new = "{rest}" }}'), encoding="utf-8")
    out = gammastar("returns", path).out
    assert out.count("a quotient of degree") == 2
    assert max(map(len, out.splitlines())) <= 80
    assert len(out) < 2000
    assert gammastar("orbit", path, "--gamma", "9/10").code == 2
