"""The report for people, on a terminal. Names are shown as they are, never read as markup."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from proofs.analysis import Analysis
from proofs.report.document import refuting, theorem
from proofs.report.numbers import exact_text
from proofs.report.polynomials import function_text, linear_text
from proofs.report.steps import steps_table
from proofs.theorems import THEOREMS
from proofs.verification import Verification

MARKS = {True: "yes", False: "no", None: "open"}


def show(found: Verification, console: Console) -> None:
    """The whole report but for the kernel's word."""
    instance = found.analysis.instance
    gamma = "all of (0, 1)" if instance.question.gamma is None else str(instance.question.gamma)
    console.print(Text(f"{instance.name}: {len(instance.mdp)} states, gamma = {gamma}"))
    if instance.description:
        console.print(Text(instance.description))
    for block in (_hypotheses(found), thresholds_table(found.analysis), _retargeting(found), _theorems(found)):
        console.print(block)
    for line in (*_orbit(found), *_counterexample(found), *_survivors(found)):
        console.print(Text(line))


def table(title: str, *columns: str) -> Table:
    """An empty table in the house style."""
    made = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def row(made: Table, *cells: str) -> None:
    """Add a row of plain text."""
    made.add_row(*map(Text, cells))


def thresholds_table(analysis: Analysis) -> Table:
    """gamma*_x and gamma°_x of each reachable state."""
    columns = ("x", "recurrent", "gamma*_x", "v_x of its policy, g = gamma", "gamma°_x")
    made, names = table("Thresholds (Prop. 3; exact swap theorem)", *columns), analysis.instance.mdp.states
    for x in analysis.candidates:
        if x in analysis.reachable:
            paper, sharp = analysis.paper[x], analysis.sharp.get(x)
            starred = "none" if paper.value is None else exact_text(paper.value)
            sharply = "none" if sharp is None or sharp.value is None else exact_text(sharp.value)
            visits = "" if paper.visits is None else function_text(paper.visits)
            row(made, names[x], MARKS[x in analysis.recurrent], starred, visits, sharply)
    return made


def _hypotheses(found: Verification) -> Table:
    made = table("Hypotheses of Theorem 2", "hypothesis", "in the paper", "holds", "because")
    for h in found.hypotheses:
        row(made, h.id, "stated" if h.stated else "silent", MARKS[h.holds], h.because)
    return made


def _retargeting(found: Verification) -> Table | Text:
    analysis, gamma = found.analysis, found.analysis.instance.question.gamma
    if gamma is None:
        return steps_table(analysis)
    names = analysis.instance.mdp.states
    lines = []
    for sign, thresholds in (("*", analysis.paper), ("°", analysis.sharp)):
        states = analysis.exceeded(thresholds, gamma)
        swaps = ", ".join(f"({names[analysis.instance.s_term]} {names[x]})" for x in states)
        lines.append(f"n{sign if sign == '°' else ''}({gamma}) = {len(states)}   {swaps}")
    return Text("\n".join(lines))


def _theorems(found: Verification) -> Table:
    made = table("Verdicts", "theorem", "verdict", "conclusion", "means", "n")
    for name in THEOREMS:
        readings = theorem(found, name)["readings"]
        answers = list(readings.items()) if isinstance(readings, dict) else []
        same = len({str(answer) for _, answer in answers}) == 1
        for reach, answer in answers[:1] if same else answers:
            title = name if same else f"{name} (reached: {reach})"
            row(made, title, *(str(answer[key]) for key in ("verdict", "conclusion", "means", "n")))
    return made


def _orbit(found: Verification) -> list[str]:
    question = found.analysis.instance.question
    if question.gamma is None or question.rewards is None:
        return []
    count = found.findings.orbits[0].count
    ratio = "no goal shuts down" if count.ratio is None else f"ratio {count.ratio}"
    inside = f"Orbit of the question's rewards: {count.size} goals in Theta, {count.outside} outside"
    return [f"{inside}; {count.shutdown} shut down, {count.avoid} avoid it, {count.tie} tie; {ratio}"]


def _counterexample(found: Verification) -> list[str]:
    orbit, mdp = refuting(found), found.analysis.instance.mdp
    if orbit is None:
        return []
    count, silent = orbit.count, [h.id for h in found.hypotheses if not h.stated and h.holds is False]
    where = f"theta = {linear_text(mdp.states, orbit.goal.rewards)}, gamma = {orbit.goal.gamma}"
    lines = [f"Counterexample: {where}: {count.shutdown} shut down, {count.avoid} avoid it, {count.tie} tie"]
    if found.main.verdict == "refuted":
        lines.append(f"Silent hypotheses that fail: {', '.join(silent) or 'none of the list'}")
    return lines


def _survivors(found: Verification) -> list[str]:
    instance = found.analysis.instance
    lines = []
    for entry in found.findings.survivors:
        names, how = instance.mdp.states, "shutdown stays" if entry.how == "still-shutdown" else "it leaves Theta"
        goal = f"theta = {linear_text(names, entry.goal.rewards)}, gamma = {entry.goal.gamma}"
        lines.append(f"The swap ({names[instance.s_term]} {names[entry.state]}) fails for {goal}: {how}")
    return lines
