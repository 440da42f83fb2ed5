"""The graph of an MDP: every state and action once, roles by shape and line, names that survive everything."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from fractions import Fraction
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exact.instance import Instance, read_instance
from exact.mdp import Mdp
from exact.testing.strategies import instances
from proofs.claims.checked import Checked
from proofs.report.figures.dot import dot_text
from proofs.report.figures.layout import graph
from proofs.verify import proved
from tests.examples import instance_path
from tests.proofs.command import gammastar, one_line

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz's program dot is not installed")


@cache
def example(name: str) -> Checked:
    """An example, of which nothing but the graph is known."""
    return proved(read_instance(instance_path(name)), ())


@settings(max_examples=40, deadline=None)
@given(instances(max_states=5))
def test_the_graph_is_the_mdp(instance: Instance) -> None:
    """The edges of the DOT text, read back, are the transitions with their probabilities."""
    text, mdp = dot_text(proved(instance, ())), instance.mdp
    found = re.findall(r'^  s(\d+)a(\d+) -> s(\d+) \[(?:.*label=" (\S+) ")?.*\]$', text, re.MULTILINE)
    read = {(int(s), int(a), int(t)): Fraction(p or 1) for s, a, t, p in found}
    rows = enumerate(mdp.rows)
    assert read == {(s, a, t): p for s, actions in rows for a, row in enumerate(actions) for t, p in row}
    assert text.count("arrowhead=none") == sum(map(len, mdp.rows))


def test_roles_have_shapes_and_lines() -> None:
    """Not colour alone: hexagon, octagon, double line, dashed box; the trained action heavy, the shutdown dashed."""
    text = dot_text(example("training-leak"))
    lines = dict(re.findall(r"^  (s\d|s\d -> s\da\d) \[(.*)\]$", text, re.MULTILINE))
    assert 'shape="box"' in lines["s0"]
    assert 'style="dashed"' in lines["s0"]
    assert 'shape="hexagon"' in lines["s1"]
    assert 'peripheries="2"' in lines["s2"]
    assert 'shape="octagon"' in lines["s3"]
    assert "penwidth=1.7" in lines["s0 -> s0a0"]
    assert "style=dashed" in lines["s1 -> s1a0"]
    assert "double line: recurrent" in text


NASTY = ['a"b', "back\\slash\\", r"\N\G", "<b>x</b>", "{l|r}", "&amp;&", "γ_π%", "]--;", "]"]


@needs_dot
@settings(max_examples=6, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8), max_size=4, unique=True))
def test_names_survive(drawn: list[str]) -> None:
    """The SVG shows each name as it is; what is not printable is escaped."""
    names = list(dict.fromkeys([*NASTY, *drawn]))
    transitions = {"new": {"off": {"term": 1}, **{name: {name: 1} for name in names}}}
    instance = Instance(Mdp.from_dict(["new", "term", *names], transitions), 0, 0)
    texts = ET.fromstring(graph(proved(instance, ()), "svg")).iter("{http://www.w3.org/2000/svg}text")
    shown = ["".join(text.itertext()) for text in texts]
    for name in names:
        wanted = name if name.isprintable() else name.encode("unicode_escape").decode()
        plain = [entry.replace("\xa0", " ").strip() for entry in shown]
        assert plain.count(wanted.strip()) >= 2 or not wanted.strip(), (name, shown)


@needs_dot
@pytest.mark.parametrize("kind", ["pdf", "svg", "dot"])
def test_the_same_bytes_each_time(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No date, whatever the time zone."""
    first = graph(example("half"), kind)
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert graph(example("half"), kind) == first
    assert b"D:20" not in first


@needs_dot
@pytest.mark.parametrize("name", ["gridworld", "coinrun", "ring"])
def test_it_fits_the_page(name: str) -> None:
    """At most 6.9 inches wide and 9 high, and a readable size for one column of a small MDP."""
    tree = ET.fromstring(graph(example(name), "svg"))
    width, height = (float(tree.attrib[key].removesuffix("pt")) / 72 for key in ("width", "height"))
    assert width <= 6.91
    assert height <= 9.01


def test_dot_text_needs_no_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without Graphviz: .dot is written, anything else is one line that says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert gammastar("graph", instance_path("half"), "-o", tmp_path / "f.dot").code == 0
    assert unescape((tmp_path / "f.dot").read_text()).startswith("digraph {")
    ran = gammastar("graph", instance_path("half"), "-o", tmp_path / "f.pdf")
    assert one_line(ran) == "the program dot is missing; install Graphviz: apt install graphviz"
