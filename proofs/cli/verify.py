"""`gammastar verify`."""

from __future__ import annotations

import shlex
from pathlib import Path

from proofs.cli.exits import BY_VERDICT, OPEN
from proofs.cli.judge import judge, progress
from proofs.cli.source import print_json, read
from proofs.matrix.word import Word
from proofs.opinions import opinions
from proofs.report.document import report
from proofs.verification import Verification, verify


def run(
    path: Path,
    gamma: str | None,
    certificate: Path | None,
    as_json: bool,
    smt2: Path | None,
    seconds: int,
    cvc5: bool = False,
) -> int:
    """Verify, let the kernel check, ask the solvers, print. The exit code is the verdict's."""
    data, instance = read(path, gamma)
    found = verify(instance, progress)
    outcome = judge(data, found)
    if certificate is not None:
        certificate.write_text(found.certificate, encoding="utf-8")
    asides = opinions(found, seconds, smt2, cvc5)
    if as_json:
        kernel: dict[str, object] = {"status": outcome.status, "holes": list(outcome.holes)}
        print_json(report(found, kernel, asides))
    else:
        _print(found, outcome, asides, path, certificate, gamma)
    return OPEN if outcome.holes and found.main.verdict == "verified" else BY_VERDICT[found.main.verdict]


def _print(
    found: Verification,
    outcome: Word,
    asides: list[dict[str, object]],
    path: Path,
    certificate: Path | None,
    gamma: str | None,
) -> None:
    from proofs.report.headline import verdict_text
    from proofs.report.opinions import opinion_lines
    from proofs.report.table import Terminal
    from proofs.report.text import show

    console = Terminal()
    show(found, console)
    for line in opinion_lines(asides):
        console.print(line)
    for hole in outcome.holes:
        console.print(f"hole: {hole}")
    print(f"Theorem 2: {verdict_text(found.main, found.analysis.instance.question.gamma)}")
    if certificate is not None:
        command = shlex.join([str(path), str(certificate), *([] if gamma is None else ["--gamma", gamma])])
        print(f"certificate: {certificate}; check it with: python -m proofs.kernel {command}")
    print(f"kernel: s {outcome.status}")
