"""`gammastar thresholds`."""

from __future__ import annotations

from pathlib import Path

from proofs.claims.types import PAPER, SHARP
from proofs.cli.exits import OPEN, VERIFIED, announce, progress
from proofs.cli.source import print_json, read
from proofs.verify import thresholds, warning


def run(path: Path, as_json: bool) -> int:
    """Print the thresholds of each state and the steps of n and n°. 3 if one of them is open."""
    instance = read(path)[1]
    announce(warning(instance))
    checked = thresholds(instance, progress)
    if as_json:
        from proofs.report.document import about
        from proofs.report.states import retargeting_steps, states

        known = {"states": states(checked), "retargeting": retargeting_steps(checked)}
        print_json({"format": "gammastar-thresholds/1", "instance": about(checked.instance), **known})
    else:
        from proofs.report.table import Terminal
        from proofs.report.tables import steps_table
        from proofs.report.text import show_blocks, show_lines, threshold_blocks

        console = Terminal()
        show_lines(console, [f"{instance.name}: {len(instance.mdp)} states"])
        show_blocks(console, [*threshold_blocks(checked), steps_table(checked)])
    return VERIFIED if checked.settled(PAPER) and checked.settled(SHARP) else OPEN
