"""Further questions about one instance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from proofs.cli.completion import conditions, forms, rewards
from proofs.cli.declared.point import at_a_point
from proofs.cli.exits import finish
from proofs.cli.options import FLAG, Certificate, Everything, Gamma, InstancePath, Json, OneGamma, Verbose


def goals(
    instance: InstancePath,
    gamma: OneGamma = None,
    form: Annotated[
        str, typer.Option("--as", metavar="FORM", help="text, json, smt2 or latex.", autocompletion=forms)
    ] = "text",
    member: Annotated[
        list[str] | None, typer.Option(metavar="S=Q,...", help="Rewards: are they in Theta?", autocompletion=rewards)
    ] = None,
    json: Json = False,
) -> None:
    """G_T (Def. 6) and the further constraints on goals, as exact linear inequalities; membership with reasons."""
    from proofs.cli.goals import run

    finish(lambda: run(instance, gamma, "json" if json else form, member or []))


def share(
    instance: InstancePath,
    gamma: OneGamma = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            metavar="reach=STATE",
            help="Ask instead: which share surely reaches this state?",
            autocompletion=conditions,
        ),
    ] = None,
    samples: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=10_000_000, help="Draw so many goals; try no volume.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="K", help="The same seed draws the same goals.")] = 1,
    json: Json = False,
) -> None:
    """The share of Theta within [0, 1]^d that shuts down, exactly or by a sample, beside the bound 1/(n + 1)."""
    from proofs.cli.share import run

    finish(lambda: run(instance, gamma, given or [], samples, seed, json))


def retarget(
    instance: InstancePath,
    gamma: Gamma = None,
    for_all_gamma: Annotated[bool, typer.Option("--for-all-gamma", metavar=FLAG, help="On all of (0, 1) too.")] = False,
    certificate: Certificate = None,
    json: Json = False,
    everything: Everything = False,
) -> None:
    """Def. 4 for every theta of Theta: which swaps and named permutations retarget, stay in Theta, fit together."""
    from proofs.cli.retarget import run

    finish(lambda: run(instance, gamma, for_all_gamma, certificate, json, everything))


def matrix(
    instance: InstancePath,
    gamma: Gamma = None,
    json: Json = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Write each cell's instance and certificate."),
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Theorem 2 under every combination of readings: what its truth depends on, and each verdict with its means."""
    from proofs.cli.matrix import run

    finish(lambda: run(instance, gamma, json, output, verbose))


def minimal(instance: InstancePath, gamma: Gamma = None, json: Json = False, verbose: Verbose = False) -> None:
    """Which hypotheses the conclusion really needs here: the smallest sets, each with its proof."""
    from proofs.cli.minimal import run

    finish(lambda: run(instance, gamma, json, verbose))


COMMANDS = at_a_point(goals, share, retarget, matrix, minimal)
