"""Whole certificates about families: covers, verdicts, points, and the command line."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from exact.family import parse_family
from proofs.kernel import __main__ as command
from proofs.kernel.check import check
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.family import check as module
from proofs.kernel.family import facts
from proofs.kernel.family.check import accept_family, check_family, family_settled
from proofs.kernel.family.model import FamilyModel, is_family
from proofs.search.order import search
from proofs.verify import Trial, thresholds
from tests.exact.family.families import RETRY, random_family, retry
from tests.proofs.kernel.family.worked import COUNTED, NOT_COUNTED, certificate, checked, searched
from tests.proofs.kernel.family.worked import facts as worked_facts

DATA = RETRY.encode()
THEOREM = ("theorem-2", "positive-probability")


def test_a_family_is_verified() -> None:
    """n = 1 for every p of the box and every gamma from 9/10 on."""
    outcome = checked(DATA, searched(DATA, Fraction(9, 10)), "9/10")
    assert (outcome.status, outcome.holds["gamma-star"], outcome.counted["paper"]) == ("VALID", True, (1, ["x"]))
    assert outcome.theorems[THEOREM][:4] == ("verified", "proved", "paper", 1)
    assert outcome.theorems["proposition-3", "probability-1"][:4] == ("verified", "proved", "paper", 1)


def test_a_box_is_missing() -> None:
    """Each claim of a cover is needed."""
    claims = searched(DATA, Fraction(7, 10))
    whole = checked(DATA, claims, "7/10")
    assert len(claims) > 1
    for left_out in range(len(claims)):
        rest = claims[:left_out] + claims[left_out + 1 :]
        outcome = checked(DATA, rest, "7/10")
        assert outcome.status == "HOLEY" or outcome.theorems == whole.theorems
        assert outcome.theorems[THEOREM].proved is None


def test_a_gap_by_a_hair() -> None:
    """Two boxes that leave out a face's neighbourhood, or overlap."""
    claims = searched(DATA, Fraction(9, 10))
    for sides in ((["1/10", "1/2"], ["641/1280", "9/10"]), (["1/10", "1/2"], ["639/1280", "9/10"])):
        parts = [copy.deepcopy(claims[0]) | {"box": [side]} for side in sides]
        for part in parts:  # constants that hold on all of the box
            part["values"] = {"new": ["1", "0"], "x": ["9", "0"]}
            part["unit"] = "1"
        outcome = checked(DATA, parts, "9/10")
        assert (outcome.status, outcome.counted["paper"]) == ("HOLEY", None)


def test_the_last_bit_of_g() -> None:
    """Counted beyond g says nothing at g itself (paper): the question begins there."""
    claims = searched(DATA, Fraction(9, 10))
    g = claims[0]["discount"]
    assert checked(DATA, claims, g).status == "HOLEY"
    assert checked(DATA, claims, str(Fraction(g) + Fraction(1, 2**40))).status == "VALID"


def test_not_counted_anywhere() -> None:
    """Then no recurrent x is counted on part of the box, and Theorem 2 says nothing of the family."""
    outcome = checked(DATA, searched(DATA, Fraction(3, 10)), "3/10")
    assert outcome.holds["gamma-star"] is False
    assert outcome.theorems[THEOREM].verdict == "inapplicable"


@pytest.mark.parametrize(("seed", "gamma"), [*product(range(8), ("3/5", "9/10"))])
def test_n_is_the_least_of_the_ordinary_ones(seed: int, gamma: str) -> None:
    """At points of the box, boundaries included: no ordinary n is smaller, and verdicts agree."""
    data = random_family(seed)
    outcome = checked(data, [*searched(data, Fraction(gamma)), *searched(data, Fraction(gamma), "sharp")], gamma)
    n = outcome.counted["paper"]
    assert n is not None
    family = parse_family(data)
    for p in ("1/5", "1/3", "4/5"):
        ordinary = thresholds(family.at({"p": p}).at(Fraction(gamma)))
        counted = ordinary.counted["paper"]
        assert counted is not None
        assert len(counted) >= n[0]
        assert set(n[1]) <= set(counted)
        if outcome.theorems[THEOREM].conclusion == "proved":
            assert ordinary.theorems[THEOREM].conclusion == "proved"
        for name, holds in outcome.holds.items():
            assert holds in (None, ordinary.hypotheses[name]) or name in ("gamma-star", "training-closed")


LEAKS = (
    retry().replace(b'name = "retry"', b'name = "leaks"\ntraining = ["t"]').replace(b'"term"]', b'"t", "term"]')
    + b"""[transitions.t]
good = { x = 1 }
bad = { term = 1 }
[policy]
t = "bad"
[question]
rewards = { term = 2, x = 1 }
"""
)


def failing(p: str, gamma: str) -> dict[str, object]:
    """What an ordinary certificate says at a point, as a claim."""
    instance = parse_family(LEAKS).at({"p": p}).at(Fraction(gamma))
    trial = Trial(instance)
    search(trial, lambda _: None)
    claims = [json.loads(text) for text in trial.texts]
    return {"claim": "at", "point": {"p": p}, "gamma": gamma, "claims": claims}


def test_a_point_where_the_theorem_fails() -> None:
    """Training that prefers s_term to x: G_T is not closed under the swap, and orbits shut down."""
    claims = [*searched(LEAKS, Fraction(9, 10)), failing("1/2", "9/10")]
    outcome = checked(LEAKS, claims, "9/10")
    assert outcome.theorems[THEOREM][:3] == ("refuted", "fails", "orbit")
    assert outcome.holds["training-closed"] is False
    other = checked(LEAKS, claims[-1:], "19/20")
    assert (other.status, "outside the question" in other.reason) == ("MALFORMED", True)
    empty = checked(LEAKS, [{**claims[-1], "claims": []}], "9/10")
    assert (empty.status, "not shown to fail" in empty.reason) == ("INVALID", True)
    outside = checked(LEAKS, [{**claims[-1], "point": {"p": "1"}}], "9/10")
    assert outside.status == "MALFORMED"
    assert outcome.theorems[THEOREM].n == 1
    assert "orbit" in outcome.used


def test_points_are_paid_for() -> None:
    """What claims at a point cost is spent, whether or not they prove anything."""
    claim = failing("1/2", "9/10")
    family = worked_facts(LEAKS, "9/10")
    before = family.facts.left
    accept_family(family, claim)
    price = before - family.facts.left
    assert price > 100 * len(LEAKS) + 4 * family.model.spent
    family.facts.left = price - 1
    with pytest.raises(Hole):
        accept_family(family, claim)
    assert family.facts.left < price // 2, "the claims that were checked before are paid for"
    assert len(family.failing) == 1


def test_every_claim_is_paid_for() -> None:
    """Even one that says nothing, or is refused at once."""
    family = worked_facts()
    claims: list[dict[str, object]] = [{}, {"claim": "counted"}]
    for claim in claims:
        before = family.facts.left
        with pytest.raises(Malformed):
            accept_family(family, claim)
        assert family.facts.left < before
    family.facts.left = 4 * family.model.size
    with pytest.raises(Hole):
        accept_family(family, {})


def test_the_number_of_boxes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim about one box more is a hole; more claims about known ones are not."""
    monkeypatch.setattr(facts, "BOXES", 1)
    family = worked_facts()
    accept_family(family, COUNTED)
    with pytest.raises(Hole, match="claims about 1 boxes already"):
        accept_family(family, NOT_COUNTED)
    accept_family(family, COUNTED)


def test_a_point_that_contradicts_either_proof() -> None:
    """Would be an error of the kernel: the paper's count, and the sharp one."""
    for kind in ("paper", "sharp"):
        family = worked_facts(DATA, "19/20")
        for claim in searched(DATA, Fraction(19, 20), kind):
            accept_family(family, claim)
        assert family_settled(family, []).theorems[THEOREM].conclusion == "proved"
        family.failing[(Fraction(1, 2),), Fraction(19, 20)] = 1
        with pytest.raises(Invalid, match="please report this"):
            family_settled(family, [])


def test_covers_are_of_one_kind() -> None:
    """A cover by claims about the one count is none for the other; claims that come later are seen."""
    family = worked_facts(DATA, "19/20")
    assert family_settled(family, []).counted == {"paper": None, "sharp": None}
    for kind, found in (
        ("paper", {"paper": (1, ["x"]), "sharp": None}),
        ("sharp", dict.fromkeys(("paper", "sharp"), (1, ["x"]))),
    ):
        for claim in searched(DATA, Fraction(19, 20), kind):
            accept_family(family, claim)
        assert family_settled(family, []).counted == found


def test_questions() -> None:
    """A certificate made for other gammas still counts for what it says."""
    data = certificate(DATA, searched(DATA, Fraction(9, 10)), ("9/10", "1"))
    assert (
        check_family(DATA, data).holes[0] == "it was made for gamma = 9/10:1, not for this question: add --gamma 9/10:1"
    )
    assert check_family(DATA, data, ["9/10", "1"]).status == "VALID"
    one = certificate(DATA, searched(DATA, Fraction(9, 10)), ("9/10", "9/10"))
    assert check_family(DATA, one, "9/10").status == "VALID"
    assert "add --gamma 9/10" in check_family(DATA, one, "1/2").holes[0]
    assert check_family(DATA, one, ["9/10", "9/10"]).status == "VALID"
    for wrong in (["1", "9/10"], ["1", "1"], ["-1", "1"], ["1/2", "2"], "1", "0", "x", ["1/2"]):
        assert check_family(DATA, data, wrong).status == "MALFORMED"


def test_the_question_of_the_file() -> None:
    """An interval, one gamma, or none."""
    for text, low, high in (('["9/10", "1"]', "9/10", "1"), ('"1/2"', "1/2", "1/2")):
        asked = FamilyModel(DATA + f"[question]\ngamma = {text}\n".encode()).asked
        assert asked == (Fraction(low), Fraction(high))
    assert FamilyModel(DATA).asked == (Fraction(0), Fraction(1))


def test_an_instance_is_no_family_and_a_family_no_instance() -> None:
    """Each has its own check."""
    plain = parse_family(DATA).at({"p": "1/2"}).source
    assert (is_family(DATA), is_family(plain)) == (True, False)
    assert is_family(plain + b"# parameters\n") is False
    outcome = check(DATA, b"{}")
    assert (outcome.status, outcome.reason) == ("MALFORMED", "it has parameters: it is a family of instances")
    assert check_family(plain, b"{}").status == "MALFORMED"


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """python -m proofs.kernel FAMILY CERTIFICATE --gamma A:B."""
    (tmp_path / "f.toml").write_bytes(DATA)
    (tmp_path / "c.json").write_bytes(certificate(DATA, searched(DATA, Fraction(9, 10)), ("9/10", "1")))
    files = [str(tmp_path / "f.toml"), str(tmp_path / "c.json")]
    assert command.main([*files, "--gamma", "9/10:1"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[-1] == "s VALID"
    assert "n: 1 x" in printed
    assert "theorem-2 (probability-1): verified; conclusion proved (paper), n = 1" in printed
    assert command.main(files) == 3


def test_out_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hole: nothing is said."""

    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "prove", exhausted)
    outcome = checked(DATA, [])
    assert (outcome.status, outcome.holes) == ("HOLEY", ["not enough memory"])


def test_the_sharp_count_alone() -> None:
    """x ends the episode and is reached at once by `go`: the paper counts nothing, the exact swap theorem proves n = 1."""
    data = retry().replace(b"[transitions.x]\nstay = { x = 1 }\n", b"").replace(b"try = {", b"go = { x = 1 }\ntry = {")
    outcome = checked(data, searched(data, Fraction(95, 100), "sharp"), "19/20")
    assert outcome.counted["paper"] is None
    assert outcome.counted["sharp"] == (1, ["x"])
    assert outcome.theorems[THEOREM][:4] == ("inapplicable", "proved", "sharp", 1)
