"""`gammastar show`: a certificate in words, claim by claim; with the instance, after the kernel has checked it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exact.digits import exact_text, shown
from proofs.claims.checked import Checked
from proofs.claims.spelling import printable
from proofs.claims.types import Certificate
from proofs.claims.words import told
from proofs.cli.exits import BY_STATUS, VERIFIED, failed
from proofs.cli.given import place
from proofs.cli.source import not_twice, print_json, read, read_certificate
from proofs.verify import Refused, recheck

UNCHECKED = (
    "Nothing of this has been checked. These are the certificate's own words, and prove nothing until the kernel has "
    "accepted them: give the INSTANCE after it, and it checks them first."
)


def run(path: Path, instance: Path | None, gamma: str | None, as_json: bool, everything: bool = False) -> int:
    """Print the claims, and what follows from them. Exit code of the kernel's answer; 0 without an instance."""
    not_twice(path, instance)
    data, certificate = read_certificate(path)
    try:
        checked = None if instance is None else recheck(read(instance, gamma)[1], data)
    except Refused as error:
        return failed(BY_STATUS[error.status], f"{place(path)}: {error}")
    if as_json:
        print_json(_document(certificate, checked))
    else:
        _print(certificate, checked, everything)
    return VERIFIED if checked is None else BY_STATUS[checked.status]


def _document(certificate: Certificate, checked: Checked | None) -> dict[str, object]:
    about = {"name": certificate.instance, "sha256": certificate.sha256}
    gamma = None if certificate.gamma is None else exact_text(certificate.gamma)
    entries = [
        dict(zip(("number", "about", "says", "proved"), entry, strict=True)) for entry in _claims(certificate, checked)
    ]
    head = {"format": "gammastar-show/1", "instance": about, "gamma": gamma, "sha256": certificate.digest}
    return {**head, **_derived(checked), "claims": entries}


def _derived(checked: Checked | None) -> dict[str, object]:
    """What the kernel derives from the claims, for the question that is asked."""
    if checked is None:
        return {"kernel": None, "hypotheses": None, "theorems": None}
    from proofs.report.document import theorems

    kernel = {"status": checked.status, "holes": list(checked.holes)}
    return {"kernel": kernel, "hypotheses": dict(checked.hypotheses), "theorems": theorems(checked)}


def _claims(certificate: Certificate, checked: Checked | None) -> Iterator[tuple[int, str, str, bool | None]]:
    """(number, about, says, proved); proved None: nobody has checked it."""
    accepted = set() if checked is None else set(checked.numbers)
    for number, claim in enumerate(certificate.claims):
        yield (number, *told(claim), None if checked is None else number in accepted)


def _print(certificate: Certificate, checked: Checked | None, everything: bool) -> None:
    from proofs.report.headline import ending
    from proofs.report.table import Terminal, row, table
    from proofs.report.tables import hypotheses_table, theorems_table
    from proofs.report.text import show_blocks, show_lines, show_paragraph

    console = Terminal(everything)
    show_lines(console, map(printable, _head(certificate, checked)))
    made = table("Claims (g = gamma)", "no.", "about", "says")
    for number, about, says, proved in _claims(certificate, checked):
        row(made, str(number), printable(about), printable(f"NOT PROVED: {says}" if proved is False else says))
    derived = [] if checked is None else [hypotheses_table(checked), theorems_table(checked)]
    show_blocks(console, [made, *derived])
    show_paragraph(console, UNCHECKED if checked is None else ending(checked))


def _head(certificate: Certificate, checked: Checked | None) -> Iterator[str]:
    gamma = "every gamma in (0, 1)" if certificate.gamma is None else f"gamma = {shown(certificate.gamma)}"
    yield f"certificate about {certificate.instance}, {gamma}, {len(certificate.claims)} claims"
    yield f"instance sha256 {certificate.sha256}"
    yield f"its own sha256  {certificate.digest}"
    yield "kernel: not asked" if checked is None else f"kernel: s {checked.status}"
    if checked is not None:
        yield from (f"hole: {hole}" for hole in checked.holes)
