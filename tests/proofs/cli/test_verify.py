"""The command line: exit codes, what goes to which stream, one JSON document."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import proofs.cli.judge as cli_judge
import proofs.cli.verify as cli_verify
from proofs.errors import EnginesDisagree
from proofs.kernel.check import Outcome
from proofs.theorems import POSITIVE
from tests.examples import EXIT_CODES, ROOT, expected, instance_path
from tests.proofs.command import MINIMAL, Ran, gammastar, process
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


def test_undecided_is_three() -> None:
    """Verified, but with holes: the contract's exit code is 3."""
    holey = Outcome("HOLEY", "", ["hypothesis strict is not shown"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli_judge, "check", lambda *_: holey)
        ran = gammastar("verify", CORRIDOR, *QUICK)
    assert ran.code == 3
    assert "hole: hypothesis strict is not shown" in ran.out
    assert ran.out.endswith("kernel: s HOLEY\n")


def test_disagreement_of_the_solver_is_four(monkeypatch: pytest.MonkeyPatch) -> None:
    """A contradiction between z3 and the proof: one line on standard error, no report."""

    def contradict(*_: object) -> None:
        raise EnginesDisagree("z3 says sat", "keep the SMT-LIB text and report both")

    monkeypatch.setattr(cli_verify, "opinions", contradict)
    for arguments in ((), ("--json",)):
        ran = gammastar("verify", CORRIDOR, *arguments)
        assert ran == Ran(4, "", "gammastar: ENGINES DISAGREE, please report this: " + str(EnginesDisagree(
            "z3 says sat", "keep the SMT-LIB text and report both")) + "\n")  # fmt: skip


@pytest.mark.parametrize("answer", [
    Outcome("INVALID", "claim 3: reach x: no"),
    Outcome("VALID", theorems={("theorem-2", POSITIVE): ("refuted", "fails", "orbit", 3)}),
])  # fmt: skip
def test_disagreement_of_the_kernel_is_four(monkeypatch: pytest.MonkeyPatch, answer: Outcome) -> None:
    """The kernel refuses the certificate, or derives another verdict."""
    monkeypatch.setattr(cli_judge, "check", lambda *_: answer)
    ran = gammastar("verify", CORRIDOR, *QUICK)
    assert (ran.code, ran.out) == (4, "")
    assert "ENGINES DISAGREE" in ran.err


@pytest.mark.parametrize(
    "arguments", [("verify",), ("verify", "--gamma", "1/3"), ("thresholds",), ("orbit",), ("returns",)]
)
def test_json_is_one_document_and_nothing_else(arguments: tuple[str, ...]) -> None:
    """Standard output parses as one JSON object; standard error is empty."""
    command, *options = arguments
    ran = gammastar(command, CORRIDOR, "--json", *options)
    document: Any = json.loads(ran.out)
    assert ran.err == ""
    assert document["instance"]["name"] == "corridor-3"
    assert document["format"] == ("gammastar-report/1" if command == "verify" else f"gammastar-{command}/1")
    if command == "verify":
        assert errors(document) == []


def test_gamma_replaces_the_question() -> None:
    """At 1/2 only r1 is past gamma*_x, but r2 has reached gamma°_x."""
    report = json.loads(gammastar("verify", CORRIDOR, "--gamma", "1/2", "--json", *QUICK).out)
    assert (report["gamma"], report["verdict"]) == ("1/2", "verified")
    assert report["retargeting"]["paper"]["permutations"] == [["term", "r1"]]
    assert report["retargeting"]["sharp"]["permutations"] == [["term", "r1"], ["term", "r2"]]
    assert json.loads(gammastar("orbit", CORRIDOR, "--gamma", "1/2", "--json").out)["gamma"] == "1/2"


def test_check_ends_in_the_s_line(tmp_path: Path) -> None:
    """VALID 0, INVALID 1, MALFORMED 2, HOLEY 3; the last line says which, by both commands."""
    certificate = tmp_path / "c.json"
    gammastar("verify", CORRIDOR, "--certificate", certificate, *QUICK)
    document = json.loads(certificate.read_text(encoding="utf-8"))
    holey, broken = tmp_path / "holey.json", tmp_path / "broken.json"
    holey.write_text(json.dumps(document | {"claims": document["claims"][:3]}), encoding="utf-8")
    broken.write_text("{", encoding="utf-8")
    other = instance_path("half")
    for instance, path, code, status in (
        (CORRIDOR, certificate, 0, "VALID"), (other, certificate, 1, "INVALID"), (CORRIDOR, broken, 2, "MALFORMED"),
        (CORRIDOR, holey, 3, "HOLEY"), (CORRIDOR, tmp_path / "none.json", 2, "MALFORMED"),
    ):  # fmt: skip
        ran = gammastar("check", instance, path)
        assert (ran.code, ran.out.splitlines()[-1], ran.err) == (code, f"s {status}", "")


def test_certificate_for_another_gamma(tmp_path: Path) -> None:
    """A certificate made with --gamma passes with it; the command to run is printed, with quotes where needed."""
    certificate = tmp_path / "a b.json"
    ran = gammastar("verify", CORRIDOR, "--gamma", "1/2", "--certificate", certificate, *QUICK)
    assert f"python -m proofs.kernel {CORRIDOR} '{certificate}' --gamma 1/2" in ran.out
    assert gammastar("check", CORRIDOR, certificate, "--gamma", "1/2").out.endswith("\ns VALID\n")
    assert gammastar("check", CORRIDOR, certificate).code == 1


def test_smt2_folder(tmp_path: Path) -> None:
    """--smt2 writes each question as SMT-LIB text, also where no second opinion is asked for."""
    folder = tmp_path / "new" / "smt"
    ran = gammastar("verify", CORRIDOR, "--smt2", folder, *QUICK)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]
    assert (ran.code, len(texts)) == (0, 9)
    assert all("(check-sat)" in text and "(declare-" in text for text in texts)


def test_returns_of_a_policy() -> None:
    """The policy that stays at r2 visits it g/(1 - g) times, as the report says."""
    ran = gammastar("returns", CORRIDOR, "--policy", "r1=go", "--policy", "r2=stay")
    assert ran.code == 0
    assert any(line.split() == ["r2", "g/(1", "-", "g)", "infinite"] for line in ran.out.splitlines())
    document = json.loads(gammastar("returns", CORRIDOR, "--policy", "r1=go", "--policy", "r2=stay", "--json").out)
    visits = verified("corridor-3").analysis.paper[2].visits
    assert visits is not None
    assert document["visits"]["r2"]["numerator"] == [str(c) for c in visits.coefficients()[0]]


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


def test_no_steps_at_all() -> None:
    """An instance where nothing has a threshold still has its tables."""
    ran = gammastar("thresholds", instance_path("no-alternative"), "--json")
    assert json.loads(ran.out)["retargeting"] == {"paper": [], "sharp": []}


def test_bare_kernel_and_installed_command(tmp_path: Path) -> None:
    """In processes of their own: verify writes, a Python without site-packages checks."""
    certificate = tmp_path / "c.json"
    ran = process("verify", CORRIDOR, "--certificate", certificate, *QUICK)
    assert (ran.code, ran.err) == (0, "")
    checked = process(CORRIDOR, certificate, python=("-S", "-m", "proofs.kernel"))
    assert (checked.code, checked.out.splitlines()[-1]) == (0, "s VALID")


def test_instance_from_a_pipe() -> None:
    """The instance is read once, so it may come from a pipe."""
    command = [sys.executable, "-c", "from proofs.cli import main; main()", "verify", "/dev/stdin", *QUICK]
    done = subprocess.run(command, cwd=ROOT, input=CORRIDOR.read_bytes(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_reader_that_leaves_is_not_a_refutation() -> None:
    """`gammastar ... | head -1`: no traceback, and not the exit code 1."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-c", "from proofs.cli import main; main()", "verify", str(CORRIDOR), *QUICK]
    done = subprocess.run(command, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_narrow_encoding_does_not_stop_a_report() -> None:
    """On a terminal of ASCII the report is spelled with escapes, and JSON stays JSON."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-c", "from proofs.cli import main; main()", "thresholds", str(CORRIDOR)]
    for extra in ([], ["--json"]):
        done = subprocess.run([*command, *extra], cwd=ROOT, env=environment, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.isascii()
