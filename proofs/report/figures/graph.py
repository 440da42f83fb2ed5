"""The MDP as a graph: laid out by its directions or by Graphviz, painted by matplotlib, roles by shape and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from exact.instance.shown import Chances
from proofs.claims.checked import Checked
from proofs.report.figures.canvas import drawing, file_bytes
from proofs.report.figures.dot import dot_text
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.labels import type_of, width_of, words
from proofs.report.figures.moves import MORE, RING, SHUTDOWN, TRAINED, Arrow, Moves, Node, moves
from proofs.report.figures.page import EDGE, page, readable_parts, room_of, spline
from proofs.report.figures.part import ACTIONS, UNREACHED, WHOLE, Part
from proofs.report.figures.placed import Drawing, Point
from proofs.report.figures.style import BLUE, GREEN, GREY, PURPLE, SMALL, TYPE, VERMILION

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("pdf", "svg", "png", "dot")
_LINE = 11.0  # points of a line of the key
_ARROWS: dict[str, dict[str, Any]] = {
    SHUTDOWN: {"color": VERMILION, "linewidth": 1.2, "linestyle": (0, (3, 1.5))},
    TRAINED: {"color": GREEN, "linewidth": 1.9},
}
_PLAIN: dict[str, Any] = {"color": GREY, "linewidth": 0.6}
_NEW = r"s_\mathrm{new}"
_NAMES = {"new": r"$s_\mathrm{new}$", "term": r"$s_\mathrm{term}$", MORE: r"$\cdots$"}


def graph(
    checked: Checked, kind: str, columns: int = 2, part: Part = WHOLE, chances: Chances | None = None
) -> tuple[bytes, str]:
    """The MDP as a file of one of FORMATS, and its flaw. "dot" is text for Graphviz and needs no program.

    chances: what is written as probabilities, where it is not the MDP's numbers: polynomials of a family. Raises
    MissingTool, NotAFigure, NothingToDraw.
    """
    with drawing():
        if kind == "dot":
            return dot_text(moves(checked, part, chances)).encode(), ""
        figure, flaw = picture(checked, columns, part, chances)
        return file_bytes(figure, kind), flaw


def readable(checked: Checked, kind: str, columns: int, chances: Chances | None = None) -> bytes:
    """With as much in it as can be read. Raises MissingTool, and NothingToDraw where nothing can."""
    with drawing():
        try:
            figure, flaw = picture(checked, columns, WHOLE, chances)
        except NothingToDraw as error:
            flaw = error.problem
        if flaw:
            part = next(readable_parts(checked, columns, WHOLE, chances), None)
            if part is None:
                raise NothingToDraw(f"no page holds it: {flaw}", "leave it out", "graph")
            figure, _ = picture(checked, columns, part, chances)
        return file_bytes(figure, kind)


def remedies(checked: Checked, columns: int, part: Part, chances: Chances | None = None) -> Iterator[tuple[str, int]]:
    """The options of the command with which it can be read, and how many states are drawn then. Raises MissingTool."""
    with drawing():
        for smaller in readable_parts(checked, columns, part, chances):
            yield smaller.options(), len(smaller.states(checked.instance))


def picture(checked: Checked, columns: int, part: Part = WHOLE, chances: Chances | None = None) -> tuple[Figure, str]:
    """A figure, and why nobody can read it: empty if one can. In `drawing` only. Raises MissingTool, NothingToDraw."""
    found = page(checked, columns, part, chances)
    return _painted(found.moves, found.plan, found.scale, room_of(columns)), found.flaw


def _painted(found: Moves, plan: Drawing, scale: float, room: float) -> Figure:
    from matplotlib.figure import Figure

    left, low, right, high = plan.bounds
    key = _lines(_entries(found), room)
    wide = max(scale * (right - left), *(sum(_room(entry) for entry in line) for line in key))
    below = len(key) * _LINE + 3
    size = wide + 2 * EDGE, scale * (high - low) + below + 2 * EDGE
    figure = Figure(figsize=(size[0] / 72, size[1] / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, size[0])
    axes.set_ylim(0, size[1])
    aside = (wide - scale * (right - left)) / 2

    def at(point: Point) -> Point:
        return EDGE + aside + scale * (point[0] - left), EDGE + below + scale * (point[1] - low)

    for arrow, curve in zip(found.arrows, plan.curves, strict=True):
        _arrow(axes, arrow, [at(point) for point in curve.points], scale)
    for node in found.nodes:
        _node(axes, node, at(plan.nodes[node.key]), scale)
    for curve in plan.curves:
        if curve.text:
            _text(axes, at(curve.label), curve.text, SMALL * scale, backed=True)
    for number, line in enumerate(key):
        x = (size[0] - sum(_room(entry) for entry in line)) / 2
        for entry in line:
            _sample(axes, entry, (x, EDGE + (len(key) - number - 0.5) * _LINE))
            x += _room(entry)
    return figure


def _arrow(axes: Axes, arrow: Arrow, points: Sequence[Point], scale: float) -> None:
    from matplotlib.patches import FancyArrowPatch, PathPatch

    look = _ARROWS.get(arrow.look, _PLAIN) | {"zorder": 1, "capstyle": "butt"}
    look["linewidth"] *= max(scale, 0.6)
    path = spline(points)
    if not arrow.heads:
        axes.add_patch(PathPatch(path, fill=False, **look))
        return
    head = "head_length=0.42,head_width=0.2" if look["linewidth"] < 1.5 else "head_length=0.45,head_width=0.25"
    style = f"{'<|' if arrow.heads == 2 else ''}-|>,{head}"
    axes.add_patch(FancyArrowPatch(path=path, arrowstyle=style, mutation_scale=10 * max(scale, 0.5), **look))


def _node(axes: Axes, node: Node, at: Point, scale: float) -> None:
    if not node.name:
        _box(axes, at, node.wide * scale, node.high * scale, node.high * scale / 2, facecolor=GREY, linewidth=0)
        return
    _state(axes, node.roles, at, node.wide * scale, node.high * scale, scale)
    role = next((name for key, name in _NAMES.items() if key in node.roles), "")
    up = 0.16 * node.high * scale if role else 0
    _text(axes, (at[0], at[1] + up), node.name, TYPE * scale)
    if role:
        _text(axes, (at[0], at[1] - 1.6 * up), role, 0.8 * TYPE * scale)


def _state(axes: Axes, roles: Collection[str], at: Point, wide: float, high: float, scale: float) -> None:
    """The outline says the roles, by shape and line as well as colour."""
    colours = {"new": VERMILION, "term": PURPLE, "training": GREEN, "recurrent": BLUE}
    colour = next((colour for role, colour in colours.items() if role in roles), "black")
    look: dict[str, Any] = {"edgecolor": colour, "facecolor": "#e4e4e4" if "terminal" in roles else "white"}
    look["linewidth"] = (1.5 if {"new", "term"} & set(roles) else 0.8) * max(scale, 0.5)
    look["linestyle"] = (0, (2.2, 1.2)) if "training" in roles else "-"
    corner = 0.0 if "terminal" in roles else min(high / 2, 5.5 * scale)
    if "recurrent" in roles:
        _box(axes, at, wide, high, corner, **look | {"linewidth": 0.6 * scale})
        wide, high, corner = wide - 2 * RING * scale, high - 2 * RING * scale, max(0.0, corner - RING * scale)
    _box(axes, at, wide, high, corner, **look)


def _box(axes: Axes, at: Point, wide: float, high: float, corner: float, **look: Any) -> None:
    from matplotlib.patches import FancyBboxPatch

    style = f"round,pad=0,rounding_size={corner}" if corner else "square,pad=0"
    axes.add_patch(FancyBboxPatch((at[0] - wide / 2, at[1] - high / 2), wide, high, boxstyle=style, zorder=2, **look))


def _text(axes: Axes, at: Point, text: str, size: float, ha: str = "center", backed: bool = False) -> None:
    look: dict[str, Any] = {"bbox": {"facecolor": "white", "linewidth": 0, "pad": 0.3}} if backed else {}
    axes.text(at[0], at[1], text, ha=ha, va="center_baseline", zorder=3, linespacing=1.0, **type_of(text, size), **look)


Entry = tuple[str, frozenset[str] | Arrow | None]  # what it means, and a state's roles or an arrow to show


def _entries(found: Moves) -> list[Entry]:
    """What shapes and lines mean: those that occur."""
    roles = [("terminal", "terminal"), ("recurrent", "recurrent"), ("training", "training state")]
    held = frozenset(role for node in found.nodes for role in node.roles)
    entries: list[Entry] = [(text, frozenset({role})) for role, text in roles if role in held]
    looks = {arrow.look for arrow in found.arrows}
    lines = {SHUTDOWN: "shutdown", TRAINED: "trained action"}
    entries += [(text, Arrow("", "", look=look)) for look, text in lines.items() if look in looks]
    if found.stays:
        entries.append(("a probability below 1: else it stays", None))
    part = found.part
    if ACTIONS in part.leave_out:
        entries.append(("moves by any action; staying is not drawn", None))
    if UNREACHED in part.leave_out and part.within is None:
        entries.append((f"only what {_NEW} reaches", None))
    if part.within is not None:
        entries.append((f"only what {_NEW} reaches in {part.within} move{'s' * (part.within != 1)}", None))
    if MORE in held:
        entries.append((r"\cdots: more than is drawn", None))
    return entries


def _lines(entries: Sequence[Entry], room: float) -> list[list[Entry]]:
    lines: list[list[Entry]] = [[]]
    for entry in entries:
        if lines[-1] and sum(map(_room, lines[-1])) + _room(entry) > room:
            lines.append([])
        lines[-1].append(entry)
    return lines


def _room(entry: Entry) -> float:
    return width_of(words(entry[0])) + (30.0 if entry[1] is not None else 12.0)


def _sample(axes: Axes, entry: Entry, at: Point) -> None:
    text, shown = entry
    x, y = at[0] + 4, at[1]
    if isinstance(shown, Arrow):
        _arrow(axes, shown, [(x, y), (x + 6, y), (x + 12, y), (x + 18, y)], 1)
    elif shown is not None:
        _state(axes, shown, (x + 9, y), 15, 8, 0.7)
    _text(axes, (x + 22 if shown is not None else x, y), words(text), SMALL, "left")
