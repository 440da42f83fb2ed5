"""`retarget`: the three conditions of Def. 4 at one gamma and on all of (0, 1), with claims that the kernel proves."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest

from exact.instance import Instance, Question, parse_instance, read_instance
from exact.instance.write import write_instance
from exact.mdp import Mdp
from exact.thresholds import sharp_threshold
from proofs.cli.judge import judge
from proofs.matrix.conditions import Conditions, conditions
from proofs.swaps import swap
from proofs.universal.claim import Always, NotAlways, cycles_of
from proofs.universal.retarget import between, largest
from proofs.verification import verify
from tests.examples import instance_path
from tests.proofs.universal.instances import refutes


@cache
def example(name: str) -> Instance:
    """An instance of the examples."""
    return read_instance(instance_path(name))


@cache
def everywhere(name: str) -> Conditions:
    """Decided at the question's gamma and for all gamma."""
    return conditions(example(name), True)


def test_overlap() -> None:
    """The swap of t leaves Theta; the named cycle and the swap of x make n = 2, at 9/10 and from 1/2 on."""
    found, instance = everywhere("overlap"), example("overlap")
    assert found.at_gamma is not None
    (named,) = instance.question.permutations
    t, x = (swap(instance, instance.mdp.state(name)) for name in "tx")
    assert found.at_gamma.permutations == (x, named)
    assert isinstance(found.at_gamma.single[t, "stays"], NotAlways)
    assert [(step.low, step.high, len(step.permutations)) for step in found.steps()] == [
        (Fraction(0), Fraction(1, 2), 0),
        (Fraction(1, 2), Fraction(1), 2),
    ]


def test_both_conditions_are_answered() -> None:
    """Condition 2 also where Condition 1 fails."""
    for name in ("corridor-3", "training-leak", "box"):
        found = conditions(example(name), False)
        assert found.everywhere is None
        assert found.steps() == []
        assert found.at_gamma is not None
        both = {(phi, asked) for phi in found.candidates for asked in ("retargets", "stays")}
        assert set(found.at_gamma.single) == both


def test_corridor_steps() -> None:
    """n° of theory.md: 1 below 1/2, 2 up to the golden ratio (within a thousandth), 3 from there on."""
    found, instance = everywhere("corridor-3"), example("corridor-3")
    steps = found.steps()
    assert [len(step.permutations) for step in steps] == [1, 2, 3]
    assert (steps[0].low, steps[0].high, steps[-1].high) == (Fraction(0), Fraction(1, 2), Fraction(1))
    value = sharp_threshold(instance, instance.mdp.state("r3")).value
    assert value is not None
    assert value <= steps[2].low
    assert value > steps[2].low - Fraction(1, 1000)


@pytest.mark.parametrize("name", ["corridor-3", "overlap", "training-leak", "half-off"])
def test_certificates(name: str) -> None:
    """What verify would write, and every claim that was proved, before the theorems; the kernel finds it VALID."""
    found = everywhere(name)
    verified = verify(found.instance, known=found.findings())
    assert judge(instance_path(name).read_bytes(), verified).status == "VALID"
    claims = json.loads(verified.certificate)["claims"]
    kinds = [claim["claim"] for claim in claims]
    assert "universal" in kinds
    assert max(k for k, kind in enumerate(kinds) if kind == "universal") < kinds.index("theorem")
    written = [(c["property"], c["permutation"], *c["interval"]) for c in claims if c["claim"] == "universal"]
    assert found.everywhere is not None
    for (phi, asked), given in found.everywhere.single.items():
        for piece in given:
            if isinstance(piece.answer, Always):
                assert (asked, cycles_of(found.instance, phi), str(piece.low), str(piece.high)) in written


def test_certificate_without_a_gamma() -> None:
    """The question stays "for all gamma"; the claims are on intervals."""
    found = conditions(example("half-off").at(None), True)
    assert found.at_gamma is None
    verified = verify(found.instance, known=found.findings())
    assert '"claim": "universal"' in verified.certificate
    text = instance_path("half-off").read_text(encoding="utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("gamma ="))
    again = verified.certificate.replace(found.instance.sha256, _sha(bare))
    from proofs.kernel.check import check

    assert check(bare.encode(), again.encode()).status == "VALID"


def test_what_fails_is_certified() -> None:
    """A cycle that does not fit together with a swap, and one that does not retarget: a goal for each."""
    rows = {"new": {"off": {"term": 1}, "a": {"x": 1}, "b": {"y": 1}}, "y": {"on": {"z": 1}}}
    mdp = Mdp.from_dict(["new", "x", "y", "z", "term"], rows)
    named = ((0, 2, 4, 3, 1), (0, 2, 1, 3, 4))  # x to y to term to x; x and y change places
    given = Instance(mdp, 0, 0, question=Question(Fraction(9, 10), permutations=named))
    data = write_instance(given).encode()
    found = verify(parse_instance(data))
    assert judge(data, found).status == "VALID"
    claims = [claim for claim in json.loads(found.certificate)["claims"] if claim["claim"] == "swap-fails"]
    assert {"meets", "still-shutdown"} <= {claim["how"] for claim in claims}
    shown = {(str(claim["permutation"]), claim["how"]) for claim in claims}
    linear = found.findings.linear
    assert linear is not None
    apart = [(between(linear.good[i], linear.good[j]), a) for (i, j), a in linear.pairs.items()]
    failing = [(phi, answer) for phi, answer in apart if isinstance(answer, NotAlways)]
    assert failing
    for phi, answer in failing:
        assert refutes(found.analysis.instance, "never-both", phi, answer.rewards, answer.gamma)
        assert (str(cycles_of(given, phi)), "meets") in shown


def test_the_identity_may_be_named() -> None:
    """It retargets nothing, at any gamma; what shows it is a claim about no cycle."""
    given = replace(example("retry"), question=Question(None, permutations=(tuple(range(3)),)))
    data = write_instance(given).encode()
    instance = parse_instance(data)
    found = verify(instance, known=conditions(instance, True).findings())
    assert judge(data, found).status == "VALID"
    claims = [claim for claim in json.loads(found.certificate)["claims"] if claim["claim"] == "swap-fails"]
    assert ("still-shutdown", []) in [(claim["how"], claim["permutation"]) for claim in claims]


def _sha(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("name", ["overlap", "training-leak", "training-reached"])
def test_counterexamples_by_brute_force(name: str) -> None:
    """Each theta refutes at its gamma, every policy enumerated."""
    found = everywhere(name)
    assert found.everywhere is not None
    seen = 0
    for (phi, asked), given in found.everywhere.single.items():
        answers = [piece.answer for piece in given if isinstance(piece.answer, NotAlways)]
        for answer in answers[:3]:
            assert refutes(found.instance, asked, phi, answer.rewards, answer.gamma)
            seen += 1
    assert seen


def test_largest() -> None:
    """A largest set without the pairs; everything where there are none."""
    assert largest([], set()) == ()
    assert largest([2, 5, 7], set()) == (2, 5, 7)
    assert len(largest([0, 1, 2, 3], {(0, 1), (0, 2), (0, 3)})) == 3
