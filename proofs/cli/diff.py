"""`gammastar diff`: what two certificates state differently. The kernel is not asked: that is what `check` is for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exact.digits import shown
from proofs.claims.difference import Difference, differences
from proofs.claims.read import read_certificate
from proofs.claims.spelling import printable
from proofs.claims.types import Certificate
from proofs.cli.exits import REFUTED, VERIFIED
from proofs.cli.source import print_json

SAME, DIFFERENT = VERIFIED, REFUTED


def run(first: Path, second: Path, as_json: bool) -> int:
    """0 if both state the same facts, whatever the evidence, whichever the instance file and the question; 1 if not."""
    left, right = read_certificate(first)[1], read_certificate(second)[1]
    found = differences(left, right)
    if as_json:
        entries = [{"how": entry.how, "about": entry.about, "says": entry.says} for entry in found]
        same = {"same_instance": left.sha256 == right.sha256, "same_question": left.gamma == right.gamma}
        print_json({"format": "gammastar-diff/1", **same, "same": not found, "differences": entries})
    else:
        _print(left, right, found)
    return DIFFERENT if found else SAME


def _print(left: Certificate, right: Certificate, found: list[Difference]) -> None:
    from proofs.report.table import Terminal, row, table
    from proofs.report.text import show_blocks, show_lines

    console = Terminal()
    show_lines(console, map(printable, _head(left, right)))
    if not found:
        show_lines(console, ["They state the same facts."])
        return
    made = table("Differences (as stated, not checked)", "", "about", "says")
    for entry in found:
        row(made, entry.how, printable(entry.about), printable(entry.says))
    show_blocks(console, [made])


def _head(left: Certificate, right: Certificate) -> Iterator[str]:
    question = "the same question" if left.gamma == right.gamma else "different questions"
    yield f"{question}; {'the same instance file' if left.sha256 == right.sha256 else 'different instance files'}"
    for letter, side in (("A", left), ("B", right)):
        gamma = "every gamma in (0, 1)" if side.gamma is None else f"gamma = {shown(side.gamma)}"
        yield f"{letter}: {side.instance}, {gamma}, {len(side.claims)} claims"
