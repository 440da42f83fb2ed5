"""The visit counts behind the thresholds, and where they cross 1 (Def. 9, Prop. 3; the exact swap theorem)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exact.algebraic import Algebraic
from exact.rational_function import RationalFunction
from proofs.claims.checked import Checked
from proofs.claims.roots import visits
from proofs.claims.types import PAPER, SHARP, Threshold
from proofs.report.figures.curves import leaves, points
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.labels import as_float, names_text, number_label
from proofs.report.figures.sheet import HEIGHTS, Sheet
from proofs.report.figures.style import GREY, line

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TOP = 2.5  # counts grow beyond all bounds; what matters happens at 1
MOST = 14  # curves in one column of print that are told apart and named; twice as many in two
DOTS = {PAPER: "o", SHARP: "s"}
SUMS = {PAPER: "$v_x$", SHARP: r"$v_x+v_{s_\mathrm{term}}$"}
SHAPES = {PAPER: "dots", SHARP: "squares"}
REST: dict[str, Any] = {"color": GREY, "linewidth": 0.4}
_ROOM = 10  # characters of a label's names


@dataclass(frozen=True)
class Count:
    """One curve: the count of the threshold policy, the same for all these states. crossing: where it is 1."""

    kind: str
    states: tuple[str, ...]
    visits: RationalFunction
    crossing: Algebraic

    @property
    def label(self) -> str:
        """The states, and in brackets where the count is 1."""
        at = f" ({number_label(self.crossing)})" if self.crossing > 0 else ""
        return names_text(self.states, _ROOM) + at


def counts(checked: Checked) -> list[Count]:
    """v_x of each gamma*_x, and v_x + v_{s_term} of each gamma°_x that differs; equal curves once, steepest first."""
    merged: dict[tuple[str, RationalFunction], list[str]] = {}
    for claim in _shown(checked):
        merged.setdefault((claim.kinds[0], visits(claim)), []).append(claim.state)
    found = [Count(kind, tuple(xs), curve, checked.roots[kind, xs[0]]) for (kind, curve), xs in merged.items()]
    order = {state: number for number, state in enumerate(checked.instance.mdp.states)}
    return sorted(found, key=lambda count: (count.crossing, count.kind, order[count.states[0]]))


def visits_figure(checked: Checked, columns: int) -> Figure:
    """Curves with a dot at 1, named at their ends. Raises NothingToDraw if no state has a threshold."""
    known = counts(checked)
    if not known:
        raise NothingToDraw("no state has a threshold", "draw the graph or the steps instead", "--what visits")
    ends = [Algebraic.of(0), *sorted({count.crossing for count in known if count.crossing > 0}), Algebraic.of(1)]
    curves = [points(count.visits, *ends) for count in known]
    named = some(len(known), MOST * columns)
    beside = [k for k in named if curves[k][1][-1] <= TOP]
    sheet = Sheet(columns, [known[k].label for k in beside], HEIGHTS[columns] * (1.3 if len(known) > 3 else 1))
    sheet.axes.set_ylim(0, TOP)
    sheet.axes.set_ylabel("visit count")
    sheet.axes.axhline(1, color=GREY, linewidth=0.6, zorder=1)
    sheet.gammas(_from(known), (), 0, _note(known, len(known) - len(named)))
    for k, count in enumerate(known):
        look = line(k) if k in named else REST
        sheet.axes.plot(*curves[k], **look)
        if count.crossing > 0:
            dot: dict[str, Any] = {"marker": DOTS[count.kind], "markersize": 3.4, "zorder": 4, "color": look["color"]}
            sheet.axes.plot([as_float(count.crossing)], [1], **dot)
            sheet.mark(count.crossing, sheet.y(1))
    tops = [(sheet.x(leaves(*curves[k], TOP)), known[k].label) for k in named if k not in beside]
    sheet.above([*tops, *sheet.question(checked.instance)])
    sheet.beside((sheet.y(curves[k][1][-1]), known[k].label) for k in beside)
    return sheet.done()


def _from(known: list[Count]) -> float:
    """Where the axis begins: at 0, or a little before the crossings if they are all far to the right."""
    first = min(as_float(count.crossing) for count in known)
    return round(first - 0.15, 1) if first > 0.5 else 0.0


def some(count: int, most: int) -> list[int]:
    """All of range(count), or `most` of it, evenly chosen, with both ends."""
    return list(range(count)) if count <= most else [k * (count - 1) // (most - 1) for k in range(most)]


def _note(known: list[Count], more: int) -> str:
    kinds = sorted({count.kind for count in known})
    shapes = [f"{SHAPES[kind]} {SUMS[kind]}" if len(kinds) > 1 else SUMS[kind] for kind in kinds]
    unnamed = f"; {more} more, thin" if more else ""
    return f"{', '.join(shapes)} of $x$ (where it is 1){unnamed}"


def _shown(checked: Checked) -> list[Threshold]:
    paper = {x: value for (kind, x), value in checked.roots.items() if kind == PAPER}
    return [c for c in checked.of(Threshold) if PAPER in c.kinds or paper.get(c.state) != checked.roots[SHARP, c.state]]
