"""The public functions that show: figures over gamma, the graph, LaTeX, the bundle, certificates in words."""

from __future__ import annotations

from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from exact.instance import Instance
from exact.mdp import Mdp
from exact.rational import Exact
from proofs.bundle.contents import contents
from proofs.bundle.figures import draw_all
from proofs.bundle.write import check_place
from proofs.bundle.write import write as write_files
from proofs.claims.checked import Checked
from proofs.claims.difference import Difference, differences
from proofs.claims.words import told
from proofs.report.figures.canvas import drawing, file_bytes
from proofs.report.figures.draw import PLOTS, suffix
from proofs.report.figures.errors import MissingTool, NotAFigure
from proofs.report.figures.layout import FORMATS
from proofs.report.figures.layout import graph as drawn_graph
from proofs.report.latex.document import article, fragment
from proofs.report.latex.sections.provenance import Source
from proofs.verify import proved, recheck
from proofs.verify import thresholds as find_thresholds
from proofs.verify import verify as find_all

from gammastar.asked import Given, Proof, asked_elsewhere, certificate_of, instance_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PIXELS = 140  # to an inch, in a notebook


class Graph:
    """The MDP as a drawing: shown as SVG in a notebook, `save`d as PDF, SVG, PNG or DOT; `.dot` is its DOT text."""

    def __init__(self, checked: Checked, columns: int) -> None:
        self._checked, self._columns = checked, columns

    @property
    def dot(self) -> str:
        """The drawing in Graphviz's language; needs no program."""
        return drawn_graph(self._checked, "dot", self._columns).decode()

    def save(self, path: str | PathLike[str]) -> Path:
        """Write a file; its ending is the format. Raises NotAFigure, and MissingTool without Graphviz."""
        target = Path(path)
        target.write_bytes(drawn_graph(self._checked, suffix(target, FORMATS), self._columns))
        return target

    def _repr_svg_(self) -> str | None:
        try:
            return drawn_graph(self._checked, "svg", self._columns).decode()
        except MissingTool:
            return None  # a notebook shows the line below instead

    def __repr__(self) -> str:
        instance = self._checked.instance
        return f"<Graph of {instance.name}: {len(instance.mdp)} states; drawing it needs Graphviz>"


class Told(NamedTuple):
    """One claim in words. proved: None where nobody has checked it."""

    number: int
    about: str
    says: str
    proved: bool | None


def plot(given: Given, what: str = "steps", columns: int = 1) -> Figure:
    """A figure over gamma: "steps" of n and n°, "visits" (counts), or "values" (shutdown's against the best other).

    columns: 1 or 2 of print. Raises NotAFigure, NothingToDraw, MissingTool without matplotlib.

    >>> import gammastar as gs
    >>> figure = gs.plot("examples/corridor-3.toml", "visits")
    >>> figure.axes[0].get_xlabel()
    'discount $\\\\gamma$'
    """
    if what not in PLOTS:
        raise NotAFigure(f'"{what}" is no figure', f"known: {', '.join(PLOTS)}", "what")
    with drawing():
        figure = _figure(given, what, columns)
    figure.__dict__["_repr_png_"] = partial(_png, figure)  # also where no backend has told the notebook how
    return figure


def _figure(given: Given, what: str, columns: int) -> Figure:
    from proofs.report.figures.steps import steps_figure
    from proofs.report.figures.values import values_figure
    from proofs.report.figures.visits import visits_figure

    if what == "values":
        return values_figure(instance_of(given), columns)
    checked = given if isinstance(given, Checked) else find_thresholds(instance_of(given))
    return (steps_figure if what == "steps" else visits_figure)(checked, columns)


def _png(figure: Figure) -> tuple[bytes, dict[str, int]]:
    with drawing():
        return file_bytes(figure, "png"), {"width": int(figure.get_figwidth() * _PIXELS)}


def graph(given: Given, columns: int = 2) -> Graph:
    """The MDP with its roles, laid out by Graphviz.

    >>> import gammastar as gs
    >>> gs.graph("examples/half.toml").dot.splitlines()[0]
    'digraph {'
    """
    return Graph(given if isinstance(given, Checked) else proved(instance_of(given), ()), columns)


def to_networkx(given: Instance | Mdp | Checked) -> Any:
    """A networkx.MultiDiGraph: an edge for each action and successor, with `action` and `probability` (a Fraction).

    Nodes are the states by name, with `terminal`, and for an instance `role`: "s_new", "s_term", "training" or "".

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


def tex(given: Given, certificate: Proof | None = None, gamma: Exact | None = None, document: bool = False) -> str:
    """What is proved, as LaTeX with the proofs spelled out: a fragment to input, or a whole article (document=True).

    given: an instance, a path, or a result that is already there. certificate: to write about that one, which the
    kernel checks first. Raises Refused if it does not accept it.

    >>> import gammastar as gs
    >>> gs.tex("examples/half.toml", document=True).splitlines()[0]
    '\\\\documentclass[11pt]{article}'
    """
    if certificate is not None:
        checked = recheck(instance_of(given, gamma), certificate_of(certificate))
    else:
        checked = _found(given, gamma)
    source = Source("instance.toml", "certificate.json", asked_elsewhere(checked.instance), made=certificate is None)
    return (article if document else fragment)(checked, source)


def _found(given: Given, gamma: Exact | None) -> Checked:
    """A result as it is, anything else verified."""
    return given if isinstance(given, Checked) and gamma is None else find_all(instance_of(given, gamma))


def bundle(given: Given, output: str | PathLike[str], gamma: Exact | None = None) -> Path:
    """Instance, certificate, kernel, LaTeX and figures in one folder (or .zip) that a bare Python checks.

    Raises NotABundle where something else is there; OSError passes.

    >>> import gammastar as gs, tempfile
    >>> place = gs.bundle("examples/half.toml", tempfile.mkdtemp() + "/half.zip")
    >>> place.name
    'half.zip'
    """
    target = Path(output)
    check_place(target)
    checked = _found(given, gamma)
    write_files(contents(checked, draw_all(checked), asked_elsewhere(checked.instance)), target, checked.instance.name)
    return target


def show(certificate: Proof, given: Given | None = None, gamma: Exact | None = None) -> list[Told]:
    """A certificate in words, claim by claim; with an instance, after the kernel has checked it.

    Raises NotACertificate; Refused if the kernel does not accept it.

    >>> import gammastar as gs
    >>> gs.show(gs.verify("examples/half.toml"))[0].says
    'gamma* = 0: exchanging it with s_term'
    """
    data = certificate_of(certificate)
    proven = None if given is None else set(recheck(instance_of(given, gamma), data).numbers)
    return [
        Told(number, *told(claim), None if proven is None else number in proven)
        for number, claim in enumerate(data.stated.claims)
    ]


def diff(first: Proof, second: Proof) -> list[Difference]:
    """What two certificates state differently, unchecked: each with `.how`, `.about` and `.says`.

    >>> import gammastar as gs
    >>> one, other = (gs.verify("examples/corridor-3.toml", gamma) for gamma in ("9/10", "4/5"))
    >>> [entry.how for entry in gs.diff(one, one)]
    []
    """
    return differences(certificate_of(first).stated, certificate_of(second).stated)


__all__ = ["Difference", "Graph", "Told", "bundle", "diff", "graph", "plot", "show", "tex", "to_networkx"]
