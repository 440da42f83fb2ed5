"""Other people's MDPs in, ours out, and many at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from proofs.cli.declared.point import at_a_point
from proofs.cli.exits import finish
from proofs.cli.options import Gamma, InstancePath, Json


def import_(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="gymnasium:ID?option=value, or a .drn, .umb, .prism or .jani file.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.toml", help="The instance file.")],
    option: Annotated[
        list[str] | None, typer.Option(metavar="K=V", help="An option of the environment, a constant of the program.")
    ] = None,
    names: Annotated[Path | None, typer.Option(metavar="FILE", help="TOML: names of states and actions.")] = None,
    shutdown: Annotated[
        str | None,
        typer.Option(metavar="STATE", help="Add the action off there, to a new state term; or STATE:ACTION."),
    ] = None,
    terminal: Annotated[
        str | None,
        typer.Option(metavar="LABEL", help="States with it that only loop end the episode (deadlock)."),
    ] = None,
    json: Json = False,
) -> None:
    """Other people's MDPs as an instance file: exact, or the loss is said line by line."""
    from proofs.cli.importing import run

    finish(lambda: run(source, output, option or [], names, shutdown, terminal, json))


def export(
    instance: InstancePath,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.drn", help="The file for Storm.")],
    json: Json = False,
) -> None:
    """An instance as DRN, Storm's explicit format, with exact values."""
    from proofs.cli.importing import export as run_export

    finish(lambda: run_export(instance, output, json))


def sweep(
    instances: Annotated[
        list[Path] | None,
        typer.Argument(metavar="INSTANCE", help="Instance files, or folders of them."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT.jsonl", help="The rows; what is there is not done again."),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes; by default one for each core.")
    ] = None,
    dask: Annotated[str | None, typer.Option(metavar="ADDRESS", help="A Dask cluster instead.")] = None,
    gamma: Gamma = None,
    seconds: Annotated[int | None, typer.Option(metavar="N", min=1, help="The most for one instance.")] = None,
    summary: Annotated[
        Path | None,
        typer.Option(metavar="OUT.jsonl", help="Only print the table of a file of rows."),
    ] = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the rows as CSV too.")] = None,
    json: Json = False,
) -> None:
    """Verify many instances, one JSON line each; resumable. 0 if each has its verdict, 3 if some have errors."""
    from proofs.cli.sweep import run, show, stored

    if summary is not None:
        finish(lambda: show(stored(summary, instances, output), csv, json))
    finish(lambda: show(run(instances or [], output, jobs, dask, gamma, seconds), csv, json))


def random(
    states: Annotated[int, typer.Option(metavar="N", min=2, help="Of each instance.")],
    count: Annotated[int, typer.Option(metavar="N", min=1, help="How many instances.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write them to.")],
    seed: Annotated[int, typer.Option(metavar="N", help="The same seed gives the same instances.")] = 0,
    actions: Annotated[int, typer.Option(metavar="N", min=1, max=26, help="The most of a state.")] = 3,
    gamma: Gamma = None,
    json: Json = False,
) -> None:
    """Random instances by a seed, as files: for sweeps."""
    from proofs.cli.sweep import write_random

    finish(lambda: write_random(states, count, seed, output, actions, gamma, json))


COMMANDS: tuple[Callable[..., None], ...] = (import_, *at_a_point(export, sweep), random)
