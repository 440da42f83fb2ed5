"""Figures as files: the same bytes each time, the right size, clear words where a tool is missing."""

from __future__ import annotations

import itertools
import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exact.instance import Instance, parse_instance, read_instance
from proofs.claims.checked import Checked
from proofs.claims.phases import known_phases
from proofs.claims.types import PAPER, SHARP, ClosedForm
from proofs.report.figures.canvas import drawing
from proofs.report.figures.draw import PLOTS, plot
from proofs.report.figures.labels import words
from proofs.report.figures.phases import BEST
from proofs.report.figures.steps import LINES, NEAREST
from proofs.report.figures.style import COLOURS, DASHES, line
from proofs.report.figures.visits import counts
from proofs.verify import to_draw
from tests.examples import instance_path
from tests.proofs.command import MINIMAL, elsewhere, gammastar, one_line
from tests.reference.worked import corridor

pytest.importorskip("matplotlib", reason="the extra `figures` is not installed")
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

STRANGE = ["$x^2$", "_y", 'q"\\', "<b>&amp;{}", "γ°%"]


@cache
def settled(name: str, what: str = "steps") -> Checked:
    """An example with what a figure shows of it."""
    return to_draw(read_instance(instance_path(name)), what)


def strange() -> Instance:
    """A star of states whose names are formulas, tags and escapes."""
    keys = [f'"{s}"' for s in (s.replace("\\", "\\\\").replace('"', '\\"') for s in STRANGE)]
    lines = ["format = 1", f'states = ["new", {", ".join(keys)}, "term"]', '[shutdown]\nstate = "new"\naction = "off"']
    lines += ["[transitions.new]", 'off = { term = "1" }', *(f'{k} = {{ {k} = "1" }}' for k in keys)]
    lines += [f'[transitions.{k}]\nstay = {{ {k} = "1" }}' for k in keys]
    lines += ["[question]", f'gamma = "1/2"\nrewards = {{ {keys[0]} = "1" }}']
    return parse_instance("\n".join(lines).encode())


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    """In another process, with another hash seed, time zone and matplotlibrc; and no date inside."""
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nsvg.hashsalt: other\nfigure.facecolor: red\n")
    kinds = zip(PLOTS, ["pdf", "svg", "png", "pdf"], strict=True)
    targets = {(what, kind): tmp_path / f"{what}.{kind}" for what, kind in kinds}
    commands = [("plot", instance_path("half"), "--what", what, "-o", path) for (what, _), path in targets.items()]
    elsewhere(commands, MATPLOTLIBRC=str(tmp_path), PYTHONHASHSEED="77", TZ="Asia/Tokyo")
    for (what, kind), target in targets.items():
        data = plot(settled("half", what), what, kind)
        assert target.read_bytes() == data
        assert not re.search(rb"CreationDate|dc:date", data)


@pytest.mark.parametrize(("columns", "inches"), [(1, 3.3), (2, 6.9)])
def test_the_width_is_that_of_the_columns(columns: int, inches: float) -> None:
    """In points: what LaTeX includes at its natural size."""
    tree = ET.fromstring(plot(settled("corridor-3"), "steps", "svg", columns))
    assert float(tree.attrib["width"].removesuffix("pt")) == pytest.approx(inches * 72, abs=0.01)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("what", PLOTS)
def test_names_are_no_formulas(what: str) -> None:
    """Dollars, leading underscores, backslashes, tags and Greek are drawn as text, without a warning."""
    assert plot(to_draw(strange(), what), what, "svg").startswith(b"<?xml")


@pytest.mark.parametrize("name", ["no-alternative", "shutdown-loops", "negative", "stairs", "gridworld"])
def test_every_kind_of_instance_has_its_steps_and_values(name: str) -> None:
    """Also without alternatives, without gamma°, with negative rewards, and with many states."""
    for what in ("steps", "values", "phases"):
        assert plot(settled(name, what), what, "svg")


def texts(figure: Figure) -> list[str]:
    """Every text in the axes."""
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_breakpoints_are_named() -> None:
    """At each step, and at the end of each curve, stands whose threshold it is, and the number."""
    with drawing():
        steps, visits = (PLOTS[what](settled("corridor-3"), 1) for what in ("steps", "visits"))
    assert {"r2: $1/2$", r"r3: $(\sqrt{5}-1)/2$"} <= set(texts(steps))
    assert {"r1", "r2 ($1/2$)", r"r3 ($(\sqrt{5}-1)/2$)"} <= set(texts(visits))


@pytest.mark.parametrize("what", PLOTS)
@pytest.mark.parametrize("name", ["coinrun", "gridworld", "corridor-3", "stairs", "negative", "training-reached"])
def test_no_two_texts_overlap_and_none_is_cut(name: str, what: str) -> None:
    """As drawn, in one column of print: labels, ticks and titles, within the figure."""
    with drawing():
        overlaps_nothing(PLOTS[what](settled(name, what), 1))


def overlaps_nothing(figure: Figure) -> None:
    """No text lies on another one or leaves the figure. Within `drawing` only."""
    renderer: Any = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    figure.draw(renderer)
    boxes = {}
    for part, axes in enumerate(figure.axes):
        shown = [text for text in (*axes.texts, axes.xaxis.label, axes.yaxis.label) if text.get_text()]
        ticks = [label for axis in (axes.xaxis, axes.yaxis) for label in axis.get_ticklabels() if label.get_text()]
        near = axes.bbox.expanded(1.01, 1.01)
        inside = [tick for tick in ticks if near.overlaps(tick.get_window_extent(renderer).expanded(3, 3))]
        for k, text in enumerate([*shown, *inside]):
            boxes[part, k, text.get_text()] = text.get_window_extent(renderer).expanded(0.98, 0.8)
    for one, other in itertools.combinations(boxes, 2):
        assert not boxes[one].overlaps(boxes[other]), (one, other)
    for name_of, box in boxes.items():
        assert box.x0 >= 0, name_of
        assert box.y0 >= 0, name_of
        assert box.x1 <= figure.bbox.x1, name_of
        assert box.y1 <= figure.bbox.y1, name_of


def test_the_curves_are_those_of_the_claims() -> None:
    """half: one curve for both states, v_x + v_{s_term}, which is 1 at 1/2."""
    (count,) = counts(settled("half"))
    assert (count.kind, count.states, count.crossing) == (SHARP, ("x", "y"), count.crossing)
    assert count.visits.value(Fraction(1, 2)) == 1 == 2 * count.crossing.low


def test_what_is_not_certified_says_so() -> None:
    """The values are computed only; a count with an open threshold is a lower bound."""
    found = settled("corridor-3")
    with drawing():
        values = PLOTS["values"](found, 1)
        assert "computed exactly, not certified" in values.axes[0].get_xlabel()
        assert "$n$, $n^\\circ$" in texts(PLOTS["steps"](found, 1))
        left = replace(found, counted={PAPER: found.counted[PAPER], SHARP: None})
        assert "$n$, $n^\\circ$" + words(" at least") in texts(PLOTS["steps"](left, 1))


def test_crowded_breakpoints_are_enlarged() -> None:
    """gridworld: eight breakpoints within 4e-6 have their own part, each with its label; it shuts down to the last."""
    with drawing():
        figure = PLOTS["phases"](settled("gridworld", "phases"), 1)
    far, near = figure.axes
    assert near.get_xlabel() == r"$\gamma - 0.9995$ in $10^{-6}$"
    ends = known_phases(settled("gridworld", "phases"))[-9:]
    low, high = near.get_xlim()
    labels = {text.get_text() for text in near.texts}
    for phase in ends[:-1]:
        assert low < float(phase.high.low) < high
        assert rf"$\approx {phase.high.decimal(7)}$" in labels
    (ground,) = (patch for patch in near.patches if patch.get_gid() == "shutdown")
    corners: Any = ground
    assert corners.get_x() + corners.get_width() == pytest.approx(float(ends[-1].low.low), abs=1e-9)
    assert words("8 below") in {text.get_text() for text in far.texts}


def test_what_no_claim_says_is_not_drawn() -> None:
    """Without the value of a phase its curve has a gap; without the phase it is hatched, and the figure says so."""
    found = settled("corridor-3", "phases")
    values = replace(found, claims=tuple(c for c in found.claims if not isinstance(c, ClosedForm)))
    first = replace(found, claims=found.claims[:2], decisions=found.decisions[:1])
    with drawing():
        whole, gap, part = (PLOTS["phases"](checked, 1).axes[0] for checked in (found, values, first))
    assert [[line.get_gid() for line in axes.lines].count(BEST) for axes in (whole, gap)] == [1, 0]
    said = [" ".join(text.get_text() for text in axes.texts) for axes in (whole, part)]
    assert ["not certified" in text for text in said] == [False, True]


def test_clustered_steps_stay_apart() -> None:
    """corridor-40: the last of its breakpoints are 0.0001 apart; drawn, no two are nearer than the points asked for."""
    with drawing():
        axes = PLOTS["steps"](to_draw(corridor(40), "steps"), 1).axes[0]
        dots = [[float(x) for x in np.ravel(line.get_xdata())] for line in axes.lines]
        lines = sorted({round(xs[0], 9) for xs in dots if len(xs) == 1})
        drawn = [axes.transScale.transform((x, 1))[0] for x in lines]
        width = axes.get_position().width * 3.3 * 72
    assert len(drawn) == 39
    least = min(0.7 / 40, NEAREST / width)
    assert min(b - a for a, b in itertools.pairwise(drawn)) >= least * 0.999
    assert "stretched" in axes.get_xlabel()


def test_lines_differ_in_grey_too() -> None:
    """The first 35 looks are all different; the lines of n and n° differ in width and lightness."""
    looks = {(str(line(k)["color"]), str(line(k)["linestyle"])) for k in range(35)}
    assert len(looks) == 35 == len(COLOURS) * len(DASHES)
    assert LINES[SHARP]["linewidth"] > 2 * LINES[PAPER]["linewidth"]
    assert lightness(LINES[SHARP]["color"]) - lightness(LINES[PAPER]["color"]) > 0.25


def lightness(colour: str) -> float:
    """Rec. 709 luma, 0 to 1."""
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_question_is_marked(tmp_path: Path) -> None:
    """The file's gamma, or that of the command line."""
    with drawing():
        assert r"$\gamma=$$9/10$" in texts(PLOTS["steps"](settled("half"), 1))
        asked = replace(settled("half"), instance=settled("half").instance.at(Fraction(1, 3)))
        assert r"$\gamma=$$1/3$" in texts(PLOTS["steps"](asked, 1))
        wanted = plot(asked, "steps", "svg")
    assert gammastar("plot", instance_path("half"), "-o", tmp_path / "f.svg", "--gamma", "1/3").code == 0
    assert (tmp_path / "f.svg").read_bytes() == wanted


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["plot", "I", "-o", "f.jpg"], '".jpg" is no format of this figure; name it .pdf, .svg or .png'),
        (["plot", "I", "-o", "f"], '"" is no format of this figure; name it .pdf, .svg or .png'),
        (["plot", "I", "-o", "f.pdf", "--what", "all"], '"all" is no figure; known: steps, visits, values, phases'),
        (["plot", "I", "-o", "f.pdf", "--what", "values"], "there are no rewards"),
        (["plot", "I", "-o", "f.pdf", "--what", "phases"], "question.rewards: no phase is certified"),
        (["plot", "I", "-o", "f.pdf", "--columns", "3"], "columns"),
        (["plot", "I", "-o", "no/such/folder.pdf"], "No such file or directory"),
        (["graph", "I", "-o", "f.eps"], '".eps" is no format of this figure; name it .pdf, .svg, .png or .dot'),
    ],
)
def test_bad_usage_is_one_line(arguments: list[str], message: str, tmp_path: Path) -> None:
    """Exit code 2, the reason and the remedy, no file."""
    (tmp_path / "I").write_text(MINIMAL)
    placed = [str(tmp_path / a) if a == "I" or a.startswith(("f", "no/")) else a for a in arguments]
    assert message in one_line(gammastar(*placed))
    assert [path.name for path in tmp_path.iterdir()] == ["I"]


def test_nothing_to_draw_says_so(tmp_path: Path) -> None:
    """No state has a threshold."""
    ran = gammastar("plot", instance_path("no-alternative"), "-o", tmp_path / "f.pdf", "--what", "visits")
    assert "no state has a threshold" in one_line(ran)


def test_without_matplotlib_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One line, exit code 2."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = gammastar("plot", instance_path("half"), "-o", tmp_path / "f.pdf")
    assert one_line(ran) == "figures need matplotlib; pip install matplotlib"
