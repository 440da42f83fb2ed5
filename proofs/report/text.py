"""The report for people, on a terminal: the answer first. Names are shown as they are, never read as markup."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from exact.digits import shown
from proofs.claims.checked import Checked
from proofs.report.headline import headline
from proofs.report.lines import lines, swaps
from proofs.report.tables import (
    MARKS,
    hypotheses_table,
    steps_table,
    theorems_table,
    thresholds_table,
    visits_table,
)


def show(checked: Checked, console: Console) -> None:
    """The whole report but for the second opinions and the kernel's word."""
    instance, gamma = checked.instance, checked.gamma
    where = "every gamma in (0, 1)" if gamma is None else f"gamma = {shown(gamma)}"
    show_lines(console, headline(checked))
    console.print()
    about = [f"{instance.name}: {len(instance.mdp)} states, {where}", instance.description]
    show_lines(console, filter(None, about))
    counted = steps_table(checked) if gamma is None else Text("\n".join(swaps(checked, gamma)))
    show_blocks(console, [hypotheses_table(checked), *threshold_blocks(checked), counted, theorems_table(checked)])
    console.print()
    show_lines(console, lines(checked))


def show_lines(console: Console, given: Iterable[str]) -> None:
    """Each broken between words where it is too long."""
    for line in given:
        console.print(Text(line))


def show_blocks(console: Console, blocks: Iterable[RenderableType]) -> None:
    """Each with an empty line above it."""
    for block in blocks:
        console.print()
        console.print(block)


def threshold_blocks(checked: Checked) -> list[Table]:
    """The thresholds of the reachable states, and the visit counts behind those of Prop. 3."""
    visits = visits_table(checked)
    return [thresholds_table(checked), *([visits] if visits.row_count else [])]


__all__ = ["MARKS", "show", "show_blocks", "show_lines", "threshold_blocks"]
