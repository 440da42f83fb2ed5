"""Whole families: the examples, their certificates on a bare Python, points of them, regions, and bad input."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from exact.family import Family, parse_family, read_family
from exact.family.bernstein import Box
from exact.family.strips import Strip, Strips
from exact.instance.gammas import EVERYWHERE, Gammas
from exact.thresholds import paper_threshold
from proofs.cli import given
from proofs.families import regions as module
from proofs.families.document import document
from proofs.families.regions import Regions, from_where_on, left_open, lines, regions
from proofs.families.regions import document as cells_of
from proofs.families.search import KINDS, cover, telling, verify_family
from proofs.families.session import FamilyTrial, claim_of, recheck
from proofs.families.text import lines as report
from proofs.kernel.limits import BOXES
from proofs.verify import HEAD, thresholds
from tests.exact.family.families import RETRY, random_family, retry
from tests.proofs.command import gammastar
from tests.proofs.kernel.family.test_check import LEAKS
from tests.reports import errors

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples" / "families").glob("*.toml"))
LEAST = {"corridor": 4, "gridworld": 13, "retry": 1, "two-doors": 2}


def names(path: Path) -> str:
    """Of an example."""
    return path.stem


@pytest.mark.parametrize("path", EXAMPLES, ids=names)
def test_examples(path: Path, tmp_path: Path) -> None:
    """Each is proved for its whole box and gammas, and its certificate accepted by a Python with nothing installed."""
    certificate = tmp_path / "c.json"
    ran = gammastar("verify", path, "--certificate", certificate, "--json")
    found = json.loads(ran.out)
    assert errors(found, "family") == []
    assert found["kernel"]["status"] == "VALID"
    if path.stem in LEAST:
        assert (ran.code, found["theorems"]["theorem-2"]["n"]) == (0, LEAST[path.stem])
    bare = [sys.executable, "-S", "-m", "proofs.kernel", str(path), str(certificate)]
    kernel = subprocess.run(bare, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (kernel.returncode, kernel.stdout.splitlines()[-1]) == (0, "s VALID")
    assert gammastar("check", path, certificate, "--quiet").out == "s VALID\n"
    assert errors(json.loads(gammastar("check", path, certificate, "--json").out), "check") == []


def drawn(family: Family, number: int) -> list[dict[str, Fraction]]:
    """Points of the box, the corners among them."""
    draw, found = Random(0), []
    for _ in range(number):
        shares = [Fraction(draw.choice((0, 10, draw.randint(1, 9))), 10) for _ in family.parameters]
        sides = zip(family.parameters, family.box, shares, strict=True)
        found.append({name: low + share * (high - low) for name, (low, high), share in sides})
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=names)
def test_ordinary_instances_agree(path: Path) -> None:
    """At points of the box n is at least what was proved of the family."""
    family = read_family(path)
    proved = verify_family(family).counted["paper"]
    assert proved is not None
    for point in drawn(family, 3):
        counted = thresholds(family.at(point).at(family.asked[0])).counted["paper"]
        assert counted is not None
        assert len(counted) >= proved[0]


@pytest.mark.parametrize(("seed", "parameters"), [(1, 1), (9, 1), (7, 2)])
def test_regions_enclose_the_thresholds(seed: int, parameters: int) -> None:
    """The cells' bounds on n hold at random points and gammas; what was proved is accepted again from the bytes."""
    family = parse_family(random_family(seed, parameters=parameters))
    found = regions(family, Fraction(1, 4))
    cells = cells_of(found)
    assert errors(cells, "regions") == []
    assert found.certified
    again = recheck(family, found.checked.certificate, (Fraction(0), Fraction(1)))
    assert (again.status, again.counted) == (found.checked.status, found.checked.counted)
    for point in drawn(family, 5):
        instance = family.at(point)
        roots = [paper_threshold(instance, x).value for x in range(len(instance.mdp)) if x != instance.s_term]
        for gamma in (Fraction(1, 7), Fraction(1, 2), Fraction(8, 9), Fraction(98, 99)):
            n = sum(root is not None and root < gamma for root in roots)
            inside = [cell for cell in cells["cells"] if _holds(cell, point, gamma)]  # type: ignore[attr-defined]
            assert inside
            assert all(cell["n_at_least"] <= n <= cell["n_at_most"] for cell in inside)


def _holds(cell: dict[str, Any], point: dict[str, Fraction], gamma: Fraction) -> bool:
    sides = [(cell[name], value) for name, value in point.items()] + [(cell["gamma"], gamma)]
    return all(Fraction(low) <= value <= Fraction(high) for (low, high), value in sides)


def test_from_where_on() -> None:
    """retry: n >= 1 from the largest gamma* of the box, that of p = 1/10."""
    found = regions(parse_family(RETRY.encode()), Fraction(1, 20))
    ((n, gamma),) = from_where_on(found)
    p = Fraction(1, 10)
    assert n == 1
    assert p - (1 - gamma) * (1 - gamma + p * gamma) > 0
    near = gamma - Fraction(1, 50)
    assert p - (1 - near) * (1 - near + p * near) < 0
    assert "  gamma*_x: gamma = (p + sqrt(p*(4 - 3*p)) - 2)/(2*(p - 1))" in lines(found)


def test_decimals_of_a_bound_are_said_to_be_rounded() -> None:
    """They stand beside the fraction; powers are written as everywhere."""
    said = "\n".join(lines(regions(parse_family(RETRY.encode()), Fraction(1, 20))))
    assert re.search(r"n >= 1 on the whole box for every gamma > \d+/\d+, about 0\.\d+\n", said)
    assert "**" not in said


def test_why_a_certificate_of_strips_is_holey(tmp_path: Path) -> None:
    """Who writes it and who checks it are told what is open, and where the theorem can be asked for, and holds."""
    path, certificate = ROOT / "examples" / "families" / "retry.toml", tmp_path / "c.json"
    said = " ".join(gammastar("regions", path, "--undecided", "1/10", "--certificate", certificate).out.split())
    assert "Theorem 2 on all of the box and of (0, 1) at once is not, so it ends in s HOLEY." in said
    told = re.search(r"Where n >= 1, the theorem is asked for by gammastar verify --gamma (\S+)", said)
    assert told
    assert gammastar("verify", path, "--gamma", told[1], "--seconds", "0").code == 0
    ran = gammastar("check", path, certificate, "--gamma", "0:1")
    assert ran.code == 3
    assert "Open, and so a hole, is what holds for all of them at once." in " ".join(ran.out.split())
    assert "Open, and so a hole" not in gammastar("check", path, path).out


def test_a_certificate_of_strips_can_be_valid() -> None:
    """Where a state is counted from the start on, at every point: nothing is open, and nothing is said of holes."""
    found = regions(
        parse_family(retry("1 - p/10", "p/10").replace(b"\ntry", b"\nsure = { x = 1 }\ntry")), Fraction(1, 2)
    )
    assert (found.checked.status, left_open(found)) == ("VALID", "")


@pytest.mark.parametrize("told", [1, 2, 4, 7])
def test_interrupted(told: int) -> None:
    """What is done covers the box all the same, and the share that is said is that of the cells."""
    family, count = parse_family(RETRY.encode()), iter(range(told))

    def stop(_: str) -> None:
        """Interrupts, once."""
        if next(count, None) == told - 1:
            raise KeyboardInterrupt

    found = regions(family, Fraction(1, 100), stop)
    assert found.stopped == "interrupted"
    assert sum(column.box[0][1] - column.box[0][0] for column in found.columns) == Fraction(8, 10)
    assert found.certified
    assert found.undecided == open_part(found) > Fraction(1, 100)
    assert "that is more than was asked for: interrupted" in lines(found)


def test_interrupted_while_halving(monkeypatch: pytest.MonkeyPatch) -> None:
    """One half is lost, not its other half's place."""
    done, strip = iter(range(6)), Strips.strip

    def stopped(strips: Strips, state: int, box: Box, within: Gammas = EVERYWHERE) -> Strip:
        if next(done, None) is None:
            raise KeyboardInterrupt
        return strip(strips, state, box, within)

    monkeypatch.setattr(Strips, "strip", stopped)
    found = regions(parse_family(RETRY.encode()), Fraction(1, 100))
    assert len(found.columns) == 3
    assert found.undecided == open_part(found)


def open_part(found: Regions) -> Fraction:
    """The share of the cells in which n is open."""
    ((first, last),) = found.family.box
    total = Fraction(0)
    for cell in cells_of(found)["cells"]:  # type: ignore[attr-defined]
        (low, high), (left, right) = (map(Fraction, cell[name]) for name in ("gamma", "p"))
        total += (high - low) * (right - left) * (cell["n_at_least"] != cell["n_at_most"])
    return total / (last - first)


def test_as_many_boxes_as_the_kernel_takes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The search ends there, says so, and exits as undecided."""
    assert module.MOST_BOXES == BOXES
    monkeypatch.setattr(module, "MOST_BOXES", 9)
    path = tmp_path / "f.toml"
    path.write_text(RETRY, "utf-8")
    ran = gammastar("regions", path)
    assert ran.code == 3
    assert "that is more than was asked for: stopped at 8 boxes; at most 9 are looked at" in ran.out


def test_no_room_in_a_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is left out, and said."""
    family = parse_family(RETRY.encode())
    monkeypatch.setattr("proofs.verify.CERTIFICATE_BYTES", HEAD + 20)
    found = verify_family(family, (Fraction(19, 20), Fraction(1)))
    assert found.status == "HOLEY"
    assert "no room in a certificate" in found.holes[0]


def test_a_point_is_forgotten(tmp_path: Path) -> None:
    """What `--at` says holds for its own command, and for none where it is refused."""
    path = tmp_path / "f.toml"
    path.write_text(RETRY, "utf-8")
    for point in ("p=1/3", "p=1/2,p=1/3", "p=1/2,q", "p=7"):
        gammastar("verify", path, "--at", point)
        assert given.point == {}


def test_a_point_where_it_fails() -> None:
    """Found, certified, named in the report and the JSON."""
    found = verify_family(parse_family(LEAKS), (Fraction(9, 10), Fraction(1)))
    assert (found.main.verdict, found.main.conclusion) == ("refuted", "fails")
    assert errors(document(found), "family") == []
    said = "\n".join(report(found))
    assert said.startswith("Theorem 2's conclusion does not hold for every p in ")
    assert "it fails at p = 1/2, gamma = 9/10" in said
    refuted = f"refuted for n = {found.main.n}, the n at that point"
    assert f"\ntheorem-2: refuted; conclusion fails (orbit): {refuted}\n" in said


def test_at_a_point(tmp_path: Path) -> None:
    """--at gives the ordinary instance, to every command; its certificate is checked with the same --at."""
    path, certificate = ROOT / "examples" / "families" / "two-doors.toml", tmp_path / "c.json"
    ran = gammastar("verify", path, "--at", "p=1/2", "--at", "q=1/3", "--gamma", "9/10", "--certificate", certificate)
    assert ran.code == 0
    assert gammastar("check", path, certificate, "--at", "p=1/2,q=1/3", "--gamma", "9/10", "--quiet").out == "s VALID\n"
    assert gammastar("check", path, certificate, "--at", "p=1/2,q=1/2", "--gamma", "9/10", "--quiet").code == 1
    for command in ("thresholds", "returns", "goals"):
        assert gammastar(command, path, "--at", "p=1/2,q=1/3", "--gamma", "9/10").code == 0


def test_returns() -> None:
    """In gamma and the parameters, said to be no proof."""
    path = ROOT / "examples" / "families" / "retry.toml"
    found = json.loads(gammastar("returns", path, "--json").out)
    assert errors(found, "family-returns") == []
    assert (found["visits"]["x"]["numerator"], found["certified"]) == ("p", False)
    assert "v_x = p/(" in gammastar("returns", path).out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("thresholds", "retry"), "this is a family of instances; name a point of it, such as --at p=1/10"),
        (("goals", "two-doors"), "this is a family of instances; name a point of it, such as --at p=1/5,q=1/5"),
        (("verify", "retry", "--at", "p=1"), "--at: p = 1 is outside the box; it lies in [1/10, 9/10]"),
        (("verify", "retry", "--at", "q=1/2"), '"q" is no parameter'),
        (("verify", "retry", "--at", "p"), '"p" is not of the form NAME=VALUE; write --at p=1/3'),
        (("verify", "retry", "--at", "p=1/2,p=1/3"), "p is given twice"),
        (("verify", "retry", "--gamma", "1:0"), "--gamma: [1, 0]; an interval of gammas"),
        (("verify", "retry", "--gamma", "1/2:2/3:1"), "--gamma: 3 ends"),
        (("regions", "retry", "--undecided", "0"), "--undecided: a share lies in (0, 1]"),
        (("regions", "retry", "--undecided", "x"), "--undecided"),
        (("returns", "retry", "--certificate", "c.json"), "not certified; name a point: --at p=1/2"),
        (("regions", "../corridor-3"), "there are no parameters; declare them"),
        (("verify", "../corridor-3", "--at", "p=1/2"), "corridor-3.toml has no parameters; leave it out"),
    ],
    ids=range(13),
)
def test_bad_input(arguments: tuple[str, ...], says: str) -> None:
    """One line, exit code 2."""
    command, name, *rest = arguments
    ran = gammastar(command, (ROOT / "examples" / "families" / f"{name}.toml").resolve(), *rest)
    assert ran.code == 2
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("low", [Fraction(1, 2), Fraction(4, 5)])
def test_what_is_left_out_decides_nothing(seed: int, low: Fraction, monkeypatch: pytest.MonkeyPatch) -> None:
    """The verdicts and hypotheses are those that follow from all that was found in 60 boxes."""
    monkeypatch.setattr("proofs.families.search.MOST_LEAVES", 60)
    family = parse_family(random_family(seed, parameters=1 + seed % 2))
    few, every = (FamilyTrial(family, (low, Fraction(1))) for _ in range(2))
    for kind in KINDS:
        boxes = cover(family, kind, low, lambda _: None)
        assert all(few.offer(claim_of(side, family)) for side in telling(boxes, kind))
        assert all(every.offer(claim_of(side, family)) for leaf in boxes for side in leaf.sides)
        assert (few.result().theorems, few.result().hypotheses) == (every.result().theorems, every.result().hypotheses)


def test_few_claims_where_no_state_is_counted_everywhere() -> None:
    """Near a curve on which one state is counted no more and another not yet, no number of boxes would do."""
    found = verify_family(parse_family(RETRY.encode()), (Fraction(1, 2), Fraction(1)))
    assert found.main.conclusion == "undecided"
    assert found.hypotheses["gamma-star"] is False
    assert len(found.claims) == 1


def test_an_option_of_no_use() -> None:
    """Refused, with what to choose so that it is of use; not ignored."""
    choose = {"two-doors": " --at p=1/2,q=1/2", "corridor-3": ""}
    for path in (ROOT / "examples" / "families" / "two-doors.toml", ROOT / "examples" / "corridor-3.toml"):
        ran = gammastar("verify", path, "--all", "--gamma", "9/10:1")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("gammastar: --all: no use here: the report is printed in full")
        assert ran.err.endswith(f"; leave it out, or choose{choose[path.stem]} --gamma 9/10\n")
