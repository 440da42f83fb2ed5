"""`gammastar tex`: a certificate as LaTeX, after the kernel has checked it."""

from __future__ import annotations

import sys
from pathlib import Path

from proofs.claims.decode import LARGEST_FILE
from proofs.cli.exits import BY_STATUS, VERIFIED, failed, progress
from proofs.cli.given import STANDARD_INPUT, file_bytes, place
from proofs.cli.source import not_twice, print_written, read
from proofs.cli.target import check_target, save
from proofs.report.latex.document import article, fragment
from proofs.report.latex.provenance import Source
from proofs.verify import Refused, recheck, verify


def run(
    path: Path,
    certificate: Path | None,
    gamma: str | None,
    output: Path | None,
    document: bool,
    as_json: bool = False,
) -> int:
    """Write the text; without a certificate, verify first. 1 or 2 if the kernel refuses the certificate."""
    if output is not None:
        check_target(output, path, certificate)
    not_twice(path, certificate)
    _, instance = read(path, gamma)
    try:
        checked = (
            verify(instance, progress)
            if certificate is None
            else recheck(instance, file_bytes(certificate, LARGEST_FILE))
        )
    except Refused as refused:
        return failed(BY_STATUS[refused.status], f"{place(certificate or path)}: {refused}")
    name = _name(path, "instance.toml")
    file = f"{Path(name).stem}.json" if certificate is None else _name(certificate, "certificate.json")
    text = (article if document else fragment)(checked, Source(name, file, gamma, made=certificate is None))
    if output is not None:
        save(output, text.encode("ascii"))
    if as_json:
        print_written("tex", instance, output, latex=text if output is None else None)
    elif output is None:
        sys.stdout.write(text)
    return VERIFIED


def _name(path: Path, other: str) -> str:
    """The file's; another one for standard input."""
    return other if str(path) == STANDARD_INPUT else path.name
