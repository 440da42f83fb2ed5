"""`gammastar graph`."""

from __future__ import annotations

from pathlib import Path

from proofs.analysis import Analysis
from proofs.cli.exits import VERIFIED
from proofs.cli.source import read
from proofs.figures.draw import suffix
from proofs.figures.layout import FORMATS, graph


def run(path: Path, output: Path, columns: int) -> int:
    """Draw the MDP into a file."""
    kind = suffix(output, FORMATS)
    output.write_bytes(graph(Analysis(read(path)[1]), kind, columns))
    return VERIFIED
