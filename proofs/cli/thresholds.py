"""`gammastar thresholds`."""

from __future__ import annotations

import json
from pathlib import Path

from exact.instance import read_instance
from proofs.analysis import Analysis
from proofs.cli.exits import VERIFIED
from proofs.report.document import retargeting_steps, states


def run(path: Path, as_json: bool) -> int:
    """Print the thresholds of each state and the steps of n and n°."""
    analysis = Analysis(read_instance(path))
    if as_json:
        instance = analysis.instance
        document = {
            "format": "gammastar-thresholds/1",
            "instance": {"name": instance.name, "sha256": instance.sha256, "states": len(instance.mdp)},
            "states": states(analysis),
            "retargeting": retargeting_steps(analysis),
        }
        print(json.dumps(document, indent=1, ensure_ascii=False))
        return VERIFIED
    from rich.console import Console

    from proofs.report.steps import steps_table
    from proofs.report.text import thresholds_table

    console = Console(highlight=False)
    console.print(thresholds_table(analysis))
    console.print(steps_table(analysis))
    return VERIFIED
