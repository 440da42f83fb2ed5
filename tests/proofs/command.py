"""The command `gammastar` as a user runs it: in this process, or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from proofs.cli import main
from tests.examples import ROOT

MINIMAL = """
format = 1
states = ["new", "x", "term"]
[shutdown]
state = "new"
action = "off"
[transitions.new]
off = { term = "1" }
go = { x = "1" }
[transitions.x]
stay = { x = "1" }
"""


@dataclass(frozen=True)
class Ran:
    """What a run left behind."""

    code: int
    out: str
    err: str


def gammastar(*arguments: str | Path) -> Ran:
    """Run the command in this process."""
    out, err, code = StringIO(), StringIO(), 0
    argv = patch.object(sys, "argv", ["gammastar", *map(str, arguments)])
    with redirect_stdout(out), redirect_stderr(err), argv:
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
    return Ran(code, out.getvalue(), err.getvalue())


def process(*arguments: str | Path, python: tuple[str, ...] = ("-c", "from proofs.cli import main; main()")) -> Ran:
    """Run it in a process of its own; python: what comes before the arguments."""
    command = [sys.executable, *python, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120)
    return Ran(done.returncode, done.stdout, done.stderr)


def elsewhere(commands: Sequence[Sequence[str | Path]], **environment: str) -> None:
    """Run several, one after the other, in one other process with its own environment; each ends with exit code 0."""
    script = (
        "import json, sys; from tests.proofs.command import gammastar; "
        "sys.exit(any(gammastar(*words).code for words in json.loads(sys.argv[1])))"
    )
    given = json.dumps([[str(word) for word in words] for words in commands])
    subprocess.run(
        [sys.executable, "-c", script, given], check=True, cwd=ROOT, env=os.environ | environment, timeout=120
    )


def one_line(ran: Ran) -> str:
    """The message of a refused run: exit code 2, nothing on standard output, one line on standard error."""
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.endswith("\n")
    assert ran.err.count("\n") == 1, ran.err
    assert "Traceback" not in ran.err
    assert ran.err.startswith("gammastar: ")
    return ran.err.removeprefix("gammastar: ").rstrip("\n")
