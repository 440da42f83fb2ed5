"""The report for people, on a terminal: the answer first. Names are shown as they are, never read as markup."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from exact.digits import shown
from proofs.claims.checked import Checked
from proofs.claims.types import PAPER
from proofs.report import closing
from proofs.report.document import orbit_counts
from proofs.report.headline import ending, headline, main_text
from proofs.report.lines import lines, swaps, within
from proofs.report.tables import hypotheses_table, steps_table, theorems_table, thresholds_table, visits_table
from proofs.report.terminal import Table, in_full, show_blocks, show_lines, show_paragraph


def show(checked: Checked, console: Console, opinions: Iterable[str] = ()) -> None:
    """The whole report but for the kernel's word. opinions: lines on what other engines say."""
    instance, gamma = checked.instance, checked.gamma
    where = "every gamma in (0, 1)" if gamma is None else f"gamma = {shown(gamma)}"
    about = filter(None, [f"{instance.name}: {len(instance.mdp)} states, {where}", instance.description])
    show_lines(console, [*headline(checked), "", *about])
    show_blocks(console, [hypotheses_table(checked), *threshold_blocks(checked)])
    if gamma is None:
        show_blocks(console, [steps_table(checked)])
    else:
        show_lines(console, ["", *swaps(checked, gamma, in_full(console))])
    show_blocks(console, [theorems_table(checked)])
    show_lines(
        console, ["", *lines(checked, in_full(console)), *opinions, *(f"hole: {hole}" for hole in checked.holes)]
    )
    show_paragraph(console, ending(checked))
    show_lines(console, ["", f"Theorem 2: {main_text(checked)}"])


def threshold_blocks(checked: Checked) -> list[Table]:
    """The thresholds of the reachable states, and the visit counts behind those of Prop. 3."""
    visits = visits_table(checked)
    return [thresholds_table(checked), *([visits] if visits.rows else [])]


def show_thresholds(checked: Checked, console: Console, at_gamma: bool = False) -> None:
    """The report of `gammastar thresholds`. at_gamma: what is counted at the question's gammas, too."""
    show_lines(console, [f"{checked.instance.name}: {len(checked.instance.mdp)} states"])
    show_blocks(console, [*threshold_blocks(checked), steps_table(checked)])
    gammas = checked.instance.question.interval
    if at_gamma and checked.gamma is not None:
        show_lines(console, ["", *swaps(checked, checked.gamma, in_full(console))])
    if at_gamma and gammas is not None:
        show_lines(console, ["", *within(checked, gammas, in_full(console))])
    n = len(checked.steps(PAPER)[-1].counted) if checked.settled(PAPER) and checked.steps(PAPER) else 0
    show_paragraph(console, closing.thresholds(n if checked.settled(PAPER) else None, len(checked.candidates)))


def show_orbit(checked: Checked, console: Console) -> None:
    """The report of `gammastar orbit`. The orbit has been counted."""
    counted, note, gamma = checked.question_orbit, checked.aside.why, shown(checked.gamma or 0)
    found = counted or checked.aside.orbit
    if found is None:
        return
    said = orbit_counts(found)
    said["ratio"] = said["ratio"] or "no goal shuts down"
    said["certified"] = "yes" if counted else f"no, computed only: {note}"
    head = f"{checked.instance.name}: gamma = {gamma}"
    show_lines(console, [head, *(f"{key}: {value}" for key, value in said.items())])
    show_paragraph(console, closing.orbit(found, found.size, gamma, counted is not None, checked.aside.share == 1))
