"""`gammastar show`: a certificate in words, claim by claim; with the instance, after the kernel has checked it."""

from __future__ import annotations

from pathlib import Path

from proofs.cli.exits import BY_STATUS, VERIFIED, failed
from proofs.cli.given import place
from proofs.cli.source import not_twice, print_json, read, read_certificate
from proofs.report.certificate import document, show
from proofs.report.table import Terminal
from proofs.verify import Refused, recheck

HOW = "give the INSTANCE after it, and it checks them first"


def run(path: Path, instance: Path | None, gamma: str | None, as_json: bool, everything: bool = False) -> int:
    """Print the claims, and what follows from them. Exit code of the kernel's answer; 0 without an instance."""
    not_twice(path, instance)
    data, certificate = read_certificate(path)
    try:
        checked = None if instance is None else recheck(read(instance, gamma)[1], data)
    except Refused as error:
        return failed(BY_STATUS[error.status], f"{place(path)}: {error}")
    if as_json:
        print_json(document(certificate, checked))
    else:
        show(certificate, checked, Terminal(everything), HOW)
    return VERIFIED if checked is None else BY_STATUS[checked.status]
