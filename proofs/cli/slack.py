"""`gammastar slack`."""

from __future__ import annotations

from pathlib import Path

from proofs.claims.slack import slack_of
from proofs.cli.exits import OPEN, VERIFIED, progress
from proofs.cli.source import at_a_gamma, print_json, read
from proofs.cli.target import check_command, check_target, save
from proofs.report.slack import document, show_slack
from proofs.report.table import Terminal
from proofs.verify import slack


def run(path: Path, gamma: str | None, certificate: Path | None, as_json: bool) -> int:
    """n, n° and the least ratio of an orbit that is found. 3 where that does not show that the bound is tight."""
    if certificate is not None:
        check_target(certificate, path)
    _, instance = read(path, gamma)
    at_a_gamma(instance, path, "orbits are counted at one of them; `verify` bounds every orbit, at all of them")
    checked = slack(instance, progress)
    code = VERIFIED if slack_of(checked).tight else OPEN
    if certificate is not None:
        save(certificate, checked.certificate)
    if as_json:
        print_json(document(checked))
        return code
    show_slack(checked, Terminal())
    if certificate is not None:
        print(f"certificate: {certificate}\ncheck it with: {check_command(path, certificate, gamma)}")
    return code
