"""The JSON report against its schema and against the verification; numbers as text; the report for people."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from fractions import Fraction
from importlib.resources import files
from io import StringIO
from typing import Any

import pytest
from flint import fmpz_poly
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from rich.console import Console
from sympy import Poly, Rational, Symbol

from exact.algebraic import root_in
from exact.instance.write import write_instance
from exact.testing.strategies import instances
from proofs.kernel.check import check
from proofs.report.document import report
from proofs.report.numbers import decimal, exact_text
from proofs.report.opinions import opinion_lines
from proofs.report.polynomials import function_text, linear_text, polynomial_text
from proofs.report.text import show
from tests.examples import NAMES, instance_path
from tests.reports import SCHEMA, errors, report_of, roots, verified, verified_text

Report = dict[str, Any]


def test_schema_is_shipped_and_is_one() -> None:
    """It lies inside the package, is valid JSON Schema 2020-12, and forbids unknown keys wherever keys are listed."""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(files("proofs.report").joinpath("report.schema.json").read_text(encoding="utf-8")) == SCHEMA
    todo: list[Any] = [SCHEMA]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            assert "required" not in node or node["additionalProperties"] is False
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
    orbit = {"size": 20, "outside": 0, "shutdown": 5, "avoid": 15, "tie": 0, "ratio": "3"}
    assert (document["orbit"], document["gamma"]) == (orbit, "9/10")


def test_star_is_tight() -> None:
    """star-3's orbit is exactly 1 : 3, the bound of Theorem 1 (theory.md, section 4)."""
    orbit = report_of("star-3")["orbit"]
    assert (orbit["shutdown"], orbit["avoid"], orbit["ratio"]) == (1, 3, "3")


@settings(max_examples=25, deadline=None)
@given(instances(max_states=4, training=True))
def test_any_report_follows_the_schema(instance: Any) -> None:
    """Random instances with training, inequalities and all options; the text has a line for each theorem."""
    found = verified_text(write_instance(instance).encode())
    document = report(found, {"status": "VALID", "holes": []}, [])
    assert errors(json.loads(json.dumps(document))) == []
    out = StringIO()
    show(found, Console(file=out, width=80, markup=False, emoji=False))
    assert all(name in out.getvalue() for name in ("proposition-1", "proposition-3", "theorem-2"))


def test_numbers_for_people() -> None:
    """Fractions as such, short radicals with decimals, else decimals with the equation or its degree."""
    assert exact_text(root_in(fmpz_poly([-1, 2]), Fraction(0), Fraction(1))) == "1/2"
    golden = root_in(fmpz_poly([-1, 1, 1]), Fraction(0), Fraction(1))
    assert exact_text(golden) == "(-1 + sqrt(5))/2, about 0.618034"
    assert decimal(golden, 20) == "0.61803398874989484820"[:-1]
    quintic = root_in(fmpz_poly([-1, 0, 1, 0, 0, 1]), Fraction(0), Fraction(1))
    assert exact_text(quintic) == "about 0.808731, -1 + g^2 + g^5 = 0"
    long = root_in(fmpz_poly([-1000, 400, 1479, -158, 8]), Fraction(0), Fraction(1))
    assert exact_text(long) == "about 0.720918, degree 4"


def test_formulas_for_people() -> None:
    """Signs, ones and zeros as people write them."""
    assert polynomial_text([1, -1, 0, 2]) == "1 - g + 2*g^3"
    assert polynomial_text([0, -1]) == "-g"
    assert polynomial_text([]) == "0"
    visits = verified("corridor-3").analysis.paper[3].visits
    assert visits is not None
    assert function_text(visits) == "g^2/(1 - g)"
    assert linear_text(["a", "b", "c"], [Fraction(-1), Fraction(0), Fraction(2, 3)]) == "-a + 2/3*c"
    assert linear_text(["a"], [Fraction(0)]) == "0"


def test_opinions_are_summed_up() -> None:
    """One line of counts; a line for those without an answer; one for each answer that nothing can be compared with."""

    def aside(state: str, answer: str, agrees: bool | None) -> Report:
        return {"solver": "z3", "permutation": ["term", state], "question": "Q?", "answer": answer, "agrees": agrees}

    lines = [line.plain for line in opinion_lines([
        aside("r1", "unsat", True), aside("r1", "sat", True), aside("r2", "unknown", None), aside("r3", "sat", None),
    ])]  # fmt: skip
    counts = "2 in agreement with the proof; 1 not answered in time; 1 that nothing here settles"
    assert lines == [
        f"z3 was asked 4 questions on 3 swaps as a second opinion: {counts}",
        "  not answered in time: (term r2)",
        "  z3 alone says so, unproved, (term r3): Q? it fails",
    ]
    assert opinion_lines([]) == []


def test_an_empty_theta_is_said_to_be_empty() -> None:
    """Where no goal prefers shutdown, the report says so, and the kernel has accepted that."""
    data = (
        instance_path("retry").read_text(encoding="utf-8") + '\n[goals]\ninequalities = ["x >= 3", "x <= 1"]\n'
    ).encode()
    found = verified_text(data)
    assert check(data, found.certificate.encode()).status == "VALID"
    console = Console(record=True, width=200, file=StringIO())
    show(found, console)
    said = "No goal of Theta prefers shutdown at this gamma"
    assert said in console.export_text()
    assert '"property": "never-both", "permutation": []' in found.certificate
    plain = Console(record=True, width=200, file=StringIO())
    show(verified("retry"), plain)
    assert said not in plain.export_text()
