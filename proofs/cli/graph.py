"""`gammastar graph`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from exact.instance import Instance
from proofs.cli.exits import VERIFIED, announce
from proofs.cli.source import either, print_written
from proofs.cli.target import check_target, save
from proofs.report.figures.draw import suffix
from proofs.report.figures.graph import FORMATS, graph
from proofs.report.figures.moves import LEAVE_OUT
from proofs.verify import proved

if TYPE_CHECKING:
    from exact.family import Family


def run(path: Path, output: Path, columns: int, leave_out: Sequence[str], as_json: bool = False) -> int:
    """Draw the MDP into a file, and say what to leave out where it cannot be read in print."""
    kind = suffix(output, FORMATS)
    check_target(output, path)
    given = either(path)
    data, flaw = _drawn(given, kind, columns, leave_out)
    save(output, data)
    rest = " or ".join(f"--leave-out {what}" for what in LEAVE_OUT if what not in leave_out)
    more = f" with {rest}" if rest else ", or draw it larger: the file scales"
    announce(f"{output}: {flaw}; leave something out{more}" if flaw else "")
    if as_json:
        print_written("graph", given, output)
    return VERIFIED


def _drawn(given: Instance | Family, kind: str, columns: int, leave_out: Sequence[str]) -> tuple[bytes, str]:
    """The file, and its flaw. Of a family, whose graph is the same at every point, with polynomials."""
    if isinstance(given, Instance):
        return graph(proved(given, ()), kind, columns, leave_out)
    from exact.family.shown import chances

    return graph(proved(given.centre, ()), kind, columns, leave_out, lambda s, a: chances(given, s, a))
