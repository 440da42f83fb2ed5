"""An ordinary instance that is asked about an interval of gammas: a family without parameters."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exact.family import without_parameters
from exact.instance import parse_instance
from proofs.families.search import verify_family
from proofs.kernel.check import Outcome, check
from proofs.kernel.errors import Malformed
from proofs.kernel.family.check import check_asked
from proofs.kernel.family.model import FamilyModel, asked, is_family
from proofs.kernel.instance import Model
from proofs.verify import verify
from tests.exact.family.families import RETRY, retry
from tests.examples import instance_path

Json = dict[str, Any]
DATA = (
    retry("1/2", "1/2").replace(b"[parameters]\n", b"").replace(b'p = ["1/10", "9/10"]', b"")
)  # gamma* = (3 - sqrt 5)/2
INTERVAL = DATA + b'[question]\ngamma = ["1/2", "1"]\n'
# at g = 2/5: L(x) = 5/3, L(new) = (2/5 * 1/2 * 5/3) / (1 - 1/5) = 5/12, and the count is 5/6 + 5/24 = 25/24
COUNTED: Json = {
    "claim": "counted", "kind": "paper", "state": "x", "box": [], "discount": "2/5",
    "policy": {"new": "try", "x": "stay"}, "unit": "12", "values": {"new": ["5"], "x": ["20"]},
}  # fmt: skip


def certificate(data: bytes, claims: list[Json], gamma: object) -> bytes:
    """A certificate of these claims, made for this question."""
    model = Model(data) if not is_family(data) else FamilyModel(data)
    about = {"name": model.name, "sha256": model.sha256}
    head = {"format": "gammastar-certificate/2", "instance": about, "question": {"gamma": gamma}}
    return json.dumps(head | {"claims": claims}).encode()


def checked(claims: list[Json], low: str = "1/2", high: str = "1") -> Outcome:
    """Claims about DATA, asked about the gammas from low to high."""
    return check_asked(DATA, certificate(DATA, claims, [low, high]), [low, high])


def test_who_is_a_family() -> None:
    """Parameters, or an interval of gammas: in the file, or asked about in its place."""
    for data, question, answer in (
        (DATA, None, False), (DATA, "1/2", False), (DATA, ["1/2", "1"], True), (DATA, ["1/2", "0.5"], False),
        (INTERVAL, None, True), (INTERVAL, "1/2", False), (INTERVAL, ["0", "1"], True),
        (RETRY.encode(), None, True), (RETRY.encode(), "1/2", True), (DATA + b"[parameters]\n", None, False),
    ):  # fmt: skip
        assert is_family(data, question) is answer, (question, answer)
    with pytest.raises(Malformed):
        is_family(DATA + b"[[question]]\n")


def test_the_words_of_a_command_line() -> None:
    """Q, or A:B."""
    assert (asked("1/2"), asked("1/2:1")) == ("1/2", ["1/2", "1"])


@pytest.mark.parametrize(
    "gamma", ['["1", "1/2"]', '["1/2", "2"]', '["-1", "1"]', '["1/2"]', "[]", '["1", "1"]', "[0.5, 1]"]
)
def test_no_interval(gamma: str) -> None:
    """Both readers refuse it."""
    data = DATA + f"[question]\ngamma = {gamma}\n".encode()
    with pytest.raises(Malformed):
        Model(data)
    assert check_asked(DATA + b"[question]\ngamma = 1\n", b"", "1/2").status == "MALFORMED"
    with pytest.raises(Malformed):
        is_family(data)


def test_the_theorem_over_an_interval() -> None:
    """n = 1 at every gamma from 1/2 on, by a count that is above 1 already at 2/5; not from 2/5 itself on."""
    for low in ("1/2", "2/3"):
        outcome = checked([COUNTED], low)
        assert (outcome.status, outcome.counted["paper"]) == ("VALID", (1, ["x"]))
        assert outcome.theorems["theorem-2", "probability-1"][:4] == ("verified", "proved", "paper", 1)
    for low in ("2/5", "1/3", "0"):
        assert (checked([COUNTED], low).status, checked([COUNTED], low).counted["paper"]) == ("HOLEY", (0, []))


def test_forged_claims() -> None:
    """A box that is none, values a bit too high, the discount a bit too low."""
    for change, status in (
        ({"box": [["0", "1"]]}, "MALFORMED"),
        ({"box": [["0", "0"]]}, "MALFORMED"),
        ({"values": {"new": ["5", "0"], "x": ["20", "0"]}}, "MALFORMED"),
        ({"values": {"new": ["6"], "x": ["20"]}}, "INVALID"),
        ({"discount": "399/1000"}, "INVALID"),
    ):
        assert checked([COUNTED | change]).status == status, change


def test_another_question() -> None:
    """Whoever asks about one gamma, or about all, is told for which gammas a certificate was made, and the reverse."""
    interval = certificate(DATA, [COUNTED], ["1/2", "1"])
    needs = "it was made for gamma = 1/2:1, not for this question: add --gamma 1/2:1"
    for question in (None, "1/2", ["1/2", "1/2"]):
        outcome = check_asked(DATA, interval, question)
        assert (outcome.status, outcome.holes) == ("HOLEY", [needs])
    other = check_asked(DATA, interval, ["2/3", "1"])
    assert (other.status, other.holes, other.counted["paper"]) == ("HOLEY", [needs], (1, ["x"]))
    instance = parse_instance(DATA)
    for gamma, said in (("1/2", "add --gamma 1/2"), (None, "leave out --gamma")):
        outcome = check_asked(DATA, verify(instance.at(gamma)).certificate, ["1/2", "1"])
        assert (outcome.status, len(outcome.holes), outcome.holes[0].endswith(said)) == ("HOLEY", 1, True)
    for wrong in (["1", "1/2"], ["0", "2"], ["1/2"], [1, 2]):
        assert check_asked(DATA, certificate(DATA, [], wrong)).status == "MALFORMED"
        assert check_asked(DATA, certificate(DATA, [], wrong), ["1/2", "1"]).status == "MALFORMED"


def test_equal_ends_are_one_gamma() -> None:
    """The ordinary instance at it, in the file and on the command line."""
    data = DATA + b'[question]\ngamma = ["1/2", "1/2"]\n'
    for given, question in ((DATA, ["1/2", "1/2"]), (data, None), (INTERVAL, "1/2")):
        made = verify(parse_instance(given).at("1/2")).certificate
        outcome = check_asked(given, made, question)
        assert (outcome.status, outcome.facts is not None) == ("VALID", True)


def test_the_ordinary_check_refuses_an_interval() -> None:
    """It would take the question for one about all gammas, of which other things are said."""
    outcome = check(INTERVAL, certificate(INTERVAL, [], None))
    assert (outcome.status, "an interval of gammas" in outcome.reason) == ("MALFORMED", True)


def test_numbers_are_those_of_instances() -> None:
    """Without parameters a probability is a number, no expression."""
    assert FamilyModel(DATA.replace(b'"1/2"', b'".5"')).rows["new"]["try"].weights == {"x": 1, "new": 1}
    with pytest.raises(Malformed):
        FamilyModel(DATA.replace(b'"1/2"', b'"1 - 1/2"'))
    with pytest.raises(Malformed):
        FamilyModel(DATA.replace(b'x = "1/2", new = "1/2"', b'x = "3/2", new = "-1/2"'))


def test_nothing_is_counted_near_zero() -> None:
    """From 0 on: that x is not counted up to some gamma is enough to know that the theorem says nothing."""
    found = verify_family(without_parameters(parse_instance(DATA).at("0:1")))
    outcome = check_asked(DATA, found.certificate, ["0", "1"])
    assert (outcome.status, outcome.holds["gamma-star"]) == ("HOLEY", False)
    assert outcome.theorems["theorem-2", "probability-1"].verdict == "inapplicable"


def test_proposition_3_where_the_paper_counts_nothing() -> None:
    """By the exact swap theorem where that counts something; else there is nothing to prove: no state can be counted."""
    stairs = DATA.replace(b"[transitions.x]\nstay = { x = 1 }\n", b"").replace(b"try = {", b"go = { x = 1 }\ntry = {")
    for data, said in (
        (stairs, ("inapplicable", "proved", "sharp", 1)),
        (stairs + b'[decision]\nties = "shutdown-first"\n', ("inapplicable", "proved", "vacuous", 0)),
        (DATA + b'[decision]\nties = "shutdown-first"\n', ("refuted", "fails", "swap", 1)),
    ):
        found = verify_family(without_parameters(parse_instance(data).at("1/2:1")))
        outcome = check_asked(data, found.certificate, ["1/2", "1"])
        assert outcome.theorems["proposition-3", "probability-1"][:4] == said


def test_a_gamma_where_the_theorem_fails() -> None:
    """At the one point of the box, by an orbit."""
    data = instance_path("training-leak").read_bytes()
    found = verify_family(without_parameters(parse_instance(data).at("1/2:1")))
    outcome = check_asked(data, found.certificate, ["1/2", "1"])
    assert outcome.theorems["theorem-2", "positive-probability"][:3] == ("refuted", "fails", "orbit")
    assert found.failing == [((), found.asked[0])]
