"""`gammastar verify`: exit codes, what goes to which stream, one JSON document, the certificate."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import proofs.opinions
import proofs.verify as session
from proofs.errors import EnginesDisagree
from tests.examples import EXIT_CODES, ROOT, expected, instance_path
from tests.proofs.command import MINIMAL, Ran, gammastar, one_line, process
from tests.reports import errors, verified

CORRIDOR = instance_path("corridor-3")
QUICK = ("--seconds", "0")


@pytest.mark.parametrize("name", ["corridor-3", "shutdown-first", "training-leak", "half", "no-alternative"])
def test_exit_code_is_the_verdicts(name: str) -> None:
    """0 verified, 1 refuted, 3 inapplicable; nothing on standard error; the last lines repeat the verdict."""
    ran, wanted = gammastar("verify", instance_path(name), *QUICK), expected(name)
    assert ran.code == EXIT_CODES[wanted["verdict"]]
    assert ran.err == ""
    verdict = f"{wanted['verdict']}; conclusion {wanted['conclusion']} ({wanted['means']}), n = {wanted['n']}"
    assert ran.out.splitlines()[-2:] == [f"Theorem 2: {verdict}", "kernel: s VALID"]


def test_holes_are_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Verified, but with holes: the contract's exit code is 3."""
    holey = replace(verified("corridor-3"), status="HOLEY", holes=("gamma°_new is not settled",))
    monkeypatch.setattr(session, "verify", lambda *_, **__: holey)
    ran = gammastar("verify", CORRIDOR, *QUICK)
    assert ran.code == 3
    assert "hole: gamma°_new is not settled" in ran.out
    assert ran.out.endswith("kernel: s HOLEY\n")


def test_disagreement_of_engines_is_four(monkeypatch: pytest.MonkeyPatch) -> None:
    """A contradiction between an engine and the proof: one line on standard error, no report."""
    contradiction = EnginesDisagree("z3 says sat", "keep the SMT-LIB text and report both")

    def contradict(*_: object, **__: object) -> None:
        raise contradiction

    line = f"gammastar: ENGINES DISAGREE, please report this: {contradiction}\n"
    monkeypatch.setattr(proofs.opinions, "opinions", contradict)
    for arguments in ((), ("--json",)):
        assert gammastar("verify", CORRIDOR, *arguments) == Ran(4, "", line)
    monkeypatch.setattr(session, "verify", contradict)
    assert gammastar("verify", CORRIDOR, *QUICK) == Ran(4, "", line)


@pytest.mark.parametrize("options", [(), ("--gamma", "1/3")])
def test_json_is_one_document_and_nothing_else(options: tuple[str, ...]) -> None:
    """Standard output parses as one JSON object that follows the schema; standard error is empty."""
    ran = gammastar("verify", CORRIDOR, "--json", *options)
    document: Any = json.loads(ran.out)
    assert (ran.err, errors(document)) == ("", [])
    assert (document["format"], document["instance"]["name"]) == ("gammastar-report/1", "corridor-3")


def test_gamma_replaces_the_question() -> None:
    """At 1/2 only r1 is past gamma*_x, but r2 has reached gamma°_x."""
    report = json.loads(gammastar("verify", CORRIDOR, "--gamma", "1/2", "--json", *QUICK).out)
    assert (report["gamma"], report["verdict"]) == ("1/2", "verified")
    assert report["retargeting"]["paper"]["permutations"] == [["term", "r1"]]
    assert report["retargeting"]["sharp"]["permutations"] == [["term", "r1"], ["term", "r2"]]


def test_without_gamma_there_are_steps(tmp_path: Path) -> None:
    """A question without gamma is answered for all of (0, 1)."""
    path = tmp_path / "all.toml"
    path.write_text(MINIMAL, encoding="utf-8")
    ran = gammastar("verify", path, *QUICK)
    assert ran.code == 0
    assert "every gamma in (0, 1)" in ran.out
    report = json.loads(gammastar("verify", path, "--json", *QUICK).out)
    assert errors(report) == []
    assert report["retargeting"]["paper"][0]["n"] == 1
    assert report["orbit"] is None


def test_certificate_for_another_gamma(tmp_path: Path) -> None:
    """It passes with the same --gamma and has a hole without; the command to run is printed, quoted where needed."""
    certificate = tmp_path / "a b.json"
    ran = gammastar("verify", CORRIDOR, "--gamma", "1/2", "--certificate", certificate, *QUICK)
    assert f"python -m proofs.kernel {CORRIDOR} '{certificate}' --gamma 1/2" in ran.out
    assert gammastar("check", CORRIDOR, certificate, "--gamma", "1/2").out.endswith("\ns VALID\n")
    ran = gammastar("check", CORRIDOR, certificate)
    assert ran.code == 3
    assert "add --gamma 1/2" in ran.out


def test_the_instance_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the certificate's place is spelled, and before any work is done."""
    instance = tmp_path / "i.toml"
    instance.write_bytes(CORRIDOR.read_bytes())
    (tmp_path / "soft").symlink_to(instance)
    (tmp_path / "hard").hardlink_to(instance)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(session, "verify", None)
    for place in ("i.toml", "./i.toml", f"../{tmp_path.name}/i.toml", "soft", "hard", str(instance)):
        for command in ("verify", "returns", "orbit"):
            assert "is read here, and would be lost" in one_line(gammastar(command, "i.toml", "--certificate", place))
    assert instance.read_bytes() == CORRIDOR.read_bytes()


def test_smt2_folder(tmp_path: Path) -> None:
    """--smt2 writes each question as SMT-LIB text, also where no second opinion is asked for."""
    folder = tmp_path / "new" / "smt"
    ran = gammastar("verify", CORRIDOR, "--smt2", folder, *QUICK)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]
    assert ran.code == 0
    assert texts
    assert all("(check-sat)" in text and "(declare-" in text for text in texts)


def test_instance_from_a_pipe() -> None:
    """The instance is read once, so it may come from a pipe."""
    command = [sys.executable, "-c", "from proofs.cli import main; main()", "verify", "/dev/stdin", *QUICK]
    done = subprocess.run(command, cwd=ROOT, input=CORRIDOR.read_bytes(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_slow_libraries_are_loaded_only_where_they_are_used() -> None:
    """Without second opinions neither z3 nor sympy; typer is not needed for `check` at all."""
    script = "import sys; from proofs.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    ran = process("verify", CORRIDOR, *QUICK, python=("-c", script))
    assert {"z3", "sympy", "cvc5", "matplotlib", "highspy", "networkx"}.isdisjoint(ran.err.split())
    ran = process("check", CORRIDOR, CORRIDOR, "--quiet", python=("-c", script))
    assert ran.out == "s MALFORMED\n"
    assert {"typer", "rich", "flint", "exact", "proofs.verify"}.isdisjoint(ran.err.split())


@pytest.mark.parametrize("command", [["verify", CORRIDOR, "--smt2"], ["random", "--states", "2", "--count", "1", "-o"]])
def test_a_folder_that_is_a_file(command: list[str], tmp_path: Path) -> None:
    """Refused before the work, and with what to do."""
    place = tmp_path / "here"
    place.touch()
    said = "this is a file, and a folder is needed; name another one, or take the file away"
    assert one_line(gammastar(*command, place)) == f"{place}: {said}"
