"""Calls that are read without typer's parser: the same parameters as with it, and the rest left to it."""

from __future__ import annotations

import subprocess
import sys
from inspect import signature
from typing import Any

import pytest
import typer

from proofs.cli.app import COMMANDS, app
from proofs.cli.plain import parsed
from tests.examples import ROOT, instance_path

WELL_FORMED = [
    "verify a.toml", "verify --json a.toml --seconds 0 --cvc5", "verify a.toml --smt2 dir --certificate out.json",
    "verify a.toml b.toml - --all --verbose", "check - b --verbose", "thresholds a b --gamma 1/2", "diff a b c d --all",
    "init", "init - --json", "explain", "explain n°", "explain proved (paper)",
    "verify a.toml --at p=1/3 --at q=1/2", "regions a --undecided 1/50 --json",
    "verify a.toml --gamma 1/2 --gamma 9/10", "verify a.toml --gamma -1/2", "check a b --quiet --json --gamma 1/2",
    "returns a --policy s=a --policy t=b --json", "thresholds a", "orbit a --certificate c", "goals a --as latex",
    "goals a --member x=1 --member y=2", "plot a -o b.pdf --what visits --columns 2", "graph --output b.dot a",
    "bundle a -o b.zip", "tex a", "tex a b --document -o c", "show a", "show a b", "diff a b --json",
    "retarget a --for-all-gamma", "matrix a -o b", "minimal a --json", "export a -o b",
    "import cliff -o b --option k=v --names n --shutdown s:a --terminal t",
    "sweep a b -o c", "sweep --jobs 2 a -o c b --gamma 1/2 d", "sweep --summary rows", "sweep a",
    "random --states 3 --count 2 -o d --seed 4 --actions 2 --gamma 1/2",
]  # fmt: skip
LEFT = [
    "verify", "verify --help", "verify a -h", "verify a --gamma", "verify a --gamma=1/2", "verify -- a",
    "verify a --seconds -1", "verify a --seconds x", "verify a --seconds 9999999999", "verify a --frob",
    "plot a", "plot a -ob.pdf", "plot a -o b --columns 3", "plot a -o b --columns 0", "diff a",
    "sweep a -o",
]  # fmt: skip


def by_typer(name: str, arguments: list[str]) -> dict[str, Any]:
    """The parameters that it would give, without those that are not set."""
    group: Any = typer.main.get_command(app)
    context = group.commands[name].make_context(name, list(arguments))
    return {key: value for key, value in context.params.items() if value not in (None, [], (), *defaults(name))}


def defaults(name: str) -> list[Any]:
    """What the command's parameters are unless they are given."""
    return [parameter.default for parameter in signature(COMMANDS[name]).parameters.values()]


@pytest.mark.parametrize("line", WELL_FORMED)
def test_as_typer_reads_it(line: str) -> None:
    """Names, kinds and values; what is not given keeps its default."""
    name, *arguments = line.split()
    found = parsed(COMMANDS[name], arguments)
    assert found is not None
    assert {key: value for key, value in found.items() if value not in defaults(name)} == by_typer(name, arguments)


@pytest.mark.parametrize("line", LEFT)
def test_the_rest_is_left_to_typer(line: str) -> None:
    """Help, mistakes, and spellings that are rare."""
    name, *arguments = line.split()
    assert parsed(COMMANDS[name], arguments) is None


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_read(name: str) -> None:
    """Whatever its parameters are; an unknown option is typer's to refuse."""
    assert parsed(COMMANDS[name], ["--no-such-option"]) is None


def test_a_plain_call_loads_little() -> None:
    """Neither sympy nor z3, mpmath or pydantic, where nothing asks for them."""
    script = (
        "import sys; from proofs.cli import main\ntry: main()\nexcept SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "verify", str(instance_path("corridor-3")), "--seconds", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert not {"sympy", "z3", "mpmath", "pydantic", "numpy", "matplotlib"} & set(done.stderr.split())
