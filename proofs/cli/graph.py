"""`gammastar graph`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from exact.instance import Instance
from exact.instance.shown import Chances
from proofs.claims.checked import Checked
from proofs.cli.exits import VERIFIED, announce, progress
from proofs.cli.source import either, print_written
from proofs.cli.target import check_target, save
from proofs.report.figures.draw import suffix
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.graph import FORMATS, graph, remedies
from proofs.report.figures.part import Part, part_of
from proofs.verify import proved

if TYPE_CHECKING:
    from exact.family import Family


def run(
    path: Path,
    output: Path,
    columns: int,
    leave_out: Sequence[str] = (),
    within: int | None = None,
    as_json: bool = False,
) -> int:
    """Draw the MDP into a file, and say what to leave out where it cannot be read in print."""
    kind, part = suffix(output, FORMATS), part_of(leave_out, within)
    check_target(output, path)
    given = either(path)
    checked, chances = (proved(given, ()), None) if isinstance(given, Instance) else _middle(given)
    try:
        data, flaw = graph(checked, kind, columns, part, chances)
    except NothingToDraw as error:
        progress("looking for a part that can be read")
        raise NothingToDraw(error.problem, _advice(checked, columns, part, chances), str(output)) from None
    save(output, data)
    if flaw:
        progress("looking for a part that can be read")
        announce(f"{output}: {flaw}; {_advice(checked, columns, part, chances)}")
    if as_json:
        print_written("graph", given, output)
    return VERIFIED


def _middle(family: Family) -> tuple[Checked, Chances]:
    """A family's graph is the same at every point, with polynomials on its arrows."""
    from exact.family.shown import chances

    return proved(family.centre, ()), lambda s, a: chances(family, s, a)


def _advice(checked: Checked, columns: int, part: Part, chances: Chances | None) -> str:
    """What can be read."""
    whole = len(checked.instance.mdp)
    found = [
        f"{options} ({f'{states} of' if states < whole else 'all'} {whole} states)"
        for options, states in remedies(checked, columns, part, chances)
    ]
    if found:
        return f"it reads with {', or with '.join(found)}"
    return "no part of it reads better; the text of FILE.dot can be laid out by other means"
