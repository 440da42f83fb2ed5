"""The report for people, on a terminal: the answer first. Names are shown as they are, never read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from rich.console import Console, RenderableType
from rich.table import Table

from exact.digits import exact_text, shown
from proofs.claims.checked import Checked
from proofs.claims.types import PAPER
from proofs.report import closing
from proofs.report.headline import ending, headline, verdict_text
from proofs.report.lines import lines, swaps, within
from proofs.report.tables import (
    MARKS,
    hypotheses_table,
    steps_table,
    theorems_table,
    thresholds_table,
    visits_table,
)
from proofs.report.wrapped import Cell, Line


def show(checked: Checked, console: Console, opinions: Iterable[str] = ()) -> None:
    """The whole report but for the kernel's word. opinions: lines on what other engines say."""
    instance, gamma = checked.instance, checked.gamma
    where = "every gamma in (0, 1)" if gamma is None else f"gamma = {shown(gamma)}"
    show_lines(console, headline(checked))
    console.print()
    about = [f"{instance.name}: {len(instance.mdp)} states, {where}", instance.description]
    show_lines(console, filter(None, about))
    show_blocks(console, [hypotheses_table(checked), *threshold_blocks(checked)])
    if gamma is None:
        show_blocks(console, [steps_table(checked)])
    else:
        console.print()
        show_lines(console, swaps(checked, gamma, getattr(console, "everything", True)))
    show_blocks(console, [theorems_table(checked)])
    console.print()
    show_lines(console, [*lines(checked), *opinions, *(f"hole: {hole}" for hole in checked.holes)])
    show_paragraph(console, ending(checked))
    show_lines(console, ["", f"Theorem 2: {verdict_text(checked.main, gamma)}"])


def show_lines(console: Console, given: Iterable[str]) -> None:
    """Each broken between words where it is too long."""
    for line in given:
        console.print(Line(line))


def show_paragraph(console: Console, given: str) -> None:
    """The last sentences of a report, below an empty line."""
    console.print()
    console.print(Cell(given))


def show_blocks(console: Console, blocks: Iterable[RenderableType]) -> None:
    """Each with an empty line above it."""
    for block in blocks:
        console.print()
        console.print(block)


def threshold_blocks(checked: Checked) -> list[Table]:
    """The thresholds of the reachable states, and the visit counts behind those of Prop. 3."""
    visits = visits_table(checked)
    return [thresholds_table(checked), *([visits] if visits.row_count else [])]


def show_thresholds(checked: Checked, console: Console, at_gamma: bool = False) -> None:
    """The report of `gammastar thresholds`. at_gamma: what is counted at the question's gammas, too."""
    show_lines(console, [f"{checked.instance.name}: {len(checked.instance.mdp)} states"])
    show_blocks(console, [*threshold_blocks(checked), steps_table(checked)])
    everything, gammas = getattr(console, "everything", True), checked.instance.question.interval
    if at_gamma and checked.gamma is not None:
        console.print()
        show_lines(console, swaps(checked, checked.gamma, everything))
    if at_gamma and gammas is not None:
        console.print()
        show_lines(console, within(checked, gammas, everything))
    n = len(checked.steps(PAPER)[-1].counted) if checked.settled(PAPER) and checked.steps(PAPER) else 0
    show_paragraph(console, closing.thresholds(n if checked.settled(PAPER) else None, len(checked.candidates)))


def show_orbit(checked: Checked, console: Console) -> None:
    """The report of `gammastar orbit`. The orbit has been counted."""
    counted, note, gamma = checked.question_orbit, checked.aside.why, shown(checked.gamma or 0)
    found = counted or checked.aside.orbit
    if found is None:
        return
    ratio = exact_text(Fraction(found.avoid, found.shutdown)) if found.shutdown else "no goal shuts down"
    said: dict[str, object] = {key: getattr(found, key) for key in ("size", "outside", "shutdown", "avoid", "tie")}
    said |= {"ratio": ratio, "certified": "yes" if counted else f"no, computed only: {note}"}
    head = f"{checked.instance.name}: gamma = {gamma}"
    show_lines(console, [head, *(f"{key}: {value}" for key, value in said.items())])
    show_paragraph(console, closing.orbit(found, found.size, gamma, counted is not None, checked.aside.share == 1))


__all__ = ["MARKS", "show", "show_blocks", "show_lines", "show_orbit", "show_paragraph", "show_thresholds"]
