"""What was proved, for readers: words, LaTeX, figures, a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from proofs.cli.declared.point import at_a_point
from proofs.cli.exits import finish
from proofs.cli.options import FLAG, Columns, Everything, Figure, Gamma, InstancePath, Json

Phases = Annotated[
    bool, typer.Option("--phases", metavar=FLAG, help="Prove every discount at once for the question's rewards too.")
]


def show(
    certificate: Annotated[
        Path, typer.Argument(metavar="CERTIFICATE", help="A certificate (JSON), or an instance file (TOML).")
    ],
    instance: Annotated[Path | None, typer.Argument(metavar="INSTANCE", help="Have the kernel check it.")] = None,
    gamma: Gamma = None,
    json: Json = False,
    everything: Everything = False,
) -> None:
    """A certificate in words, claim by claim; with INSTANCE the exit code is that of `check`, without it 0. Or an
    instance alone: what its file says, and which hypotheses the graph decides.
    """
    from proofs.cli.show import run

    finish(lambda: run(certificate, instance, gamma, json, everything))


def diff(
    first: Annotated[Path, typer.Argument(metavar="A", help="A certificate (JSON).")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another one, of the same or a changed instance.")],
    instances: Annotated[
        list[Path] | None,
        typer.Argument(metavar="INSTANCE_A INSTANCE_B", help="Their instances: the kernel compares the verdicts."),
    ] = None,
    json: Json = False,
    everything: Everything = False,
) -> None:
    """What two certificates state differently; with their instances, the verdicts too. 0: nothing; 1: something."""
    from proofs.cli.diff import run

    finish(lambda: run(first, second, json, instances, everything))


def tex(
    instance: InstancePath,
    certificate: Annotated[
        Path | None,
        typer.Argument(metavar="CERTIFICATE", help="A certificate; without one, verify first."),
    ] = None,
    gamma: Gamma = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here.")] = None,
    document: Annotated[
        bool, typer.Option("--document", metavar=FLAG, help="A whole article, not a fragment to input.")
    ] = False,
    phases: Phases = False,
    json: Json = False,
) -> None:
    """What the certificate proves, as LaTeX. The kernel checks it first: 1 or 2 if it refuses, else 0."""
    from proofs.cli.tex import run

    finish(lambda: run(instance, certificate, gamma, output, document, json, phases))


def plot(
    instance: InstancePath,
    output: Figure,
    what: Annotated[
        str | None, typer.Option(metavar="FIGURE", help="steps (without it), visits, values or phases.")
    ] = None,
    columns: Columns = 1,
    gamma: Gamma = None,
    share: Annotated[
        bool, typer.Option("--share", metavar=FLAG, help="The share of goals that shuts down, and its bound.")
    ] = False,
    phases: Annotated[
        bool, typer.Option("--phases", metavar=FLAG, help="V* against shutdown's value, and where a best policy ends.")
    ] = False,
    regions: Annotated[
        bool, typer.Option("--regions", metavar=FLAG, help="A family: n in the plane of a parameter and gamma.")
    ] = False,
    over: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="--regions: over this parameter, the others held by --at or in the middle."),
    ] = None,
    undecided: Annotated[
        str | None, typer.Option(metavar="SHARE", help="--regions: the share that may stay undecided, else 1/100.")
    ] = None,
    json: Json = False,
) -> None:
    """A figure over gamma: steps of n and n°, visit counts, shutdown's value, phases of the best policy, or the share
    of goals that shuts down; or a family's regions, in the plane of one parameter and gamma (PDF, SVG or PNG).
    """
    from proofs.cli.plot import run, run_regions, run_share, suits

    def drawn() -> int:
        suits(regions, share, phases, what, over, undecided)
        if share:
            return run_share(instance, output, columns, gamma, json)
        if regions:
            return run_regions(instance, output, columns, undecided or "1/100", over, gamma, json)
        return run(instance, output, "phases" if phases else what or "steps", columns, gamma, json)

    finish(drawn)


def graph(
    instance: InstancePath,
    output: Figure,
    columns: Columns = 2,
    leave_out: Annotated[
        list[str] | None, typer.Option(metavar="WHAT", help="actions, or states that are unreached; repeatable.")
    ] = None,
    within: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Only the states that s_new reaches in N moves.")
    ] = None,
    json: Json = False,
) -> None:
    """The MDP with its roles (PDF, SVG, PNG, or DOT as text). A grid where actions are called up, left, ..."""
    from proofs.cli.graph import run

    finish(lambda: run(instance, output, columns, leave_out or (), within, json))


def bundle(
    instance: InstancePath,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR|ZIP", help="A new folder, or a .zip file.")],
    gamma: Gamma = None,
    phases: Phases = False,
    json: Json = False,
) -> None:
    """Instance, certificate, kernel, LaTeX and figures in one folder that a bare Python checks."""
    from proofs.cli.bundle import run

    finish(lambda: run(instance, output, gamma, json, phases))


COMMANDS: tuple[Callable[..., None], ...] = (diff, *at_a_point(show, tex, plot, graph, bundle))
