"""The plane of one parameter and gamma, coloured by the n that is certified, with the thresholds as curves over it.

The colours grow darker with n, undecided parts are hatched, and n is written where there is room: readable in grey.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from exact.digits import shown
from proofs.report.figures.labels import mathtt, names_text, type_of, width_of
from proofs.report.figures.plane import Line, Plane, Run
from proofs.report.figures.sheet import ROW, Sheet
from proofs.report.figures.style import BLACK, DASHES, GREY, SMALL

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Colour = tuple[float, ...]  # red, green, blue, from 0 to 1
_HEIGHTS = {1: 165.0, 2: 235.0}  # points of the axes
_ROOMS = {1: 14, 2: 28}  # characters of the names at a curve's end
_LIGHTEST, _DARKEST = 0.97, 0.42  # of the colours, in lightness
_FEWEST = 3  # levels between which the colours are spread
_PLACES = 60  # that are tried for a number
_ENOUGH = 1.8 * ROW  # points of height, beyond which a number stands nearer to the middle instead
_LIGHT = 0.5  # grounds darker than that have white type


def regions_figure(plane: Plane, columns: int) -> Figure:
    """What is coloured was certified, or the figure says that it was not; the curves are derived."""
    ends = [(line, names_text(line.states, _ROOMS[columns])) for line in plane.lines if _seen(plane, line)]
    sheet = Sheet(columns, [text for _, text in ends], _HEIGHTS[columns])
    low, high = plane.box
    sheet.axes.set_xlim(float(low), float(high))
    sheet.axes.set_ylim(*map(float, plane.gammas))
    sheet.axes.set_xlabel(f"parameter ${plane.parameter}$ in [{shown(plane.box[0])}, {shown(plane.box[1])}]")
    sheet.axes.set_ylabel(r"discount $\gamma$")
    colours = shades(plane.levels)
    for n in plane.levels:
        _area(sheet, plane, n, colours[n])
        _number(sheet, plane, n, colours[n])
    _hatching(sheet, plane)
    for number, line in enumerate(plane.lines):
        _curve(sheet, line, number)
    sheet.beside(_ends(sheet, plane, ends))
    key = [(str(n), {"face": colours[n], "ink": ink_on(colours[n])}) for n in plane.levels]
    sheet.key(key, r"$n\geq$", _held(plane))
    sheet.below(_notes(sheet, plane))
    return sheet.done()


def shades(levels: range) -> dict[int, Colour]:
    """A colour for each n, in equal steps of lightness, darker for larger ones."""
    from matplotlib import colormaps
    from numpy import interp

    known: list[Colour] = [tuple(map(float, colour[:3])) for colour in colormaps["YlGnBu"](range(256))]
    light, most = [lightness(colour) for colour in known], max(levels[-1], _FEWEST)
    wanted = {n: _LIGHTEST + (_DARKEST - _LIGHTEST) * n / most for n in levels}
    return {n: known[round(float(interp(-wanted[n], [-value for value in light], range(256))))] for n in levels}


def lightness(colour: Colour) -> float:
    """Rec. 709 luma, 0 to 1."""
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def ink_on(ground: Colour) -> str:
    """Black or white, what is read better on it."""
    return BLACK if lightness(ground) > _LIGHT else "#ffffff"


def _area(sheet: Sheet, plane: Plane, n: int, colour: Any) -> None:
    """Where at least n states are counted, as one polygon above those of fewer: no seams."""
    xs: list[float] = []
    ys: list[float] = []
    for (left, right), gamma in plane.staircase(n):
        xs += [float(left), float(right)]
        ys += [float(gamma)] * 2
    top = float(plane.gammas[1])
    sheet.axes.fill([*xs, xs[-1], xs[0]], [*ys, top, top], facecolor=colour, linewidth=0, zorder=0.5, gid=f"n-{n}")


def _hatching(sheet: Sheet, plane: Plane) -> None:
    """One path of all that is undecided, so that the pattern runs through."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    corners = []
    for across, along in plane.opens():
        (left, right), (low, high) = map(float, across), map(float, along)
        corners.append(Path([(left, low), (right, low), (right, high), (left, high), (left, low)], closed=True))
    if corners:
        path = Path.make_compound_path(*corners)
        look: dict[str, Any] = {"facecolor": "none", "edgecolor": GREY, "hatch": "////////", "linewidth": 0}
        sheet.axes.add_patch(PathPatch(path, zorder=0.8, gid="undecided", **look))


def _curve(sheet: Sheet, line: Line, number: int) -> None:
    """Its runs, and a dot where another policy takes over."""
    look: dict[str, Any] = {"color": BLACK, "linewidth": 0.8, "linestyle": DASHES[number % len(DASHES)], "zorder": 2}
    for k, run in enumerate(line.runs):
        sheet.axes.plot(
            [float(p) for p, _ in run], [float(gamma) for _, gamma in run], gid=f"curve-{number}-{k}", **look
        )
    for p, gamma in line.bends:
        sheet.axes.plot([float(p)], [float(gamma)], "o", color=BLACK, markersize=2.2, zorder=3)


def _ends(sheet: Sheet, plane: Plane, ends: list[tuple[Line, str]]) -> Iterator[tuple[float, str]]:
    """Beside the right edge, for curves that reach it or leave near it; else where they were last in view."""
    low, high = map(float, plane.gammas)
    left, right = map(float, plane.box)
    for line, text in ends:
        p, gamma = map(float, _seen(plane, line)[-1])
        if p + (width_of(text) + 8) / sheet.width * (right - left) > right:
            yield sheet.y(gamma), text
            continue
        up, look = (1, "bottom") if 2 * gamma < low + high else (-1, "top")
        near: dict[str, Any] = {"textcoords": "offset points", "ha": "left", "va": look, "zorder": 3, **type_of(text)}
        sheet.axes.annotate(text, (p, gamma), (4, 3 * up), **near)


def _seen(plane: Plane, line: Line) -> Run:
    """The points of a curve that are in view."""
    low, high = plane.gammas
    return tuple((p, gamma) for run in line.runs for p, gamma in run if low <= gamma <= high)


def _number(sheet: Sheet, plane: Plane, n: int, ground: Any) -> None:
    """Where the decided part of n is high over the number's width, near the middle; nowhere if it is too low."""
    first, last = map(float, plane.box)
    wide = (width_of(str(n)) + 6) / sheet.width * (last - first)
    found: list[tuple[float, float, float, float]] = []
    for k in range(_PLACES + 1):
        left = first + (last - wide - first) * k / _PLACES
        spans = [y for (a, b), y in plane.decided(n) if a < left + wide and b > left]
        if None not in spans:
            low, high = (sheet.y(float(end(y[side] for y in spans if y))) for side, end in ((0, max), (1, min)))
            found.append((min(high - low, _ENOUGH), -abs(2 * k - _PLACES), left + wide / 2, (low + high) / 2))
    room, _, x, y = max(found, default=(0.0, 0.0, 0.0, 0.0))
    if room > SMALL:
        across = sheet.axes.get_xaxis_transform()
        look: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fontsize": SMALL, "color": ink_on(ground)}
        sheet.axes.text(x, y / sheet.height, str(n), transform=across, zorder=2.5, gid=f"number-{n}", **look)


def _notes(sheet: Sheet, plane: Plane) -> Iterator[str]:
    certified = "certified" if plane.certified else "computed, not certified"
    colour = r"Colour $k$: for all parameters and discounts there $n\geq k$, at least $k$ states are counted"
    yield f"{colour} ({certified})."
    if plane.undecided:
        hundredths = -(-10_000 * plane.undecided // 1)
        share = f"{hundredths // 100}.{hundredths % 100:02d} %"
        yield f"Hatched: open whether more are, {share} of the plane."
    lines = [line for line in plane.lines if _seen(plane, line)]
    if lines:
        yield r"Lines: the thresholds $\gamma^*_x$, named at their ends (derived, not certified)."
    for line in lines:
        text = f"{', '.join(map(mathtt, line.states))}: " + r"$\gamma^*=" + "$, then $".join(line.forms) + "$"
        if line.forms and width_of(text, names=False) + 8 < sheet.figure.get_figwidth() * 72:
            yield text


def _held(plane: Plane) -> str:
    """`q = 1/2 (the middle), r = 1/3`."""
    middle = {True: " (the middle)", False: ""}
    return ", ".join(f"${name}$ = {shown(value)}{middle[chosen]}" for name, value, chosen in plane.held)
