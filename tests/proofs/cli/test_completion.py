"""Completion as a shell asks for it, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.examples import ROOT, instance_path

HALF = str(instance_path("half"))


def completed(shell: str, *words: str) -> str:
    """What the shell is told for the last word."""
    line = " ".join(("gammastar", *words))
    asked = {"_GAMMASTAR_COMPLETE": f"complete_{shell}", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
    asked |= {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    command = [sys.executable, "-c", "from proofs.cli import main; main()"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | asked, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_states_and_their_actions(shell: str) -> None:
    """Of the instance that is named before; nothing, and no message, where it is none."""
    said = completed(shell, "returns", HALF, "--policy", "n")
    assert "new=off" in said
    assert "new=go" in said
    assert "x=stay" not in said
    assert "=" not in completed(shell, "returns", "none.toml", "--policy", "n").replace("'*: :", "")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["ver"], "verify"), (["explain", "recurr"], "recurrent"), (["goals", HALF, "--as", "sm"], "smt2"),
        (["goals", HALF, "--member", "x=1,t"], "x=1,term="), (["verify", "--cert"], "--certificate"),
        (["share", HALF, "--given", "reach=t"], "reach=term"), (["share", HALF, "--given", "r"], "reach=x"),
        (["share", HALF, "--sam"], "--samples"), (["share", HALF, "--se"], "--seed"), (["plot", "--sh"], "--share"),
    ],
)  # fmt: skip
def test_words(words: list[str], found: str) -> None:
    """Commands, terms, forms, options."""
    assert found in completed("bash", *words).split()
