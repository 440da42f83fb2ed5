"""`gammastar tex`: a certificate as LaTeX, after the kernel has checked it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from exact.errors import BadInstance
from exact.instance import Instance
from proofs.claims.decode import LARGEST_FILE
from proofs.cli.exits import BY_STATUS, VERIFIED, failed, progress
from proofs.cli.given import STANDARD_INPUT, file_bytes, place
from proofs.cli.source import either, gammas_of, no_phases_of_a_family, not_twice, print_written
from proofs.cli.target import check_target, save
from proofs.report.latex.document import Text, text
from proofs.report.latex.provenance import Source
from proofs.verify import Refused, recheck, verify

if TYPE_CHECKING:
    from exact.family import Family


def run(
    path: Path,
    certificate: Path | None,
    gamma: str | None,
    output: Path | None,
    document: bool,
    as_json: bool = False,
    phases: bool = False,
) -> int:
    """Write the text; without a certificate, verify first. 1 or 2 if the kernel refuses the certificate."""
    if phases and certificate is not None:
        raise BadInstance("a certificate has its phases, or has none", "leave one of the two out", "--phases")
    if output is not None:
        check_target(output, path, certificate)
    not_twice(path, certificate)
    given = either(path, gamma)
    name = _name(path, "instance.toml")
    file = f"{Path(name).stem}.json" if certificate is None else _name(certificate, "certificate.json")
    try:
        text = _text(given, certificate, gamma, Source(name, file, gamma, made=certificate is None), phases)
    except Refused as refused:
        return failed(BY_STATUS[refused.status], f"{place(certificate or path)}: {refused}")
    written = text.article() if document else text.fragment()
    if output is not None:
        save(output, written.encode("ascii"))
    if as_json:
        print_written("tex", given, output, latex=written if output is None else None)
    elif output is None:
        sys.stdout.write(written)
    return VERIFIED


def _text(given: Instance | Family, certificate: Path | None, gamma: str | None, source: Source, phases: bool) -> Text:
    """What the kernel accepted, of the certificate or of what is found. Raises Refused."""
    data = None if certificate is None else file_bytes(certificate, LARGEST_FILE)
    if isinstance(given, Instance):
        checked = verify(given, progress, with_phases=phases) if data is None else recheck(given, data)
        return text(checked, source)
    no_phases_of_a_family(phases)
    from proofs.families import latex
    from proofs.families.search import verify_family
    from proofs.families.session import recheck as recheck_family

    asked = gammas_of(gamma, given)
    found = verify_family(given, asked, progress) if data is None else recheck_family(given, data, asked)
    return latex.text(found, source)


def _name(path: Path, other: str) -> str:
    """The file's; another one for standard input."""
    return other if str(path) == STANDARD_INPUT else path.name
