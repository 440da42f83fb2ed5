"""Every command's --json against its published schema, on the examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.examples import NAMES, instance_path
from tests.proofs.command import MINIMAL, gammastar
from tests.reports import SCHEMAS, errors

ON_ANY = ("thresholds", "orbit", "returns", "goals", "retarget")


def printed(schema: str, *arguments: str | Path) -> dict[str, Any]:
    """What a command prints, as its schema wants it."""
    ran = gammastar(*arguments, "--json")
    assert ran.out, ran
    document: dict[str, Any] = json.loads(ran.out)
    assert document["format"] == f"gammastar-{schema}/1"
    assert errors(document, schema) == []
    return document


def test_each_command_has_a_schema() -> None:
    """One for each that takes --json; `verify` prints the report."""
    others = {"check", "show", "diff", "matrix", "minimal"}
    assert {"report", *ON_ANY, *others} <= set(SCHEMAS)


@pytest.mark.parametrize("name", NAMES)
def test_examples(name: str, tmp_path: Path) -> None:
    """Of single facts, of Theta, of certificates that are checked, shown and compared."""
    instance, certificate = instance_path(name), tmp_path / "c.json"
    for command in ON_ANY:
        printed(command, command, instance)
    printed("report", "verify", instance, "--certificate", certificate)
    printed("check", "check", instance, certificate)
    printed("show", "show", certificate)
    printed("show", "show", certificate, instance)
    assert printed("diff", "diff", certificate, certificate)["same"]


@pytest.mark.parametrize("name", ["training-leak", "no-alternative", "negative"])
def test_what_if(name: str) -> None:
    """All cells, also those that are not defined; proved sets and none."""
    printed("matrix", "matrix", instance_path(name))
    printed("minimal", "minimal", instance_path(name))


def test_all_gammas() -> None:
    """The conditions of Def. 4 in pieces, with open ones; thresholds and Theta without a gamma."""
    printed("retarget", "retarget", instance_path("half-off"), "--for-all-gamma")


def test_refused_and_open(tmp_path: Path) -> None:
    """Certificates that say nothing, of another instance, and none at all; two that differ; no goal of Theta."""
    instance, other = tmp_path / "i.toml", instance_path("corridor-3")
    instance.write_text(MINIMAL, encoding="utf-8")
    certificate, empty = tmp_path / "c.json", tmp_path / "e.json"
    printed("report", "verify", instance, "--certificate", certificate)
    empty.write_text(json.dumps(json.loads(certificate.read_text(encoding="utf-8")) | {"claims": []}), encoding="utf-8")
    statuses = [printed("check", "check", *pair)["status"] for pair in (
        (instance, certificate), (instance, empty), (other, certificate), (instance, instance),
    )]  # fmt: skip
    assert statuses == ["VALID", "HOLEY", "INVALID", "MALFORMED"]
    assert printed("show", "show", empty, instance)["kernel"]["status"] == "HOLEY"
    assert not printed("diff", "diff", certificate, empty)["same"]
    printed("thresholds", "thresholds", instance)
    (member,) = printed("goals", "goals", instance, "--gamma", "9/10", "--member", "x=-1")["members"]
    assert not member["member"]


def test_returns_of_any_policy(tmp_path: Path) -> None:
    """Written to a certificate, with the policy that shuts down."""
    printed("returns", "returns", instance_path("corridor-3"), "--policy", "new=off", "--certificate", tmp_path / "c")


def test_schemas_reject() -> None:
    """What is refused has no facts; an answer that is open has a reason."""
    refused = {"format": "gammastar-check/1", "status": "INVALID", "reason": "so", "holes": [], "proved": {"orbit": 1},
               "hypotheses": {}, "counted": {}, "theorems": {}, "axioms": []}  # fmt: skip
    assert errors(refused, "check") != []
    assert errors(refused | {"proved": {}}, "check") == []
    document = printed("retarget", "retarget", instance_path("overlap"))
    document["at_gamma"]["conditions"][0] |= {"answer": "open"}
    assert errors(document, "retarget") != []
