"""`gammastar plot`."""

from __future__ import annotations

from pathlib import Path

from proofs.analysis import Analysis
from proofs.cli.exits import VERIFIED
from proofs.cli.source import read
from proofs.figures.canvas import FORMATS
from proofs.figures.draw import PLOTS, plot, suffix
from proofs.figures.errors import NotAFigure


def run(path: Path, output: Path, what: str, columns: int) -> int:
    """Draw one figure over gamma into a file."""
    if what not in PLOTS:
        raise NotAFigure(f'"{what}" is no figure', f"known: {', '.join(PLOTS)}", "--what")
    kind = suffix(output, FORMATS)
    output.write_bytes(plot(Analysis(read(path)[1]), what, kind, columns))
    return VERIFIED
