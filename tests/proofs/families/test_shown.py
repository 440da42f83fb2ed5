"""`gammastar show` of instance files, families among them, and of certificates about families; `diff` of these."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.examples import NAMES, ROOT, instance_path
from tests.proofs.command import gammastar, one_line
from tests.reports import errors, verified

FILES = sorted((ROOT / "examples" / "families").glob("*.toml"))
RETRY = ROOT / "examples" / "families" / "retry.toml"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That of `retry`. Read only."""
    path = tmp_path_factory.mktemp("shown") / "c.json"
    gammastar("verify", RETRY, "--certificate", path)
    return path


@pytest.mark.parametrize("path", [*FILES, *map(instance_path, NAMES)], ids=lambda path: path.stem)
def test_an_instance_file_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every state in at most 80 columns; the JSON has its schema, and its rows are the file's."""
    monkeypatch.setenv("COLUMNS", "80")
    ran = gammastar("show", path)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert ran.out.rstrip().endswith("gammastar verify does that.")
    document = json.loads(gammastar("show", path, "--json").out)
    assert errors(document, "instance") == []
    assert all(state in ran.out for state in document["states"])


def test_a_family_has_polynomials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its parameters and gammas, and what the graph decides; `--at` makes numbers of it."""
    monkeypatch.setenv("COLUMNS", "80")
    shown = gammastar("show", RETRY).out
    assert "retry: 3 states, p in [1/10, 9/10], every gamma in [3/4, 1)" in shown
    assert "try: new (1 - p), x p" in shown
    assert "hypotheses that need more than the graph: gamma-star" in shown
    assert "try: new 2/3, x 1/3" in gammastar("show", RETRY, "--at", "p=1/3").out
    document = json.loads(gammastar("show", RETRY, "--gamma", "9/10:1", "--json").out)
    assert document["states"]["new"]["actions"]["try"] == {"new": "1 - p", "x": "p"}
    assert (document["gamma"], document["parameters"]) == (["9/10", "1"], {"p": ["1/10", "9/10"]})


def test_what_the_graph_decides_the_kernel_says() -> None:
    """The hypotheses are those of the finished report wherever they are not open."""
    for name in ("half", "no-alternative", "training-leak", "corridor-3"):
        known = json.loads(gammastar("show", instance_path(name), "--json").out)["hypotheses"]
        final = verified(name).hypotheses
        assert all(final[key] == holds for key, holds in known.items() if holds is not None)
        assert sum(holds is not None for holds in known.values()) >= 5


def test_a_certificate_about_a_family(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claim by claim; with the family the kernel's word and what follows; for another question it is a hole."""
    monkeypatch.setenv("COLUMNS", "80")
    alone = gammastar("show", certificate)
    assert "counted for every gamma > " in alone.out
    assert "gamma*_x on [1/10, 9/10]" in alone.out
    assert "Nothing of this has been checked" in alone.out
    with_it = gammastar("show", certificate, RETRY)
    assert with_it.code == 0
    assert "kernel: s VALID" in with_it.out
    assert "theorem-2: verified; conclusion proved (paper), n = 1" in with_it.out
    for arguments in ((certificate,), (certificate, RETRY)):
        document = json.loads(gammastar("show", *arguments, "--json").out)
        assert errors(document, "show") == []
        assert document["gamma"] == ["3/4", "1"]
    assert gammastar("show", certificate, RETRY, "--gamma", "9/10:1").code == 3
    assert gammastar("show", certificate, FILES[0]).code == 1


def test_differences(certificate: Path, tmp_path: Path) -> None:
    """Between questions; with the family the verdicts too."""
    other = tmp_path / "other.json"
    gammastar("verify", RETRY, "--gamma", "1/2:1", "--certificate", other)
    assert gammastar("diff", certificate, certificate, RETRY).code == 0
    found = gammastar("diff", certificate, other, RETRY)
    assert found.code == 1
    assert "theorem-2 changes: verified; conclusion proved (paper), n = 1 -> " in found.out
    assert errors(json.loads(gammastar("diff", certificate, other, RETRY, "--json").out), "diff") == []
    assert "it is about another instance file" in gammastar("diff", certificate, other, instance_path("half")).err


def test_bad_input(certificate: Path) -> None:
    """One line each."""
    assert "give the certificate first, or the instance alone" in one_line(gammastar("show", RETRY, certificate))
    assert "is no parameter" in one_line(gammastar("show", RETRY, "--at", "q=1/3"))
