"""`gammastar orbit`."""

from __future__ import annotations

from pathlib import Path

from exact.errors import BadInstance
from proofs.cli.exits import INTERRUPTED, VERIFIED, progress
from proofs.cli.source import at_a_gamma, print_json, read
from proofs.cli.target import check_command, check_target, save
from proofs.report.document import orbit as document
from proofs.report.table import Terminal
from proofs.report.text import show_orbit
from proofs.verify import orbit


def run(
    path: Path, gamma: str | None, certificate: Path | None, jobs: int | None, notes: Path | None, as_json: bool
) -> int:
    """Count the orbit of the question's rewards inside Theta at the question's gamma. 130 if it was interrupted."""
    for target in filter(None, (certificate, notes)):
        check_target(target, path)
    _, instance = read(path, gamma)
    if instance.question.rewards is None:
        raise BadInstance("there are no rewards", 'write rewards = { term = "1000" }', f"{path}: question.rewards")
    at_a_gamma(instance, path, "an orbit is counted at one of them; `verify` bounds every orbit, at all of them")
    checked = orbit(instance, progress, jobs, notes)
    code = VERIFIED if checked.aside.share == 1 else INTERRUPTED
    if certificate is not None:
        save(certificate, checked.certificate)
    if as_json:
        print_json(document(checked))
        return code
    show_orbit(checked, Terminal())
    if certificate is not None:
        print(f"certificate: {certificate}; it counts this orbit, and says nothing of the theorems")
        print(f"check it with: {check_command(path, certificate, gamma)}")
    return code
