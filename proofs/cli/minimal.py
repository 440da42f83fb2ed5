"""`gammastar minimal`: which hypotheses the conclusion really needs on this instance."""

from __future__ import annotations

from pathlib import Path

from proofs.cli.exits import INTERRUPTED, OPEN, REFUTED, VERIFIED, telling
from proofs.cli.source import at_a_gamma, print_json, read
from proofs.what_if.minimal import minimal

_BY_CONCLUSION = {"proved": VERIFIED, "fails": REFUTED, "undecided": OPEN}


def run(path: Path, gamma: str | None, as_json: bool, verbose: bool = False) -> int:
    """Print the minimal sets. As the instance is: 0 proved, 1 fails, 3 open; 130 if interrupted."""
    _, instance = read(path, gamma)
    if instance.question.interval is None:
        at_a_gamma(instance, path)
    with telling(verbose) as tell:
        found = minimal(instance, tell, keep=True)
    if as_json:
        from proofs.what_if.minimal_document import document

        print_json(document(found))
    else:
        from proofs.report.table import Terminal
        from proofs.what_if.minimal_text import show

        show(found, Terminal())
    return INTERRUPTED if found.missing else _BY_CONCLUSION[found.base.checked.main.conclusion]
