"""`gammastar thresholds`."""

from __future__ import annotations

from pathlib import Path

from proofs.analysis import Analysis
from proofs.cli.exits import VERIFIED
from proofs.cli.source import print_json, read
from proofs.report.document import about, retargeting_steps, states


def run(path: Path, as_json: bool) -> int:
    """Print the thresholds of each state and the steps of n and n°."""
    analysis = Analysis(read(path)[1])
    if as_json:
        known = {"states": states(analysis), "retargeting": retargeting_steps(analysis)}
        print_json({"format": "gammastar-thresholds/1", "instance": about(analysis.instance), **known})
        return VERIFIED
    from proofs.report.steps import steps_table
    from proofs.report.table import Terminal
    from proofs.report.text import show_blocks, threshold_blocks

    show_blocks(Terminal(), [*threshold_blocks(analysis), steps_table(analysis)])
    return VERIFIED
