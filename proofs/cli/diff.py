"""`gammastar diff`: what two certificates state differently. The kernel is not asked: that is what `check` is for."""

from __future__ import annotations

from pathlib import Path

from proofs.cli.exits import REFUTED, VERIFIED
from proofs.cli.source import print_json
from proofs.paper.claims import Certificate
from proofs.paper.difference import Difference, differences
from proofs.paper.read import read_certificate
from proofs.paper.words import printable
from proofs.report.table import Terminal, row, table

SAME, DIFFERENT = VERIFIED, REFUTED


def run(first: Path, second: Path, as_json: bool) -> int:
    """0 if both state the same facts (whatever the evidence, whichever the instance file), 1 if not."""
    left, right = read_certificate(first)[1], read_certificate(second)[1]
    found = differences(left, right)
    if as_json:
        entries = [{"how": entry.how, "about": entry.about, "says": entry.says} for entry in found]
        document = {"format": "gammastar-diff/1", "same_instance": left.sha256 == right.sha256}
        print_json({**document, "same": not found, "differences": entries})
    else:
        _print(left, right, found)
    return DIFFERENT if found else SAME


def _print(left: Certificate, right: Certificate, found: list[Difference]) -> None:
    console = Terminal()
    same = "the same instance file" if left.sha256 == right.sha256 else "different instance files"
    sides = [f"{letter}: {side.instance}, {len(side.claims)} claims" for letter, side in (("A", left), ("B", right))]
    console.print(printable("; ".join([*sides, same])))
    if not found:
        console.print("They state the same facts.")
        return
    console.print()
    made = table("Differences (as stated, not checked)", "", "about", "says")
    for entry in found:
        row(made, entry.how, printable(entry.about), printable(entry.says))
    console.print(made)
