"""What was proved, in words and as LaTeX: `gammastar show`, `diff`, `tex`."""

from __future__ import annotations

import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from exact.errors import BadInstance
from proofs.cli.command import at_a_point, command
from proofs.cli.exits import BY_STATUS, REFUTED, VERIFIED, failed
from proofs.cli.given import STANDARD_INPUT, file_bytes, place
from proofs.cli.options import Everything, Gamma, InstancePath, Json, Phases, argument, flag, option
from proofs.cli.target import check_target, print_json, print_written, save

if TYPE_CHECKING:
    from proofs.report.certificate import Derived
    from proofs.report.difference import Words
    from proofs.report.given import GivenInstance

HOW = "give the INSTANCE after it, and it checks them first"
SAME, DIFFERENT = VERIFIED, REFUTED


@at_a_point
def show(
    certificate: Annotated[Path, argument("CERTIFICATE", "A certificate (JSON), or an instance file (TOML).")],
    instance: Annotated[Path | None, argument("INSTANCE", "Its instance: the kernel checks it.")] = None,
    gamma: Gamma = None,
    json: Json = False,
    everything: Everything = False,
) -> int:
    """A certificate in words, claim by claim; with INSTANCE the exit code is that of `check`, without it 0. Or an
    instance alone: what its file says, and which hypotheses the graph decides.
    """
    from proofs.claims.decode import LARGEST_FILE
    from proofs.claims.read import certificate_in
    from proofs.cli.source import not_twice
    from proofs.report.certificate import document, show
    from proofs.report.terminal import Terminal
    from proofs.verify import Refused

    not_twice(certificate, instance)
    data = file_bytes(certificate, LARGEST_FILE)
    if b"states" in data and not data.lstrip().startswith(b"{"):  # TOML cannot begin so, and a certificate must
        if instance is not None:
            remedy = "give the certificate first, or the instance alone"
            raise BadInstance("this is an instance", remedy, place(certificate))
        return _show_given(data, place(certificate), gamma, json)
    stated = certificate_in(data, place(certificate))
    try:
        known = None if instance is None else _derived(instance, gamma, data)
    except Refused as error:
        return failed(BY_STATUS[error.status], f"{place(certificate)}: {error}")
    if json:
        print_json(document(stated, known))
    else:
        show(stated, known, Terminal(everything), HOW)
    return VERIFIED if known is None else BY_STATUS[known.found.status]


def _derived(path: Path, gamma: str | None, data: bytes) -> Derived:
    """What the kernel makes of it. Raises Refused."""
    from proofs.claims.checked import Checked
    from proofs.cli.found import rechecked
    from proofs.cli.source import either
    from proofs.report.certificate import derived

    found = rechecked(either(path, gamma), gamma, data)
    if isinstance(found, Checked):
        return derived(found)
    from proofs.families.shown import derived as derived_family

    return derived_family(found)


def _show_given(data: bytes, name: str, gamma: str | None, as_json: bool) -> int:
    """An instance file by itself."""
    from proofs.report.given import document, lines
    from proofs.report.terminal import Terminal, show_lines

    given = _given(data, name, gamma)
    if as_json:
        print_json(document(given))
    else:
        show_lines(Terminal(), lines(given))
    return VERIFIED


def _given(data: bytes, name: str, gamma: str | None) -> GivenInstance:
    from exact.digits import exact_text
    from exact.instance import Instance
    from exact.instance.shown import text
    from exact.limits import LARGEST_FILE
    from proofs.cli.source import either_in, gammas_of
    from proofs.report.given import GivenInstance, chances_of
    from proofs.verify import proved

    instance = either_in(data[: LARGEST_FILE + 1], name, gamma)
    if not isinstance(instance, Instance):
        from proofs.families.shown import given as of_family

        return of_family(replace(instance, asked=gammas_of(gamma, instance)))
    found = proved(instance, ())
    asked = None if found.gamma is None else exact_text(found.gamma)
    said = text(instance, most=len(instance.mdp))
    facts = found.states, found.hypotheses
    return GivenInstance(instance, instance.sha256, said, asked, {}, chances_of(instance), *facts)


@command
def diff(
    first: Annotated[Path, argument("A", "A certificate (JSON).")],
    second: Annotated[Path, argument("B", "Another one, of the same or a changed instance.")],
    instances: Annotated[
        list[Path] | None,
        argument("INSTANCE_A INSTANCE_B", "Their instances: the kernel compares the verdicts."),
    ] = None,
    json: Json = False,
    everything: Everything = False,
) -> int:
    """What two certificates state differently; with their instances, the verdicts too. 0: nothing; 1: something."""
    from proofs.claims.decode import LARGEST_FILE
    from proofs.claims.difference import differences
    from proofs.claims.read import certificate_in
    from proofs.cli.source import not_twice
    from proofs.report.difference import Sides, document, show
    from proofs.report.terminal import Terminal

    given = instances or []
    if len(given) > 2:
        raise BadInstance(f"{len(given)} instances", "give that of A, and that of B if it is another one", "INSTANCE")
    not_twice(first, second, *given)
    left, right = (file_bytes(path, LARGEST_FILE) for path in (first, second))
    stated = certificate_in(left, place(first)), certificate_in(right, place(second))
    checked = (_accepted(given[0], first, left), _accepted(given[-1], second, right)) if given else None
    sides = Sides(stated, checked)
    found = differences(*stated)
    if json:
        print_json(document(sides, found))
    else:
        show(sides, found, Terminal(everything))
    return DIFFERENT if found else SAME


def _accepted(instance: Path, certificate: Path, data: bytes) -> Words:
    """The verdicts, in words. Raises BadInstance where the kernel does not accept this for that instance."""
    from proofs.verify import Refused

    try:
        return _recheck(instance, data)
    except Refused as error:
        problem = f"checked against {place(instance)}, {error}"
        order = "give the instance of A, then that of B if it is another one"
        raise BadInstance(problem, order, place(certificate)) from None


def _recheck(path: Path, data: bytes) -> Words:
    """About its own question. Raises Refused."""
    from exact.instance import Instance
    from proofs.claims.read import certificate_in
    from proofs.cli.source import either
    from proofs.report.difference import words
    from proofs.verify import recheck

    instance, gamma = either(path), certificate_in(data, "").gamma
    if not isinstance(instance, Instance) and not instance.parameters and isinstance(gamma, Fraction):
        instance = instance.middle
    if isinstance(instance, Instance) and not isinstance(gamma, tuple):
        return words(recheck(instance if gamma is None else instance.at(gamma), data))
    if isinstance(instance, Instance):
        from exact.family import without_parameters

        instance = without_parameters(instance)
    from proofs.families.session import recheck as recheck_family

    return recheck_family(instance, data, gamma if isinstance(gamma, tuple) else instance.asked).words()


@at_a_point
def tex(
    path: InstancePath,
    certificate: Annotated[Path | None, argument("CERTIFICATE", "A certificate; without one, verify first.")] = None,
    gamma: Gamma = None,
    output: Annotated[Path | None, option("FILE", "Write here.", "-o", "--output")] = None,
    document: Annotated[bool, flag("--document", "A whole article, not a fragment to input.")] = False,
    phases: Phases = False,
    json: Json = False,
) -> int:
    """What the certificate proves, as LaTeX. The kernel checks it first: 1 or 2 if it refuses, else 0."""
    from proofs.claims.checked import Checked
    from proofs.claims.decode import LARGEST_FILE
    from proofs.cli.found import rechecked, verified
    from proofs.cli.source import either, not_twice
    from proofs.report.latex.document import text as text_of
    from proofs.report.latex.provenance import Source
    from proofs.verify import Refused

    if phases and certificate is not None:
        raise BadInstance("a certificate has its phases, or has none", "leave one of the two out", "--phases")
    check_target(output, path, certificate)
    not_twice(path, certificate)
    given = either(path, gamma)
    name = _name(path, "instance.toml")
    file = f"{Path(name).stem}.json" if certificate is None else _name(certificate, "certificate.json")
    source = Source(name, file, gamma, made=certificate is None)
    try:
        if certificate is None:
            found = verified(given, gamma, phases)
        else:
            found = rechecked(given, gamma, file_bytes(certificate, LARGEST_FILE))
    except Refused as refused:
        return failed(BY_STATUS[refused.status], f"{place(certificate or path)}: {refused}")
    if isinstance(found, Checked):
        text = text_of(found, source)
    else:
        from proofs.families import latex

        text = latex.text(found, source)
    written = text.article() if document else text.fragment()
    save(output, written.encode("ascii"))
    if json:
        print_written("tex", given, output, latex=written if output is None else None)
    elif output is None:
        sys.stdout.write(written)
    return VERIFIED


def _name(path: Path, other: str) -> str:
    """The file's; another one for standard input."""
    return other if str(path) == STANDARD_INPUT else path.name
