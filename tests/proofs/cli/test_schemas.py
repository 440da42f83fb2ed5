"""Every command's --json against its published schema, on the examples."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from inspect import signature
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from proofs.cli.app import COMMANDS
from proofs.sweep import sweep
from proofs.sweep.row import Job, about
from proofs.sweep.row import broken as broken_row
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
    """All take --json; `verify` prints the report, `sweep` its summary. Rows have a schema too."""
    called = {"verify": "report", "sweep": "sweep-summary"}
    for name, command in COMMANDS.items():
        assert "json" in signature(command).parameters, name
        assert called.get(name, name) in SCHEMAS, name
    assert "sweep" in SCHEMAS


@pytest.mark.parametrize("name", NAMES)
def test_examples(name: str, tmp_path: Path) -> None:
    """Of single facts, of Theta, of certificates that are checked, shown and compared."""
    instance, certificate = instance_path(name), tmp_path / "c.json"
    for command in ON_ANY:
        printed(command, command, instance)
    printed("share", "share", instance, "--samples", "20")
    printed("report", "verify", instance, "--certificate", certificate)
    printed("check", "check", instance, certificate)
    printed("show", "show", certificate)
    printed("show", "show", certificate, instance)
    assert printed("diff", "diff", certificate, certificate)["same"]


@pytest.mark.parametrize(
    ("command", "name"), [*product(("matrix", "minimal"), ("no-alternative", "negative")), ("minimal", "training-leak")]
)
def test_what_if(command: str, name: str) -> None:
    """All cells, also those that are not defined (those of training-leak: what_if/test_cells.py); sets and none."""
    printed(command, command, instance_path(name))


def test_shares() -> None:
    """Exact, and of a question of its own."""
    assert printed("share", "share", instance_path("half"), "--gamma", "1/2")["share"] == "1/6"
    assert (
        printed("share", "share", instance_path("coinrun"), "--given", "reach=coin_1", "--samples", "9")["samples"] == 9
    )


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


def test_in_and_out(tmp_path: Path) -> None:
    """Other formats, with something to say and without."""
    drn, source = tmp_path / "a.drn", instance_path("corridor-3")
    assert printed("export", "export", source, "-o", drn)["notes"]
    assert printed("import", "import", drn, "-o", tmp_path / "a.toml")["notes"]
    instance = tmp_path / "i.toml"
    instance.write_text(MINIMAL, encoding="utf-8")
    assert printed("export", "export", instance, "-o", drn)["notes"] == []
    assert printed("import", "import", drn, "-o", tmp_path / "b.toml")["notes"] == []


def test_what_writes_files(tmp_path: Path) -> None:
    """Figures, LaTeX with and without a file, a bundle, random instances."""
    source = instance_path("half")
    assert "documentclass" in printed("tex", "tex", source, "--document")["latex"]
    assert printed("tex", "tex", source, "-o", tmp_path / "a.tex")["latex"] is None
    assert printed("random", "random", "--states", "3", "--count", "2", "-o", tmp_path / "r")["files"] == [
        "random-3-0-0.toml", "random-3-0-1.toml",
    ]  # fmt: skip
    printed("graph", "graph", source, "-o", tmp_path / "a.dot")
    assert "check.py" in printed("bundle", "bundle", source, "-o", tmp_path / "b")["files"]
    pytest.importorskip("matplotlib")
    printed("plot", "plot", source, "-o", tmp_path / "a.svg")


def test_rows_of_a_sweep(tmp_path: Path) -> None:
    """Verdicts of all kinds, files that are broken or not there, instances that take too long; and their summary."""
    broken, rows = tmp_path / "broken.toml", tmp_path / "rows.jsonl"
    broken.write_text("format = 2\n")
    given = [*map(instance_path, ("half", "training-leak", "negative")), broken, tmp_path / "missing.toml"]
    with ThreadPoolExecutor(1) as pool:
        sweep(given, rows, executor=pool, gamma="9/10")
        sweep([instance_path("corridor-3")], rows, executor=pool, seconds=1)
    found = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()]
    assert [error for row in found for error in errors(row, "sweep")] == []
    assert {row["verdict"] for row in found} >= {"verified", "inapplicable", None}
    assert printed("sweep-summary", "sweep", "--summary", rows)["instances"] == 6
    lost = broken_row(3, "no answer within 1 seconds", None)
    head = about(Job("a.toml", b"", "0" * 64, None, "0.1.0", 1))
    assert errors({**head, **lost, "limit": 1, "seconds": "1.000"}, "sweep") == []
    assert errors({**head, **lost, "limit": 1, "seconds": "1.000", "verdict": "verified"}, "sweep") != []


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


def test_to_begin(tmp_path: Path) -> None:
    """Terms, a new instance, several instances of which one is none."""
    printed("explain", "explain")
    printed("explain", "explain", "n°")
    assert printed("init", "init", tmp_path / "i.toml")["output"] == str(tmp_path / "i.toml")
    for command in ("verify", "thresholds"):
        document = printed("several", command, tmp_path / "i.toml", tmp_path / "none.toml", instance_path("half"))
        assert [found and found["instance"]["name"] for found in document["documents"]] == ["my-instance", None, "half"]


def test_with_a_gamma() -> None:
    """What is counted at it, and the values there."""
    counted = printed("thresholds", "thresholds", instance_path("corridor-3"), "--gamma", "3/5")
    assert (counted["gamma"], counted["counted"]["paper"]["n"]) == ("3/5", 2)
    values = printed("returns", "returns", instance_path("corridor-3"), "--gamma", "1/2")
    assert values["visits"]["r1"]["value"] == "2"
