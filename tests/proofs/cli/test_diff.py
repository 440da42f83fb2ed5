"""`gammastar diff`: what two certificates state differently, whatever the evidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.proofs.claims.small import changed, small, written
from tests.proofs.cli.test_show import golden
from tests.proofs.command import gammastar, one_line
from tests.reports import verified


def test_changed_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First whether they answer the same question; thresholds that moved, counts, claims of one side; exit code 1."""
    monkeypatch.setenv("COLUMNS", "100")
    ran = gammastar("diff", written(tmp_path, small()), written(tmp_path, changed(), "other.json"))
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("different questions; different instance files\n")
    golden("diff.txt", ran.out)


def test_the_same_facts(tmp_path: Path) -> None:
    """By another polynomial, interval, policy, proof or order: exit code 0."""
    document = small()
    claims = document["claims"]
    claims[1] |= {"polynomial": ["-2", "1", "3", "1"], "interval": ["3/5", "2/3"], "policy": {"new": "go"}}
    claims[0] |= {"denominator": ["2", "-2"], "values": {"new": ["0", "2"], "x": ["2"]}}
    claims[6]["proof"] = {"multipliers": []}
    claims.reverse()
    ran = gammastar("diff", written(tmp_path, small()), written(tmp_path, document, "other.json"))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("the same question; the same instance file\n")
    assert ran.out.endswith("They state the same facts.\n")


def test_as_data(tmp_path: Path) -> None:
    """With the direction of each difference."""
    paths = written(tmp_path, small()), written(tmp_path, changed(), "other.json")
    document = json.loads(gammastar("diff", *paths, "--json").out)
    assert (document["format"], document["same"]) == ("gammastar-diff/1", False)
    assert (document["same_instance"], document["same_question"]) == (False, False)
    assert {entry["how"] for entry in document["differences"]} == {"changed", "only in A", "only in B"}
    turned = json.loads(gammastar("diff", *reversed(paths), "--json").out)
    assert len(turned["differences"]) == len(document["differences"])


def test_examples(tmp_path: Path) -> None:
    """At another gamma the thresholds are the same, the orbit is another."""
    paths = [written(tmp_path, verified("corridor-3").certificate)]
    paths.append(written(tmp_path, verified("corridor-3", "1/2").certificate, "half.json"))
    document = json.loads(gammastar("diff", *paths, "--json").out)
    assert (document["same_instance"], document["same_question"]) == (True, False)
    assert {entry["about"] for entry in document["differences"]} <= {"orbit", "swap fails"}


def test_missing_files() -> None:
    """Each command names the file that is not there."""
    for arguments in (["show", "no.json"], ["diff", "no.json", "no.json"]):
        assert "no.json" in one_line(gammastar(*arguments))
