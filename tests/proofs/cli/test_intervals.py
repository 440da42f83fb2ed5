"""`--gamma A:B` for an ordinary instance, in every command that takes a gamma: what it says, and what it refuses."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import gammastar as gs
from exact.instance.write import write_instance
from tests.examples import instance_path
from tests.proofs.cli.test_schemas import printed
from tests.proofs.command import gammastar, one_line, process

CORRIDOR = instance_path("corridor-3")  # gamma*: r1 0, r2 1/2, r3 (sqrt 5 - 1)/2


@pytest.fixture
def asking(tmp_path: Path) -> Path:
    """The corridor, whose file asks about an interval."""
    text = CORRIDOR.read_text(encoding="utf-8")
    path = tmp_path / "asking.toml"
    path.write_text(text.replace('gamma = "9/10"', 'gamma = ["11/20", "1"]'), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    return path


def test_verify_and_check(asking: Path, tmp_path: Path) -> None:
    """By the file, by the option, by a Python with nothing installed; another gamma replaces the file's interval."""
    certificate = tmp_path / "c.json"
    found = printed("family", "verify", asking, "--certificate", certificate)
    assert (found["verdict"], found["parameters"], found["gamma"]) == ("verified", {}, ["11/20", "1"])
    assert (found["theorems"]["theorem-2"]["n"], found["counted"]["paper"]["everywhere"]) == (2, ["r1", "r2"])
    bare = process(asking, certificate, python=("-S", "-m", "proofs.kernel"))
    assert (bare.code, bare.out.splitlines()[-1]) == (0, "s VALID")
    assert gammastar("check", asking, certificate, "--quiet").out == "s VALID\n"
    assert gammastar("check", asking, certificate, "--gamma", "9/10", "--json").out.count("add --gamma 11/20:1") == 1
    assert printed("report", "verify", asking, "--gamma", "9/10", "--seconds", "0")["gamma"] == "9/10"
    assert gammastar("verify", CORRIDOR, "--gamma", "11/20:1").out.count("for every gamma in [11/20, 1)") == 2
    assert printed("report", "verify", CORRIDOR, "--gamma", "1/2:0.5", "--seconds", "0")["gamma"] == "1/2"
    assert printed("show", "show", certificate, asking)["kernel"]["status"] == "VALID"


def test_differences(asking: Path, tmp_path: Path) -> None:
    """Each certificate is checked for its own question, whatever the file's is."""
    for path in (asking, CORRIDOR):
        files = [tmp_path / f"{k}.json" for k in range(2)]
        for gamma, file in zip(("11/20:1", "1/4"), files, strict=True):
            gammastar("verify", path, "--gamma", gamma, "--certificate", file, "--seconds", "0")
        theorems = printed("diff", "diff", *files, path)["theorems"]
        assert [said.split(", ")[-1] for said in theorems["theorem-2"]] == ["n = 2", "n = 1"]


def test_thresholds(asking: Path) -> None:
    """What is counted at every gamma, and what at some only; an end that is a threshold belongs to n°, not to n."""
    found = printed("thresholds", "thresholds", asking)
    assert found["gamma"] == ["11/20", "1"]
    assert [found["counted"][kind]["n"] for kind in ("paper", "sharp")] == [2, 2]
    assert [entry["state"] for entry in found["counted"]["paper"]["inside"]] == ["r3"]
    at_its_end = printed("thresholds", "thresholds", CORRIDOR, "--gamma", "1/2:3/5")["counted"]
    assert [at_its_end[kind]["n"] for kind in ("paper", "sharp")] == [1, 2]
    assert [entry["state"] for entry in at_its_end["paper"]["inside"]] == ["r2"]
    below = printed("thresholds", "thresholds", CORRIDOR, "--gamma", "0:1/2")["counted"]
    assert [[entry["state"] for entry in below[kind]["inside"]] for kind in ("paper", "sharp")] == [[], ["r2"]]
    said = gammastar("thresholds", CORRIDOR, "--gamma", "1/2:3/5").out
    assert "for every gamma in [1/2, 3/5]: n >= 1 (r1)\n  and r2 above 1/2\n" in said


def test_returns(asking: Path, tmp_path: Path) -> None:
    """Counts grow with gamma: their values at both ends, limits at 0 and 1."""
    form = printed("returns", "returns", CORRIDOR, "--gamma", "0:1/2")["visits"]["r1"]
    assert form["values"] == ["1", "2"]
    assert printed("returns", "returns", CORRIDOR, "--gamma", "1/2:1")["visits"]["r1"]["values"] == ["2", None]
    assert "values" not in printed("returns", "returns", asking)["visits"]["r1"]
    assert "gamma -> 0  gamma = 1/2" in gammastar("returns", CORRIDOR, "--gamma", "0:1/2").out
    assert "--certificate" in one_line(gammastar("returns", asking, "--certificate", tmp_path / "r.json"))


def test_retarget(asking: Path, tmp_path: Path) -> None:
    """The steps inside the interval; 1 permutation at least on each of them is an answer."""
    steps = printed("retarget", "retarget", asking)["all_gamma"]["steps"]
    assert [step["n"] for step in steps] == [2, 3]
    assert (steps[0]["interval"][0], steps[-1]["interval"][1]) == ("11/20", "1")
    assert all(step["certified"] for step in steps)
    ran = gammastar("retarget", asking)
    assert (ran.code, "for every gamma in [11/20, 1)?" in " ".join(ran.out.split())) == (0, True)
    assert gammastar("retarget", instance_path("half"), "--gamma", "1/4:1").code == 3
    assert "--certificate" in one_line(gammastar("retarget", asking, "--certificate", tmp_path / "r.json"))


def short() -> gs.Instance:
    """The same with two rooms, for what verifies many instances."""
    ways = {"new": {"off": {"term": 1}, "go": {"r1": 1}}, "r1": {"stay": {"r1": 1}, "go": {"r2": 1}}}
    mdp = gs.Mdp.from_dict(["new", "r1", "r2", "term"], ways | {"r2": {"stay": {"r2": 1}}})
    return gs.instance(mdp, ("new", "off"), gamma=["11/20", "1"], rewards={"term": 1000, "r1": 1})


def test_matrix_and_minimal(tmp_path: Path) -> None:
    """Each cell over the interval, its certificate accepted by the kernel; sets, and gammas at which others fail."""
    path = tmp_path / "short.toml"
    path.write_text(write_instance(short()), encoding="utf-8")
    matrix = printed("matrix", "matrix", path, "-o", tmp_path / "cells")
    assert matrix["gamma"] == ["11/20", "1"]
    own = next(cell for cell in matrix["cells"] if all(cell[key] == value for key, value in matrix["own"].items()))
    assert (own["verdict"], own["n"], own["kernel"]["status"]) == ("verified", 2, "VALID")
    place = tmp_path / "cells" / own["folder"]
    assert gammastar("check", place / "instance.toml", place / "certificate.json", "--quiet").out == "s VALID\n"
    minimal = printed("minimal", "minimal", path)
    assert (minimal["gamma"], [found["keep"] for found in minimal["sets"]]) == (
        ["11/20", "1"],
        [found["keep"] for found in printed("minimal", "minimal", path, "--gamma", "11/20")["sets"]],
    )
    assert "it fails at gamma = 11/20" in gammastar("minimal", path).out


def test_sweep_and_random(asking: Path, tmp_path: Path) -> None:
    """A row for the interval, which is found again; instances whose files ask about it."""
    rows = tmp_path / "rows.jsonl"
    for gamma, n in (("11/20:1", 2), ("9/10", 3)):
        printed("sweep-summary", "sweep", asking, "--gamma", gamma, "-o", rows, "--jobs", "1")
        found = json.loads(rows.read_text(encoding="utf-8").splitlines()[-1])
        assert (found["asked"], found["gamma"], found["verdict"], found["n"]) == (gamma, gamma, "verified", n)
    printed("sweep-summary", "sweep", asking, "--gamma", "11/20:1", "-o", rows, "--jobs", "1")
    assert len(rows.read_text(encoding="utf-8").splitlines()) == 2
    printed("random", "random", "--states", "3", "--count", "1", "-o", tmp_path / "drawn", "--gamma", "9/10:1")
    (drawn,) = (tmp_path / "drawn").iterdir()
    assert gs.verify(drawn).asked == (Fraction(9, 10), 1)


@pytest.mark.parametrize("command", ["orbit", "goals"])
def test_one_gamma_alone(command: str, asking: Path) -> None:
    """The line says which gamma to choose, and what looks at all of them."""
    said = one_line(gammastar(command, asking))
    assert "every gamma in [11/20, 1)" in said
    assert said.endswith("choose one, such as --gamma 11/20")
    assert "`verify`" in said


@pytest.mark.parametrize("command", ["verify", "check", "thresholds", "retarget", "sweep", "random"])
@pytest.mark.parametrize("gamma", ["1:0", "1/2:3/2", "1/2:", "1/2:2/3:1", "1:1", ":"])
def test_no_interval(command: str, gamma: str, tmp_path: Path) -> None:
    """One line that names --gamma."""
    more: dict[str, list[Any]] = {
        "check": [CORRIDOR, CORRIDOR],
        "sweep": [CORRIDOR, "-o", tmp_path / "r.jsonl"],
        "random": ["--states", "3", "--count", "1", "-o", tmp_path / "d"],
    }
    ran = gammastar(command, *more.get(command, [CORRIDOR]), "--gamma", gamma)
    assert ran.code == 2
    assert "--gamma: " in (ran.out if command == "check" else one_line(ran))


def test_figures(asking: Path, tmp_path: Path) -> None:
    """Both ends are marked."""
    pytest.importorskip("matplotlib")
    assert gammastar("plot", asking, "-o", tmp_path / "p.svg").code == 0
    lines: list[Any] = list(gs.plot(CORRIDOR, gamma="11/20:9/10").axes[0].lines)
    assert {0.55, 0.9} <= {line.get_xdata()[0] for line in lines}


def test_by_names() -> None:
    """In Python: a pair, or as the command line writes it; built, verified, checked, asked further."""
    corridor = gs.read(CORRIDOR)
    built = gs.instance(corridor.mdp, ("new", "off"), gamma=["11/20", "1"])
    for found in (gs.verify(built), gs.verify(corridor, ("11/20", 1)), gs.verify(CORRIDOR, "11/20:1")):
        assert (found.verdict, found.n, found.status) == ("verified", 2, "VALID")
    assert gs.check(built, gs.verify(built).certificate).status == "VALID"
    assert gs.thresholds(built).gamma_star["r2"] == "1/2"
    assert gs.returns(built).visits["r1"]("1/2") == 2
    assert gs.retarget(corridor, "11/20:1").steps[0].low == Fraction(11, 20)
    assert gs.matrix(short()).own is not None
    assert gs.minimal(short()).n == 2
    (row,) = gs.sweep([built], jobs=1)
    assert (row["gamma"], row["n"]) == ("11/20:1", 2)
    for refused in (gs.orbit, gs.goals):
        with pytest.raises(gs.ExactError, match="every gamma in"):
            refused(built)
    with pytest.raises(gs.ExactError, match="no parameters"):
        gs.regions(gs.verify(built, ("11/20", 1)))
