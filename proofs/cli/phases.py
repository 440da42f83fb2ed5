"""`gammastar phases`."""

from __future__ import annotations

from pathlib import Path

from proofs.claims.phases import known_phases, whole
from proofs.cli.exits import OPEN, VERIFIED, progress
from proofs.cli.source import print_json, read
from proofs.cli.target import check_command, check_target, save
from proofs.report.phases import document, show_phases
from proofs.report.table import Terminal
from proofs.what_if.over_gamma import over_gamma, phases


def run(path: Path, certificate: Path | None, as_json: bool, everything: bool = False) -> int:
    """V*, the policy and the decision at every gamma of (0, 1); n and the verdict too. 3 if something is open."""
    if certificate is not None:
        check_target(certificate, path)
    instance = read(path, None)[1]
    checked = phases(instance, progress)
    stretches = over_gamma(checked)
    if certificate is not None:
        save(certificate, checked.certificate)
    if as_json:
        print_json(document(checked, stretches))
    else:
        show_phases(checked, stretches, Terminal(everything))
        if certificate is not None:
            print(f"certificate: {certificate}\ncheck it with: {check_command(path, certificate, None)}")
    known = known_phases(checked)
    settled = instance.question.rewards is None or whole(known)
    return VERIFIED if settled and all(part.n is not None for part in stretches) else OPEN
