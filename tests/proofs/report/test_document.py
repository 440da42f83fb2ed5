"""The JSON report against its schema, and against what the kernel accepted."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from sympy import Poly, Rational, Symbol

from exact.instance import parse_instance
from exact.instance.write import write_instance
from exact.testing.strategies import instances
from proofs.claims.checked import Checked, Uncertified
from proofs.claims.types import ListedOrbit, Orbit
from proofs.report.document import report
from proofs.verify import proved, recheck, thresholds
from tests.examples import NAMES, instance_path
from tests.reports import SCHEMAS, errors, report_of, roots, verified, verified_text

Report = dict[str, Any]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_shipped_and_is_one(name: str) -> None:
    """It lies inside the package, is valid JSON Schema 2020-12, and forbids unknown keys wherever keys are listed."""
    Draft202012Validator.check_schema(SCHEMAS[name])
    shipped = files("proofs.report").joinpath("schemas", f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == SCHEMAS[name]
    todo: list[Any] = [SCHEMAS[name]]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            assert not {"type", "required"} <= node.keys() or node["additionalProperties"] is False
            todo += node.values()
        elif isinstance(node, list):
            todo += node


@pytest.mark.parametrize("name", NAMES)
def test_examples_follow_the_schema(name: str) -> None:
    """Every example's report is valid, and made of the kinds of values that JSON has."""
    document = report_of(name)
    assert errors(document) == []
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize("name", NAMES)
def test_intervals_isolate(name: str) -> None:
    """A rational is both ends; else the ends have different signs and one root between them. The decimals are right."""
    for entry in roots(report_of(name)):
        polynomial = Poly(list(map(int, entry["polynomial"]))[::-1], Symbol("g"))
        low, high = (Rational(end) for end in entry["interval"])
        if low == high:
            assert polynomial.eval(low) == 0
        else:
            assert polynomial.eval(low) * polynomial.eval(high) < 0
            assert polynomial.count_roots(low, high) == 1
            assert polynomial.is_irreducible
        (root,) = (r for r in polynomial.real_roots() if low <= r <= high)
        assert abs(root.evalf(40) - Rational(entry["approximation"])) <= Rational(1, 10**20)


def _set(*path: str | int, to: object) -> Callable[[Report], None]:
    def change(document: Report) -> None:
        node: Any = document
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = to

    return change


WRONG = {
    "a number for an exact number": _set("gamma", to=0.9),
    "gamma outside (0, 1)": _set("gamma", to="3"),
    "an integer for an exact number": _set("states", "r2", "paper", "polynomial", 0, to=-1),
    "a leading zero": _set("states", "r2", "paper", "polynomial", 0, to="01"),
    "minus zero": _set("states", "r2", "paper", "interval", 0, to="-0"),
    "an interval with one end": _set("states", "r2", "paper", "interval", to=["1/2"]),
    "an unknown key": _set("extra", to=1),
    "an unknown verdict": _set("verdict", to="true"),
    "an unknown theorem": _set("theorems", "theorem-3", to={}),
    "a negative count": _set("orbit", "shutdown", to=-1),
    "hypotheses out of order": lambda d: d["hypotheses"].reverse(),
    "a hypothesis left out": lambda d: d["hypotheses"].pop(),
    "a stated hypothesis as silent": _set("hypotheses", 0, "stated", to=False),
    "a kernel that refused": _set("kernel", "status", to="INVALID"),
    "valid with holes": _set("kernel", "holes", to=["theorem-2 is not settled"]),
    "failed without counterexample": _set("conclusion", to="fails"),
    "steps although gamma is given": _set("retargeting", to={"paper": [], "sharp": []}),
    "no frequency": lambda d: d["states"]["r2"]["paper"].pop("frequency"),
    "a solver that disagrees": _set("opinions", to=[{"solver": "z3", "permutation": ["term", "r1"], "question": "?",
                                                     "answer": "sat", "agrees": False, "model": None}]),
    "an orbit without a word on its proof": lambda d: d["orbit"].pop("certified"),
    "a certified orbit with an excuse": _set("orbit_note", to="too large"),
    "an orbit that is missing without a reason": _set("orbit", to=None),
    "a threshold that is open, and a number": _set("states", "r2", "paper", "certified", to=False),
    "n that is open, and a number": _set("retargeting", "paper", "certified", to=False),
    "n that is open without a word": _set("retargeting", "paper", "n", to=None),
    "something proved by nothing": _set("proved", "means", to="orbit"),
    "the hash of nothing": _set("instance", "sha256", to=""),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_schema_rejects(case: str) -> None:
    """One wrong leaf of a valid report, and the schema says so."""
    document = copy.deepcopy(report_of("corridor-3"))
    WRONG[case](document)
    assert errors(document) != []


def test_contract_values() -> None:
    """What the contract prints for corridor-3."""
    document = report_of("corridor-3")
    r2 = document["states"]["r2"]
    assert r2["paper"] | {"frequency": "1"} == {
        "polynomial": ["-1", "2"], "interval": ["1/2", "1/2"], "approximation": "0.5", "frequency": "1",
        "policy": {"new": "go", "r1": "go", "r2": "stay"},
        "visits": {"numerator": ["0", "1"], "denominator": ["1", "-1"]},
    }  # fmt: skip
    assert document["states"]["r3"]["paper"]["polynomial"] == ["-1", "1", "1"]
    assert document["states"]["r1"]["sharp"]["interval"] == ["0", "0"]
    swaps = [["term", "r1"], ["term", "r2"], ["term", "r3"]]
    assert document["retargeting"]["paper"]["permutations"] == document["retargeting"]["sharp"]["permutations"] == swaps
    orbit = {"size": 20, "outside": 0, "shutdown": 5, "avoid": 15, "tie": 0, "ratio": "3", "certified": True}
    assert (document["orbit"], document["gamma"]) == (orbit, "9/10")


def test_star_is_tight() -> None:
    """star-3's orbit is exactly 1 : 3, the bound of Theorem 1 (theory.md, section 4)."""
    orbit = report_of("star-3")["orbit"]
    assert (orbit["shutdown"], orbit["avoid"], orbit["ratio"]) == (1, 3, "3")


def as_json(checked: Checked) -> Report:
    """The report as its reader gets it, and as the schema wants it."""
    document: Report = json.loads(json.dumps(report(checked)))
    assert errors(document) == []
    return document


@settings(max_examples=25, deadline=None)
@given(instances(max_states=4, training=True))
def test_any_report_follows_the_schema(instance: Any) -> None:
    """Random instances with training, inequalities and all options."""
    as_json(verified_text(write_instance(instance).encode()))


def test_beside_the_conclusion_stands_what_is_proved_at_all() -> None:
    """The largest n that is proved and the least that an orbit refutes, under each reading; null for propositions."""
    theorem = report_of("corridor-3")["theorems"]["theorem-2"]
    for entry in (report_of("corridor-3"), theorem, *theorem["readings"].values()):
        assert (entry["proved"], entry["refuted"]) == ({"n": 3, "means": "paper"}, 4)
    assert report_of("training-leak")["theorems"]["theorem-2"]["proved"] is None
    assert report_of("training-leak")["refuted"] == 1
    assert report_of("corridor-3")["theorems"]["proposition-3"]["proved"] is None


def without(name: str, *states: str) -> Checked:
    """An example's certificate without the thresholds of some states and without orbits, by the kernel alone."""
    found = verified(name)
    document = json.loads(found.certificate)
    kept = [entry for entry in document["claims"] if entry.get("state") not in states and entry["claim"] != "orbit"]
    return recheck(found.instance, json.dumps(document | {"claims": kept}).encode())


def test_an_open_threshold_is_not_certified() -> None:
    """It is neither a number nor null, and neither is n; the hypotheses that need it are open, and say so."""
    document = as_json(without("corridor-3", "r3"))
    assert document["states"]["r3"]["paper"] == document["states"]["r3"]["sharp"] == {"certified": False}
    assert document["states"]["new"]["paper"] is None
    unknown: Report = {"n": None, "permutations": [], "keeping_theta": None, "certified": False}
    assert document["retargeting"] == {"paper": unknown, "sharp": unknown}
    (hypothesis,) = [entry for entry in document["hypotheses"] if entry["id"] == "gamma-star"]
    assert (hypothesis["holds"], hypothesis["because"]) == (None, "gamma*_x is not settled for r3")
    assert document["verdict"] == "undecided"
    assert document["kernel"]["status"] == "HOLEY"


def test_steps_of_open_thresholds_are_not_known() -> None:
    """Without a gamma: null, where a threshold that is not known could lie anywhere between those that are."""
    text = instance_path("corridor-3").read_text(encoding="utf-8").partition("[question]")[0]
    whole = thresholds(parse_instance(text.encode()))
    assert [step["n"] for step in as_json(whole)["retargeting"]["paper"]] == [1, 2, 3]
    part = proved(whole.instance, [claim for claim in whole.claims if getattr(claim, "state", "") != "r2"])
    assert as_json(part)["retargeting"] == {"paper": None, "sharp": None}


def test_the_orbit_says_whether_it_is_certified() -> None:
    """Accepted by the kernel; computed beside it, with the reason; not counted, with the reason."""
    whole = as_json(verified("corridor-3"))
    assert (whole["orbit"]["certified"], whole["orbit_note"]) == (True, None)
    bare = without("corridor-3")
    assert (as_json(bare)["orbit"], as_json(bare)["orbit_note"]) == (None, "no claim counts it")
    counted = Orbit(Fraction(9, 10), {}, 20, 0, 5, 15, 0)
    beside = as_json(replace(bare, aside=Uncertified(counted, "too many vectors")))
    assert (beside["orbit"]["certified"], beside["orbit"]["ratio"], beside["orbit_note"]) == (
        False, "3", "too many vectors",
    )  # fmt: skip
    uncounted = as_json(replace(bare, aside=Uncertified(None, "far too many vectors")))
    assert (uncounted["orbit"], uncounted["orbit_note"]) == (None, "far too many vectors")
    asked = as_json(thresholds(parse_instance(instance_path("corridor-3").read_bytes().partition(b"[question]")[0])))
    assert asked["orbit_note"] == "the question has no gamma and no rewards"


def test_what_was_tried_is_said() -> None:
    """Where a conclusion stays open."""
    text = instance_path("box").read_text(encoding="utf-8").partition("[question]")[0]
    document = as_json(verified_text(text.encode()))
    assert document["conclusion"] == "undecided"
    assert any("orbits of at most" in line for line in document["tried"])


def test_the_counterexample_refutes_the_n_of_its_own_gamma() -> None:
    """Without a gamma n grows, and an orbit is held against what the theorem says where it was counted."""
    text = instance_path("overlap").read_text(encoding="utf-8")
    document = as_json(verified_text(text.replace("gamma =", "# gamma =").encode()))
    found = document["counterexample"]
    assert found["n"] * found["orbit"]["shutdown"] > found["orbit"]["avoid"]
    assert found["n"] <= document["theorems"]["theorem-2"]["n"]


def test_numbers_of_any_length_are_written() -> None:
    """CPython writes integers of 4300 digits at most; a reward, and a count's ratio, may be longer."""
    found = verified("corridor-3")
    orbit = found.question_orbit
    assert isinstance(orbit, ListedOrbit)
    huge = replace(orbit, avoid=10**6000, size=10**6000)
    assert len(report(replace(found, claims=(huge,), numbers=(0,)))["orbit"]["ratio"]) > 4300  # type: ignore[index]
