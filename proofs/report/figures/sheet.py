"""A figure over gamma: its axes placed to the point of print, with labels above and beside them, moved apart.

Where breakpoints cluster the axis is stretched: the intervals between them are drawn wider, so that no two come closer
than a few points, which the ticks show and the axis says. Everything else stays in proportion. A sheet may stand under
another one: the same figure, another part of the axis.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

from exact.algebraic import Algebraic
from exact.instance import Instance
from proofs.report.figures.labels import as_float, number_label, type_of, width_of, words
from proofs.report.figures.style import BLACK, GREY, ROMAN, SMALL, WIDTHS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = SMALL + 1.6  # points between the middles of lines of labels
HEIGHTS = {1: 105.0, 2: 130.0}  # points of the axes
_TALL = 1.4 * ROW  # of a line with a root
Label = tuple[float, str]  # where it belongs, in points from the left or from the bottom, and its text
_LEFT, _BOTTOM, _EDGE = 38.0, 35.0, 4.0  # points around the axes: for ticks and titles, and at least
_TITLE = 25.0  # points of ticks and title below the axes
_APART = 6.0  # points between labels side by side
_FARTHEST = 26.0  # points that a level label may be moved
_RISE = 9.0  # points that leaders rise
_TICKS = (0.0, 1.0, 0.8, 0.2, 0.6, 0.4, 0.5, 0.9, 0.95, 0.7)  # those that have room, in this order
_BETWEEN_TICKS = 22.0  # points
_PLAIN = 0.1  # length of an axis that has the ticks above
_DECIMALS = -4  # a shorter one has decimals, down to this power of ten
_THIN: dict[str, Any] = {"color": GREY, "linewidth": 0.4, "clip_on": False}


class Sheet:
    """A figure one or two columns wide; beside: the texts to come right of the axes; height: points of the axes.

    under: the sheet that it continues. Within `canvas.drawing` only.
    """

    def __init__(
        self, columns: int, beside: Iterable[str] = (), height: float | None = None, under: Sheet | None = None
    ) -> None:
        from matplotlib.figure import Figure

        self.height = HEIGHTS[columns] if height is None else height
        right = max((width_of(text) + 2 * _EDGE for text in beside), default=_EDGE)
        self.width = WIDTHS[columns] * 72 - _LEFT - max(right, 2 * _EDGE)
        self.figure: Figure = Figure(figsize=(WIDTHS[columns], 1)) if under is None else under.figure
        self._sheets: list[Sheet] = [*([] if under is None else under._sheets), self]
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1), label=f"part {len(self._sheets)}")
        self._places, self._shares = [0.0, 1.0], [0.0, 1.0]
        self._top, self._bottom = _EDGE, _BOTTOM

    def gammas(
        self, low: float, breakpoints: Iterable[Algebraic], nearest: float, note: str = "", high: float = 1.0
    ) -> None:
        """The horizontal axis, from 0 to 1 or from low to high, no two breakpoints nearer than so many points.

        note: a line below.
        """
        self._places = [low, *(x for x in map(as_float, sorted(breakpoints)) if low < x < high), high]
        lengths = [(b - a) / (high - low) for a, b in pairwise(self._places)]
        wide = stretched(lengths, nearest / self.width)
        self._shares = [*(sum(wide[:k]) for k in range(len(wide))), 1.0]
        self.axes.set_xlim(low, high)
        title, around = _axis(low, high, self.width / _BETWEEN_TICKS / 1.5)
        if any(abs(a - b) > 1e-9 for a, b in zip(lengths, wide, strict=True)):
            self.axes.set_xscale("function", functions=_maps(self._places, self._shares))
            title += " (stretched where breakpoints are close)"
        ticks: dict[float, str] = {}
        for tick, text in around:
            if low <= tick <= high and all(abs(self.x(tick) - self.x(other)) >= _BETWEEN_TICKS for other in ticks):
                ticks[tick] = text
        self.axes.set_xticks([*ticks], [*ticks.values()])
        if high - low > _PLAIN:
            self.axes.set_xticks([k / 20 for k in range(1, 20) if low < k / 20 < high], minor=True)
        self.axes.set_xlabel(f"{title}\n{note}" if note else title, linespacing=1.25)

    def x(self, gamma: float) -> float:
        """Points from the left edge of the axes."""
        k = min(bisect(self._places, gamma), len(self._places) - 1)
        (a, b), (left, right) = self._places[k - 1 : k + 1], self._shares[k - 1 : k + 1]
        return self.width * (left + (right - left) * (gamma - a) / (b - a) if b > a else right)

    def y(self, value: float) -> float:
        """Points from the bottom edge of the axes, whose limits are set."""
        transform = self.axes.transScale + self.axes.transLimits
        return self.height * float(transform.transform((1, value))[1])

    def mark(self, value: Algebraic, height: float) -> None:
        """A dotted line at a breakpoint, so many points high."""
        look: dict[str, Any] = {"color": GREY, "linewidth": 0.5, "linestyle": (0, (1, 2)), "zorder": 0.5}
        self.axes.axvline(as_float(value), 0, height / self.height, **look)

    def between(
        self, left: float, right: float, up: float, texts: Iterable[str], apart: float = 0.0, **look: Any
    ) -> None:
        """In the middle between two gammas, so many points up, the first of these words of ours that have room.

        apart: points that they need beside them.
        """
        begin, end = self.x(left), self.x(right)
        text = next((text for text in texts if width_of(words(text)) + apart < end - begin), "")
        place = (begin + end) / 2 / self.width, up / self.height
        self.axes.text(*place, text, transform=self.axes.transAxes, ha="center", fontsize=SMALL, **look)

    def question(self, instance: Instance) -> list[Label]:
        """A dash-dotted line at the gamma that is asked about, or at both ends of an interval, with their labels."""
        asked = instance.question.asked
        ends = () if asked is None else asked if isinstance(asked, tuple) else (asked,)
        look: dict[str, Any] = {"color": GREY, "linewidth": 0.9, "linestyle": (0, (5, 1.5, 1, 1.5)), "zorder": 1}
        labels: list[Label] = []
        for gamma in (end for end in ends if 0 < end < 1 and end >= self._places[0]):
            self.axes.axvline(float(gamma), **look)
            labels.append((self.x(float(gamma)), rf"$\gamma=${number_label(Algebraic.of(gamma))}"))
        return labels

    def above(self, labels: Iterable[Label]) -> None:
        """Labels above the axes: side by side if none has to go far for it, else upright; with leaders."""
        ordered = sorted(labels)
        if not ordered:
            return
        places, widths = [x for x, _ in ordered], [width_of(text) for _, text in ordered]
        edge = -_LEFT, self.width + _EDGE
        moved = spread(places, [width + _APART for width in widths], *edge)
        upright = any(abs(a - b) > max(width / 2, _FARTHEST) for a, b, width in zip(places, moved, widths, strict=True))
        if upright or sum(widths) + _APART * len(widths) > edge[1] - edge[0]:
            sizes = [_TALL if "sqrt" in text else ROW for _, text in ordered]
            upright, moved = True, spread(places, sizes, *edge)
        bent = any(abs(a - b) > 1 for a, b in zip(places, moved, strict=True))
        rise = _RISE if bent else 2.0
        for (place, text), at in zip(ordered, moved, strict=True):
            self._leader([place, place, at], [self.height, self.height + 1.5, self.height + rise - 1])
            self._text(at, self.height + rise, text, "center", "bottom", rotation=90 if upright else 0)
        self._top = max(self._top, rise + (max(widths) if upright else ROW) + _EDGE)

    def beside(self, labels: Iterable[Label]) -> None:
        """Labels beside the right edge; with leaders where they are moved."""
        ordered = sorted(labels)
        for (y, text), at in zip(
            ordered, spread([y for y, _ in ordered], [ROW] * len(ordered), 0, self.height), strict=True
        ):
            if abs(at - y) > 1:
                self._leader([self.width, self.width + 4], [y, at])
            self._text(self.width + _EDGE, at, text, "left", "center")

    def below(self, paragraphs: Iterable[str]) -> None:
        """Under the axis and its title, over the whole width."""
        at = -_TITLE
        for line in [line for paragraph in paragraphs for line in _folded(paragraph, self.figure.get_figwidth() * 72)]:
            at -= _TALL if "sqrt" in line else ROW
            self._text(_EDGE - _LEFT, at, line, "left", "baseline", fontfamily=ROMAN)
        self._bottom = 2 * _EDGE - at

    def fits(self, text: str) -> bool:
        """One line below is enough for it."""
        return len(_folded(text, self.figure.get_figwidth() * 72)) == 1

    def key(self, swatches: Sequence[tuple[str, Any]], text: str, title: str = "") -> None:
        """Above the axes a row of colours, each with its text, after one more; a title above that."""
        wide, low = self.width / len(swatches), self.height + _EDGE
        every = max(ceil((width_of(said) + 2) / wide) for said, _ in swatches)
        for k, (said, look) in enumerate(swatches):
            self._swatch(k * wide, low, wide, look)
            if k % every == 0:
                colour = look.get("ink", BLACK)
                self._text((k + 0.5) * wide, low + ROW / 2, said, "center", "center_baseline", color=colour)
        self._text(-_EDGE, low + ROW / 2, text, "right", "center_baseline")
        if title:
            self._text(self.width / 2, low + ROW + _EDGE, title, "center", "baseline", fontfamily=ROMAN)
        self._top = low - self.height + ROW + _EDGE + (ROW + _EDGE if title else 0)

    def _swatch(self, x: float, y: float, wide: float, look: Any) -> None:
        from matplotlib.patches import Rectangle

        place = (x / self.width, y / self.height), wide / self.width, ROW / self.height
        self.axes.add_patch(
            Rectangle(
                *place, transform=self.axes.transAxes, clip_on=False, facecolor=look["face"], edgecolor=GREY,
                linewidth=0.4,
            )
        )  # fmt: skip

    def done(self) -> Figure:
        """The matplotlib figure, as high as its parts need; of the lowest sheet."""
        width = self.figure.get_figwidth() * 72
        height = sum(sheet._bottom + sheet.height + sheet._top for sheet in self._sheets)
        self.figure.set_figheight(height / 72)
        top = height
        for sheet in self._sheets:
            low = top - sheet._top - sheet.height
            place = _LEFT / width, low / height, sheet.width / width, sheet.height / height
            sheet.axes.set_position(place)
            top = low - sheet._bottom
        return self.figure

    def _text(self, x: float, y: float, text: str, ha: str, va: str, **more: Any) -> None:
        across = self.axes.transAxes
        self.axes.text(x / self.width, y / self.height, text, transform=across, ha=ha, va=va, **type_of(text) | more)

    def _leader(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        shares = [x / self.width for x in xs], [y / self.height for y in ys]
        self.axes.plot(*shares, transform=self.axes.transAxes, **_THIN)


def _axis(low: float, high: float, most: float) -> tuple[str, Iterator[tuple[float, str]]]:
    """Its title, and the ticks that it may have, some `most` of a short one, which has them around a round number."""
    if high - low > _PLAIN:
        return r"discount $\gamma$", ((tick, f"{tick:g}") for tick in (low, *_TICKS))
    power = floor(log10(high - low))
    unit, base = 10.0**power, round((low + high) / 2, -power - 1)
    step = next(step for step in (0.1, 0.2, 0.5, 1, 2, 5) if (high - low) / unit / step <= most or step == 5)
    ticks = ((base + k * step * unit, k * step) for k in range(-100, 101))
    if power > _DECIMALS:
        return r"discount $\gamma$", ((tick, f"{tick:.{1 - power}g}") for tick, _ in ticks)
    title = rf"$\gamma - {f'{base:.{-power - 1}f}'.rstrip('0')}$ in $10^{{{power}}}$"
    return title, ((tick, f"${k:g}$") for tick, k in ticks)


def _folded(text: str, width: float) -> list[str]:
    """In lines that are no wider, broken at spaces outside of formulas."""
    lines: list[str] = []
    for word in re.split(r" (?=(?:[^$]*\$[^$]*\$)*[^$]*\Z)", text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, names=False) + 2 * _EDGE <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _maps(places: Sequence[float], shares: Sequence[float]) -> Any:
    """The map of a stretched axis and its inverse."""
    from numpy import interp

    return lambda x: interp(x, places, shares), lambda x: interp(x, shares, places)


def stretched(lengths: Sequence[float], least: float) -> list[float]:
    """Lengths of the same sum 1, each at least `least` (or a fair part of it all), the longer ones in proportion."""
    least = min(least, 0.7 / len(lengths))
    short: set[int] = set()
    while True:
        rest = sum(length for k, length in enumerate(lengths) if k not in short)
        scale = (1 - least * len(short)) / rest
        more = {k for k, length in enumerate(lengths) if k not in short and length * scale < least}
        if not more:
            return [least if k in short else length * scale for k, length in enumerate(lengths)]
        short |= more


def spread(places: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Ascending places, moved as little as needed for things of these sizes not to overlap, above low, below high.

    What does not fit between them sticks out above.
    """
    groups: list[tuple[float, float, int]] = []  # (middle, length, members)
    for place, size in zip(places, sizes, strict=True):
        groups.append((place, size, 1))
        while len(groups) > 1 and groups[-1][0] - groups[-2][0] < (groups[-1][1] + groups[-2][1]) / 2:
            (right, long, many), (left, short, few) = groups.pop(), groups.pop()
            groups.append(((left * few + right * many) / (few + many), short + long, few + many))
    moved: list[float] = []
    for middle, length, members in groups:
        at = middle - length / 2
        for size in sizes[len(moved) : len(moved) + members]:
            moved.append(at + size / 2)
            at += size
    for k in reversed(range(len(moved))):
        moved[k], high = min(moved[k], high - sizes[k] / 2), min(moved[k], high - sizes[k] / 2) - sizes[k] / 2
    for k in range(len(moved)):
        moved[k], low = max(moved[k], low + sizes[k] / 2), max(moved[k], low + sizes[k] / 2) + sizes[k] / 2
    return moved
