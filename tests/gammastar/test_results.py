"""Results speak names: verdicts, exact numbers, certificates, and what a notebook or a file gets of them."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sympy import sqrt

import gammastar as gs
from exact.errors import ExactError, NotExact
from proofs.claims.checked import Checked
from proofs.report.document import report
from tests.examples import instance_path
from tests.proofs.command import gammastar as command
from tests.reports import errors, verified

CORRIDOR = gs.read(instance_path("corridor-3"))
FOUND: gs.Result = gs.verify(CORRIDOR)
GOLDEN = FOUND.gamma_star["r3"]


def test_verify_finds_what_the_command_finds() -> None:
    """The same claims; a Checked that every report reads."""
    assert isinstance(FOUND, Checked)
    assert FOUND.certificate == verified("corridor-3").certificate
    assert (FOUND.verdict, FOUND.conclusion, FOUND.n, FOUND.status) == ("verified", "proved", 3, "VALID")
    assert FOUND.says.splitlines()[0] == "Theorem 2 holds with the paper's n = 3"
    assert repr(FOUND) == "<Result corridor-3: verified; conclusion proved (paper), n = 3, s VALID>"
    assert gs.verify(instance_path("corridor-3"), gamma="1/4").n == 1
    stages: list[str] = []
    gs.verify(CORRIDOR, tell=stages.append)
    assert stages


def test_theorems_by_name() -> None:
    """A wrong name is a KeyError in one line."""
    assert FOUND.theorem("theorem-2").verdict == "verified"
    assert FOUND.theorem("proposition-1", "probability-1").verdict == "verified"
    with pytest.raises(KeyError, match=r'"theorem-3" is not known; did you mean "theorem-2"\?'):
        FOUND.theorem("theorem-3")


def test_thresholds_are_exact_numbers() -> None:
    """They print as radicals, compare with whatever is exact, and go to sympy."""
    assert GOLDEN is not None
    assert (str(GOLDEN), GOLDEN.decimal(20)) == ("(-1 + sqrt(5))/2", "0.61803398874989484820")
    assert GOLDEN.sympy() == (sqrt(5) - 1) / 2
    assert Fraction(1, 2) < GOLDEN < "9/10"
    assert 0 < GOLDEN <= 1
    assert GOLDEN > "0.618"
    assert FOUND.gamma_sharp["r3"] == GOLDEN
    assert "1/2" == FOUND.gamma_star["r2"] == Fraction(1, 2)
    assert FOUND.gamma_star["r1"] == 0
    assert abs(float(GOLDEN) - 0.6180339887498949) < 1e-15
    assert {GOLDEN: 1}[pickle.loads(pickle.dumps(GOLDEN))] == 1
    assert GOLDEN._repr_latex_() == r"$(\sqrt{5}-1)/2 \approx 0.618034$"
    assert object() != GOLDEN


@pytest.mark.parametrize("compare", [lambda x: x < 0.6, lambda x: x == 0.6, lambda x: x >= 0.6])
def test_no_float_decides_a_comparison(compare: Callable[[Any], bool]) -> None:
    """It is refused, with the spelling."""
    with pytest.raises(NotExact, match=r'write it as a string: "0\.6"'):
        compare(GOLDEN)


def test_states_without_a_threshold() -> None:
    """None where it provably does not exist; a wrong name, or an open one, is a KeyError in one line."""
    assert FOUND.gamma_star["new"] is None
    assert list(FOUND.gamma_star) == ["new", "r1", "r2", "r3"]
    assert FOUND.gamma_star.get("r4") is None
    with pytest.raises(KeyError, match='"r4" is no state with a threshold'):
        FOUND.gamma_star["r4"]
    unsettled = gs.check(CORRIDOR, gs.returns(CORRIDOR).certificate)
    assert (unsettled.status, unsettled.gamma_star.open) == ("HOLEY", ("r1", "r2", "r3"))
    with pytest.raises(KeyError, match=r"gamma\*_r1: it is open"):
        unsettled.gamma_star["r1"]
    assert r"\gamma^*_{\texttt{r2}} &= \tfrac{1}{2}" in FOUND.gamma_star._repr_latex_()
    assert repr(FOUND.gamma_star).splitlines()[:2] == ["gamma*_new = none", "gamma*_r1 = 0"]


def test_certificates(tmp_path: Path) -> None:
    """Bytes that know their place; the kernel checks a file, bytes, or a result."""
    path = FOUND.certificate.save(tmp_path / "c.json")
    assert path.read_bytes() == FOUND.certificate
    assert gs.Certificate.read(path).sha256 == FOUND.certificate.sha256
    for given in (path, str(path), FOUND, FOUND.certificate, bytes(FOUND.certificate)):
        assert gs.check(CORRIDOR, given).theorems == FOUND.theorems
    with pytest.raises(gs.Refused) as caught:
        gs.check(instance_path("half"), path)
    assert caught.value.status == "INVALID"
    assert repr(FOUND.certificate) == f"<Certificate of corridor-3: 7 claims, {len(FOUND.certificate)} bytes>"
    assert "<td" in FOUND.certificate._repr_html_()
    assert json.loads(FOUND.certificate.to_json()) == json.loads(FOUND.certificate)
    assert {told.proved for told in gs.show(path)} == {None}
    assert {told.proved for told in gs.show(path, CORRIDOR)} == {True}
    assert gs.diff(FOUND, path) == []
    assert {entry.how for entry in gs.diff(FOUND, gs.verify(instance_path("half")))} == {"only in A", "only in B"}


def test_a_result_travels() -> None:
    """Pickled and back: the same, with its handles."""
    back = pickle.loads(pickle.dumps(FOUND))
    assert back == FOUND
    assert isinstance(back.certificate, gs.Certificate)
    assert back.gamma_star["r3"] == GOLDEN
    visits = gs.returns(CORRIDOR).visits
    assert pickle.loads(pickle.dumps(visits)) == visits


Find = Callable[[gs.Instance], Any]
ANSWERS: dict[str, tuple[str, Find]] = {
    "verify": ("corridor-3", gs.verify),
    "thresholds": ("retry", gs.thresholds),
    "orbit": ("corridor-3", gs.orbit),
    "returns": ("corridor-3", gs.returns),
    "phases": ("gridworld", gs.phases),
    "goals": ("box", gs.goals),
    "share": ("half", gs.share),
    "retarget": ("half", gs.retarget),
    "minimal": ("half", gs.minimal),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_the_command_s(name: str) -> None:
    """Its JSON document, its text line for line, and its tables in a notebook."""
    example, find = ANSWERS[name]
    found = find(gs.read(instance_path(example)))
    seconds = ["--seconds", "0"] if name == "verify" else []
    printed = command(name, instance_path(example), *seconds, "--json").out
    assert json.loads(found.to_json()) == json.loads(printed)
    lines = command(name, instance_path(example), *seconds).out.rstrip().splitlines()
    assert str(found).splitlines() == list(map(str.rstrip, lines))
    assert max(map(len, str(found).splitlines())) <= 80
    html = found._repr_html_()
    assert ("<table>" in html) == (name not in ("orbit", "share", "goals"))
    assert "<div" in html or name == "thresholds"
    assert len(repr(found)) < 400


def test_phases_speak_names() -> None:
    """Pieces with Numbers and Functions, in Python's terms the JSON document; a figure of their own; they travel."""
    found = gs.phases("examples/paper/corridor-5.toml")
    told = json.loads(found.to_json())
    assert [piece.policy for piece in found.pieces] == [piece["policy"] for piece in told["pieces"]]
    assert found.blackwell is not None
    assert [piece.decision for piece in found.pieces] == ["shutdown", "shutdown", "avoid"]
    first, _, last = found.pieces
    assert first.value == first.shutdown
    assert last.value is not None
    assert last.shutdown is not None
    assert last.value("9/10") > last.shutdown("9/10") == Fraction(9, 2)
    assert found.pieces[1].low == "1/2"
    assert [(part.decision, part.low, part.high) for part in found.decided] == [
        ("shutdown", 0, found.blackwell), ("avoid", found.blackwell, 1),
    ]  # fmt: skip
    assert [(part.n, part.n_sharp) for part in found.stretches] == [(k, k) for k in range(1, 6)]
    assert found.blackwell.decimal(6) == "0.694146"
    assert pickle.loads(pickle.dumps(found)) == found
    assert gs.check(found, found).status == "VALID"
    assert "Every discount at once" in gs.tex(found)
    pytest.importorskip("matplotlib", reason="the extra `figures` is not installed")
    assert found.plot().axes[0].get_ylabel() == gs.plot(FOUND, "phases").axes[0].get_ylabel()


def test_certificates_in_words_are_the_commands(tmp_path: Path) -> None:
    """Shown and compared, checked and unchecked; they travel."""
    path, other = tmp_path / "a.json", tmp_path / "b.json"
    second = gs.verify(CORRIDOR, gamma="1/4")
    FOUND.certificate.save(path)
    second.certificate.save(other)
    instance = instance_path("corridor-3")
    pairs: list[tuple[Any, list[str | Path]]] = [
        (gs.show(path, CORRIDOR), ["show", path, instance]),
        (gs.show(path), ["show", path]),
        (gs.diff(FOUND, second), ["diff", path, other, instance]),
        (gs.diff(path, other), ["diff", path, other]),
    ]
    for found, arguments in pairs:
        assert json.loads(found.to_json()) == json.loads(command(*arguments, "--json").out)
        assert str(found).splitlines()[:4] == list(map(str.rstrip, command(*arguments).out.splitlines()))[:4]
        assert "<table>" in found._repr_html_()
        back = pickle.loads(pickle.dumps(found))
        assert (back, back.to_dict()) == (found, found.to_dict())
    assert gs.diff(path, other).theorems is None


def test_thresholds_at_a_gamma() -> None:
    """What is counted there, as `--gamma` prints it."""
    printed: list[str | Path] = ["thresholds", instance_path("corridor-3"), "--gamma", "1/4"]
    found = gs.thresholds(CORRIDOR, gamma="1/4")
    assert json.loads(found.to_json()) == json.loads(command(*printed, "--json").out)
    assert str(found).splitlines() == list(map(str.rstrip, command(*printed).out.rstrip().splitlines()))
    assert pickle.loads(pickle.dumps(found)).to_dict() == found.to_dict()


def test_the_matrix_is_the_command_s(tmp_path: Path) -> None:
    """Of the smallest instance, as 72 are verified each time."""
    mdp = gs.Mdp.from_dict(["new", "term"], {"new": {"off": {"term": 1}, "wait": {"new": 1}}})
    path = gs.write(gs.instance(mdp, ("new", "off"), gamma="1/2"), tmp_path / "tiny.toml")
    found = gs.matrix(path)
    assert json.loads(found.to_json()) == json.loads(command("matrix", path, "--json").out)
    assert "<table>" in found._repr_html_()
    assert repr(found) == "<Matrix of unnamed: 144 cells>"


def test_the_report_keeps_its_schema() -> None:
    """to_dict is the document of `verify --json`."""
    assert FOUND.to_dict() == report(FOUND)
    assert errors(json.loads(FOUND.to_json())) == []


def test_names_are_text_in_a_notebook() -> None:
    """No markup comes in by a name."""
    mdp = gs.Mdp.from_dict(
        ["new", "<i>&", "off"], {"new": {"o": {"off": 1}, "g": {"<i>&": 1}}, "<i>&": {"s": {"<i>&": 1}}}
    )
    found = gs.verify(gs.instance(mdp, ("new", "o"), name="<script>"))
    shown = found._repr_html_() + found.certificate._repr_html_()
    assert "<script>" not in shown
    assert "<i>" not in shown
    assert "&lt;i&gt;&amp;" in shown
    assert "<i>" in found.gamma_star._repr_latex_().replace(r"\&", "")


def test_orbits() -> None:
    """Counted; without rewards or a gamma, or too large, it is one line."""
    counted = gs.orbit(CORRIDOR)
    assert (counted.counts.size, counted.ratio, counted.certified) == (20, Fraction(3), True)
    with pytest.raises(ExactError, match="there are no rewards"):
        gs.orbit(gs.instance(CORRIDOR.mdp, ("new", "off")), gamma="1/2")
    everywhere = gs.instance(CORRIDOR.mdp, ("new", "off"), rewards={"r1": 1})
    with pytest.raises(ExactError, match='there is no gamma; give gamma="9/10"'):
        gs.orbit(everywhere)


def test_goals_answer_membership() -> None:
    """By names, with reasons."""
    theta = gs.goals(CORRIDOR)
    assert {"r1": 1} in theta
    assert not theta.member({"r1": -1}).holds
    assert "violated inequality: r(r1) >= 0" in theta.why({"r1": -1})
    assert "(check-sat)" in theta.smt2()
    assert r"\begin" in theta.latex()
    with pytest.raises(ExactError, match='"r9" is no state'):
        theta.member({"r9": 1})


def test_returns_of_a_policy() -> None:
    """By names, as functions of gamma."""
    found = gs.returns(CORRIDOR, {"r1": "go", "r2": "stay"})
    assert str(found.visits["r2"]) == "gamma/(1 - gamma)"
    assert found.visits["r2"]("9/10") == 9
    assert found.visits["r2"].limit_at_one() is None
    assert found.visits["r2"]._repr_latex_() == r"$\frac{\gamma}{1-\gamma}$"
    assert (found.policy["r1"], found.uncertified, found.total is None) == ("go", frozenset(), False)
    assert gs.check(CORRIDOR, found.certificate).status == "HOLEY"
    with pytest.raises(ExactError, match=r'policy: "fly" is no action of r1'):
        gs.returns(CORRIDOR, {"r1": "fly"})


def test_files(tmp_path: Path) -> None:
    """An instance goes out and comes back; the LaTeX and the bundle are the commands'."""
    assert gs.read(gs.write(CORRIDOR, tmp_path / "i.toml")) == CORRIDOR
    assert gs.tex(FOUND, document=True).startswith(r"\documentclass")
    assert gs.tex(CORRIDOR, FOUND) != gs.tex(FOUND) == gs.tex(CORRIDOR)
    assert r"\texttt{1/3}" in gs.tex(CORRIDOR, gamma="1/3")
    assert r"\texttt{1/3}" not in gs.tex(FOUND)
    place = gs.bundle(FOUND, tmp_path / "all")
    assert (place / "certificate.json").read_bytes() == FOUND.certificate
    with pytest.raises(ExactError, match="no bundle"):
        gs.bundle(FOUND, tmp_path)


def test_a_graph(tmp_path: Path) -> None:
    """For Graphviz, and for networkx."""
    assert FOUND.graph().dot.startswith("digraph")
    assert "r1" in FOUND.graph().save(tmp_path / "g.dot").read_text()
    with pytest.raises(ExactError, match="no format of this figure"):
        gs.graph(CORRIDOR).save(tmp_path / "g.gif")
    assert gs.graph(CORRIDOR, leave_out="actions").dot != FOUND.graph().dot
    with pytest.raises(ExactError, match=r'^leave_out: "arrows" is nothing to leave out'):
        gs.graph(CORRIDOR, leave_out=["arrows"])
    with pytest.raises(ExactError, match=r"^columns: 3 columns of print; give 1 or 2$"):
        gs.graph(CORRIDOR, columns=3)
    near = gs.graph(CORRIDOR, within=1)
    assert "r1" in near.dot
    assert "r2" not in near.dot
    for wrong in (0, 1.5, True):
        with pytest.raises(ExactError, match="is no number of moves; write 1 or more"):
            gs.graph(CORRIDOR, within=wrong)  # type: ignore[arg-type]
    network = FOUND.to_networkx()
    assert network.nodes["new"] == {"terminal": False, "role": "s_new"}
    assert network.nodes["term"] == {"terminal": True, "role": "s_term"}
    assert network.edges["r1", "r2", "go"] == {"action": "go", "probability": Fraction(1)}
    assert gs.to_networkx(CORRIDOR.mdp).number_of_edges() == 7


@pytest.mark.parametrize("what", ["steps", "visits", "values"])
def test_a_figure_is_matplotlib_s(what: str, tmp_path: Path) -> None:
    """A Figure that a notebook shows and that saves itself."""
    figure_module = pytest.importorskip("matplotlib.figure")
    figure: Any = FOUND.plot(what)
    assert isinstance(figure, figure_module.Figure)
    data, size = figure._repr_png_()
    assert data.startswith(b"\x89PNG")
    assert size["width"] > 300
    figure.savefig(tmp_path / "f.svg")
    assert isinstance(gs.plot(FOUND, what, gamma="1/3"), figure_module.Figure)
    with pytest.raises(ExactError, match='"step" is no figure'):
        gs.plot(CORRIDOR, "step")
    with pytest.raises(ExactError, match=r"^columns: 0 columns of print"):
        gs.plot(CORRIDOR, columns=0)
