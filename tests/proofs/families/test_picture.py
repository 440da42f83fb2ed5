"""Regions drawn: each colour is the certified n of its cell, curves lie in their strips, bad input is refused."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

import gammastar as gs
from exact.family import Family, parse_family, read_family
from exact.family.slice import held
from exact.instance.gammas import EVERYWHERE, Gammas
from exact.thresholds import paper_threshold
from proofs.families.picture import pictured, plane
from proofs.families.regions import Regions, regions
from proofs.families.regions import document as cells_of
from proofs.report.figures.canvas import drawing, file_bytes
from proofs.report.figures.plane import Plane
from proofs.report.figures.regions import ink_on, lightness, regions_figure, shades
from tests.exact.family.families import random_family
from tests.proofs.command import elsewhere, gammastar, one_line
from tests.reports import errors

pytest.importorskip("matplotlib", reason="the extra `figures` is not installed")
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Patch

ROOT = Path(__file__).parents[3]
FAMILIES = ROOT / "examples" / "families"
ONE = ("retry", "corridor", "coinrun", "gridworld")
HALF: Gammas = (Fraction(1, 2), Fraction(1))
PART: Gammas = (Fraction(11, 20), Fraction(18, 25))  # curves leave it above


def family(name: str) -> Family:
    """An example, or a random family of one parameter by its seed."""
    return parse_family(random_family(int(name))) if name.isdigit() else read_family(FAMILIES / f"{name}.toml")


@cache
def found(name: str, undecided: str = "1/8") -> Regions:
    """Its regions."""
    return regions(family(name), Fraction(undecided))


@cache
def seen(name: str, gammas: Gammas) -> Plane:
    """What is drawn of them."""
    return plane(found(name), gammas)


def drawn(shown: Plane, columns: int = 1) -> Axes:
    """The axes of the figure."""
    with drawing():
        return regions_figure(shown, columns).axes[0]


def patches(axes: Axes, name: str) -> list[Patch]:
    """Those whose id begins so, from below."""
    return sorted((p for p in axes.patches if (p.get_gid() or "").startswith(name)), key=lambda p: p.get_zorder())


def area(patch: Patch) -> float:
    """Of its polygons: the shoelace formula."""
    loops: Any = patch.get_path().to_polygons(closed_only=True)
    return float(sum(abs(sum(x * v - u * y for (x, y), (u, v) in itertools.pairwise(loop))) / 2 for loop in loops))


@pytest.mark.parametrize("gammas", [EVERYWHERE, HALF])
@pytest.mark.parametrize("name", ["retry", "corridor", "1", "9"])
def test_each_colour_is_the_certified_n_of_its_cell(name: str, gammas: Gammas) -> None:
    """Inside every cell of the regions' document: the uppermost polygon is that of n_at_least; hatched where open."""
    assert found(name).certified
    shown = seen(name, gammas)
    axes, colours = drawn(shown), shades(shown.levels)
    areas, (hatched,) = patches(axes, "n-"), patches(axes, "undecided")
    cells: Any = cells_of(found(name))["cells"]
    symbol, draw = found(name).family.parameters[0], Random(0)
    looked = 0
    for cell in cells:
        (left, right), (low, high) = (tuple(map(Fraction, cell[key])) for key in (symbol, "gamma"))
        low, high = max(low, gammas[0]), min(high, gammas[1])
        if low >= high:
            continue
        shares = [Fraction(draw.randint(1, 999), 1000) for _ in range(2)]
        place = float(left + shares[0] * (right - left)), float(low + shares[1] * (high - low))
        above = [patch for patch in areas if patch.get_path().contains_point(place)]
        assert above[-1].get_gid() == f"n-{cell['n_at_least']}"
        assert above[-1].get_facecolor()[:3] == colours[cell["n_at_least"]]
        assert hatched.get_path().contains_point(place) == (cell["n_at_least"] < cell["n_at_most"])
        looked += 1
    assert looked >= len(found(name).columns)


@pytest.mark.parametrize("gammas", [EVERYWHERE, HALF])
@pytest.mark.parametrize("name", ["retry", "corridor", "1"])
def test_the_colours_cover_the_plane(name: str, gammas: Gammas) -> None:
    """The lowest polygon is all of it, and what is hatched is the share that is said."""
    shown = seen(name, gammas)
    axes = drawn(shown)
    whole = float((shown.box[1] - shown.box[0]) * (gammas[1] - gammas[0]))
    assert area(patches(axes, "n-")[0]) == pytest.approx(whole)
    (hatched,) = patches(axes, "undecided")
    assert area(hatched) == pytest.approx(whole * float(shown.undecided))


@pytest.mark.parametrize("name", ["retry", "corridor", "gridworld", "1", "9"])
def test_the_curves_lie_in_their_strips(name: str) -> None:
    """Each drawn point, in the strip of each of its states, up to the width to which it was computed."""
    states, near = found(name).family.centre.mdp.states, Fraction(1, 1 << 30)
    lines = plane(found(name)).lines
    assert lines
    for line in lines:
        for state in map(states.index, line.states):
            for p, gamma in (point for run in line.runs for point in run):
                strips = [
                    strip
                    for column in found(name).columns
                    if column.box[0][0] <= p <= column.box[0][1]
                    for strip in column.strips
                    if strip.state == state
                ]
                assert any(strip.low - near <= gamma <= strip.high + near for strip in strips), (states[state], p)


@pytest.mark.parametrize("name", ["retry", "corridor"])
def test_the_curves_are_the_thresholds(name: str) -> None:
    """Those of the ordinary instance at the point."""
    for line in plane(found(name)).lines:
        for p, gamma in line.runs[0][:: len(line.runs[0]) // 5]:
            instance = found(name).family.at({found(name).family.parameters[0]: p})
            for state in line.states:
                value = paper_threshold(instance, instance.mdp.state(state)).value
                assert value is not None
                assert gamma - Fraction(1, 1 << 30) < value < gamma + Fraction(1, 1 << 30)


def test_slices_are_the_family_there() -> None:
    """Holding q, then naming p, is naming both."""
    doors = family("two-doors")
    for p, q in (("1/5", "1/3"), ("1/2", "4/5")):
        there = doors.at({"p": p, "q": q})
        assert (
            held(doors, {"q": q}).at({"p": p}).mdp.rows == there.mdp.rows == held(doors, {"p": p}).at({"q": q}).mdp.rows
        )
    assert held(doors, {}) is doors


def test_a_slice_is_named() -> None:
    """By the value that was chosen, or the middle."""
    texts = [
        [text.get_text() for text in drawn(pictured(family("two-doors"), Fraction(1, 8), over, at)).texts]
        for over, at in (("q", {}), (None, {"q": "1/3"}))
    ]
    assert "$p$ = 1/2 (the middle)" in texts[0]
    assert "$q$ = 1/3" in texts[1]


def test_what_is_not_certified_says_so() -> None:
    """In the legend; the curves always."""
    shown = plane(found("retry"))
    for certified, says in ((True, "(certified)"), (False, "not certified)")):
        texts = " ".join(text.get_text() for text in drawn(replace(shown, certified=certified)).texts)
        assert f"are counted {says}" in texts or f"(computed, {says}" in texts
        assert "(derived, not certified)" in texts


@pytest.mark.parametrize("most", [1, 2, 5, 13, 40])
def test_colours_are_told_apart_in_grey(most: int) -> None:
    """Darker for larger n, in steps that are alike; what is written on them is read."""
    known = shades(range(most + 1))
    light = [lightness(known[n]) for n in range(most + 1)]
    steps = [a - b for a, b in itertools.pairwise(light)]
    assert min(steps) > 0
    assert min(steps) > 0.5 * max(steps)
    assert all(abs(light[n] - (ink_on(known[n]) == "#ffffff")) > 0.3 for n in known)


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("gammas", [EVERYWHERE, HALF, PART])
@pytest.mark.parametrize("name", [*ONE, "1"])
def test_no_two_texts_overlap_and_none_is_cut(name: str, gammas: Gammas, columns: int) -> None:
    """As drawn, in each width of print."""
    with drawing():
        figure = regions_figure(seen(name, gammas), columns)
        renderer: Any = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
        figure.draw(renderer)
        axes = figure.axes[0]
        ticks = [
            label
            for axis in (axes.xaxis, axes.yaxis)
            for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
            if min(axis.get_view_interval()) <= place <= max(axis.get_view_interval())
        ]
        shown = [*axes.texts, axes.xaxis.label, axes.yaxis.label, *ticks]
        boxes = [(t.get_text(), t.get_window_extent(renderer).expanded(0.98, 0.8)) for t in shown]
    for (one, first), (other, second) in itertools.combinations(boxes, 2):
        assert not first.overlaps(second), (one, other)
    for text, box in boxes:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= figure.bbox.x1, text
        assert box.y1 <= figure.bbox.y1, text


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    """In another process, with another hash seed."""
    targets = {kind: tmp_path / f"figure.{kind}" for kind in ("svg", "pdf")}
    asked = ("plot", FAMILIES / "corridor.toml", "--regions", "--undecided", "1/8", "-o")
    elsewhere([(*asked, target) for target in targets.values()], PYTHONHASHSEED="77")
    with drawing():
        for kind, target in targets.items():
            assert target.read_bytes() == file_bytes(regions_figure(plane(found("corridor")), 1), kind)


def test_the_command_and_python_draw_the_same(tmp_path: Path) -> None:
    """With the same question; the JSON says what was drawn."""
    target = tmp_path / "f.svg"
    asked = ("--at", "q=1/3", "--gamma", "1/2:1", "--undecided", "1/4")
    ran = gammastar("plot", FAMILIES / "two-doors.toml", "--regions", "-o", target, *asked, "--json")
    said = json.loads(ran.out)
    assert errors(said, "plot") == []
    assert (said["figure"], said["certified"]) == ("regions", True)
    assert Fraction(said["undecided"]) <= Fraction(1, 4)
    figure = gs.plot(FAMILIES / "two-doors.toml", "regions", gamma="1/2:1", undecided="1/4", at={"q": "1/3"})
    with drawing():
        assert target.read_bytes() == file_bytes(figure, "svg")
        again = gs.regions(FAMILIES / "retry.toml", "1/8").plot()
        assert file_bytes(again, "svg") == file_bytes(regions_figure(plane(found("retry")), 1), "svg")


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("../corridor-3", (), "there are no parameters; --regions draws a family: declare [parameters]"),
        ("retry", ("--at", "p=1/3"), "every parameter is held at a value; leave one out, over which to look"),
        ("retry", ("--over", "q"), '--over: "q" is no parameter'),
        ("two-doors", ("--over", "p", "--at", "p=1/3"), "--over: p is held at a value; leave it out of --at"),
        ("two-doors", ("--at", "q=1/100"), "q = 1/100 is outside the box"),
        ("two-doors", ("--at", "r=1/2"), '"r" is no parameter'),
        ("two-doors", ("--at", "q=x"), "at q"),
        ("retry", ("--gamma", "1/2"), "--gamma: 1/2: a plane needs an interval of gammas; write 1/2:1"),
        ("retry", ("--gamma", "1:0"), "--gamma: [1, 0]; an interval of gammas"),
        ("retry", ("--undecided", "2"), "--undecided: a share lies in (0, 1]"),
        ("retry", ("--what", "values"), "--what"),
    ],
    ids=range(11),
)
def test_bad_usage_is_one_line(name: str, arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    """Exit code 2, no file."""
    path = (FAMILIES / f"{name}.toml").resolve()
    assert says in one_line(gammastar("plot", path, "--regions", "-o", tmp_path / "f.svg", *arguments))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", [("--over", "p"), ("--undecided", "1/10")])
def test_what_is_for_regions_only(option: tuple[str, str], tmp_path: Path) -> None:
    """The other figures know no such thing."""
    ran = gammastar("plot", ROOT / "examples" / "half.toml", "-o", tmp_path / "f.svg", *option)
    assert f"{option[0]}: this is for --regions" in one_line(ran)


def test_several_parameters_have_no_one_plane() -> None:
    """The remedy says how to hold one."""
    with pytest.raises(gs.ExactError, match="hold all but one at a value"):
        plane(regions(family("two-doors"), Fraction(1)))
