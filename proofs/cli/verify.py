"""`gammastar verify`."""

from __future__ import annotations

from pathlib import Path

from exact.instance import Instance
from proofs.claims.checked import VALID, Checked
from proofs.cli.exits import BY_VERDICT, OPEN, announce, progress
from proofs.cli.source import either, print_json
from proofs.cli.target import check_command, check_target, make_folder, save
from proofs.verify import verify, warning

Asides = list[dict[str, object]]
SECONDS = 1  # for all second opinions


def run(
    path: Path,
    gamma: str | None,
    certificate: Path | None,
    as_json: bool,
    smt2: Path | None,
    seconds: int | None,
    cvc5: bool = False,
    everything: bool = False,
    verbose: bool = False,
) -> int:
    """Verify, ask the solvers, print. The exit code is the verdict's; 3 for a verified one with holes.

    seconds: None for SECONDS. Raises BadInstance for --all on a family, which would change nothing.
    """
    instance, seconds = either(path, gamma), SECONDS if seconds is None else seconds
    if not isinstance(instance, Instance):
        from proofs.cli.family import verify as verify_family
        from proofs.cli.family import without

        without(instance, {"--all": everything}, "the report is printed in full")
        return verify_family(instance, path, gamma, certificate, as_json, smt2, seconds, cvc5, verbose)
    if certificate is not None:
        check_target(certificate, path)
    if smt2 is not None:
        make_folder(smt2)
    announce(warning(instance))
    checked = verify(instance, progress)
    if certificate is not None:
        save(certificate, checked.certificate)
    asides = _opinions(checked, seconds, smt2, cvc5)
    if as_json:
        from proofs.report.document import report

        print_json(report(checked, asides))
    else:
        _print(checked, asides, everything, verbose)
        if certificate is not None:
            print(f"certificate: {certificate}; check it with:\n{check_command(path, certificate, gamma)}")
        print(f"kernel: s {checked.status}")
    verdict = checked.main.verdict
    return OPEN if checked.status != VALID and verdict == "verified" else BY_VERDICT[verdict]


def _opinions(checked: Checked, seconds: int, smt2: Path | None, cvc5: bool) -> Asides:
    """The solvers take longer to load than most instances to verify."""
    if seconds <= 0 and smt2 is None:
        return []
    from proofs.opinions import opinions

    return opinions(checked, seconds, smt2, cvc5)


def _print(checked: Checked, asides: Asides, everything: bool, verbose: bool) -> None:
    from proofs.report.opinions import opinion_lines
    from proofs.report.table import Terminal
    from proofs.report.text import show

    show(checked, Terminal(everything), opinion_lines(asides, verbose))
