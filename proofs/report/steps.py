"""n(gamma) and n°(gamma) as tables of intervals."""

from __future__ import annotations

from rich.table import Table

from exact.thresholds import steps
from proofs.analysis import Analysis
from proofs.report.numbers import exact_text
from proofs.report.table import row, table


def steps_table(analysis: Analysis) -> Table:
    """Where each step begins, and which states it adds."""
    made = table("Steps of n (gamma > gamma*_x) and n° (gamma >= gamma°_x)", "count", "from", "new states", "n")
    names = analysis.instance.mdp.states
    for title, thresholds in (("n", analysis.paper), ("n°", analysis.sharp)):
        for step in steps(thresholds.values()):
            added = ", ".join(names[x] for x in step.states)
            row(made, title, exact_text(step.after), added, str(step.n))
    return made
