"""Breakpoints on the gamma axis: a dotted line at each, above the axes whose it is and its closed form.

In a crowd the labels stand upright and are moved apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from exact.algebraic import Algebraic
from proofs.report.figures.canvas import text_width
from proofs.report.figures.labels import as_float, breakpoint_text, number_label
from proofs.report.figures.style import GREY, SMALL, WIDTHS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INSIDE = 0.86  # of the figure's width, the axes get about this much
_APART = 8  # points between level labels; where there is less, labels stand upright
_LINE = SMALL + 4  # points between the middles of upright labels
_MOST = 12  # labels in one column of print; of more breakpoints only some are labelled, the first and the last too
_RISE = 0.07  # of the axes' height: room for the leaders from a breakpoint to its label


def mark_breakpoints(axes: Axes, values: Mapping[Algebraic, Sequence[str]], columns: int) -> None:
    """Mark each number strictly between 0 and 1; values: with the states whose threshold it is."""
    known = sorted(value for value in values if 0 < value < 1)
    places, width = [as_float(value) for value in known], WIDTHS[columns] * 72 * _INSIDE
    for place in places:
        axes.axvline(place, color=GREY, linewidth=0.5, linestyle=(0, (1, 2)), zorder=0.5)
    chosen = some(len(known), _MOST * columns)
    places = [places[k] for k in chosen]
    labels = [[part for part in (breakpoint_text(values[known[k]]), number_label(known[k])) if part] for k in chosen]
    widths = [max(map(text_width, label)) for label in labels]
    needed = [(a + b) / 2 + _APART for a, b in pairwise(widths)]
    level = all((b - a) * width >= need for (a, b), need in zip(pairwise(places), needed, strict=True))
    above = axes.get_xaxis_transform()  # gamma to the right, shares of the axes' height upwards
    for label, place, shown in zip(labels, places, spread(places, 0 if level else _LINE / width), strict=True):
        leader, top = ([place, place], 1.02) if level else ([place, place, shown], 1 + _RISE)
        heights = [1, top] if level else [1, 1.015, top]
        axes.plot(leader, heights, color=GREY, linewidth=0.5, transform=above, clip_on=False)
        turn, text = (0, "\n".join(label)) if level else (90, ": ".join(label))
        axes.text(shown, top + 0.015, text, transform=above, rotation=turn, ha="center", va="bottom", fontsize=SMALL)


def some(count: int, most: int) -> list[int]:
    """All of range(count), or `most` of it, evenly chosen, with both ends."""
    return list(range(count)) if count <= most else [k * (count - 1) // (most - 1) for k in range(most)]


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Ascending places in [0, 1], moved as little as needed to be `gap` apart: crowds are centred on their mean."""
    groups: list[tuple[float, int]] = []  # (centre, members)
    for place in places:
        groups.append((place, 1))
        while len(groups) > 1 and groups[-1][0] - groups[-2][0] < gap * (groups[-1][1] + groups[-2][1]) / 2:
            (right, many), (left, few) = groups.pop(), groups.pop()
            groups.append(((left * few + right * many) / (few + many), few + many))
    moved = [centre + gap * (k - (size - 1) / 2) for centre, size in groups for k in range(size)]
    excess = max(moved[-1] - 1, 0) if moved else 0
    return [place - excess for place in moved]
