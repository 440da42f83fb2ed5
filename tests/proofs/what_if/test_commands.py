"""gammastar retarget, matrix, minimal as a user runs them."""

from __future__ import annotations

import importlib
import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import proofs.search.orbits
from tests.examples import instance_path
from tests.proofs.command import MINIMAL, gammastar, one_line, process
from tests.reports import errors


def squeezed(text: str) -> list[str]:
    """Lines without runs of blanks."""
    return [" ".join(line.split()) for line in text.splitlines()]


def fits(out: str, path: Path | None = None) -> bool:
    """80 columns, but for lines with that path; hyphenated words are not cut."""
    lines = [line for line in out.splitlines() if path is None or str(path) not in line]
    return max(map(len, lines)) <= 80 and not {"shutdown-", "-first", "fir"} & set(out.split())


def test_retarget() -> None:
    """First n, then a line for each permutation, and the goals that refute; 0 with some permutation, 1 with none."""
    ran = gammastar("retarget", instance_path("overlap"))
    assert (ran.code, ran.err) == (0, "")
    lines = squeezed(ran.out)
    assert "(term t) always not always" in lines
    assert "(term x t) always always" in lines
    assert lines[1] == "gamma = 9/10: n = 2 by (term x), (term x t)"
    assert gammastar("retarget", instance_path("training-leak")).code == 1


def test_retarget_certificate(tmp_path: Path) -> None:
    """Written once the kernel has checked it; a bare Python finds it valid."""
    target = tmp_path / "c.json"
    ran = gammastar("retarget", instance_path("overlap"), "--for-all-gamma", "--certificate", target)
    assert fits(ran.out, target)
    lines = squeezed(ran.out)
    assert "kernel: s VALID" in lines[-3:]
    assert "gamma from 1/2 to 1: n = 2 by (term x), (term x t)" in lines
    checked = process(instance_path("overlap"), target, python=("-S", "-m", "proofs.kernel"))
    assert (checked.code, checked.out.splitlines()[-1]) == (0, "s VALID")


def test_retarget_json() -> None:
    """Every answer with its theta; all_gamma only where it is asked for."""
    document = json.loads(gammastar("retarget", instance_path("training-leak"), "--json").out)
    assert (document["format"], document["all_gamma"], document["kernel"]) == ("gammastar-retarget/1", None, None)
    known = document["at_gamma"]
    assert (known["n"], known["complete"], known["permutations"]) == (0, True, [])
    (leaving,) = [c for c in known["conditions"] if c["permutation"] == [["x", "term"]] and c["condition"] == "stays"]
    assert (leaving["answer"], leaving["gamma"]) == ("not always", "1/2")
    assert leaving["because"].startswith("permuted it leaves Theta")
    document = json.loads(gammastar("retarget", instance_path("half-off"), "--for-all-gamma", "--json").out)
    pieces = [piece for entry in document["all_gamma"]["conditions"] for piece in entry["pieces"]]
    assert {piece["answer"] for piece in pieces} <= {"always", "not always", "open"}
    assert document["all_gamma"]["steps"][0]["interval"][0] == "0"


@pytest.mark.parametrize("command", ["retarget", "minimal"])
def test_a_gamma_is_needed(command: str, tmp_path: Path) -> None:
    """One line with the remedy; with --gamma it runs."""
    path = tmp_path / "i.toml"
    path.write_text(MINIMAL, encoding="utf-8")
    assert "there is no gamma; write gamma" in one_line(gammastar(command, path))
    assert gammastar(command, path, "--gamma", "9/10").code == 0


def test_retarget_without_a_gamma(tmp_path: Path) -> None:
    """On all of (0, 1) alone."""
    path = tmp_path / "i.toml"
    path.write_text(MINIMAL, encoding="utf-8")
    ran = gammastar("retarget", path, "--for-all-gamma")
    assert ran.code == 0
    assert "gamma from 0 to 1: n = 1 by (term x)" in squeezed(ran.out)


def test_matrix(tmp_path: Path) -> None:
    """What the truth depends on comes first; the own cell is marked; each folder is checkable."""
    target = tmp_path / "cells"
    ran = gammastar("matrix", instance_path("training-leak"), "-o", target)
    assert (ran.code, ran.err) == (0, "")
    assert fits(ran.out, target)
    lines = squeezed(ran.out)
    assert "changes with reading, ties, terminal, rewards." in " ".join(lines[2:4])
    assert lines.index("What the truth depends on: one dimension changed alone") < lines.index("Theorem 2")
    assert any(line.startswith("reading changes 16 of 144") for line in lines)
    assert any(line.startswith("preference stays 0 of 72") for line in lines)
    assert "preference: weak and strict give the same everywhere; shown together" in lines
    assert "[R -1 orbit]" in ran.out
    assert len(list(target.iterdir())) == 72
    cell = target / "on-training-weak-uniform-once-nonnegative"
    checked = process(cell / "instance.toml", cell / "certificate.json", python=("-S", "-m", "proofs.kernel"))
    assert (checked.code, checked.out.splitlines()[-1]) == (0, "s VALID")


def test_matrix_json(tmp_path: Path) -> None:
    """144 cells, each with verdict, conclusion, means, n and the kernel's word."""
    path = tmp_path / "i.toml"
    path.write_text(MINIMAL, encoding="utf-8")
    document = json.loads(gammastar("matrix", path, "--gamma", "9/10", "--json").out)
    assert (document["format"], document["gamma"], len(document["cells"])) == ("gammastar-matrix/1", "9/10", 144)
    own = [cell for cell in document["cells"] if document["own"].items() <= cell.items()]
    assert [(c["verdict"], c["conclusion"], c["means"], c["n"]) for c in own] == [("verified", "proved", "paper", 1)]
    assert own[0]["kernel"] == {"status": "VALID", "holes": [], "derives_it": True}
    assert document["alike"]["reading"] == [["return", "immediate", "on-training"]]


def test_matrix_without_a_gamma(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question is then "for all gamma"."""
    monkeypatch.setattr(proofs.search.orbits, "MOST_STEPS", 10_000_000)
    path = tmp_path / "i.toml"
    path.write_text(MINIMAL, encoding="utf-8")
    ran = gammastar("matrix", path)
    assert ran.code == 0
    assert ran.out.startswith("unnamed: 3 states, every gamma in (0, 1)\n")
    assert "[V +1 paper]" in ran.out


def test_matrix_does_not_write_among_other_files(tmp_path: Path) -> None:
    """A folder with something else in it, or a file, is refused before any work; an earlier run's is not."""
    path = tmp_path / "i.toml"
    path.write_text(MINIMAL, encoding="utf-8")
    assert "name a new folder" in one_line(gammastar("matrix", path, "-o", tmp_path))
    assert "this is a file" in one_line(gammastar("matrix", path, "-o", path))
    target = tmp_path / "cells"
    (target / "once").mkdir(parents=True)
    (target / "once" / "instance.toml").touch()
    assert gammastar("matrix", path, "-o", target, "--gamma", "9/10").code == 0


def test_minimal() -> None:
    """The minimal sets with their proofs first, roles, switches, and a witness for each member."""
    ran = gammastar("minimal", instance_path("training-leak-on-training"))
    assert (ran.code, ran.err) == (0, "")
    assert fits(ran.out)
    shown = " ".join(ran.out.split())
    assert "The conclusion for n = 1 is proved with any one of these sets, all else relaxed: - strict: proved" in shown
    assert "As it is: verified; conclusion proved (paper), n = 1" in shown
    assert "- without strict: fails for n = 1; the orbit of theta = 0: 1 shut down, 0 avoid it" in shown
    assert "- strict: ties go to shutdown" in shown
    assert "Each set is an instance of its own" in shown
    assert gammastar("minimal", instance_path("training-leak")).code == 1


def test_minimal_json() -> None:
    """Every subset, and the sets with what happens without each member."""
    document = json.loads(gammastar("minimal", instance_path("corridor-3"), "--json").out)
    assert (document["format"], document["n"], len(document["runs"])) == ("gammastar-minimal/1", 3, 16)
    (smallest,) = document["sets"]
    assert smallest["keep"] == ["nonnegative", "shutdown-terminal", "strict"]
    assert smallest["proof"]["proved"] is True
    assert set(smallest["without"]) == set(smallest["keep"])
    assert not any(run["proved"] for run in smallest["without"].values())
    assert (len(smallest["subsets"]["fails"]), smallest["subsets"]["open"]) == (7, [])
    assert {run["outcome"] for run in document["runs"]} == {"proved", "fails"}
    by_id = {entry["id"]: entry["role"] for entry in document["hypotheses"]}
    assert (by_id["strict"], by_id["almost-sure-reach"], by_id["ood"]) == ("needed", "not needed", None)
    assert smallest["without"]["strict"]["counterexample"]["orbit"]["avoid"] == 0
    document = json.loads(gammastar("minimal", instance_path("training-leak"), "--json").out)
    assert document["sets"] is None


@pytest.mark.parametrize("name", ["box", "training-leak-on-training"])
def test_lines_of_retarget_fit_a_terminal(name: str) -> None:
    """Other instances' too."""
    assert fits(gammastar("retarget", instance_path(name), "--for-all-gamma").out)


def stop_after(monkeypatch: pytest.MonkeyPatch, module: str, name: str, number: int) -> None:
    """Ctrl-C at the call after so many."""
    whole, calls = getattr(importlib.import_module(module), name), count()

    def stopping(*given: Any, **more: Any) -> Any:
        if next(calls) == number:
            raise KeyboardInterrupt
        return whole(*given, **more)

    monkeypatch.setattr(f"{module}.{name}", stopping)


def test_an_interrupted_matrix_keeps_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells that are done, how many are missing, exit code 130; nothing but one line where none is."""
    whole = json.loads(gammastar("matrix", instance_path("half"), "--json").out)
    stop_after(monkeypatch, "proofs.what_if.cells", "_verified", 5)
    ran = gammastar("matrix", instance_path("half"), "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["missing"], errors(found, "matrix")) == (130, 134, [])
    assert found["cells"][:10] == whole["cells"][:10]
    assert all(cell["verdict"] is None for cell in found["cells"][10:])
    stop_after(monkeypatch, "proofs.what_if.cells", "_verified", 5)
    ran = gammastar("matrix", instance_path("half"))
    assert ran.code == 130
    assert "Interrupted: 134 of 144 cells are missing." in ran.out.splitlines()
    assert "not done" in ran.out
    stop_after(monkeypatch, "proofs.what_if.cells", "_verified", 0)
    ran = gammastar("matrix", instance_path("half"))
    assert (ran.code, ran.out, ran.err) == (130, "", "gammastar: interrupted\n")


@pytest.mark.parametrize("number", [0, 1, 4])
def test_interrupted_minimal_sets_keep_what_they_have(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets that were tried, none said to be needed, exit code 130."""
    stop_after(monkeypatch, "proofs.what_if.minimal", "_run", number)
    ran = gammastar("minimal", instance_path("box"), "--json")
    found = json.loads(ran.out)
    assert (ran.code, errors(found, "minimal")) == (130, [])
    assert len(found["runs"]) <= number + 1
    assert found["missing"] + len(found["runs"]) == 8
    assert all(entry["role"] is None for entry in found["hypotheses"])
    stop_after(monkeypatch, "proofs.what_if.minimal", "_run", number)
    assert "are missing, and what follows is about the others" in " ".join(
        gammastar("minimal", instance_path("box")).out.split()
    )


def test_progress_is_told_where_it_is_asked_for() -> None:
    """On standard error; nothing without a terminal otherwise."""
    assert gammastar("minimal", instance_path("half-off")).err == ""
    told = gammastar("minimal", instance_path("half-off"), "--verbose").err.splitlines()
    assert told
    assert all(line.startswith("gammastar: ") and "without" in line for line in told)
