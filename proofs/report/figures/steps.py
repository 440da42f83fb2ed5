"""n(gamma) and n°(gamma) as steps, each breakpoint with its state and closed form (Theorem 2; exact swap theorem)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from exact.algebraic import Algebraic
from proofs.claims.checked import Checked
from proofs.claims.steps import Step, attained
from proofs.claims.types import PAPER, SHARP
from proofs.report.figures.breakpoints import mark_breakpoints
from proofs.report.figures.canvas import legend, new_figure
from proofs.report.figures.labels import as_float
from proofs.report.figures.question import mark_question
from proofs.report.figures.style import BLUE, ORANGE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# n° is a broad pale band below the thin dark n, so that both are seen where they agree, in grey too.
LINES: dict[str, dict[str, Any]] = {
    SHARP: {"color": ORANGE, "linewidth": 4, "zorder": 2, "solid_capstyle": "butt"},
    PAPER: {"color": BLUE, "linewidth": 1.2, "zorder": 3, "solid_capstyle": "butt"},
}
DOTS: dict[str, dict[str, Any]] = {
    SHARP: {"marker": "s", "markersize": 6, "markeredgewidth": 0.8, "zorder": 4, "linestyle": ""},
    PAPER: {"marker": "o", "markersize": 3.4, "markeredgewidth": 0.8, "zorder": 5, "linestyle": ""},
}
LABELS = {
    SHARP: r"$n^\circ(\gamma)$: $\gamma\geq\gamma^\circ_x$",
    PAPER: r"$n(\gamma)$: $\gamma>\gamma^*_x$",
}


def steps_figure(checked: Checked, columns: int) -> Figure:
    """Full dots belong to the function, empty ones do not: n counts gamma > gamma*_x, n° gamma >= gamma°_x.

    Where a threshold is open, the line is a lower bound, and its label says so.
    """
    from matplotlib.ticker import MaxNLocator

    figure, axes = new_figure(columns)
    known = {kind: checked.steps(kind) for kind in LINES}
    for kind, found in known.items():
        _draw(axes, found, kind, LABELS[kind] + ("" if checked.settled(kind) else " at least"))
    highest = max((step.n for found in known.values() for step in found), default=1)
    axes.set_ylim(-0.06 * highest - 0.05, highest * 1.08 + 0.1)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel("number of states")
    mark_breakpoints(axes, breakpoints([*known[PAPER], *known[SHARP]]), columns)
    mark_question(axes, checked.instance)
    legend(figure, axes, columns)
    return figure


def breakpoints(known: list[Step]) -> dict[Algebraic, list[str]]:
    """Every place where a line jumps, with the states that it adds, each once."""
    found: dict[Algebraic, list[str]] = {}
    for step in known:
        states = found.setdefault(step.after, [])
        states += [state for state in step.states if state not in states]
    return found


def _draw(axes: Axes, known: list[Step], kind: str, label: str) -> None:
    """One level after another, and the two dots of each jump."""
    ends = [0.0, *(as_float(step.after) for step in known), 1.0]
    levels = [0, *(step.n for step in known)]
    colour = LINES[kind]["color"]
    for level, (left, right) in zip(levels, pairwise(ends), strict=True):
        if left < right:
            axes.plot([left, right], [level, level], **LINES[kind], label=label if level == levels[-1] else "_")
    for step, before in zip(known, levels, strict=False):
        if step.after == 0:
            continue
        full, empty = (step.n, before) if attained(step) else (before, step.n)
        place = as_float(step.after)
        axes.plot([place], [full], color=colour, **DOTS[kind])
        axes.plot([place], [empty], markeredgecolor=colour, markerfacecolor="white", **DOTS[kind])
