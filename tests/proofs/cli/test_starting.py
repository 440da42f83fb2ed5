"""`gammastar init`, standard input, several instances in one call."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.examples import instance_path
from tests.proofs.command import gammastar, one_line

CORRIDOR, HALF, LEAK = (instance_path(name) for name in ("corridor-3", "half", "training-leak"))


def given(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """What standard input holds."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_new_instance_is_verified_at_once(tmp_path: Path) -> None:
    """Every key of the format is in it, in use or as a comment; the certificate is valid."""
    path, proof = tmp_path / "mine.toml", tmp_path / "mine.json"
    assert f"next: gammastar verify {path}" in gammastar("init", path).out
    ran = gammastar("verify", path, "--certificate", proof)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "kernel: s VALID")
    assert gammastar("check", path, proof, "--quiet").out == "s VALID\n"
    text = path.read_text("utf-8")
    for key in ("format", "name", "description", "states", "training", "[shutdown]", "[transitions.", "[policy]"):
        assert f"\n{key}" in text
    for key in ("reading", "preference", "nonnegative", "inequalities", "ties", "gamma", "rewards", "permutations"):
        assert f"\n{key} = " in text.replace("\n# ", "\n")
    assert "parameters" in text


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """One line, and the file is as it was; the folder has to be there."""
    path = tmp_path / "mine.toml"
    path.write_text("mine", encoding="utf-8")
    assert "it is there already, and would be lost; name another file" in one_line(gammastar("init", path))
    assert path.read_text("utf-8") == "mine"
    assert "No such file" in one_line(gammastar("init", tmp_path / "none" / "i.toml"))


def test_the_comments_can_be_uncommented(tmp_path: Path) -> None:
    """What is commented out is valid too."""
    text = gammastar("init", "-").out
    for key in ("inequalities", "permutations"):
        text = text.replace(f"# {key} = ", f"{key} = ")
    path = tmp_path / "all.toml"
    path.write_text(text, encoding="utf-8")
    assert gammastar("goals", path).code == 0


@pytest.mark.parametrize("command", ["verify", "thresholds", "orbit", "returns", "goals", "retarget", "minimal", "tex"])
def test_standard_input_is_an_instance(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same report as of the file."""
    path = HALF if command == "minimal" else CORRIDOR  # it verifies many instances
    given(monkeypatch, path.read_bytes())
    calm = ["--seconds", "0"] if command == "verify" else []
    from_input, from_file = (gammastar(command, place, *calm) for place in ("-", path))
    assert (from_input.code, from_input.err) == (0, "")
    if command != "tex":
        assert from_input.out == from_file.out


def test_standard_input_is_a_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For check, show, diff and tex; twice is refused."""
    proof = tmp_path / "c.json"
    gammastar("verify", CORRIDOR, "--certificate", proof)
    once: list[list[str | Path]] = [
        ["check", CORRIDOR, "-"], ["show", "-", CORRIDOR], ["diff", "-", proof], ["tex", CORRIDOR, "-"],
    ]  # fmt: skip
    for arguments in once:
        given(monkeypatch, proof.read_bytes())
        assert gammastar(*arguments).code == 0
    twice: list[list[str | Path]] = [
        ["show", "-", "-"],
        ["diff", "-", "-"],
        ["tex", "-", "-"],
        ["diff", "-", proof, "-"],
    ]
    for arguments in twice:
        assert "(standard input) is given twice" in one_line(gammastar(*arguments))


def test_an_error_names_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of a file."""
    given(monkeypatch, b"format = 2")
    assert one_line(gammastar("verify", "-")).startswith("standard input: format: ")
    given(monkeypatch, b"[]")
    assert one_line(gammastar("show", "-")) == (
        "standard input: a list is not an object; give a file that `gammastar verify --certificate` wrote"
    )


def test_several_instances(tmp_path: Path) -> None:
    """Each report below its file; the worst code; one that is broken does not stop the next."""
    ran = gammastar("verify", CORRIDOR, HALF, LEAK, "--seconds", "0")
    assert ran.code == 1
    lines = ran.out.splitlines()
    places = [lines.index(str(path)) for path in (CORRIDOR, HALF, LEAK)]
    assert places == sorted(places)
    assert lines.count("kernel: s VALID") == 3
    ran = gammastar("thresholds", tmp_path / "none.toml", CORRIDOR)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "corridor-3: 5 states" in ran.out
    assert "for one instance" in one_line(gammastar("verify", CORRIDOR, HALF, "--certificate", tmp_path / "c.json"))
