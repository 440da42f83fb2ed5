"""n(gamma) and n°(gamma) as steps, each with its states and closed form (Theorem 2; exact swap theorem).

Left of a staircase there is nothing: there stands, level with the tread that it leads to, whose step it is and where.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from exact.algebraic import Algebraic
from proofs.claims.checked import Checked
from proofs.claims.steps import Step, attained
from proofs.claims.types import PAPER, SHARP
from proofs.report.figures.labels import as_float, names_text, number_label, type_of, width_of, words
from proofs.report.figures.sheet import HEIGHTS, ROW, Sheet
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
    SHARP: {"marker": "s", "markersize": 5.4, "markeredgewidth": 0.8, "zorder": 4, "linestyle": ""},
    PAPER: {"marker": "o", "markersize": 3, "markeredgewidth": 0.8, "zorder": 5, "linestyle": ""},
}
SYMBOLS = {PAPER: "$n$", SHARP: r"$n^\circ$"}
ONE = Algebraic.of(1)
NOTE = r"$n$ counts $\gamma > \gamma^*_x$, $n^\circ$ counts $\gamma \geq \gamma^\circ_x$"
NEAREST = 7.0  # points between breakpoints
_OFF = 5.0  # points between a step and its label
_MOST_ROWS = 48  # more labels than a page is high are not written
_ROOMS = (18, 12, 8)  # characters of a label's names, the first that fit


def steps_figure(checked: Checked, columns: int) -> Figure:
    """Full dots belong to the function, empty ones do not: n counts gamma > gamma*_x, n° gamma >= gamma°_x.

    Where a threshold is open, the line is a lower bound, and its label says so.
    """
    from matplotlib.ticker import MaxNLocator

    known = {kind: checked.steps(kind) for kind in LINES}
    found = breakpoints([*known[PAPER], *known[SHARP]])
    ends: dict[int, list[str]] = {}
    for kind, symbol in SYMBOLS.items():
        text = symbol + ("" if checked.settled(kind) else words(" at least"))
        ends.setdefault(_level(known[kind], ONE), []).append(text)
    highest = max(ends)
    rows = min(highest, _MOST_ROWS) if any(value > 0 for value in found) else 0
    names = {n: ", ".join(texts) for n, texts in ends.items()}
    sheet = Sheet(columns, names.values(), max(HEIGHTS[columns], (rows + 1) * ROW))
    for kind, steps in known.items():
        _draw(sheet.axes, steps, kind)
    room = (highest or 1) / (sheet.height / ROW - 1)  # half a row below and above
    sheet.axes.set_ylim(-room / 2, (highest or 1) + room / 2)
    sheet.axes.yaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    sheet.axes.set_ylabel("number of states")
    sheet.gammas(0, found, NEAREST, NOTE)
    _name_steps(sheet, list(known.values()), found)
    sheet.above(sheet.question(checked.instance))
    sheet.beside((sheet.y(n), text) for n, text in names.items())
    return sheet.done()


def breakpoints(known: list[Step]) -> dict[Algebraic, list[str]]:
    """Every place where a line jumps, with the states that it adds, each once."""
    found: dict[Algebraic, list[str]] = {}
    for step in known:
        states = found.setdefault(step.after, [])
        states += [state for state in step.states if state not in states]
    return found


def _level(steps: list[Step], place: Algebraic, before: bool = False) -> int:
    """The count just after a place, or just before it."""
    return max((step.n for step in steps if step.after < place or (step.after == place and not before)), default=0)


def _name_steps(sheet: Sheet, known: list[list[Step]], found: dict[Algebraic, list[str]]) -> None:
    """Left of the upper staircase, or right of the lower one where only that jumps; those that there is room for."""
    last = {"left": 2 * sheet.height, "right": 2 * sheet.height}
    for value in sorted((value for value in found if value > 0), reverse=True):
        gamma = as_float(value)
        texts = [f"{names_text(found[value], room)}: {number_label(value)}" for room in _ROOMS]
        fitting = [text for text in texts if width_of(text) + 2 * _OFF < sheet.x(gamma)]
        text = (fitting or texts[-1:])[0]
        before, after = ([_level(steps, value, side) for steps in known] for side in (True, False))
        upper = max(after) > max(before)
        level = max(after) if upper else min(before)
        sheet.mark(value, sheet.y(level))
        fits = upper and bool(fitting)
        side, level = ("left", level) if fits else ("right", max(before) if upper else level)
        if last[side] - sheet.y(level) < 0.99 * ROW:
            continue
        last[side] = sheet.y(level)
        sheet.axes.annotate(
            text, (gamma, level), (-_OFF if fits else _OFF, 0), textcoords="offset points", va="center_baseline",
            ha="right" if fits else "left", zorder=1.5, bbox={"facecolor": "white", "linewidth": 0, "pad": 0.2},
            **type_of(text),
        )  # fmt: skip


def _draw(axes: Axes, known: list[Step], kind: str) -> None:
    """One level after another, and the two dots of each jump."""
    ends = [0.0, *(as_float(step.after) for step in known), 1.0]
    levels = [0, *(step.n for step in known)]
    colour = LINES[kind]["color"]
    for level, (left, right) in zip(levels, pairwise(ends), strict=True):
        if left < right:
            axes.plot([left, right], [level, level], **LINES[kind])
    for step, before in zip(known, levels, strict=False):
        if step.after == 0:
            continue
        full, empty = (step.n, before) if attained(step) else (before, step.n)
        place = as_float(step.after)
        axes.plot([place], [full], color=colour, **DOTS[kind])
        axes.plot([place], [empty], markeredgecolor=colour, markerfacecolor="white", **DOTS[kind])
