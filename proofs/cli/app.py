"""The command line: arguments in, exit codes out. The work is done in the modules that the commands import."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional, cast

import typer

from proofs.cli.exits import BAD_INPUT, INTERRUPTED, READER_LEFT, Done, failed, finish
from proofs.cli.options import FLAG, Certificate, Columns, Figure, Gamma, InstancePath, Json
from proofs.cli.plain import parsed

app = typer.Typer(
    name="gammastar",
    help="Prove or refute shutdown-avoidance theorems on a small MDP, exactly, with a certificate.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# The base class of all usage errors: click's, or that of the copy of click in newer versions of typer.
UsageError = cast("type[typer.BadParameter]", typer.BadParameter.__bases__[0])


def _version(asked: bool) -> None:
    if asked:
        from gammastar import __version__

        print(f"gammastar {__version__}")
        raise typer.Exit(0)


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", metavar=FLAG, is_eager=True, callback=_version, help="Print the version.")
    ] = False,
) -> None:
    """Prove or refute shutdown-avoidance theorems on a small MDP, exactly, with a certificate."""


@app.command()
def verify(
    instance: InstancePath,
    gamma: Gamma = None,
    certificate: Certificate = None,
    json: Json = False,
    smt2: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="DIR", help="Write the solver's questions into this folder."),
    ] = None,
    seconds: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="Seconds for all second opinions (sympy from 2 on); 0 asks for none."),
    ] = 1,
    cvc5: Annotated[
        bool, typer.Option("--cvc5", metavar=FLAG, help="Ask cvc5 too (an optional extra), for a third opinion.")
    ] = False,
) -> None:
    """Hypotheses, closed forms, thresholds, n, permutations, verdicts; a certificate that the kernel has checked."""
    from proofs.cli.verify import run

    finish(lambda: run(instance, gamma, certificate, json, smt2, seconds, cvc5))


@app.command()
def check(
    instance: InstancePath,
    certificate: Annotated[Path, typer.Argument(metavar="CERTIFICATE", help="A certificate (JSON).")],
    gamma: Gamma = None,
    quiet: Annotated[bool, typer.Option("--quiet", metavar=FLAG, help="Print the last line only.")] = False,
    json: Json = False,
) -> None:
    """The kernel alone: ends in `s VALID`, `s INVALID`, `s HOLEY` or `s MALFORMED`."""
    from proofs.cli.check import run

    finish(lambda: run(str(instance), str(certificate), gamma, quiet, json))


@app.command()
def returns(
    instance: InstancePath,
    policy: Annotated[Optional[list[str]], typer.Option(metavar="S=A", help="The action taken in a state.")] = None,  # noqa: UP045
    certificate: Certificate = None,
    json: Json = False,
) -> None:
    """Closed-form return and visit counts of a stationary policy. States not named take their first action but a_sd."""
    from proofs.cli.returns import run

    finish(lambda: run(instance, policy or [], certificate, json))


@app.command()
def thresholds(instance: InstancePath, json: Json = False) -> None:
    """gamma*_x and gamma°_x of each state, and the steps of n(gamma)."""
    from proofs.cli.thresholds import run

    finish(lambda: run(instance, json))


@app.command()
def orbit(instance: InstancePath, gamma: Gamma = None, certificate: Certificate = None, json: Json = False) -> None:
    """Count the orbit of the rewards under `question` inside Theta."""
    from proofs.cli.orbit import run

    finish(lambda: run(instance, gamma, certificate, json))


@app.command()
def goals(
    instance: InstancePath,
    gamma: Gamma = None,
    form: Annotated[str, typer.Option("--as", metavar="FORM", help="text, json, smt2 or latex.")] = "text",
    member: Annotated[Optional[list[str]], typer.Option(metavar="S=Q,...", help="Rewards: are they in Theta?")] = None,  # noqa: UP045
    json: Json = False,
) -> None:
    """G_T (Def. 6) and the further constraints on goals, as exact linear inequalities; membership with reasons."""
    from proofs.cli.goals import run

    finish(lambda: run(instance, gamma, "json" if json else form, member or []))


@app.command()
def plot(
    instance: InstancePath,
    output: Figure,
    what: Annotated[str, typer.Option(metavar="FIGURE", help="steps, visits or values.")] = "steps",
    columns: Columns = 1,
) -> None:
    """A figure over gamma: steps of n and n°, visit counts, or shutdown's value (PDF, SVG or PNG)."""
    from proofs.cli.plot import run

    finish(lambda: run(instance, output, what, columns))


@app.command()
def graph(instance: InstancePath, output: Figure, columns: Columns = 2) -> None:
    """The MDP with its roles, laid out by Graphviz (PDF, SVG, PNG, or DOT as text)."""
    from proofs.cli.graph import run

    finish(lambda: run(instance, output, columns))


@app.command()
def bundle(
    instance: InstancePath,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR|ZIP", help="A new folder, or a .zip file.")],
    gamma: Gamma = None,
) -> None:
    """Instance, certificate, kernel, LaTeX and figures in one folder that a bare Python checks."""
    from proofs.cli.bundle import run

    finish(lambda: run(instance, output, gamma))


@app.command()
def tex(
    instance: InstancePath,
    certificate: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(metavar="CERTIFICATE", help="A certificate; without one, verify first."),
    ] = None,
    gamma: Gamma = None,
    output: Annotated[Optional[Path], typer.Option("-o", "--output", metavar="FILE", help="Write here.")] = None,  # noqa: UP045
    document: Annotated[
        bool, typer.Option("--document", metavar=FLAG, help="A whole article, not a fragment to input.")
    ] = False,
) -> None:
    """What the certificate proves, as LaTeX. The kernel checks it first: 1 or 2 if it refuses, else 0."""
    from proofs.cli.tex import run

    finish(lambda: run(instance, certificate, gamma, output, document))


@app.command()
def show(
    certificate: Annotated[Path, typer.Argument(metavar="CERTIFICATE", help="A certificate (JSON).")],
    instance: Annotated[Optional[Path], typer.Argument(metavar="INSTANCE", help="Have the kernel check it.")] = None,  # noqa: UP045
    gamma: Gamma = None,
    json: Json = False,
) -> None:
    """A certificate in words, claim by claim. With INSTANCE the exit code is that of `check`, without it 0."""
    from proofs.cli.show import run

    finish(lambda: run(certificate, instance, gamma, json))


@app.command()
def diff(
    first: Annotated[Path, typer.Argument(metavar="A", help="A certificate (JSON).")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another one, of the same or a changed instance.")],
    json: Json = False,
) -> None:
    """What two certificates state differently, unchecked. Exit code 0 if nothing, 1 if something, 2 if unreadable."""
    from proofs.cli.diff import run

    finish(lambda: run(first, second, json))


@app.command()
def retarget(
    instance: InstancePath,
    gamma: Gamma = None,
    for_all_gamma: Annotated[bool, typer.Option("--for-all-gamma", metavar=FLAG, help="On all of (0, 1) too.")] = False,
    certificate: Certificate = None,
    json: Json = False,
) -> None:
    """Def. 4 for every theta of Theta: which swaps and named permutations retarget, stay in Theta, fit together."""
    from proofs.cli.retarget import run

    finish(lambda: run(instance, gamma, for_all_gamma, certificate, json))


@app.command()
def matrix(
    instance: InstancePath,
    gamma: Gamma = None,
    json: Json = False,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("-o", "--output", metavar="DIR", help="Write each cell's instance and certificate."),
    ] = None,
) -> None:
    """Theorem 2 under every combination of readings: what its truth depends on, and each verdict with its means."""
    from proofs.cli.matrix import run

    finish(lambda: run(instance, gamma, json, output))


@app.command()
def minimal(instance: InstancePath, gamma: Gamma = None, json: Json = False) -> None:
    """Which hypotheses the conclusion really needs here: the smallest sets, each with its proof."""
    from proofs.cli.minimal import run

    finish(lambda: run(instance, gamma, json))


def _plainly(arguments: Sequence[str]) -> None:
    """Raises Done where nothing of typer's parser is needed; else nothing is done."""
    commands = {e.name or e.callback.__name__: e.callback for e in app.registered_commands if e.callback}
    command = commands.get(arguments[0]) if arguments else None
    if command is not None and (given := parsed(command, arguments[1:])) is not None:
        command(**given)


@app.command("import")
def import_(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="gymnasium:ID?option=value, or a .drn, .prism or .jani file.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.toml", help="The instance file.")],
    option: Annotated[Optional[list[str]], typer.Option(metavar="K=V", help="An option of the environment.")] = None,  # noqa: UP045
    names: Annotated[Optional[Path], typer.Option(metavar="FILE", help="TOML: names of states and actions.")] = None,  # noqa: UP045
    shutdown: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="STATE", help="Add the action off there, to a new state term; or STATE:ACTION."),
    ] = None,
    terminal: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="LABEL", help="States with it that only loop end the episode (deadlock)."),
    ] = None,
    json: Json = False,
) -> None:
    """Other people's MDPs as an instance file: exact, or the loss is said line by line."""
    from proofs.cli.importing import run

    finish(lambda: run(source, output, option or [], names, shutdown, terminal, json))


@app.command("export")
def export_(
    instance: InstancePath,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.drn", help="The file for Storm.")],
    json: Json = False,
) -> None:
    """An instance as DRN, Storm's explicit format, with exact values."""
    from proofs.cli.importing import export

    finish(lambda: export(instance, output, json))


@app.command("sweep")
def sweep_(
    instances: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Argument(metavar="INSTANCE...", help="Instance files, or folders of them."),
    ] = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("-o", "--output", metavar="OUT.jsonl", help="The rows; what is there is not done again."),
    ] = None,
    jobs: Annotated[Optional[int], typer.Option(min=1, help="Processes; by default one for each core.")] = None,  # noqa: UP045
    dask: Annotated[Optional[str], typer.Option(metavar="ADDRESS", help="A Dask cluster instead.")] = None,  # noqa: UP045
    gamma: Gamma = None,
    seconds: Annotated[Optional[int], typer.Option(min=1, help="The most for one instance.")] = None,  # noqa: UP045
    summary: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="OUT.jsonl", help="Only print the table of a file of rows."),
    ] = None,
    csv: Annotated[Optional[Path], typer.Option(metavar="FILE", help="Write the rows as CSV too.")] = None,  # noqa: UP045
    json: Json = False,
) -> None:
    """Verify many instances, one JSON line each; resumable. 0 if each has its verdict, 3 if some have errors."""
    from proofs.cli.sweep import run, show, stored

    if summary is not None:
        finish(lambda: show(stored(summary), csv, json))
    finish(lambda: show(run(instances or [], output, jobs, dask, gamma, seconds), csv, json))


@app.command()
def random(
    states: Annotated[int, typer.Option(min=2, help="Of each instance.")],
    count: Annotated[int, typer.Option(min=1, help="How many instances.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write them to.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same instances.")] = 0,
    actions: Annotated[int, typer.Option(min=1, max=26, help="The most of a state.")] = 3,
    gamma: Gamma = None,
) -> None:
    """Random instances by a seed, as files: for sweeps."""
    from proofs.cli.sweep import write_random

    finish(lambda: write_random(states, count, seed, output, actions, gamma))


def run() -> int:
    """Run the command; a usage error is one line on standard error and exit code 2."""
    try:
        _plainly(sys.argv[1:])
        code = int(app(prog_name="gammastar", standalone_mode=False) or 0)
        return failed(INTERRUPTED, "interrupted") if code == INTERRUPTED else code
    except Done as done:
        return done.code
    except UsageError as error:
        command = error.ctx.command_path if error.ctx else "gammastar"
        problem = error.format_message().rstrip(".?") or "no command is given"
        return failed(BAD_INPUT, f"{problem}; see {command} --help")
    except typer.Abort:
        return failed(INTERRUPTED, "interrupted")
    except SystemExit as end:  # typer's answer to a reader that leaves is 1, which would say "refuted"
        return READER_LEFT if end.code == 1 else int(end.code or 0)
