"""The graph of an MDP: every state and move once, roles by shape and line, names that survive everything."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.instance import Instance, read_instance
from exact.mdp import Mdp
from exact.rational import Exact
from exact.testing.strategies import instances
from proofs.claims.checked import Checked
from proofs.report.figures.canvas import drawing
from proofs.report.figures.compass import places
from proofs.report.figures.dot import dot_text, run_dot
from proofs.report.figures.errors import NothingToDraw
from proofs.report.figures.graph import graph, picture, readable
from proofs.report.figures.moves import Node, moves
from proofs.report.figures.page import crossings
from proofs.report.figures.part import ACTIONS, UNREACHED, Part, part_of
from proofs.report.figures.placed import Curve, placed
from proofs.verify import proved
from tests.examples import instance_path
from tests.proofs.command import gammastar, one_line

pytest.importorskip("matplotlib", reason="the extra `figures` is not installed")
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz's program dot is not installed")


@cache
def example(name: str) -> Checked:
    """An example, of which nothing but the graph is known."""
    return proved(read_instance(instance_path(name)), ())


Ways = dict[str, dict[str, dict[str, Exact]]]


def bare(mdp: Mdp) -> Checked:
    """The MDP whose first state can be shut down by its first action, of which nothing but the graph is known."""
    return proved(Instance(mdp, 0, 0), ())


@settings(max_examples=60, deadline=None)
@given(instances(max_states=5))
def test_the_graph_is_the_mdp(instance: Instance) -> None:
    """Read back by what its key says, the arrows are the transitions with their probabilities."""
    mdp, found = instance.mdp, moves(proved(instance, ()))
    rows: dict[tuple[str, str], dict[str, Fraction]] = {}
    by_dot = {arrow.target: (arrow.source, arrow.label) for arrow in found.arrows if not arrow.heads}
    for arrow in found.arrows:
        for label in arrow.label.split("\n") if arrow.heads else ():
            if arrow.source in by_dot:
                rows.setdefault(by_dot[arrow.source], {})[arrow.target] = Fraction(label)
            else:
                action, _, chance = label.partition(" ")
                row = rows.setdefault((arrow.source, action), {})
                row[arrow.target] = Fraction(chance or 1)
                row |= {arrow.source: 1 - Fraction(chance)} if chance else {}
    assert rows == {
        (f"s{s}", mdp.actions[s][a]): {f"s{t}": p for t, p in row}
        for s, actions in enumerate(mdp.rows)
        for a, row in enumerate(actions)
    }
    assert [node.name for node in found.nodes if node.name] == list(mdp.states)


def test_roles_have_shapes_and_lines() -> None:
    """Not colour alone; the trained action is heavy, the shutdown dashed; and the key explains those that occur."""
    found = moves(example("training-leak"))
    roles = {node.name: node.roles for node in found.nodes}
    assert roles == {"t": {"training", "recurrent"}, "new": {"new"}, "x": {"recurrent"}, "term": {"term", "terminal"}}
    text = dot_text(found)
    for state, look in {0: "rounded,dashed", 1: "rounded,bold", 3: "filled,bold"}.items():
        assert f"s{state} [label" in text
        assert f'style="{look}"' in next(line for line in text.splitlines() if line.startswith(f"  s{state} ["))
    assert "peripheries=2" in text
    with drawing():
        shown = {text.get_text() for text in picture(example("training-leak"), 1)[0].axes[0].texts}
    for word in ("terminal", "recurrent", "training\\ state", "shutdown", "trained\\ action"):
        assert rf"$\mathrm{{{word}}}$" in shown


NASTY = ['a"b', "back\\slash\\", r"\N\G", "<b>x</b>", "{l|r}", "&amp;&", "γ_π%", "]--;", "]", "$x^2$"]


@needs_dot
@settings(max_examples=6, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8), max_size=4, unique=True))
@pytest.mark.filterwarnings("ignore:Glyph")  # a box for what no font of ours has
def test_names_survive(drawn: list[str]) -> None:
    """The drawing shows each name as it is, and dot can read them; what is not printable is escaped."""
    names = list(dict.fromkeys([*NASTY, *drawn]))
    found = bare(Mdp.from_dict(["new", "term", *names], {"new": {"off": {"term": 1}, **{n: {n: 1} for n in names}}}))
    wanted = {name if name.isprintable() else name.encode("unicode_escape").decode() for name in names}
    with drawing():
        shown = [text.get_text().replace(r"\$", "$") for text in picture(found, 2)[0].axes[0].texts]
    assert all(shown.count(name) == 2 for name in wanted), shown
    assert len(run_dot(dot_text(moves(found)))) > 100


@needs_dot
@pytest.mark.parametrize("kind", ["pdf", "svg", "dot"])
def test_the_same_bytes_each_time(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No date, whatever the time zone."""
    first, _ = graph(example("half"), kind)
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert graph(example("half"), kind)[0] == first
    assert b"D:20" not in first


@needs_dot
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("name", ["gridworld", "coinrun", "ring"])
def test_it_fits_the_page(name: str, columns: int) -> None:
    """No wider than the columns, no higher than a page; readable, or it says why not."""
    with drawing():
        figure, flaw = picture(example(name), columns)
    width, height = figure.get_size_inches()
    assert width <= {1: 3.3, 2: 6.9}[columns] + 0.01
    assert height <= 9.3
    assert flaw == "" or (name, columns) != ("ring", 1)


def crowd(count: int) -> Checked:
    """Everybody can go to everybody, by chance."""
    names = [f"s{k}" for k in range(count)]
    ways = {
        s: {f"a{k}": {names[k]: "1/3", names[k - 1]: "1/3", names[k - 2]: "1/3"} for k in range(count)}
        for s in names[1:]
    }
    return bare(Mdp.from_dict([*names, "term"], {"s0": {"off": {"term": 1}, "go": {names[1]: 1}}, **ways}))


@needs_dot
def test_what_nobody_can_read_says_what_can_be_read(tmp_path: Path) -> None:
    """On standard error, with exit code 0, and that is so; `readable` finds it by itself."""
    found = crowd(7)
    path, target = tmp_path / "crowd.toml", tmp_path / "f.svg"
    path.write_bytes(found.instance.source)
    ran = gammastar("graph", path, "-o", target, "--columns", "1")
    assert ran.code == 0
    assert "points; it reads with --leave-out actions (all 8 states), or with --within 1 (3 of 8 states)\n" in ran.err
    for more in (["--within", "1"], ["--leave-out", "actions"]):
        assert gammastar("graph", path, "-o", target, "--columns", "1", *more).err == ""
    assert readable(found, "svg", 1) == target.read_bytes()
    assert "known: actions, unreached" in one_line(gammastar("graph", path, "-o", target, "--leave-out", "labels"))


@needs_dot
def test_more_arrows_than_a_page_holds(tmp_path: Path) -> None:
    """Refused before dot works at it for a minute, with a part that can be read; as text for dot it is written."""
    found = crowd(40)
    path = tmp_path / "crowd.toml"
    path.write_bytes(found.instance.source)
    message = one_line(gammastar("graph", path, "-o", tmp_path / "f.svg"))
    assert "arrows are more than a page holds; it reads with --within 1 (3 of 41 states)" in message
    assert gammastar("graph", path, "-o", tmp_path / "f.dot").code == 0
    assert readable(found, "svg", 2) == graph(found, "svg", 2, Part(within=1))[0]


@needs_dot
def test_nothing_that_can_be_read(tmp_path: Path) -> None:
    """Where one move leads to too many states, no part is named."""
    names = [f"s{k}" for k in range(250)]
    found = bare(Mdp.from_dict(["new", "term", *names], {"new": {"off": {"term": 1}, **{n: {n: 1} for n in names}}}))
    with pytest.raises(NothingToDraw, match="no page holds it: 251 arrows"):
        readable(found, "svg", 1)
    path = tmp_path / "star.toml"
    path.write_bytes(found.instance.source)
    assert "no part of it reads better" in one_line(gammastar("graph", path, "-o", tmp_path / "f.svg"))


@settings(max_examples=40, deadline=None)
@given(instances(max_states=6), st.integers(1, 4))
def test_only_what_is_near(instance: Instance, within: int) -> None:
    """The states that so many moves can lead to, every move among them, and a mark where others are missing."""
    rows = instance.mdp.rows
    near = {instance.shutdown_state}
    for _ in range(within):
        near |= {t for s in near for row in rows[s] for t, _ in row}
    whole, found = moves(proved(instance, ())), moves(proved(instance, ()), Part(within=within))
    states = {f"s{s}": s for s in range(len(rows))}
    assert {states[node.key] for node in found.nodes if node.name} == near
    ends = {arrow.target for arrow in found.arrows if arrow.heads}
    assert ends <= {f"s{s}" for s in near}
    kept = [arrow for arrow in whole.arrows if states.get(arrow.source) in near and states.get(arrow.target) in near]
    assert set(kept) <= set(found.arrows)
    marked = {node.key for node in found.nodes if "more" in node.roles}
    assert marked == {f"s{s}" for s in near if any(t not in near for row in rows[s] for t, _ in row)}


def test_crossings_are_counted() -> None:
    """Two arrows that cross in the middle, and two that only share an end."""
    places = {"s0": (0.0, 0.0), "s1": (90.0, 90.0), "s2": (0.0, 90.0), "s3": (90.0, 0.0)}
    found = moves(
        bare(Mdp.from_dict(["a", "b", "c", "d"], {"a": {"x": {"b": 1}}, "c": {"x": {"d": 1}, "y": {"b": 1}}}))
    )

    def straight(source: str, target: str) -> Curve:
        (x, y), (u, v) = places[source], places[target]
        return Curve(tuple((x + k * (u - x) / 3, y + k * (v - y) / 3) for k in range(4)))

    curves = tuple(straight(arrow.source, arrow.target) for arrow in found.arrows)
    assert crossings(found.arrows, curves) == 1
    assert crossings(found.arrows[1:], curves[1:]) == 0


def keys(nodes: Sequence[Node]) -> set[str]:
    """The names."""
    return {node.name for node in nodes}


def test_what_is_left_out() -> None:
    """actions: one arrow, or one with two heads, for all moves of a pair; unreached: training, here."""
    found = moves(example("gridworld"), part_of([ACTIONS], None))
    assert not any(arrow.label for arrow in found.arrows)
    assert len({frozenset((arrow.source, arrow.target)) for arrow in found.arrows}) == len(found.arrows) - 1  # trained
    less = moves(example("gridworld"), part_of([ACTIONS, UNREACHED], None))
    assert keys(found.nodes) - keys(less.nodes) == {"lobby", "desk"}


def test_a_grid_stays_a_grid(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """gridworld, by the names of its actions alone: equal columns, equal rows, no label over another; without dot."""
    monkeypatch.setenv("PATH", str(tmp_path))
    checked = example("gridworld")
    names = checked.instance.mdp.states
    with drawing():
        plan = placed(moves(checked), {f"s{s}": place for s, place in places(checked.instance).items()})
        assert picture(checked, 2)[1] == ""
    at = {name: plan.nodes[f"s{s}"] for s, name in enumerate(names)}
    columns = [at[name][0] for name in ("a11", "a12", "a13", "door", "b11", "b12", "b13")]
    gaps = [b - a for a, b in itertools.pairwise(columns)]
    assert gaps == pytest.approx([gaps[0]] * 6)
    for room, column in itertools.product("ab", "123"):
        assert at[f"{room}1{column}"][0] == pytest.approx(at[f"{room}2{column}"][0])
    assert at["a21"][1] == pytest.approx(at["b22"][1])
    assert at["term"][0] == pytest.approx(at["a21"][0])


def test_directions_that_contradict_each_other_give_no_grid() -> None:
    """Right and right again leads back, or two states would stand in one place; few such actions are no grid."""
    ways = {"s": {"off": {"term": 1}, "right": {"a": 1}}, "a": {"right": {"s": 1}}}
    assert places(Instance(Mdp.from_dict(["s", "a", "term"], ways), 0, 0)) == {}
    more = {"s": {"off": {"term": 1}, "left": {"a": 1}, "west": {"b": 1}}}
    assert places(Instance(Mdp.from_dict(["s", "a", "b", "term"], more), 0, 0)) == {}
    assert places(read_instance(instance_path("corridor-3"))) == {}
    slips: Ways = {
        "s": {"off": {"term": 1}, "left": {"a": "1/2", "s": "1/2"}},
        "a": {"North": {"b": "2/3", "s": "1/3"}},
    }
    found = places(Instance(Mdp.from_dict(["s", "a", "b", "term"], slips), 0, 0))
    assert [tuple(map(int, found[s])) for s in range(3)] == [(1, -1), (0, -1), (0, 0)]


@pytest.mark.parametrize("sign", [1, -1])
def test_positions_are_kept(sign: int) -> None:
    """In proportion along each axis; a state without one stands below; arrows end at the outlines of their nodes."""
    given = {"s0": (0, 0), "s1": (2, 1), "s2": (-1, 3), "s3": (1, 4)}
    positions = {key: (Fraction(x), Fraction(sign * y)) for key, (x, y) in given.items()}
    found = moves(example("star-3"))
    with drawing():
        plan = placed(found, positions)
    for axis in (0, 1):
        (scale,) = {round(plan.nodes[key][axis] / place[axis], 6) for key, place in positions.items() if place[axis]}
        assert scale > 0
    assert plan.nodes["s4"][1] < min(plan.nodes[key][1] for key in positions)
    sizes = {node.key: (node.wide, node.high) for node in found.nodes}
    for arrow, curve in zip(found.arrows, plan.curves, strict=True):
        for key, end in ((arrow.source, curve.points[0]), (arrow.target, curve.points[-1])):
            away = [abs(end[k] - plan.nodes[key][k]) * 2 / sizes[key][k] for k in (0, 1)]
            assert max(away) == pytest.approx(1, abs=1e-6)


def test_dot_text_needs_no_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without Graphviz: .dot is written, anything else is one line that says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert gammastar("graph", instance_path("half"), "-o", tmp_path / "f.dot").code == 0
    assert (tmp_path / "f.dot").read_text().startswith("digraph {")
    ran = gammastar("graph", instance_path("half"), "-o", tmp_path / "f.pdf")
    assert one_line(ran) == "the program dot is missing; install Graphviz: apt install graphviz"


def test_positions_of_the_instance_come_first() -> None:
    """Before those that the actions' names say; states without one are left to the row below."""
    instance = read_instance(instance_path("corridor-3"))
    placed_there = replace(instance, positions={0: (Fraction(0), Fraction(0)), 2: (Fraction(3), Fraction(1))})
    assert places(placed_there) == placed_there.positions
    assert places(instance) == {}
