"""`gammastar verify`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from exact.instance import Instance, read_instance
from exact.rational import discount
from proofs.cli.exits import BY_VERDICT
from proofs.errors import EnginesDisagree
from proofs.kernel.check import Outcome, check
from proofs.opinions import opinions
from proofs.report.document import report
from proofs.verification import Verification, verify


def run(path: Path, gamma: str | None, certificate: Path | None, as_json: bool, smt2: Path | None, seconds: int) -> int:
    """Verify, let the kernel check, ask the solvers, print. The exit code is the verdict's."""
    instance = asked(path, gamma)
    found = verify(instance, _progress)
    outcome = _kernel(path, instance, found)
    if certificate is not None:
        certificate.write_text(found.certificate, encoding="utf-8")
    asides = opinions(found, seconds, smt2)
    if as_json:
        kernel: dict[str, object] = {"status": outcome.status, "holes": outcome.holes}
        print(json.dumps(report(found, kernel, asides), indent=1, ensure_ascii=False))
    else:
        _print(found, outcome, asides, path, certificate, gamma)
    return BY_VERDICT[found.main.verdict]


def asked(path: Path, gamma: str | None) -> Instance:
    """The instance, with the question's gamma replaced by that of the command line."""
    instance = read_instance(path)
    return instance if gamma is None else instance.at(discount(gamma, "--gamma"))


def _kernel(path: Path, instance: Instance, found: Verification) -> Outcome:
    """The kernel's word on the certificate. Raises EnginesDisagree if it refuses what the producers say."""
    outcome = check(path.read_bytes(), found.certificate.encode(), instance.question.gamma)
    if outcome.status not in ("VALID", "HOLEY"):
        raise EnginesDisagree(f"the kernel answers {outcome.status}: {outcome.reason}")
    for key, verdict in found.verdicts.items():
        derived = outcome.theorems.get(key)
        if derived is not None and derived != (verdict.verdict, verdict.conclusion, verdict.means, verdict.n):
            raise EnginesDisagree(f"{key[0]}: {verdict} here, {derived} in the kernel")
    return outcome


def _progress(stage: str) -> None:
    if sys.stderr.isatty():
        print(f"gammastar: {stage} ...", file=sys.stderr)


def _print(
    found: Verification,
    outcome: Outcome,
    asides: list[dict[str, object]],
    path: Path,
    certificate: Path | None,
    gamma: str | None,
) -> None:
    from rich.console import Console

    from proofs.report.text import show

    console = Console(highlight=False)
    show(found, console)
    for aside in asides:
        console.print(f"second opinion ({aside['solver']}), {aside['permutation']}: {aside['answer']}", markup=False)
    for hole in outcome.holes:
        console.print(f"hole: {hole}", markup=False)
    main = found.main
    print(f"Theorem 2: {main.verdict}; conclusion {main.conclusion} ({main.means}), n = {main.n}")
    if certificate is not None:
        asking = "" if gamma is None else f" --gamma {gamma}"
        print(f"certificate: {certificate}; check it with: python -m proofs.kernel {path} {certificate}{asking}")
    print(f"kernel: s {outcome.status}")
