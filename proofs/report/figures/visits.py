"""The visit counts behind the thresholds, and where they cross 1 (Def. 9, Prop. 3; the exact swap theorem)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exact.algebraic import Algebraic
from exact.rational_function import RationalFunction
from exact.thresholds import Threshold
from proofs.analysis import Analysis
from proofs.figures.breakpoints import mark_breakpoints
from proofs.figures.canvas import legend, new_figure
from proofs.figures.curves import points, whole
from proofs.figures.errors import NothingToDraw
from proofs.figures.labels import as_float, names_text
from proofs.figures.question import mark_question
from proofs.figures.style import GREY, line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TOP = 2.6  # counts grow beyond all bounds; what matters happens at 1
MOST = 14  # curves with a look and a line in the legend of their own
DOTS = {"paper": "o", "sharp": "s"}
SUMS = {"paper": "$v_x$", "sharp": r"$v_x+v_{s_\mathrm{term}}$"}
REST: dict[str, Any] = {"color": GREY, "linewidth": 0.5}  # thin, and only counted in the legend


@dataclass(frozen=True)
class Count:
    """One curve: the count of the threshold policy, the same for all these states. crossing: where it is 1."""

    kind: str
    states: tuple[int, ...]
    visits: RationalFunction
    crossing: Algebraic


def counts(analysis: Analysis) -> list[Count]:
    """v_x of each gamma*_x, and v_x + v_{s_term} of each gamma°_x that differs; equal curves once, steepest first."""
    found: dict[tuple[str, RationalFunction], Count] = {}
    for threshold in _shown(analysis):
        visits, value = threshold.visits, threshold.value
        if visits is not None and value is not None:
            key = threshold.kind, visits
            states = (*(found[key].states if key in found else ()), threshold.state)
            found[key] = Count(threshold.kind, states, visits, value)
    return sorted(found.values(), key=lambda count: (count.crossing, count.kind, count.states))


def visits_figure(analysis: Analysis, columns: int) -> Figure:
    """Raises NothingToDraw if no state has a threshold."""
    known = counts(analysis)
    if not known:
        raise NothingToDraw("no state has a threshold", "draw the graph or the steps instead", "--what visits")
    figure, axes = new_figure(columns)
    axes.axhline(1, color=GREY, linewidth=0.6, zorder=1)
    plain = all(count.kind == "paper" for count in known)
    for number, count in enumerate(known):
        label = "" if plain else SUMS[count.kind] + ", "
        label += rf"$x$ = {names_text([analysis.instance.mdp.states[x] for x in count.states])}"
        look = line(number)
        if number >= MOST:
            look, label = REST, f"{len(known) - MOST} more" if number == MOST else "_"
        _draw(axes, count, look, label)
    axes.set_ylim(0, TOP)
    axes.set_ylabel(rf"visit count {SUMS['paper']}" if plain else "visit count")
    mark_breakpoints(axes, [count.crossing for count in known], columns)
    mark_question(axes, analysis.instance)
    legend(figure, axes, columns)
    return figure


def _shown(analysis: Analysis) -> Iterator[Threshold]:
    yield from analysis.paper.values()
    for x, threshold in analysis.sharp.items():
        paper = analysis.paper[x].value
        if threshold.value is not None and (paper is None or paper != threshold.value):
            yield threshold


def _draw(axes: Axes, count: Count, look: dict[str, Any], label: str) -> None:
    """The curve and its dot at 1."""
    gammas, values = points(count.visits, *whole())
    axes.plot(gammas, values, label=label, **look)
    if count.crossing > 0:
        place, dot = as_float(count.crossing), DOTS[count.kind]
        axes.plot([place], [1], marker=dot, markersize=3.6, zorder=4, color=look["color"])
