"""Names of states and actions with marks of any kind come out as they went in, on the terminal and in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exact.instance import parse_instance
from tests.examples import instance_path
from tests.proofs.command import MINIMAL, gammastar
from tests.reports import errors

NAMES = ["[bold]", "[/bold]", "[link=x]y[/link]", "100%", "%s{0}", "a_b", "θ", "γ°", 'say "x"', "it's", "back\\slash",
         ":smile:", "$HOME", "<b>", "two words", "#1", "=", "-x", "日本", "e\u0301"]  # fmt: skip


def renamed(name: str, tmp_path: Path) -> Path:
    """corridor-3 with the state r2, its action and the corridor itself named so."""
    spelled = json.dumps(name, ensure_ascii=False)
    text = instance_path("corridor-3").read_text(encoding="utf-8")
    text = text.replace('"r2"', "r2").replace("r2", spelled).replace("stay =", f"{spelled} =")
    text = text.replace('"corridor-3"', spelled)
    path = tmp_path / "named.toml"
    path.write_text(text, encoding="utf-8")
    assert parse_instance(path.read_bytes()).mdp.states[2] == name
    return path


@pytest.mark.parametrize("name", NAMES)
def test_name_survives(name: str, tmp_path: Path) -> None:
    """In the terminal report of verify, in its JSON, in the certificate as the kernel prints it, in the returns."""
    path, certificate = renamed(name, tmp_path), tmp_path / "c.json"
    shown = gammastar("verify", path, "--certificate", certificate, "--seconds", "0")
    assert (shown.code, shown.err) == (0, "")
    assert f"\n{name}: 5 states" in shown.out
    assert f"(term {name})" in shown.out
    assert any(line.startswith(f"{name} ") for line in shown.out.splitlines())
    report = json.loads(gammastar("verify", path, "--json", "--seconds", "0").out)
    assert errors(report) == []
    assert report["states"][name]["paper"]["policy"] == {"new": "go", "r1": "go", name: name}
    assert gammastar("check", path, certificate).out.endswith("\ns VALID\n")
    returns = gammastar("returns", path, "--policy", "r1=go", "--policy", f"{name}={name}")
    if "=" not in name:
        assert f"{name}: {name}" in returns.out


@pytest.mark.parametrize("name", NAMES)
def test_name_of_s_new_survives(name: str, tmp_path: Path) -> None:
    """Also where it stands in the title of a table."""
    spelled = json.dumps(name, ensure_ascii=False)
    path = tmp_path / "named.toml"
    path.write_text(MINIMAL.replace('"new"', "new").replace("new", spelled), encoding="utf-8")
    ran = gammastar("returns", path)
    assert ran.code == 0
    assert f"Visit counts from {name}, t >= 1" in ran.out
    assert f"return = r({name}) + g*" in ran.out


def test_unprintable_names_are_refused(tmp_path: Path) -> None:
    """A name with an escape sequence is refused, and the message does not carry it to the terminal."""
    path = tmp_path / "escape.toml"
    text = instance_path("corridor-3").read_text(encoding="utf-8")
    path.write_text(text.replace('"r2"', '"\\u001b[31m"', 1), encoding="utf-8")
    ran = gammastar("verify", path)
    assert (ran.code, ran.out) == (2, "")
    assert "\x1b" not in ran.err
