"""The report for people, on a terminal. Names are shown as they are, never read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from exact.rational_function import RationalFunction
from exact.thresholds import Threshold
from proofs.analysis import Analysis
from proofs.report.document import refuting, theorem
from proofs.report.numbers import exact_text
from proofs.report.polynomials import function_text, linear_text
from proofs.report.steps import steps_table
from proofs.report.table import row, table
from proofs.theorems import POSITIVE, SURE, THEOREMS
from proofs.verification import Verification

REACHES = {POSITIVE: "reached at all", SURE: "reached surely"}
MARKS = {True: "yes", False: "no", None: "open"}


def show(found: Verification, console: Console) -> None:
    """The whole report but for the second opinions and the kernel's word."""
    instance, analysis = found.analysis.instance, found.analysis
    gamma = "every gamma in (0, 1)" if instance.question.gamma is None else f"gamma = {instance.question.gamma}"
    console.print(Text(f"{instance.name}: {len(instance.mdp)} states, {gamma}"))
    if instance.description:
        console.print(Text(instance.description))
    retargeting = (
        steps_table(analysis) if instance.question.gamma is None else _retargeting(found, instance.question.gamma)
    )
    show_blocks(console, [_hypotheses(found), *threshold_blocks(analysis), retargeting, _theorems(found)])
    console.print()
    for line in (*_vacuity(found), *_orbit(found), *_counterexample(found), *_survivors(found)):
        console.print(Text(line))


def _vacuity(found: Verification) -> list[str]:
    """Said where it is proved that no goal of Theta prefers shutdown (Theta may even be empty)."""
    instance = found.analysis.instance
    identity, gamma = tuple(range(len(instance.mdp))), instance.question.gamma
    claims = [(entry.asked, entry.permutation) for entry in found.findings.universal if entry.covers(gamma)]
    if ("never-both", identity) not in claims:
        return []
    return ["No goal of Theta prefers shutdown at this gamma, so what is concluded about such goals is empty"]


def show_blocks(console: Console, blocks: Iterable[RenderableType]) -> None:
    """Each with an empty line above it."""
    for block in blocks:
        console.print()
        console.print(block)


def threshold_blocks(analysis: Analysis) -> list[Table]:
    """The thresholds of the reachable states, and the visit counts behind those of Prop. 3."""
    visits = {x: entry.visits for x, entry in analysis.paper.items() if entry.visits is not None}
    return [_thresholds(analysis), *([_visits(analysis, visits)] if visits else [])]


def _thresholds(analysis: Analysis) -> Table:
    columns = ("x", "recurrent", "gamma*_x (paper)", "gamma°_x (sharp)")
    made, names = table("Thresholds (Prop. 3; exact swap theorem)", *columns), analysis.instance.mdp.states
    for x in analysis.candidates:
        if x in analysis.reachable:
            row(made, names[x], MARKS[x in analysis.recurrent], *_pair(analysis.paper[x], analysis.sharp.get(x)))
    return made


def _pair(paper: Threshold, sharp: Threshold | None) -> tuple[str, str]:
    known = None if sharp is None else sharp.value
    if paper.value is not None and known is not None and paper.value == known:
        return exact_text(paper.value), "the same"
    starred, sharply = ("none" if value is None else exact_text(value) for value in (paper.value, known))
    return starred, sharply


def _visits(analysis: Analysis, visits: Mapping[int, RationalFunction]) -> Table:
    made = table("Visit counts of the policies that attain gamma*_x (Def. 9), g = gamma", "x", "v_x")
    for x, count in visits.items():
        row(made, analysis.instance.mdp.states[x], function_text(count))
    return made


def _hypotheses(found: Verification) -> Table:
    made = table("Hypotheses of Theorem 2", "hypothesis", "paper", "holds", "because")
    for h in found.hypotheses:
        row(made, h.id, "stated" if h.stated else "silent", MARKS[h.holds], h.because)
    return made


def _retargeting(found: Verification, gamma: Fraction) -> Text:
    analysis, names = found.analysis, found.analysis.instance.mdp.states
    lines = []
    for sign, thresholds in (("n", analysis.paper), ("n°", analysis.sharp)):
        states = analysis.exceeded(thresholds, gamma)
        swaps = ", ".join(f"({names[analysis.instance.s_term]} {names[x]})" for x in states)
        lines.append(f"{sign}({gamma}) = {len(states)}" + (f" by the swaps {swaps}" if swaps else ""))
    return Text("\n".join(lines))


def _theorems(found: Verification) -> Table:
    made = table("Verdicts", "theorem", "verdict", "conclusion", "means", "n")
    for name in THEOREMS:
        readings = theorem(found, name)["readings"]
        answers = list(readings.items()) if isinstance(readings, dict) else []
        same = len({str(answer) for _, answer in answers}) == 1
        for reach, answer in answers[:1] if same else answers:
            title = name if same else f"{name} ({REACHES[reach]})"
            row(made, title, *(str(answer[key]) for key in ("verdict", "conclusion", "means", "n")))
    return made


def _orbit(found: Verification) -> list[str]:
    question = found.analysis.instance.question
    if question.gamma is None or question.rewards is None:
        return []
    count = found.findings.orbits[0].count
    ratio = "no goal shuts down" if count.ratio is None else f"ratio {count.ratio}"
    goals = "goal" if count.size == 1 else "goals"
    inside = f"Orbit of the question's rewards: {count.size} {goals} in Theta, {count.outside} outside"
    return [f"{inside}; {count.shutdown} shut down, {count.avoid} avoid it, {count.tie} tie; {ratio}"]


def _counterexample(found: Verification) -> list[str]:
    orbit, mdp = refuting(found), found.analysis.instance.mdp
    if orbit is None:
        return []
    count, silent = orbit.count, [h.id for h in found.hypotheses if not h.stated and h.holds is False]
    where = f"theta = {linear_text(mdp.states, orbit.goal.rewards)}, gamma = {orbit.goal.gamma}"
    lines = [f"Counterexample: {where}: {count.shutdown} shut down, {count.avoid} avoid it, {count.tie} tie"]
    if found.main.verdict == "refuted":
        lines.append(f"Silent hypotheses that fail: {', '.join(silent) or _none_of_the_list(found)}")
    return lines


def _none_of_the_list(found: Verification) -> str:
    narrowed = bool(found.analysis.instance.goals.inequalities)
    return "none of the list" + ("; goals.inequalities make Theta smaller than the paper's" if narrowed else "")


def _survivors(found: Verification) -> list[str]:
    instance = found.analysis.instance
    lines = []
    for entry in found.findings.survivors:
        names, how = instance.mdp.states, "shutdown stays" if entry.how == "still-shutdown" else "it leaves Theta"
        goal = f"theta = {linear_text(names, entry.goal.rewards)}, gamma = {entry.goal.gamma}"
        lines.append(f"The swap ({names[instance.s_term]} {names[entry.state]}) fails for {goal}: {how}")
    return lines
