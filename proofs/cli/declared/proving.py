"""What is proved, and what the kernel says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from proofs.cli.completion import choices
from proofs.cli.declared.point import at_a_point
from proofs.cli.exits import finish
from proofs.cli.many import each
from proofs.cli.options import (
    FLAG,
    Certificate,
    Everything,
    Gamma,
    InstancePath,
    InstancePaths,
    Json,
    OneGamma,
    Verbose,
)


def verify(
    instances: InstancePaths,
    gamma: Gamma = None,
    certificate: Certificate = None,
    json: Json = False,
    smt2: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the solver's questions into this folder."),
    ] = None,
    seconds: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="Seconds for all second opinions, else 1 (sympy from 2 on); 0: none."),
    ] = None,
    cvc5: Annotated[
        bool, typer.Option("--cvc5", metavar=FLAG, help="Ask cvc5 too (an optional extra), for a third opinion.")
    ] = False,
    everything: Everything = False,
    verbose: Verbose = False,
) -> None:
    """Hypotheses, closed forms, thresholds, n, permutations, verdicts; a certificate that the kernel has checked."""
    from proofs.cli.verify import run

    def one(instance: Path) -> int:
        return run(instance, gamma, certificate, json, smt2, seconds, cvc5, everything, verbose)

    finish(lambda: each(instances, one, json, certificate or smt2))


def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="INSTANCE CERTIFICATE",
            help="An instance and its certificate, or more such pairs; - is standard input.",
        ),
    ],
    gamma: Gamma = None,
    quiet: Annotated[bool, typer.Option("--quiet", metavar=FLAG, help="Print the last line only.")] = False,
    json: Json = False,
    verbose: Annotated[bool, typer.Option("--verbose", metavar=FLAG, help="Print the claims too, in words.")] = False,
) -> None:
    """The kernel alone: ends in `s VALID`, `s INVALID`, `s HOLEY` or `s MALFORMED`, of several pairs the worst."""
    from proofs.cli.check import run

    finish(lambda: run([str(file) for file in files], gamma, quiet, json, verbose))


def thresholds(
    instances: InstancePaths, gamma: Gamma = None, json: Json = False, everything: Everything = False
) -> None:
    """gamma*_x and gamma°_x of each state, and the steps of n(gamma)."""
    from proofs.cli.thresholds import run

    finish(lambda: each(instances, lambda instance: run(instance, gamma, json, everything), json))


def orbit(
    instance: InstancePath,
    gamma: OneGamma = None,
    certificate: Certificate = None,
    jobs: Annotated[int | None, typer.Option(metavar="N", min=1, help="Processes; one a core by default.")] = None,
    notes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Note what is counted, to go on after an interruption.")
    ] = None,
    json: Json = False,
) -> None:
    """Count the orbit of the rewards under `question` inside Theta, however large it is."""
    from proofs.cli.orbit import run

    finish(lambda: run(instance, gamma, certificate, jobs, notes, json))


def slack(instance: InstancePath, gamma: OneGamma = None, certificate: Certificate = None, json: Json = False) -> None:
    """n, n° and the least ratio of an orbit that a bounded search finds: is the theorem's bound tight here?"""
    from proofs.cli.slack import run

    finish(lambda: run(instance, gamma, certificate, json))


def returns(
    instance: InstancePath,
    gamma: Gamma = None,
    policy: Annotated[
        list[str] | None, typer.Option(metavar="S=A", help="The action taken in a state.", autocompletion=choices)
    ] = None,
    certificate: Certificate = None,
    json: Json = False,
    everything: Everything = False,
) -> None:
    """Closed-form return and visit counts of a stationary policy. States not named take their first action but a_sd."""
    from proofs.cli.returns import run

    finish(lambda: run(instance, gamma, policy or [], certificate, json, everything))


def phases(
    instance: InstancePath, certificate: Certificate = None, json: Json = False, everything: Everything = False
) -> None:
    """Every discount at once: V*, the policy and the decision for the question's rewards; n and the verdict."""
    from proofs.cli.phases import run

    finish(lambda: run(instance, certificate, json, everything))


def regions(
    instance: InstancePath,
    undecided: Annotated[
        str, typer.Option(metavar="SHARE", help="The share of box times (0, 1) that may stay undecided.")
    ] = "1/100",
    certificate: Certificate = None,
    json: Json = False,
) -> None:
    """A family: over its box and all gammas, how many states are counted where, and the thresholds in closed form. 3 if
    more stays undecided than asked for (interrupted, or at 4000 boxes), else 0.
    """
    from proofs.cli.family import regions as run

    finish(lambda: run(instance, undecided, certificate, json))


COMMANDS = (*at_a_point(verify, check, thresholds, orbit, slack, phases, returns), regions)
