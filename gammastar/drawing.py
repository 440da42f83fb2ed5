"""The public functions that draw: figures over gamma, the graph; and the MDP for networkx."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from os import PathLike
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

from exact.family import Family
from exact.family.shown import chances
from exact.instance import Instance
from exact.instance.gammas import Asked
from exact.mdp import Mdp
from exact.rational import Exact
from gammastar.asked import Given, GivenFamily, any_of, family_of, instance_of, spelled
from proofs.claims.checked import Checked
from proofs.claims.types import Phase
from proofs.families.picture import REGIONS, pictured, plane_of
from proofs.families.regions import share_of
from proofs.report.figures.canvas import drawing, file_bytes
from proofs.report.figures.draw import PLOTS, suffix
from proofs.report.figures.errors import MissingTool, NotAFigure, NothingToDraw
from proofs.report.figures.graph import FORMATS
from proofs.report.figures.graph import graph as drawn_graph
from proofs.report.figures.moves import moves
from proofs.report.figures.page import MOST_ARROWS
from proofs.report.figures.part import Part, part_of
from proofs.report.figures.plane import Plane
from proofs.report.figures.regions import regions_figure
from proofs.report.figures.shares import SHARE, shares, shares_figure
from proofs.report.figures.style import WIDTHS
from proofs.verify import proved, to_draw

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PIXELS = 140  # to an inch, in a notebook


class Graph:
    """The MDP as a drawing: shown as SVG in a notebook, `save`d as PDF, SVG, PNG or DOT; `.dot` is its DOT text."""

    def __init__(self, checked: Checked, columns: int, part: Part, family: Family | None) -> None:
        """family: the one that `checked` is the middle of, if there is one."""
        self._checked, self._columns, self._part, self._family = checked, columns, part, family

    def _file(self, kind: str) -> bytes:
        family = self._family
        said = None if family is None else (lambda s, a: chances(family, s, a))
        return drawn_graph(self._checked, kind, self._columns, self._part, said)[0]

    @property
    def dot(self) -> str:
        """The drawing in Graphviz's language; needs no program."""
        return self._file("dot").decode()

    def save(self, path: str | PathLike[str]) -> Path:
        """Write a file; its ending is the format. Raises NotAFigure, and MissingTool without Graphviz."""
        target = Path(path)
        with spelled():
            target.write_bytes(self._file(suffix(target, FORMATS)))
        return target

    def _repr_svg_(self) -> str | None:
        try:
            return self._file("svg").decode()
        except (MissingTool, NothingToDraw):
            return None  # a notebook shows the line below instead

    def __repr__(self) -> str:
        instance, hint = self._checked.instance, "" if which("dot") else "; install Graphviz to see it"
        if len(moves(self._checked, self._part).arrows) > MOST_ARROWS:
            hint += "; within=2 draws what s_new reaches in two moves"
        return f"<Graph of {instance.name}: {len(instance.mdp)} states{hint}>"


def plot(
    given: Given | GivenFamily,
    what: str = "steps",
    columns: int = 1,
    gamma: Asked | None = None,
    *,
    undecided: Exact = "1/100",
    over: str | None = None,
    at: Mapping[str, Exact] | None = None,
) -> Figure:
    """A figure over gamma: "steps" of n and n°, "visits" (v_x, Def. 9), "values" (shutdown's against the best other),
    "phases" (V* against shutdown's, and where the best policy changes, certified), or "share" (of goals that shut down,
    exact at each dot, and its bound 1/(n + 1)).

    given: an instance, a path or a result; "values" and "phases" need the question's rewards. columns: 1 or 2 of
    print (3.3 or 6.9 inches). gamma: instead of the question's. Raises NotAFigure, NothingToDraw, MissingTool
    without matplotlib.

    "regions", of a family: n in the plane of the parameter `over` (by default the first) and gamma, with the thresholds
    as curves; the other parameters are held at the values of `at`, or in the middle of their intervals. undecided: the
    share of the plane that may be. gamma: an interval, "1/2:1", by default all of (0, 1). Raises BadInstance, NotExact.

    >>> import gammastar as gs
    >>> figure = gs.plot("examples/corridor-3.toml", "visits")
    >>> figure.axes[0].get_ylabel()
    'visit count'
    """
    known = (*PLOTS, SHARE, REGIONS)
    if what not in known:
        raise NotAFigure(f'"{what}" is no figure', f"known: {', '.join(known)}", "what")
    _check(columns)
    if what == REGIONS:
        with spelled():
            share, gammas = share_of(undecided, "undecided"), plane_of(gamma, "gamma")
            return plot_plane(pictured(family_of(given), share, over, at, gammas), columns)
    if isinstance(given, Checked) and gamma is None and (what != "phases" or given.of(Phase)):
        checked = given
    else:
        checked = to_draw(instance_of(given, gamma), what)
    if what == SHARE:
        return _drawn(lambda: shares_figure(checked, shares(checked), columns))
    return _drawn(lambda: PLOTS[what](checked, columns))


def plot_plane(plane: Plane, columns: int) -> Figure:
    """Regions of a family, as `plot` draws them. Raises NotAFigure, MissingTool."""
    _check(columns)
    return _drawn(lambda: regions_figure(plane, columns))


def _drawn(draw: Callable[[], Figure]) -> Figure:
    """In our settings, and shown in notebooks also where no backend has told them how."""
    with spelled(), drawing():
        figure = draw()
    figure.__dict__["_repr_png_"] = partial(_png, figure)
    return figure


def _png(figure: Figure) -> tuple[bytes, dict[str, int]]:
    with drawing():
        return file_bytes(figure, "png"), {"width": int(figure.get_figwidth() * _PIXELS)}


def graph(
    given: Given | GivenFamily, columns: int = 2, leave_out: Collection[str] = (), within: int | None = None
) -> Graph:
    """The MDP with its roles: a grid if its actions are called by directions, else laid out by Graphviz.

    The arrows of a family have polynomials.

    columns: 1 or 2 of print. leave_out: of "actions" (one arrow for all moves between two states) and "unreached"
    (states that s_new does not reach). within: only the states that s_new reaches in so many moves. Raises an
    ExactError for bad input, NotAFigure for other words, columns and numbers; when it is drawn, MissingTool where
    Graphviz is needed and missing, NothingToDraw where there are more arrows than a page holds.

    >>> import gammastar as gs
    >>> gs.graph("examples/half.toml").dot.splitlines()[0]
    'digraph {'
    """
    _check(columns)
    found = given if isinstance(given, Checked) else any_of(given)
    family = found if isinstance(found, Family) else None
    checked = found if isinstance(found, Checked) else proved(found.centre if isinstance(found, Family) else found, ())
    with spelled():
        part = part_of((leave_out,) if isinstance(leave_out, str) else leave_out, within)
    return Graph(checked, columns, part, family)


def _check(columns: int) -> None:
    if columns not in WIDTHS:
        raise NotAFigure(f"{columns!r} columns of print", f"give {' or '.join(map(str, WIDTHS))}", "columns")


def to_networkx(given: Given | Mdp) -> Any:
    """A networkx.MultiDiGraph: an edge for each action and successor, with `action` and `probability` (a Fraction).

    Nodes are the states by name, with `terminal`, and for an instance `role`: "s_new", "s_term", "training" or "".
    given: an Mdp, an instance or its path, or a result. Raises an ExactError; OSError passes.

    >>> import gammastar as gs
    >>> network = gs.to_networkx(gs.read("examples/retry.toml"))
    >>> network.edges["new", "x", "go"]["probability"]
    Fraction(1, 2)
    """
    import networkx

    instance = None if isinstance(given, Mdp) else instance_of(given)
    mdp = given if isinstance(given, Mdp) else instance_of(given).mdp
    network = networkx.MultiDiGraph()
    for state, name in enumerate(mdp.states):
        role = {} if instance is None else {"role": _role(instance, state)}
        network.add_node(name, terminal=mdp.is_terminal(state), **role)
    for state, rows in enumerate(mdp.rows):
        for action, row in zip(mdp.actions[state], rows, strict=True):
            for successor, p in row:
                ends = mdp.states[state], mdp.states[successor]
                network.add_edge(*ends, key=action, action=action, probability=p)
    return network


def _role(instance: Instance, state: int) -> str:
    if state == instance.shutdown_state:
        return "s_new"
    return "s_term" if state == instance.s_term else "training" if state in instance.training else ""
