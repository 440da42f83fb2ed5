"""`gammastar graph`."""

from __future__ import annotations

from pathlib import Path

from proofs.cli.exits import VERIFIED
from proofs.cli.source import read
from proofs.cli.target import check_target, save
from proofs.report.figures.draw import suffix
from proofs.report.figures.layout import FORMATS, graph
from proofs.verify import proved


def run(path: Path, output: Path, columns: int) -> int:
    """Draw the MDP into a file."""
    kind = suffix(output, FORMATS)
    check_target(output, path)
    save(output, graph(proved(read(path)[1], ()), kind, columns))
    return VERIFIED
