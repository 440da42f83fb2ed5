"""`gammastar thresholds`."""

from __future__ import annotations

from pathlib import Path

from proofs.claims.types import PAPER, SHARP
from proofs.cli.exits import OPEN, VERIFIED, announce, progress
from proofs.cli.source import print_json, read
from proofs.verify import thresholds, warning


def run(path: Path, gamma: str | None, as_json: bool, everything: bool = False) -> int:
    """Print the thresholds of each state and the steps of n and n°; what is counted at a gamma. 3 if one is open."""
    instance = read(path, gamma)[1]
    announce(warning(instance))
    checked, at_gamma = thresholds(instance, progress), gamma is not None or instance.question.interval is not None
    if as_json:
        from proofs.report.document import thresholds as document

        print_json(document(checked, at_gamma=at_gamma))
    else:
        from proofs.report.table import Terminal
        from proofs.report.text import show_thresholds

        show_thresholds(checked, Terminal(everything), at_gamma=at_gamma)
    return VERIFIED if checked.settled(PAPER) and checked.settled(SHARP) else OPEN
