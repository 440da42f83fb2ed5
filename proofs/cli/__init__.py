"""The command `gammastar`. Each subcommand is one function, with its arguments, which imports only what it uses.

`app` lists them all; `check` runs without it, since typer alone takes longer to load than the kernel to check.
`command` makes commands of functions, `options` and `completion` have what they share; `source` reads, `target` writes,
`exits` maps verdicts and errors to exit codes.
"""

from __future__ import annotations

import io
import os
import sys

NARROWEST, WIDEST = 20, 1000  # columns; rich and typer break on some numbers outside


def main() -> None:
    """Run the command and exit with one of the codes of `proofs.cli.exits`."""
    from proofs.cli.exits import guarded

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a narrow terminal does not stop a report
    _bound_width()
    sys.exit(guarded(_command))


def _command() -> int:
    if sys.argv[1:2] == ["check"]:
        from proofs.cli.check import plainly

        code = plainly(sys.argv[2:])
        if code is not None:
            return code
    from proofs.cli.app import run

    return run()


def _bound_width() -> None:
    asked = os.environ.get("COLUMNS", "80")
    columns = int(asked[:4]) if asked.isascii() and asked.isdecimal() else 80
    if asked != (bounded := str(min(max(columns, NARROWEST), WIDEST))):
        os.environ["COLUMNS"] = bounded
