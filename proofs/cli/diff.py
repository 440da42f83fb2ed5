"""`gammastar diff`: what two certificates state differently; with the instances, whether a verdict changed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from exact.errors import BadInstance
from exact.instance import Instance
from proofs.claims.difference import differences
from proofs.claims.read import certificate_in
from proofs.cli.exits import BAD_INPUT, REFUTED, VERIFIED, failed
from proofs.cli.given import place
from proofs.cli.source import either, not_twice, print_json, read_certificate
from proofs.report.difference import Sides, Words, document, show, words
from proofs.report.table import Terminal
from proofs.verify import Refused, recheck

SAME, DIFFERENT = VERIFIED, REFUTED


def run(first: Path, second: Path, as_json: bool, instances: list[Path] | None = None, everything: bool = False) -> int:
    """0 if both state the same facts, whatever the evidence, whichever the instance file and the question; 1 if not.

    instances: that of A, then that of B if it is another one; the kernel then checks both first.
    """
    given = instances or []
    if len(given) > 2:
        raise BadInstance(f"{len(given)} instances", "give that of A, and that of B if it is another one", "INSTANCE")
    not_twice(first, second, *given)
    files = [read_certificate(path) for path in (first, second)]
    try:
        checked = _checked([(path, data) for path, (data, _) in zip((first, second), files, strict=True)], given)
    except _NotAccepted as error:
        return failed(BAD_INPUT, str(error))
    sides = Sides((files[0][1], files[1][1]), checked)
    found = differences(*sides.stated)
    if as_json:
        print_json(document(sides, found))
    else:
        show(sides, found, Terminal(everything))
    return DIFFERENT if found else SAME


class _NotAccepted(Exception):
    """Which certificate the kernel does not accept, for which instance, and why."""


def _checked(certificates: list[tuple[Path, bytes]], given: list[Path]) -> tuple[Words, Words] | None:
    """Each about its own question."""
    if not given:
        return None
    paths = given * 2 if len(given) == 1 else given
    left, right = (_accepted(path, *certificate) for path, certificate in zip(paths, certificates, strict=True))
    return left, right


def _accepted(instance: Path, certificate: Path, data: bytes) -> Words:
    try:
        return _recheck(instance, data)
    except Refused as error:
        order = "give the instance of A, then that of B if it is another one"
        raise _NotAccepted(f"{place(certificate)}: checked against {place(instance)}, {error}; {order}") from None


def _recheck(path: Path, data: bytes) -> Words:
    """The verdicts, in words. Raises Refused."""
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
