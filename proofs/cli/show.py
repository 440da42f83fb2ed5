"""`gammastar show`: a certificate in words, claim by claim, with the instance after the kernel has checked it; or an
instance file alone: what it says, and what the graph decides of it.
"""

from __future__ import annotations

from pathlib import Path

from exact.digits import exact_text
from exact.errors import BadInstance
from exact.instance import Instance
from exact.instance.shown import text
from exact.limits import LARGEST_FILE as LARGEST_INSTANCE
from proofs.claims.decode import LARGEST_FILE
from proofs.claims.read import certificate_in
from proofs.cli.exits import BY_STATUS, VERIFIED, failed
from proofs.cli.given import file_bytes, place
from proofs.cli.source import asked_of, either, either_in, gammas_of, not_twice, print_json
from proofs.report.certificate import Derived, derived, document, show
from proofs.report.given import GivenInstance, chances_of, lines
from proofs.report.given import document as given_document
from proofs.report.table import Terminal
from proofs.report.text import show_lines
from proofs.verify import Refused, proved, recheck

HOW = "give the INSTANCE after it, and it checks them first"


def run(path: Path, instance: Path | None, gamma: str | None, as_json: bool, everything: bool = False) -> int:
    """Print the claims, and what follows from them. Exit code of the kernel's answer; 0 without an instance."""
    not_twice(path, instance)
    data = file_bytes(path, LARGEST_FILE)
    if b"states" in data and not data.lstrip().startswith(b"{"):  # TOML cannot begin so, and a certificate must
        return _given(data, path, instance, gamma, as_json)
    certificate = certificate_in(data, place(path))
    try:
        found = None if instance is None else _derived(instance, gamma, data)
    except Refused as error:
        return failed(BY_STATUS[error.status], f"{place(path)}: {error}")
    if as_json:
        print_json(document(certificate, found))
    else:
        show(certificate, found, Terminal(everything), HOW)
    return VERIFIED if found is None else BY_STATUS[found.status]


def _derived(path: Path, gamma: str | None, data: bytes) -> Derived:
    """What the kernel makes of it. Raises Refused."""
    instance = either(path, gamma)
    if isinstance(instance, Instance):
        return derived(recheck(instance, data))
    from proofs.families.session import recheck as recheck_family
    from proofs.families.shown import derived as derived_family

    return derived_family(recheck_family(instance, data, gammas_of(gamma, instance)))


def _given(data: bytes, path: Path, second: Path | None, gamma: str | None, as_json: bool) -> int:
    """An instance file by itself."""
    if second is not None:
        raise BadInstance("this is an instance", "give the certificate first, or the instance alone", place(path))
    instance = either_in(data[: LARGEST_INSTANCE + 1], place(path), gamma)
    if isinstance(instance, Instance):
        given = _of_instance(instance)
    else:
        from proofs.families.shown import given as of_family

        given = of_family(asked_of(instance, gamma))
    if as_json:
        print_json(given_document(given))
    else:
        show_lines(Terminal(), lines(given))
    return VERIFIED


def _of_instance(instance: Instance) -> GivenInstance:
    found = proved(instance, ())
    gamma = None if found.gamma is None else exact_text(found.gamma)
    said = text(instance, most=len(instance.mdp))
    facts = found.states, found.hypotheses
    return GivenInstance(instance, instance.sha256, said, gamma, {}, chances_of(instance), *facts)
