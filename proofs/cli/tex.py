"""`gammastar tex`: a certificate as LaTeX, after the kernel has checked it."""

from __future__ import annotations

import sys
from pathlib import Path

from exact.instance import Instance
from proofs.cli.checking import refuse, run_kernel
from proofs.cli.exits import VERIFIED
from proofs.cli.source import read
from proofs.paper.claims import Certificate
from proofs.paper.document import article, fragment
from proofs.paper.evidence import Source
from proofs.paper.read import parse_certificate, read_certificate


def run(path: Path, certificate: Path | None, gamma: str | None, output: Path | None, document: bool) -> int:
    """Write the text; without a certificate, verify first. 1 or 2 if the kernel refuses the certificate."""
    data, instance = read(path, gamma)
    evidence, parsed = _made(instance) if certificate is None else read_certificate(certificate)
    checked = run_kernel(data, evidence, instance)
    if checked.refusal is not None:
        refuse(checked, certificate or path)
        return checked.refusal
    file = f"{path.stem}.json" if certificate is None else certificate.name
    source = Source(path.name, file, parsed.digest, gamma, certificate is None)
    found = checked.evidence(instance, parsed.claims, source)
    _write(article(found) if document else fragment(found), output)
    return VERIFIED


def _made(instance: Instance) -> tuple[bytes, Certificate]:
    """Verify, as `gammastar verify` does."""
    from proofs.verification import verify

    data = verify(instance).certificate.encode()
    return data, parse_certificate(data)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="ascii", newline="\n")
