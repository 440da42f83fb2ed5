"""`gammastar graph`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from proofs.cli.exits import VERIFIED, announce
from proofs.cli.source import print_written, read
from proofs.cli.target import check_target, save
from proofs.report.figures.draw import suffix
from proofs.report.figures.graph import FORMATS, graph
from proofs.report.figures.moves import LEAVE_OUT
from proofs.verify import proved


def run(path: Path, output: Path, columns: int, leave_out: Sequence[str], as_json: bool = False) -> int:
    """Draw the MDP into a file, and say what to leave out where it cannot be read in print."""
    kind = suffix(output, FORMATS)
    check_target(output, path)
    _, instance = read(path)
    data, flaw = graph(proved(instance, ()), kind, columns, leave_out)
    save(output, data)
    rest = " or ".join(f"--leave-out {what}" for what in LEAVE_OUT if what not in leave_out)
    more = f" with {rest}" if rest else ", or draw it larger: the file scales"
    announce(f"{output}: {flaw}; leave something out{more}" if flaw else "")
    if as_json:
        print_written("graph", instance, output)
    return VERIFIED
