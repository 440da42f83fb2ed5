"""The command line: arguments in, exit codes out. The work is done in the modules that the commands import."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated, Optional, cast

import typer

from proofs.cli.exits import BAD_INPUT, complain, guarded

app = typer.Typer(
    name="gammastar",
    help="Prove or refute shutdown-avoidance theorems on a small MDP, exactly, with a certificate.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

# The base class of all usage errors: click's, or that of the copy of click in newer versions of typer.
UsageError = cast("type[typer.BadParameter]", typer.BadParameter.__bases__[0])

InstancePath = Annotated[Path, typer.Argument(metavar="INSTANCE", help="An instance file (TOML).")]
Gamma = Annotated[Optional[str], typer.Option("--gamma", metavar="Q", help='The discount, exactly: "9/10".')]  # noqa: UP045  # typer reads the annotation at run time
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


@app.command()
def verify(
    instance: InstancePath,
    gamma: Gamma = None,
    certificate: Annotated[Optional[Path], typer.Option(help="Write the certificate here.")] = None,  # noqa: UP045
    json: Json = False,
    smt2: Annotated[Optional[Path], typer.Option(help="Write the solver's questions into this folder.")] = None,  # noqa: UP045
    seconds: Annotated[int, typer.Option(min=0, help="Time limit for all second opinions; 0 asks for none.")] = 1,
) -> None:
    """Hypotheses, closed forms, thresholds, n, permutations, verdicts; a certificate that the kernel has checked."""
    from proofs.cli.verify import run

    raise typer.Exit(guarded(lambda: run(instance, gamma, certificate, json, smt2, seconds)))


@app.command()
def check(
    instance: InstancePath,
    certificate: Annotated[Path, typer.Argument(metavar="CERTIFICATE", help="A certificate (JSON).")],
    gamma: Gamma = None,
) -> None:
    """The kernel alone: ends in `s VALID`, `s INVALID`, `s HOLEY` or `s MALFORMED`."""
    from proofs.kernel.__main__ import main

    arguments = [str(instance), str(certificate)]
    raise typer.Exit(guarded(lambda: main(arguments if gamma is None else [*arguments, "--gamma", gamma])))


@app.command()
def returns(
    instance: InstancePath,
    policy: Annotated[Optional[list[str]], typer.Option(metavar="S=A", help="The action taken in a state.")] = None,  # noqa: UP045
    json: Json = False,
) -> None:
    """Closed-form return and visit counts of a stationary policy. States not named take their first action but a_sd."""
    from proofs.cli.returns import run

    raise typer.Exit(guarded(lambda: run(instance, policy or [], json)))


@app.command()
def thresholds(instance: InstancePath, json: Json = False) -> None:
    """gamma*_x and gamma°_x of each state, and the steps of n(gamma)."""
    from proofs.cli.thresholds import run

    raise typer.Exit(guarded(lambda: run(instance, json)))


@app.command()
def orbit(instance: InstancePath, gamma: Gamma = None, json: Json = False) -> None:
    """Count the orbit of the rewards under `question` inside Theta."""
    from proofs.cli.orbit import run

    raise typer.Exit(guarded(lambda: run(instance, gamma, json)))


def run() -> None:
    """Run the command and exit; a usage error is one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a narrow terminal does not stop a report
    try:
        code = app(standalone_mode=False)
    except UsageError as error:
        command = error.ctx.command_path if error.ctx else "gammastar"
        complain("; ".join([error.format_message().rstrip(".") or "no command is given", f"see {command} --help"]))
        code = BAD_INPUT
    sys.exit(code)
