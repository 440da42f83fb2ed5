"""The LaTeX text about a family says what the kernel accepted, calls the rest computed, and compiles."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random

import pytest
from flint import fmpq, fmpq_poly

import gammastar as gs
from exact.family import Family, parse_family, read_family
from exact.family.closed_form import visits_on_family
from exact.family.expression import polynomial, ring
from exact.thresholds import paper_threshold
from proofs.claims.types import Counted
from proofs.families.formulas import polynomial as formula
from proofs.families.formulas import quotient, symbol
from proofs.families.latex import text, thresholds
from proofs.families.search import verify_family
from proofs.families.session import CheckedFamily, FamilyTrial
from proofs.report.latex.provenance import Source
from tests.exact.family.families import random_family
from tests.examples import ROOT, instance_path
from tests.proofs.command import gammastar
from tests.proofs.kernel.family.test_check import LEAKS
from tests.proofs.report.latex.test_pdflatex import around, compiled, overfull
from tests.proofs.report.latex.test_pdflatex import pytestmark as needs_pdflatex
from tests.reports import errors

FOLDER = ROOT / "examples" / "families"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
SOURCE = Source("instance.toml", "certificate.json", made=True)
RETRY = FOLDER / "retry.toml"


def family(name: str) -> Family:
    """An example, or the one in which the theorem fails."""
    return parse_family(LEAKS) if name == "leaks" else read_family(FOLDER / f"{name}.toml")


@cache
def found(name: str) -> CheckedFamily:
    """What is proved of it."""
    return verify_family(family(name))


def article(given: CheckedFamily) -> str:
    """The whole text."""
    return text(given, SOURCE).article()


@pytest.mark.parametrize("name", [*NAMES, "leaks"])
def test_each_family_has_a_text(name: str) -> None:
    """Plain ASCII, labels and environments in order, the same bytes each time, and the kernel's word."""
    said = article(found(name))
    labels = re.findall(r"\\label\{([^}]*)\}", said)
    assert said.isascii()
    assert len(labels) == len(set(labels))
    assert sorted(re.findall(r"\\begin\{(\w+)\}", said)) == sorted(re.findall(r"\\end\{(\w+)\}", said))
    assert said == article(found(name))
    assert rf"answer is \textbf{{{found(name).status}}}" in said
    assert r"\emph{Computed, not certified.} The visit count" in said


def test_what_is_proved_is_stated() -> None:
    """For every point and gamma at once, with n, boxes and vectors, and polynomials in the MDP."""
    said = article(found("two-doors"))
    box = r"$p \in [\tfrac{1}{5},\allowbreak\, \tfrac{4}{5}]$"
    assert rf"Let {box}, " in said
    assert r"and $\gamma \in [\tfrac{9}{10},\allowbreak\, 1)$, each of them arbitrary, and $n = 2$." in said
    assert "with $1-p q$" in said
    assert "three boxes" in said
    assert r"\texttt{garden} with $p q$" in said


def test_the_numbers_are_those_of_the_claims() -> None:
    """Another n, another discount of a claim: so it would be printed. A decimal is never below the discount."""
    given = found("retry")
    changed = {key: replace(verdict, n=77) for key, verdict in given.theorems.items()}
    assert "and $n = 77$" in article(replace(given, theorems=changed))
    (claim,) = (claim for claim in given.claims if isinstance(claim, Counted))
    assert rf"$g \leq {Fraction(3, 4).numerator / 4}$" in article(given)
    moved = replace(given, claims=(replace(claim, discount=Fraction(1, 3)),))
    assert r"$g \leq 0.333334$" in article(moved)


def test_what_is_not_proved_is_not_said() -> None:
    """Without claims nothing is concluded; what is open is called so, and what is computed too."""
    empty = FamilyTrial(family("retry"), family("retry").asked).result()
    said = article(empty)
    for word in (r"\begin{gsconclusion}", "vectors of values", "The evidence", "Where it fails"):
        assert word not in said
    assert r"answer is \textbf{HOLEY}" in said
    assert r"gamma-{}\allowbreak{}star} (stated) is \textbf{open}" in said
    assert r"\emph{Computed, not certified.}" in said


def test_where_it_fails() -> None:
    """The point, and the orbit there with its counts."""
    said = article(found("leaks"))
    assert r"\section{Where it fails}" in said
    assert r"$p = \tfrac{1}{2}$ and $\gamma = \tfrac{1}{2}$, by four claims" in said
    assert "$3$ avoid shutdown and $4$ accept it" in said
    assert r"\begin{gsconclusion}" not in said


@pytest.mark.parametrize("name", ["retry", "corridor", "two-doors"])
def test_the_curves_are_the_thresholds(name: str) -> None:
    """On its piece a curve's polynomial is 0 at gamma*_x of the ordinary instance, and v_x is 1 there."""
    draw, given = Random(1), family(name)
    for one in thresholds(given):
        sides = one.boxes[0]
        point = tuple(low + (high - low) * Fraction(draw.randint(1, 9), 10) for low, high in sides)
        instance = given.at(dict(zip(given.parameters, point, strict=True)))
        root = paper_threshold(instance, one.state).value
        assert root is not None
        if one.polynomial is None:
            assert root == 0
            continue
        values = [fmpq(x.numerator, x.denominator) for x in point]
        excess: dict[int, fmpq] = {}
        for monomial, coefficient in one.polynomial.to_dict().items():
            term = coefficient
            for value, power in zip(values, monomial[1:], strict=True):
                term *= value**power
            excess[monomial[0]] = excess.get(monomial[0], fmpq(0)) + term
        at_point = fmpq_poly([excess.get(k, fmpq(0)) for k in range(max(excess) + 1)])
        assert not at_point % fmpq_poly(list(root.polynomial))
        if root.rational is not None:
            count = visits_on_family(given, one.policy, instance.shutdown_state, one.state)
            assert count.at(root.rational, point) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("p", "p"),
        ("eps", r"\mathit{eps}"),
        ("epsilon", r"\epsilon"),
        ("p_1", r"p_{\mathit{1}}"),
        ("a_b_c", r"\mathit{a\_b\_c}"),
    ],
)
def test_symbols(name: str, said: str) -> None:
    """Letters, Greek ones, indices, words."""
    assert symbol(name) == said


def test_formulas() -> None:
    """Constants first; a product where it is shorter; a long one by its degrees."""
    assert formula(polynomial("p*q/2 - 1/3", ["p", "q"])) == r"-\tfrac{1}{3}+\tfrac{1}{2} p q"
    assert formula(polynomial("(1 - p)^3", ["p"])) == "(1-p)^{3}"
    assert formula(ring(("p",)).constant(0)) == "0"
    p, q = ring(("p", "q")).gens()
    assert formula((1 + p) ** 30 + (1 + q) ** 30) == r"(\text{a polynomial of degree 30 in $p$, 30 in $q$})"
    visits = visits_on_family(family("retry"), {0: 1, 1: 0}, 0, 1)  # type: ignore[arg-type]
    assert quotient(visits) == r"p\,/\allowbreak\,((1-\gamma) (1-\gamma+\gamma p))"


def test_the_command(tmp_path: Path) -> None:
    """Of the family, of a certificate that the kernel checks first; refused ones are refused, holes are named."""
    certificate, other = tmp_path / "c.json", tmp_path / "o.json"
    gammastar("verify", RETRY, "--certificate", certificate)
    gammastar("verify", RETRY, "--gamma", "9/10:1", "--certificate", other)
    made = gammastar("tex", RETRY, "--document")
    assert (made.code, made.err) == (0, "")
    assert r"\begin{document}" in made.out
    again = gammastar("tex", RETRY, certificate).out
    assert "n = 1$" in again
    assert "The certificate is the one that is written by" not in again
    holey = gammastar("tex", RETRY, other).out
    assert r"answer is \textbf{HOLEY}" in holey
    assert r"\begin{gsconclusion}" in gammastar("tex", RETRY, other, "--gamma", "9/10:1").out
    assert gammastar("tex", FOLDER / "corridor.toml", certificate).code == 1
    assert r"$n = 3$" in gammastar("tex", instance_path("corridor-3"), "--gamma", "9/10:1").out


def test_what_writes_files_says_so_in_json(tmp_path: Path) -> None:
    """`tex`, `graph` and `bundle` of a family have the schemas of the ordinary ones; the graph has the polynomials."""
    written = {"tex": tmp_path / "a.tex", "graph": tmp_path / "a.dot", "bundle": tmp_path / "b"}
    for command, output in written.items():
        document = json.loads(gammastar(command, RETRY, "-o", output, "--json").out)
        assert errors(document, command) == []
        assert document["instance"]["name"] == "retry"
    assert 'label=" try p "' in written["graph"].read_text()
    graph = gs.graph(FOLDER / "two-doors.toml")
    assert "(1/10 - 1/10*q)" in graph.dot
    assert "p*q" in graph.dot
    assert "p" not in gs.graph(gs.read(RETRY, at={"p": "1/3"})).dot.partition("try")[2].partition('"')[0]


@needs_pdflatex
@pytest.mark.parametrize("name", ["coinrun", "two-doors", "leaks"])
def test_it_compiles(name: str, tmp_path: Path) -> None:
    """No error, nothing sticks out, as an article and as a fragment in two columns."""
    assert overfull(compiled(article(found(name)), tmp_path)) == []
    assert overfull(compiled(around("twocolumn,11pt", text(found(name), SOURCE).fragment()), tmp_path)) == []


@needs_pdflatex
def test_random_families_compile(tmp_path: Path) -> None:
    """Two parameters, and whatever is proved of them."""
    given = parse_family(random_family(7, parameters=2))
    log = compiled(around("twocolumn", text(verify_family(given), SOURCE).fragment()), tmp_path)
    assert overfull(log) == []
