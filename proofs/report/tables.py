"""The tables of the report for people: hypotheses, thresholds, visit counts, steps, verdicts."""

from __future__ import annotations

from exact.rational_function import RationalFunction
from proofs.claims.accepted import Verdict
from proofs.claims.checked import Checked
from proofs.claims.roots import visits
from proofs.claims.spelling import function_text, root_text, several
from proofs.claims.types import PAPER, SHARP
from proofs.report.closing import REACHES
from proofs.report.document import THEOREMS
from proofs.report.hypotheses import hypotheses
from proofs.report.terminal import Table, leading

MARKS = {True: "yes", False: "no", None: "open"}
LONGEST = 300  # characters of a function in a table
NO_THRESHOLD = "none"


def hypotheses_table(checked: Checked) -> Table:
    """Each with its reason."""
    made = Table("Hypotheses of Theorem 2", "hypothesis", "paper", "holds", "because")
    for entry in hypotheses(checked):
        made.row(entry.id, "stated" if entry.stated else "silent", MARKS[entry.holds], entry.because)
    return made


def thresholds_table(checked: Checked) -> Table:
    """Of the reachable states; in one column where gamma*_x and gamma°_x are the same throughout.

    Of more states than are shown, those with a threshold come first.
    """
    states = [x for x in checked.candidates if checked.states[x].reachable]
    pairs = {x: (_threshold(checked, PAPER, x), _threshold(checked, SHARP, x)) for x in states}
    merged = all(paper == sharp for paper, sharp in pairs.values())
    columns = ("gamma*_x = gamma°_x",) if merged else ("gamma*_x (paper)", "gamma°_x (sharp)")
    made = Table("Thresholds (Prop. 3; exact swap theorem)", "x", "recurrent", *columns)
    for x in leading(pairs, lambda x: pairs[x] != (NO_THRESHOLD, NO_THRESHOLD)):
        paper, sharp = pairs[x]
        same = paper == sharp and (PAPER, x) in checked.thresholds
        cells = (paper,) if merged else (paper, "the same" if same else sharp)
        made.row(x, MARKS[checked.states[x].recurrent], *cells)
    return made


def _threshold(checked: Checked, kind: str, x: str) -> str:
    if (kind, x) in checked.thresholds:
        return root_text(checked.roots[kind, x])
    return "open" if x in checked.unsettled(kind) else NO_THRESHOLD


def visits_table(checked: Checked) -> Table:
    """Of the policies behind the thresholds of Prop. 3."""
    made = Table("Visit counts of the policies that attain gamma*_x (Def. 9), g = gamma", "x", "v_x")
    for (kind, x), claim in checked.thresholds.items():
        if kind == PAPER:
            made.row(x, short_function(visits(claim)))
    return made


def short_function(value: RationalFunction) -> str:
    """The function, or its degree."""
    degrees = [len(part) - 1 for part in value.coefficients()]
    long = f"a quotient of degree {max(degrees)} (--json has it)"
    if max(degrees) * 4 > LONGEST:
        return long
    text = function_text(value)
    return text if len(text) <= LONGEST else long


def steps_table(checked: Checked) -> Table:
    """Where each step of n and n° begins, and which states it adds."""
    made = Table("Steps of n (gamma > gamma*_x) and n° (gamma >= gamma°_x)", "count", "from", "new states", "n")
    for title, kind in (("n", PAPER), ("n°", SHARP)):
        for step in checked.steps(kind) if checked.settled(kind) else ():
            made.row(title, root_text(step.after), several(step.states), str(step.n))
        if not checked.settled(kind):
            made.row(title, "open", f"not settled: {several(checked.unsettled(kind))}", "open")
    return made


def theorems_table(checked: Checked) -> Table:
    """Each verdict; under both readings of "reachable" where they differ. Last: the most that is proved."""
    made = Table("Verdicts", "theorem", "verdict", "conclusion", "means", "n", "proved n")
    for name in THEOREMS:
        answers = [(reach, checked.theorem(name, reach)) for reach in REACHES]
        same = answers[0][1] == answers[1][1]
        for reach, answer in answers[:1] if same else answers:
            title = name if same else f"{name} ({REACHES[reach]})"
            made.row(title, answer.verdict, answer.conclusion, answer.means, str(answer.n), _most(answer))
    return made


def _most(answer: Verdict) -> str:
    return "" if answer.proved is None else "{} ({})".format(*answer.proved)
