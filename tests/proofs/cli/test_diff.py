"""`gammastar diff`: what two certificates state differently, whatever the evidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.examples import instance_path
from tests.proofs.claims.small import changed, small, written
from tests.proofs.cli.test_show import golden
from tests.proofs.command import gammastar, one_line
from tests.reports import verified


def test_changed_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First whether they answer the same question; thresholds that moved, counts, claims of one side; exit code 1."""
    monkeypatch.setenv("COLUMNS", "100")
    ran = gammastar("diff", written(tmp_path, small()), written(tmp_path, changed(), "other.json"))
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("What is counted ")
    assert "different questions; different instance files" in ran.out.splitlines()
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
    assert ran.out.startswith("What is counted is the same: ")
    assert {"the same question; the same instance file", "They state the same facts."} < set(ran.out.splitlines())


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


SLOWER = ('go = { r3 = "1" }', 'go = { r3 = "1/100", r2 = "99/100" }')


def test_with_the_instances_it_leads_with_the_verdicts(tmp_path: Path) -> None:
    """A row that is changed moves r3 past the question's gamma: n falls from 3 to 2, which both verdicts say."""
    before, after, proofs = instance_path("corridor-3"), tmp_path / "slower.toml", list[Path]()
    after.write_text(before.read_text("utf-8").replace(*SLOWER), encoding="utf-8")
    for number, path in enumerate((before, after)):
        proofs.append(tmp_path / f"{number}.json")
        assert gammastar("verify", path, "--certificate", proofs[-1], "--seconds", "0").code == 0
    ran = gammastar("diff", *proofs)
    assert (ran.code, ran.out.splitlines()[0]) == (
        1,
        "What is counted changes: n = 3 -> n = 2, n° = 3 -> n° = 2 (as stated)",
    )
    ran = gammastar("diff", *proofs, before, after)
    change = (
        "theorem-2 changes: verified; conclusion proved (paper), n = 3 -> verified; conclusion proved (paper), n = 2"
    )
    assert change in " ".join(ran.out.split())
    document = json.loads(gammastar("diff", *proofs, before, after, "--json").out)
    assert document["theorems"]["theorem-1"] == [f"verified; conclusion proved (paper), n = {n}" for n in (3, 2)]
    same = gammastar("diff", proofs[0], proofs[0], before)
    assert same.out.startswith("No theorem's verdict changes.\ntheorem-2: verified; conclusion proved (paper), n = 3\n")
    assert "INVALID" in one_line(gammastar("diff", *proofs, before)) or "MALFORMED" in one_line(
        gammastar("diff", *proofs, before)
    )


def test_long_lists_are_summed_up(tmp_path: Path) -> None:
    """A few rows and how many more; --all prints them."""
    whole, half = small(), small()
    half["claims"] = half["claims"][:1]
    paths = written(tmp_path, whole), written(tmp_path, half, "other.json")
    short, full = gammastar("diff", *paths).out, gammastar("diff", *paths, "--all").out
    assert "Facts: 10 only in A" in short
    assert "... and 2 more rows; --all prints them" in short
    assert "more rows" not in full
    assert len(full.splitlines()) > len(short.splitlines())
