"""`gammastar minimal`: which hypotheses the conclusion really needs on this instance."""

from __future__ import annotations

from pathlib import Path

from proofs.cli.exits import OPEN, REFUTED, VERIFIED
from proofs.cli.judge import at_a_gamma, judge, progress
from proofs.cli.source import print_json, read
from proofs.matrix.minimal import minimal

_BY_CONCLUSION = {"proved": VERIFIED, "fails": REFUTED, "undecided": OPEN}


def run(path: Path, gamma: str | None, as_json: bool) -> int:
    """Print the smallest sets. 0 if the conclusion is proved as the instance is, 1 if it fails, 3 if it is open."""
    _, instance = read(path, gamma)
    at_a_gamma(instance, path)
    found = minimal(instance, judge, progress)
    if as_json:
        from proofs.matrix.minimal_document import document

        print_json(document(found))
    else:
        from proofs.matrix.minimal_text import show
        from proofs.report.table import Terminal

        print(f"{instance.name}: {len(instance.mdp)} states, gamma = {instance.question.gamma}")
        show(found, Terminal())
    return _BY_CONCLUSION[found.base.found.main.conclusion]
