"""The visit counts behind the thresholds, and where they cross 1 (Def. 9, Prop. 3; the exact swap theorem)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exact.algebraic import Algebraic
from exact.rational_function import RationalFunction
from proofs.claims.checked import Checked
from proofs.claims.roots import visits
from proofs.claims.types import PAPER, SHARP, Threshold
from proofs.report.figures.breakpoints import mark_breakpoints
from proofs.report.figures.canvas import legend, new_figure
from proofs.report.figures.curves import points, whole
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.labels import as_float, names_text
from proofs.report.figures.question import mark_question
from proofs.report.figures.style import GREY, line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TOP = 2.6  # counts grow beyond all bounds; what matters happens at 1
MOST = 14  # curves with a look and a line in the legend of their own
DOTS = {PAPER: "o", SHARP: "s"}
SUMS = {PAPER: "$v_x$", SHARP: r"$v_x+v_{s_\mathrm{term}}$"}
REST: dict[str, Any] = {"color": GREY, "linewidth": 0.5}  # thin, and only counted in the legend


@dataclass(frozen=True)
class Count:
    """One curve: the count of the threshold policy, the same for all these states. crossing: where it is 1."""

    kind: str
    states: tuple[str, ...]
    visits: RationalFunction
    crossing: Algebraic


def counts(checked: Checked) -> list[Count]:
    """v_x of each gamma*_x, and v_x + v_{s_term} of each gamma°_x that differs; equal curves once, steepest first."""
    merged: dict[tuple[str, RationalFunction], list[str]] = {}
    for claim in _shown(checked):
        merged.setdefault((claim.kind, visits(claim)), []).append(claim.state)
    found = [Count(kind, tuple(xs), curve, checked.roots[kind, xs[0]]) for (kind, curve), xs in merged.items()]
    order = {state: number for number, state in enumerate(checked.instance.mdp.states)}
    return sorted(found, key=lambda count: (count.crossing, count.kind, order[count.states[0]]))


def visits_figure(checked: Checked, columns: int) -> Figure:
    """Raises NothingToDraw if no state has a threshold."""
    known = counts(checked)
    if not known:
        raise NothingToDraw("no state has a threshold", "draw the graph or the steps instead", "--what visits")
    figure, axes = new_figure(columns)
    axes.axhline(1, color=GREY, linewidth=0.6, zorder=1)
    plain = all(count.kind == PAPER for count in known)
    crossings: dict[Algebraic, list[str]] = {}
    for number, count in enumerate(known):
        label = "" if plain else SUMS[count.kind] + ", "
        label += rf"$x$ = {names_text(count.states)}"
        look = line(number)
        if number >= MOST:
            look, label = REST, f"{len(known) - MOST} more" if number == MOST else "_"
        _draw(axes, count, look, label)
        crossings.setdefault(count.crossing, []).extend(count.states)
    axes.set_ylim(0, TOP)
    axes.set_ylabel(rf"visit count {SUMS[PAPER]}" if plain else "visit count")
    mark_breakpoints(axes, crossings, columns)
    mark_question(axes, checked.instance)
    legend(figure, axes, columns)
    return figure


def _shown(checked: Checked) -> list[Threshold]:
    known = checked.of(Threshold)
    paper = {claim.state: checked.roots[PAPER, claim.state] for claim in known if claim.kind == PAPER}
    return [c for c in known if c.kind == PAPER or paper.get(c.state) != checked.roots[SHARP, c.state]]


def _draw(axes: Axes, count: Count, look: dict[str, Any], label: str) -> None:
    """The curve and its dot at 1."""
    gammas, values = points(count.visits, *whole())
    axes.plot(gammas, values, label=label, **look)
    if count.crossing > 0:
        place, dot = as_float(count.crossing), DOTS[count.kind]
        axes.plot([place], [1], marker=dot, markersize=3.6, zorder=4, color=look["color"])
