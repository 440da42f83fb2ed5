"""n(gamma) and n°(gamma) as steps, with their breakpoints in closed form (Theorem 2; the exact swap theorem)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from exact.thresholds import Step, steps
from proofs.analysis import Analysis
from proofs.figures.breakpoints import mark_breakpoints
from proofs.figures.canvas import legend, new_figure
from proofs.figures.labels import as_float
from proofs.figures.question import mark_question
from proofs.figures.style import BLUE, ORANGE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# n° is a broad pale band below the thin dark n, so that both are seen where they agree, in grey too.
PAPER: dict[str, Any] = {"color": BLUE, "linewidth": 1.2, "zorder": 3, "solid_capstyle": "butt"}
SHARP: dict[str, Any] = {"color": ORANGE, "linewidth": 4, "zorder": 2, "solid_capstyle": "butt"}
PAPER_DOT: dict[str, Any] = {"marker": "o", "markersize": 3.4, "markeredgewidth": 0.8, "zorder": 5, "linestyle": ""}
SHARP_DOT: dict[str, Any] = {"marker": "s", "markersize": 6, "markeredgewidth": 0.8, "zorder": 4, "linestyle": ""}


def steps_figure(analysis: Analysis, columns: int) -> Figure:
    """Full dots belong to the function, empty ones do not: n counts gamma > gamma*_x, n° gamma >= gamma°_x."""
    from matplotlib.ticker import MaxNLocator

    figure, axes = new_figure(columns)
    paper, sharp = steps(analysis.paper.values()), steps(analysis.sharp.values())
    if analysis.sharp:
        _draw(axes, sharp, SHARP, SHARP_DOT, r"$n^\circ(\gamma)$: $\gamma\geq\gamma^\circ_x$")
    _draw(axes, paper, PAPER, PAPER_DOT, r"$n(\gamma)$: $\gamma>\gamma^*_x$")
    highest = max((step.n for step in [*paper, *sharp]), default=1)
    axes.set_ylim(-0.06 * highest - 0.05, highest * 1.08 + 0.1)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylabel("number of states")
    mark_breakpoints(axes, [step.after for step in [*paper, *sharp]], columns)
    mark_question(axes, analysis.instance)
    legend(figure, axes, columns)
    return figure


def _draw(axes: Axes, known: list[Step], look: dict[str, Any], dot: dict[str, Any], label: str) -> None:
    """One level after another, and the two dots of each jump."""
    ends = [0.0, *(as_float(step.after) for step in known), 1.0]
    levels = [0, *(step.n for step in known)]
    colour = look["color"]
    for level, (left, right) in zip(levels, pairwise(ends), strict=True):
        if left < right:
            axes.plot([left, right], [level, level], **look, label=label if level == levels[-1] else "_")
    for step, before in zip(known, levels, strict=False):
        if step.after == 0:
            continue
        full, empty = (step.n, before) if step.attained else (before, step.n)
        place = as_float(step.after)
        axes.plot([place], [full], color=colour, **dot)
        axes.plot([place], [empty], markeredgecolor=colour, markerfacecolor="white", **dot)
