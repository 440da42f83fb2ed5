"""README says what is so: its examples run, its output is the real one, what it names exists."""

from __future__ import annotations

import re
import runpy

import pytest

from proofs.cli.app import COMMANDS
from tests.examples import ROOT, instance_path
from tests.proofs.command import gammastar
from tests.reports import verified_text

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [
        text
        for kind, text in re.findall(r"^```(\w*)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
        if kind == language
    ]


def squeezed(line: str) -> str:
    """Without runs of blanks."""
    return " ".join(line.split())


def test_short() -> None:
    """Under 150 lines of at most 130 characters."""
    lines = README.splitlines()
    assert len(lines) < 150
    assert max(map(len, lines)) <= 130


def test_report_of_corridor_3_is_the_real_one() -> None:
    """Every line shown is a line that `make demo` prints, blanks apart; thresholds, n and `s VALID` are shown."""
    (shown,) = [block for block in blocks("") if block.startswith("corridor-3:")]
    printed = [squeezed(line) for line in gammastar("verify", instance_path("corridor-3")).out.splitlines()]
    lines = [squeezed(line) for line in shown.splitlines() if line.strip()]
    assert lines[-1] == "s VALID"
    assert "kernel: s VALID" in printed
    for line in lines[:-1]:
        assert line in printed, line
    assert "(-1 + sqrt(5))/2" in shown
    assert "n(9/10) = 3" in shown


def test_instance_is_one() -> None:
    """The instance file in the README is complete: it is verified."""
    (text,) = blocks("toml")
    assert verified_text(text.encode()).main.verdict == "verified"


def test_python_example_prints_what_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The block runs from the project's folder, and prints what its last line says."""
    (code,) = blocks("python")
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    assert f"# prints: {capsys.readouterr().out}" == code.splitlines()[-1] + "\n"


def test_api_script(capsys: pytest.CaptureFixture[str]) -> None:
    """examples/api.py runs; it finds theory.md's threshold of `retry`."""
    runpy.run_path(str(ROOT / "examples" / "api.py"))
    visits, threshold, verdict = capsys.readouterr().out.splitlines()
    assert visits == "v_x = 1/((g - 2)*(g - 1))"
    assert threshold == "gamma°_x = 3/2 - sqrt(5)/2 = 0.3819660113 root of (1, -3, 1)"
    assert "verified" in verdict


def test_commands_and_targets_exist() -> None:
    """Each command of the contract is in the table and in the program; each make target is in the Makefile."""
    shown = set(re.findall(r"^\| `gammastar (\w+)", README, re.MULTILINE))
    assert {"verify", "check", "returns", "thresholds", "orbit"} <= shown <= set(COMMANDS)
    targets = set(re.findall(r"\bmake (\w+) |`make (\w+)`", README))
    for target in {first or second for first, second in targets} - {"and"}:
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


def test_paths_exist() -> None:
    """Links and files that are named."""
    for path in re.findall(r"\]\(([\w./-]+)\)", README) + re.findall(
        r"`((?:examples|proofs|exact|tests)/[\w./-]*)`", README
    ):
        assert (ROOT / path).exists(), path


def test_figures_are_stated() -> None:
    """The measured ratios stand below the command that makes them."""
    section = README.partition("## Measured")[2].partition("\n## ")[0]
    assert "`make bench`" in section
    rows = [line for line in section.splitlines() if line.startswith("| ") and re.search(r"\d", line)]
    assert len(rows) >= 4
    assert "bench: " in MAKEFILE


def test_no_machine_in_what_others_run() -> None:
    """No absolute paths and no host names in the Makefile, the CI and the README, but for the paper's own page."""
    for name in ("Makefile", ".ci/run", "README.md", "constraints.txt", "pyproject.toml"):
        text = (ROOT / name).read_text(encoding="utf-8").replace("https://arxiv.org/abs/2304.06528", "")
        assert not re.search(r"(?<![\w.])/(?:home|root|work|opt|usr/(?!bin/env))|https?://|index-url", text), name
