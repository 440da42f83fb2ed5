"""`gammastar show`: a certificate in words, claim by claim; with the instance, after the kernel has checked it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from proofs.cli.checking import Checked, refuse, run_kernel
from proofs.cli.exits import OPEN, VERIFIED
from proofs.cli.source import print_json, read
from proofs.paper.claims import Certificate, Claim
from proofs.paper.read import read_certificate
from proofs.paper.words import printable, told
from proofs.report.table import Terminal, row, table

UNCHECKED = "Nothing of this has been checked: give the INSTANCE, and the kernel checks it first."


def run(path: Path, instance: Path | None, gamma: str | None, as_json: bool) -> int:
    """Print the claims. Exit code of the kernel's answer; 0 without an instance."""
    data, certificate = read_certificate(path)
    checked = None if instance is None else _checked(data, instance, gamma)
    if checked is not None and checked.refusal is not None:
        refuse(checked, path)
        return checked.refusal
    if as_json:
        print_json(_document(certificate, checked))
    else:
        _print(certificate, checked)
    return VERIFIED if checked is None or checked.outcome.status == "VALID" else OPEN


def _checked(data: bytes, instance: Path, gamma: str | None) -> Checked:
    source, model = read(instance, gamma)
    return run_kernel(source, data, model)


def _document(certificate: Certificate, checked: Checked | None) -> dict[str, object]:
    about = {"name": certificate.instance, "sha256": certificate.sha256}
    kernel = None if checked is None else {"status": checked.outcome.status, "holes": checked.outcome.holes}
    entries = [_entry(claim, checked) for claim in certificate.claims]
    digest = certificate.digest
    return {"format": "gammastar-show/1", "instance": about, "sha256": digest, "kernel": kernel, "claims": entries}


def _entry(claim: Claim, checked: Checked | None) -> dict[str, object]:
    about, says = told(claim)
    proved = None if checked is None else claim.number in checked.proved
    return {"number": claim.number, "about": about, "says": says, "proved": proved}


def _print(certificate: Certificate, checked: Checked | None) -> None:
    console = Terminal()
    for line in _head(certificate, checked):
        console.print(printable(line), soft_wrap=True)  # a digest is not broken
    console.print()
    made = table("Claims (g = gamma)", "no.", "about", "says")
    for claim in certificate.claims:
        about, says = told(claim)
        hole = checked is not None and claim.number not in checked.proved
        row(made, str(claim.number), printable(about), printable(f"NOT PROVED: {says}" if hole else says))
    console.print(made)


def _head(certificate: Certificate, checked: Checked | None) -> Iterator[str]:
    yield f"certificate about {certificate.instance}, {len(certificate.claims)} claims"
    yield f"instance sha256 {certificate.sha256}"
    yield f"certificate sha256 {certificate.digest}"
    yield UNCHECKED if checked is None else f"kernel: s {checked.outcome.status}"
    if checked is not None:
        yield from (f"hole: {hole}" for hole in checked.outcome.holes)
