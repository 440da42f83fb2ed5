"""Single facts: `gammastar thresholds`, `orbit`, `slack`, `returns` and `phases`; `regions` of a family."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from exact.errors import BadInstance, NotAPolicy
from proofs.cli.command import at_a_point, command
from proofs.cli.completion import choices
from proofs.cli.exits import INTERRUPTED, OPEN, VERIFIED, announce, progress
from proofs.cli.many import each
from proofs.cli.options import Certificate, Everything, Gamma, InstancePath, InstancePaths, Json, OneGamma, option
from proofs.cli.target import check_target, print_json, save, tell_certificate

if TYPE_CHECKING:
    from exact.family import Family
    from exact.instance import Instance
    from exact.mdp import Policy


@at_a_point
def thresholds(paths: InstancePaths, gamma: Gamma = None, json: Json = False, everything: Everything = False) -> int:
    """gamma*_x and gamma°_x of each state, and the steps of n(gamma)."""

    def one(path: Path) -> int:
        """What is counted at a gamma too. 3 if a threshold is open."""
        from proofs import verify as session
        from proofs.claims.types import PAPER, SHARP
        from proofs.cli.source import read

        instance = read(path, gamma)
        announce(session.warning(instance))
        checked = session.thresholds(instance, progress)
        at_gamma = gamma is not None or instance.question.interval is not None
        if json:
            from proofs.report.document import thresholds as document

            print_json(document(checked, at_gamma=at_gamma))
        else:
            from proofs.report.terminal import Terminal
            from proofs.report.text import show_thresholds

            show_thresholds(checked, Terminal(everything), at_gamma=at_gamma)
        return VERIFIED if checked.settled(PAPER) and checked.settled(SHARP) else OPEN

    return each(paths, one, json)


@at_a_point
def orbit(
    path: InstancePath,
    gamma: OneGamma = None,
    certificate: Certificate = None,
    jobs: Annotated[int | None, option("N", "Processes; one a core by default.", min=1)] = None,
    notes: Annotated[Path | None, option("FILE", "Note what is counted, to go on after an interruption.")] = None,
    json: Json = False,
) -> int:
    """Count the orbit of the rewards under `question` inside Theta, however large it is."""
    from proofs import verify as session
    from proofs.cli.source import at_a_gamma, read
    from proofs.report.document import orbit as document
    from proofs.report.terminal import Terminal
    from proofs.report.text import show_orbit

    check_target(certificate, path)
    check_target(notes, path)
    instance = read(path, gamma)
    if instance.question.rewards is None:
        raise BadInstance("there are no rewards", 'write rewards = { term = "1000" }', f"{path}: question.rewards")
    at_a_gamma(instance, path, "an orbit is counted at one of them; `verify` bounds every orbit, at all of them")
    checked = session.orbit(instance, progress, jobs, notes)
    save(certificate, checked.certificate)
    if json:
        print_json(document(checked))
    else:
        show_orbit(checked, Terminal())
        tell_certificate(certificate, path, gamma, "it counts this orbit, and says nothing of the theorems")
    return VERIFIED if checked.aside.share == 1 else INTERRUPTED


@at_a_point
def slack(path: InstancePath, gamma: OneGamma = None, certificate: Certificate = None, json: Json = False) -> int:
    """n, n° and the least ratio of an orbit that a bounded search finds: is the theorem's bound tight here?"""
    from proofs import verify as session
    from proofs.claims.slack import slack_of
    from proofs.cli.source import at_a_gamma, read
    from proofs.report.slack import document, show_slack
    from proofs.report.terminal import Terminal

    check_target(certificate, path)
    instance = read(path, gamma)
    at_a_gamma(instance, path, "orbits are counted at one of them; `verify` bounds every orbit, at all of them")
    checked = session.slack(instance, progress)
    save(certificate, checked.certificate)
    if json:
        print_json(document(checked))
    else:
        show_slack(checked, Terminal())
        tell_certificate(certificate, path, gamma)
    return VERIFIED if slack_of(checked).tight else OPEN


@at_a_point
def returns(
    path: InstancePath,
    gamma: Gamma = None,
    policy: Annotated[list[str] | None, option("S=A", "The action taken in a state.", autocompletion=choices)] = None,
    certificate: Certificate = None,
    json: Json = False,
    everything: Everything = False,
) -> int:
    """Closed-form return and visit counts of a stationary policy. States not named take their first action but a_sd."""
    from exact.instance import Instance
    from proofs.cli.source import either, one_gamma
    from proofs.report import returns as report
    from proofs.report.terminal import Terminal
    from proofs.search.policy import closed_forms
    from proofs.verify import proved

    check_target(certificate, path)
    instance = either(path, gamma)
    if not isinstance(instance, Instance) and instance.parameters:
        return _returns_of_a_family(instance, policy or [], certificate, json)
    if not isinstance(instance, Instance):
        instance = instance.middle
    if certificate is not None:
        one_gamma(instance, "--certificate", "closed forms are certified for one gamma, or for all of (0, 1)")
    at = None if gamma is None else instance.question.asked
    taken = _policy(instance, policy or [])
    claims = list(closed_forms(instance, taken))
    checked = proved(instance, claims)
    save(certificate, checked.certificate)
    found = report.returns(checked, taken, claims)
    if json:
        print_json(report.document(found, at))
    else:
        report.show(found, Terminal(everything), at)
        holds = "it holds these closed forms, and says nothing of the theorems"
        tell_certificate(certificate, path, gamma, holds)
    return VERIFIED


def _returns_of_a_family(family: Family, policy: Sequence[str], certificate: Path | None, as_json: bool) -> int:
    """In gamma and the parameters; derived, not certified. Raises BadInstance for a certificate."""
    from proofs.cli.source import a_point_of
    from proofs.families import returns as work
    from proofs.report.terminal import Terminal, show_lines

    if certificate is not None:
        remedy = f"name a point: {a_point_of(family)}"
        raise BadInstance("closed forms of a family are not certified", remedy, "--certificate")
    found = work.returns(family, _policy(family.centre, policy))
    if as_json:
        print_json(work.document(found))
    else:
        show_lines(Terminal(), work.lines(found))
    return VERIFIED


def _policy(instance: Instance, entries: Sequence[str]) -> Policy:
    """Of `S=A`. Raises NotAPolicy, UnknownState, UnknownAction."""
    from proofs.search.policy import chosen

    named: dict[str, str] = {}
    for entry in entries:
        name, sign, action = (part.strip() for part in entry.partition("="))
        if not sign:
            raise NotAPolicy(f'"{entry}" is not of the form S=A', "write --policy new=go", "--policy")
        if name in named:
            raise NotAPolicy(f"{name} is given twice", "name each state once", "--policy")
        named[name] = action
    return chosen(instance, named, "--policy")


@at_a_point
def phases(
    path: InstancePath, certificate: Certificate = None, json: Json = False, everything: Everything = False
) -> int:
    """Every discount at once: V*, the policy and the decision for the question's rewards; n and the verdict."""
    from proofs.claims.phases import known_phases, whole
    from proofs.cli.source import read
    from proofs.report.phases import document, show_phases
    from proofs.report.terminal import Terminal
    from proofs.what_if import over_gamma as over

    check_target(certificate, path)
    checked = over.phases(read(path), progress)
    stretches = over.over_gamma(checked)
    save(certificate, checked.certificate)
    if json:
        print_json(document(checked, stretches))
    else:
        show_phases(checked, stretches, Terminal(everything))
        tell_certificate(certificate, path, None)
    settled = checked.instance.question.rewards is None or whole(known_phases(checked))
    return VERIFIED if settled and all(part.n is not None for part in stretches) else OPEN


@command
def regions(
    path: InstancePath,
    undecided: Annotated[str, option("SHARE", "The share of box times (0, 1) that may stay undecided.")] = "1/100",
    certificate: Certificate = None,
    json: Json = False,
) -> int:
    """A family: over its box and all gammas, how many states are counted where, and the thresholds in closed form. 3 if
    more stays undecided than asked for (interrupted, or at 4000 boxes), else 0.
    """
    from exact.instance import Instance
    from proofs.cli.source import either
    from proofs.families import regions as work
    from proofs.report.terminal import Terminal, show_lines

    family = either(path)
    if isinstance(family, Instance) or not family.parameters:
        raise BadInstance("there are no parameters", "declare them: [parameters] p = [...]", f"{path}: parameters")
    share = work.share_of(undecided, "--undecided")
    check_target(certificate, path)
    found = work.regions(family, share, progress)
    save(certificate, found.checked.certificate)
    if json:
        print_json(work.document(found))
    else:
        console = Terminal()
        show_lines(console, work.lines(found))
        if certificate is not None:
            tell_certificate(certificate, path, "0:1")
            show_lines(console, filter(None, [work.left_open(found)]))
    return OPEN if found.stopped or not found.certified else VERIFIED
