"""`gammastar bundle`."""

from __future__ import annotations

from pathlib import Path

from exact.instance import Instance
from proofs.bundle.contents import Material, contents
from proofs.bundle.figures import draw_all
from proofs.bundle.write import check_place, write
from proofs.cli.checking import Checked, run_kernel
from proofs.cli.exits import OPEN, VERIFIED
from proofs.cli.source import read
from proofs.errors import EnginesDisagree
from proofs.paper.document import article, fragment
from proofs.paper.evidence import Source
from proofs.paper.read import parse_certificate
from proofs.report.headline import verdict_text
from proofs.verification import Verification, verify


def run(path: Path, output: Path, gamma: str | None) -> int:
    """Verify, let the kernel check, draw, and write the folder. 3 if the certificate has holes."""
    data, instance = read(path, gamma)
    check_place(output)
    found = verify(instance)
    checked = run_kernel(data, found.certificate.encode(), instance)
    if checked.refusal is not None:
        raise EnginesDisagree(f"the kernel answers {checked.outcome.status}: {checked.outcome.reason}")
    files = contents(material(data, found, checked, gamma is not None))
    write(files, output, instance.name)
    print(f"{headline(found, checked)}\nbundle: {output}, {len(files)} files; check it with: python check.py")
    return OPEN if checked.outcome.holes else VERIFIED


def material(data: bytes, found: Verification, checked: Checked, asked: bool) -> Material:
    """asked: gamma is the command line's."""
    instance, evidence = found.analysis.instance, found.certificate.encode()
    parsed, gamma = parse_certificate(evidence), str(instance.question.gamma) if asked else None
    source = Source("instance.toml", "certificate.json", parsed.digest, gamma, made=True)
    proved = checked.evidence(instance, parsed.claims, source)
    texts = fragment(proved), article(proved)
    said = checked.outcome.status, headline(found, checked)
    return Material(instance.name, data, evidence, *texts, gamma, *said, draw_all(found.analysis))


def headline(found: Verification, checked: Checked) -> str:
    """Theorem 2's verdict and the kernel's word, in one line."""
    instance = found.analysis.instance
    about = f"Theorem 2, {_question(instance)}: {verdict_text(found.main, instance.question.gamma)}"
    return f"{about}. The kernel: s {checked.outcome.status}."


def _question(instance: Instance) -> str:
    gamma = instance.question.gamma
    return "all gamma" if gamma is None else f"gamma = {gamma}"
