"""The command line: arguments in, exit codes out. The work is done in the modules that the commands import."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, cast

import typer

from proofs.cli import drawing, exchange, facts, questions, showing, starting, sweep
from proofs.cli.bundle import bundle
from proofs.cli.command import Command
from proofs.cli.exits import BAD_INPUT, INTERRUPTED, READER_LEFT, Done, failed
from proofs.cli.help_page import OneCommand, Several
from proofs.cli.options import flag
from proofs.cli.plain import parsed
from proofs.cli.verify import check, verify

GROUPS: dict[str, tuple[Command, ...]] = {
    "To begin": (starting.init, starting.explain),
    "What is proved": (
        verify,
        check,
        facts.thresholds,
        facts.orbit,
        facts.slack,
        facts.phases,
        facts.returns,
        facts.regions,
    ),
    "Further questions": (questions.goals, questions.share, questions.retarget, questions.matrix, questions.minimal),
    "To show": (showing.diff, showing.show, showing.tex, drawing.plot, drawing.graph, bundle),
    "In and out": (exchange.import_, exchange.export, sweep.sweep, sweep.random),
}
COMMANDS = {command.__name__.rstrip("_"): command for group in GROUPS.values() for command in group}

app = typer.Typer(
    name="gammastar",
    help="Prove or refute shutdown-avoidance theorems on a small MDP, exactly, with a certificate.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    cls=Several,
)
for _panel, _commands in GROUPS.items():
    for _command in _commands:
        _text = " ".join((_command.__doc__ or "").split())
        app.command(_command.__name__.rstrip("_"), cls=OneCommand, help=_text, rich_help_panel=_panel)(_command)

# The base class of all usage errors: click's, or that of the copy of click in newer versions of typer.
UsageError = cast("type[typer.BadParameter]", typer.BadParameter.__bases__[0])


def _version(asked: bool) -> None:
    if asked:
        from gammastar import __version__

        print(f"gammastar {__version__}")
        raise typer.Exit(0)


@app.callback()
def main(
    version: Annotated[bool, flag("--version", "Print the version.", is_eager=True, callback=_version)] = False,
) -> None:
    """Prove or refute shutdown-avoidance theorems on a small MDP, exactly, with a certificate."""


def _plainly(arguments: Sequence[str]) -> None:
    """Raises Done where nothing of typer's parser is needed; else nothing is done."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is not None and (found := parsed(command, arguments[1:])) is not None:
        command(**found)


def run() -> int:
    """Run the command; a usage error is one line on standard error and exit code 2."""
    try:
        _plainly(sys.argv[1:])
        if sys.argv[1:2] in (["--install-completion"], ["--show-completion"]) and sys.argv[2:]:
            os.environ["_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION"] = "1"  # typer reads which shell, or refuses it
        code = int(app(prog_name="gammastar", standalone_mode=False) or 0)
        return failed(INTERRUPTED, "interrupted") if code == INTERRUPTED else code
    except Done as done:
        return done.code
    except UsageError as error:
        command = error.ctx.command_path if error.ctx else "gammastar"
        said = error.format_message().replace(": Value error, ", ": ")
        problem = said.rstrip(".?") or "no command is given"
        return failed(BAD_INPUT, f"{problem}; see {command} --help")
    except typer.Abort:
        return failed(INTERRUPTED, "interrupted")
    except SystemExit as end:  # typer's answer to a reader that leaves is 1, which would say "refuted"
        return READER_LEFT if end.code == 1 else int(end.code or 0)
