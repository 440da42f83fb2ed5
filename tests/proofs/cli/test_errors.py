"""Bad files and bad usage: one line on standard error with the place and the remedy, exit code 2, never a traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from proofs.search import orbits
from tests.examples import instance_path
from tests.proofs.command import MINIMAL, gammastar, one_line, process

CORRIDOR = instance_path("corridor-3")
COMMANDS = ("verify", "returns", "thresholds", "orbit")


def changed(old: str, new: str) -> bytes:
    """The minimal instance with one thing changed."""
    assert old in MINIMAL
    return MINIMAL.replace(old, new, 1).encode()


# (the file's bytes, what the line must hold: the place first)
BAD_FILES = {
    "empty": (b"", ["format: ", "write format = 1"]),
    "not TOML": (b"states = [", ["not TOML", "toml.io"]),
    "not UTF-8": (b"\xff\xfe", ["byte 0 is not UTF-8"]),
    "a zip file": (b"PK\x03\x04" + bytes(range(200)), ["not UTF-8"]),
    "another format": (changed("format = 1", "format = 2"), ["format: ", "write format = 1"]),
    "unknown key": (changed("states", "sates"), ['unknown key "sates"', "states"]),
    "unknown state": (changed('"new"\naction', '"nwe"\naction'), ["shutdown.state: ", "nwe", '"new"']),
    "unknown action": (changed('action = "off"', 'action = "of"'), ["shutdown.action: ", "off"]),
    "duplicated state": (changed('"x", "term"', '"x", "x", "term"'), ["states: ", "twice"]),
    "float": (changed('off = { term = "1" }', "off = { term = 1.0 }"), ["transitions.new.off.term: ", '"1.0"']),
    "sum": (changed('go = { x = "1" }', 'go = { x = "1/3", term = "1/3" }'), ["transitions.new.go: ", "2/3"]),
    "negative": (changed('go = { x = "1" }', 'go = { x = "2", term = "-1" }'), ["transitions.new.go", "[0, 1]"]),
    "zero denominator": (changed('x = "1" }', 'x = "1/0" }'), ["transitions.new.go.x: ", "divides by zero"]),
    "infinite": (changed('off = { term = "1" }', "off = { term = inf }"), ["transitions.new.off.term: ", "finite"]),
    "no number": (changed('x = "1" }', 'x = "p" }'), ["transitions.new.go.x: ", '"1/3"']),
    "absurd size": (changed('x = "1" }', 'x = "1e999999999" }'), ["transitions.new.go.x: ", "exponent"]),
    "many digits": (changed('x = "1" }', f"x = {'9' * 5000} }}"), ["digits"]),
    "nested": (b"a = " + b"[" * 5000, ["nested"]),
    "long key": (b".".join([b"a"] * 5000) + b" = 1", ["at most 3"]),
    "gamma": (MINIMAL.encode() + b'[question]\ngamma = "1"\n', ["question.gamma: ", "between 0 and 1"]),
    "shutdown leads nowhere": (changed('action = "off"', 'action = "go"').replace(
        b'go = { x = "1" }', b'go = { x = "1/2", term = "1/2" }'), ["shutdown.action: ", "Def. 7"]),
    "policy": (MINIMAL.encode() + b'[policy]\nx = "stay"\n', ["policy.x: ", "training"]),
    "reading": (MINIMAL.encode() + b'[goals]\nreading = "retrun"\n', ["goals.reading: ", "return"]),
    "inequality": (MINIMAL.encode() + b'[goals]\ninequalities = ["x +"]\n', ["goals.inequalities[0]"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_FILES)
def test_bad_file(case: str, tmp_path: Path) -> None:
    """The line begins with the file, names the place and holds the remedy; every command says the same."""
    data, parts = BAD_FILES[case]
    path = tmp_path / "bad.toml"
    path.write_bytes(data)
    messages = {one_line(gammastar(command, path)) for command in COMMANDS}
    assert len(messages) == 1
    message = messages.pop()
    assert message.startswith(f"{path}: ")
    for part in parts:
        assert part in message


@pytest.mark.parametrize("command", COMMANDS)
def test_bad_path(command: str, tmp_path: Path) -> None:
    """A missing file, a folder, an endless file: named, and told apart."""
    missing = tmp_path / "no\nsuch [bold]file.toml"
    assert "No such file" in one_line(gammastar(command, missing))
    assert one_line(gammastar(command, tmp_path)).startswith(f"{tmp_path}: Is a directory")
    assert "/dev/zero: a file of" in one_line(gammastar(command, "/dev/zero"))


def test_bad_destination(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate or a folder of questions that cannot be written is not a verdict, and costs no work."""
    monkeypatch.setattr("proofs.verify.verify", None)
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place, problem in (("none/c.json", "No such file"), (".", "Is a directory"), ("file/c", "Not a directory")):
        assert problem in one_line(gammastar("verify", CORRIDOR, "--certificate", tmp_path / place, "--json"))
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    assert "Permission denied" in one_line(gammastar("orbit", CORRIDOR, "--certificate", tmp_path / "c.json"))
    assert "this is a file, and a folder is needed" in one_line(
        gammastar("verify", CORRIDOR, "--smt2", tmp_path / "file")
    )


BAD_USAGE = [
    (["frobnicate"], "No such command 'frobnicate'; see gammastar --help"),
    (["verify"], "Missing argument 'INSTANCE'; see gammastar verify --help"),
    (["verify", "a.toml", "b.toml", "--certificate", "c.json"], "c.json can hold the answer for one instance"),
    (["verify", str(CORRIDOR), "--certificate", "-"], "-: standard output is for what the command says; name a file"),
    (["thresholds", "-", "-"], "- (standard input) is given twice; write one of them to a file"),
    (["verify", "--jsno", str(CORRIDOR)], "No such option: --jsno"),
    (["verify", str(CORRIDOR), "--seconds", "x"], "'--seconds'"),
    (["verify", str(CORRIDOR), "--seconds", "-1"], "'--seconds'"),
    (["check", str(CORRIDOR)], "no certificate comes after it"),
    (["verify", str(CORRIDOR), "--gamma", "0.5.5"], "--gamma: "),
    (["verify", str(CORRIDOR), "--gamma", "1"], "--gamma: gamma = 1 is not a discount; it lies strictly between"),
    (["orbit", str(CORRIDOR), "--gamma", "-1/2"], "--gamma: "),
    (["verify", str(CORRIDOR), "--gamma", "1e999999999"], "--gamma: "),
    (["returns", str(CORRIDOR), "--policy", "r1"], "--policy: "),
    (["returns", str(CORRIDOR), "--policy", "r1=sty"], '"stay"'),
    (["returns", str(CORRIDOR), "--policy", "r9=stay"], "--policy: "),
    (["returns", str(CORRIDOR), "--policy", "r1=stay", "--policy", "r1=go"], "r1 is given twice"),
]


@pytest.mark.parametrize(("arguments", "part"), BAD_USAGE)
def test_bad_usage(arguments: list[str], part: str) -> None:
    """Usage errors look like all the others."""
    assert part in one_line(gammastar(*arguments))


def test_no_command() -> None:
    """Alone, the command explains itself and exits as for bad usage."""
    ran = gammastar()
    assert ran.code == 2
    assert all(name in ran.out for name in (*COMMANDS, "check"))


@pytest.mark.parametrize("table", ["", '[question]\ngamma = "1/2"\n', '[question]\nrewards = { term = "1" }\n'])
def test_orbit_needs_a_question(table: str, tmp_path: Path) -> None:
    """Without rewards or gamma there is nothing to count, and the line says what to write."""
    path = tmp_path / "none.toml"
    path.write_text(MINIMAL + table, encoding="utf-8")
    message = one_line(gammastar("orbit", path))
    assert message.startswith(f"{path}: question.{'gamma' if 'rewards' in table else 'rewards'}: ")


def test_a_large_orbit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """11! vectors are counted by a tree; where that were too long, the reports say that they were not counted."""
    names = [f"s{i}" for i in range(8)]
    rewards = ", ".join(f'{name} = "{i}"' for i, name in enumerate([*names, "new", "x", "term"], 1))
    path = tmp_path / "large.toml"
    states = ", ".join(f'"{name}"' for name in ["new", "x", "term", *names])
    path.write_text(
        MINIMAL.replace('["new", "x", "term"]', f"[{states}]")
        + f'[question]\ngamma = "1/2"\nrewards = {{ {rewards} }}\n',
        encoding="utf-8",
    )
    ran = gammastar("orbit", path, "--json")
    assert json.loads(ran.out)["orbit"]["size"] == 39_916_800
    assert json.loads(ran.out)["method"] == "tree"
    monkeypatch.setattr(orbits, "orbit_tree", lambda *_: None)
    ran = gammastar("verify", path, "--seconds", "0")
    assert ran.code == 0
    assert "Orbit of the question's rewards: not counted: " in ran.out


def test_in_a_process() -> None:
    """The same through a real process: exit code 2, one line, no traceback."""
    message = one_line(process("verify", "no-such-file.toml"))
    assert message == "no-such-file.toml: No such file or directory; check the path and its permissions"
