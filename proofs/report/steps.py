"""n(gamma) and n°(gamma) as tables of intervals."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from exact.thresholds import steps
from proofs.analysis import Analysis
from proofs.report.numbers import exact_text


def steps_table(analysis: Analysis) -> Table:
    """Where each step begins, and which states it adds."""
    made = Table(title="Steps of n (gamma > gamma*_x) and n° (gamma >= gamma°_x)", title_justify="left")
    for column in ("count", "from", "new states", "n"):
        made.add_column(column, overflow="fold")
    names = analysis.instance.mdp.states
    for title, thresholds in (("n", analysis.paper), ("n°", analysis.sharp)):
        for step in steps(thresholds.values()):
            added = ", ".join(names[x] for x in step.states)
            made.add_row(title, Text(exact_text(step.after)), Text(added), str(step.n))
    return made
