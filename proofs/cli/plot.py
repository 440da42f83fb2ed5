"""`gammastar plot`."""

from __future__ import annotations

from pathlib import Path

from proofs.cli.exits import VERIFIED, progress
from proofs.cli.source import print_written, read
from proofs.cli.target import check_target, save
from proofs.report.figures.canvas import FORMATS, need_matplotlib
from proofs.report.figures.draw import PLOTS, plot, suffix
from proofs.report.figures.errors import NotAFigure
from proofs.verify import proved, thresholds


def run(path: Path, output: Path, what: str, columns: int, gamma: str | None = None, as_json: bool = False) -> int:
    """Draw one figure over gamma into a file."""
    if what not in PLOTS:
        raise NotAFigure(f'"{what}" is no figure', f"known: {', '.join(PLOTS)}", "--what")
    kind = suffix(output, FORMATS)
    check_target(output, path)
    need_matplotlib()
    _, instance = read(path, gamma)
    checked = proved(instance, ()) if what == "values" else thresholds(instance, progress)
    save(output, plot(checked, what, kind, columns))
    if as_json:
        print_written("plot", instance, output, figure=what)
    return VERIFIED
