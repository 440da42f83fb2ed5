"""`gammastar retarget`: Def. 4 over Theta as it is, for the swaps with s_term and the permutations that one names."""

from __future__ import annotations

from pathlib import Path

from proofs.claims.checked import Checked
from proofs.cli.exits import OPEN, REFUTED, VERIFIED, progress
from proofs.cli.source import at_a_gamma, one_gamma, print_json, read
from proofs.cli.target import check_command, check_target, save
from proofs.verify import verify
from proofs.what_if.conditions import Conditions, conditions


def run(
    path: Path,
    gamma: str | None,
    everywhere: bool,
    certificate: Path | None,
    as_json: bool,
    everything: bool = False,
) -> int:
    """Decide the conditions. 0 if some permutation meets them all, 1 if none does, 3 if that is open."""
    if certificate is not None:
        check_target(certificate, path)
    _, instance = read(path, gamma)
    if certificate is not None:
        one_gamma(instance, "--certificate", "certificates of Def. 4 answer one gamma, or all with --for-all-gamma")
    if not everywhere and instance.question.interval is None:
        at_a_gamma(instance, path)
    found, written = conditions(instance, everywhere, progress), None
    if certificate is not None:  # what `verify` would write, with these claims
        written = verify(instance, progress, found.checked.claims)
        save(certificate, written.certificate)
    if as_json:
        from proofs.what_if.conditions_document import document

        print_json(document(found, written))
    else:
        _print(found, written, everything)
        if certificate is not None:
            print(f"certificate: {certificate}; check it with:\n{check_command(path, certificate, gamma)}")
    return _code(found)


def _code(found: Conditions) -> int:
    known = found.at_gamma
    if known is None:
        enough = any if found.instance.question.interval is None else all
        return VERIFIED if enough(step.permutations for step in found.steps) else OPEN
    return VERIFIED if known.n else REFUTED if known.complete else OPEN


def _print(found: Conditions, written: Checked | None, everything: bool) -> None:
    from proofs.report.table import Terminal
    from proofs.report.text import show_lines
    from proofs.what_if.conditions_text import show

    console = Terminal(everything)
    show(found, console)
    if written is not None:
        show_lines(console, [*(f"hole: {hole}" for hole in written.holes), f"kernel: s {written.status}"])
