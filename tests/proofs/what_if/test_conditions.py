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
from exact.permutation import between, cycles, swap
from proofs.claims.checked import VALID
from proofs.claims.types import Retargeting, SwapFails, Universal
from proofs.search.linear.asked import Always, NotAlways, Property
from proofs.search.linear.pieces import Open
from proofs.verify import Trial, recheck, verify
from proofs.what_if.conditions import Conditions, conditions
from proofs.what_if.conditions_document import document
from proofs.what_if.conditions_text import UNCERTIFIED
from tests.examples import instance_path
from tests.proofs.command import gammastar
from tests.proofs.search.linear.instances import refutes


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
    assert [(step.low, step.high, len(step.permutations)) for step in found.steps] == [
        (Fraction(0), Fraction(1, 2), 0),
        (Fraction(1, 2), Fraction(1), 2),
    ]


def test_both_conditions_are_answered() -> None:
    """Condition 2 also where Condition 1 fails."""
    for name in ("corridor-3", "training-leak", "box"):
        found = conditions(example(name), False)
        assert (found.everywhere, found.steps) == (None, ())
        assert found.at_gamma is not None
        phis = dict.fromkeys(phi for phi, _ in found.at_gamma.single)
        assert set(found.at_gamma.single) == {(phi, kind) for phi in phis for kind in ("retargets", "stays")}


def test_corridor_steps() -> None:
    """n° of theory.md: 1 below 1/2, 2 up to the golden ratio (within a thousandth), 3 from there on."""
    steps = everywhere("corridor-3").steps
    assert [len(step.permutations) for step in steps] == [1, 2, 3]
    assert (steps[0].low, steps[0].high, steps[-1].high) == (Fraction(0), Fraction(1, 2), Fraction(1))
    begin = steps[2].low
    assert begin**2 + begin - 1 >= 0 > (begin - Fraction(1, 1000)) ** 2 + begin - Fraction(1, 1000) - 1


@pytest.mark.parametrize("name", ["corridor-3", "overlap", "training-leak", "half-off"])
def test_everything_is_certified(name: str) -> None:
    """Each answer, n at the gamma, and each step: accepted claims, which `verify` puts into its certificate."""
    found = everywhere(name)
    assert found.everywhere is not None
    answers = [(kind, phi, part.answer) for (phi, kind), given in found.everywhere.single.items() for part in given]
    decided = [answer for answer in answers if not isinstance(answer[2], Open)]
    assert decided
    assert all(found.certified(kind, phi, answer) for kind, phi, answer in decided)
    assert all(found.proves(step) for step in found.steps)
    written = verify(found.instance, known=found.checked.claims)
    assert written.status == VALID
    assert set(map(repr, found.checked.claims)) <= set(map(repr, written.claims))
    assert recheck(found.instance, written.certificate).main == written.main
    assert not uncertified(document(found, written))


def uncertified(node: object) -> list[object]:
    """What a document says was only computed."""
    if isinstance(node, dict):
        own = [node] if node.get("certified") is False else []
        return own + [entry for value in node.values() for entry in uncertified(value)]
    return [entry for value in node for entry in uncertified(value)] if isinstance(node, list) else []


def test_what_the_kernel_did_not_take_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer whose claim is too large, a pair, and n itself: computed, not certified, in both outputs."""
    accept = Trial.offer
    refused = (Retargeting,)

    def small(trial: Trial, claim: object) -> bool:
        if isinstance(claim, refused) or getattr(claim, "property", "") == "stays" or isinstance(claim, SwapFails):
            return False
        return accept(trial, claim)  # type: ignore[arg-type]

    monkeypatch.setattr(Trial, "offer", small)
    shown = " ".join(gammastar("retarget", instance_path("overlap"), "--for-all-gamma").out.split())
    assert f"n = 2 by (term x), (term x t) ({UNCERTIFIED})" in shown
    assert f"gamma from 1/2 to 1: n = 2 by (term x), (term x t) ({UNCERTIFIED})" in shown
    found = json.loads(gammastar("retarget", instance_path("overlap"), "--json").out)["at_gamma"]
    assert found["certified"] is False
    said = {(c["condition"], c["answer"], c["certified"]) for c in found["conditions"]}
    assert said == {
        ("retargets", "always", True), ("retargets", "not always", False), ("stays", "always", False),
        ("stays", "not always", False), ("never-both", "always", True),
    }  # fmt: skip


def test_certificate_without_a_gamma() -> None:
    """The question stays "for all gamma"; the claims are on intervals."""
    found = conditions(example("half-off").at(None), True)
    assert found.at_gamma is None
    text = instance_path("half-off").read_text(encoding="utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("gamma ="))
    written = verify(parse_instance(bare.encode()), known=found.checked.claims)
    assert written.status == VALID
    assert written.of(Universal)


def test_what_fails_is_certified() -> None:
    """A cycle that does not fit together with a swap, and one that does not retarget: a goal for each."""
    rows = {"new": {"off": {"term": 1}, "a": {"x": 1}, "b": {"y": 1}}, "y": {"on": {"z": 1}}}
    mdp = Mdp.from_dict(["new", "x", "y", "z", "term"], rows)
    named = ((0, 2, 4, 3, 1), (0, 2, 1, 3, 4))  # x to y to term to x; x and y change places
    given = Instance(mdp, 0, 0, question=Question(Fraction(9, 10), permutations=named))
    found = conditions(parse_instance(write_instance(given).encode()), False)
    known = found.at_gamma
    assert known is not None
    apart = [(between(known.good[i], known.good[j]), a) for (i, j), a in known.pairs.items()]
    failing = [(phi, answer) for phi, answer in apart if isinstance(answer, NotAlways)]
    assert failing
    shown = {(str(list(map(list, claim.permutation))), claim.how) for claim in found.checked.of(SwapFails)}
    for phi, answer in failing:
        assert refutes(found.instance, "never-both", phi, answer.rewards, answer.gamma)
        assert (str(cycles(mdp, phi)), "meets") in shown
    assert "still-shutdown" in {how for _, how in shown}


def test_the_identity_may_be_named() -> None:
    """It retargets nothing, at any gamma; what shows it is a claim about no cycle."""
    given = replace(example("retry"), question=Question(None, permutations=(tuple(range(3)),)))
    found = conditions(parse_instance(write_instance(given).encode()), True)
    assert ("still-shutdown", ()) in [(claim.how, claim.permutation) for claim in found.checked.of(SwapFails)]


@pytest.mark.parametrize("name", ["overlap", "training-leak", "training-reached"])
def test_counterexamples_by_brute_force(name: str) -> None:
    """Each theta refutes at its gamma, every policy enumerated."""
    found = everywhere(name)
    assert found.everywhere is not None
    seen = 0
    for (phi, kind), given in found.everywhere.single.items():
        answers = [part.answer for part in given if isinstance(part.answer, NotAlways)]
        for answer in answers[:3]:
            assert refutes(found.instance, kind, phi, answer.rewards, answer.gamma)
            seen += 1
    assert seen


def test_an_answer_to_another_question_is_not_certified() -> None:
    """Only the very claim counts: another interval, another permutation, another goal do not."""
    found = everywhere("overlap")
    assert found.everywhere is not None
    (phi, kind), given = next((key, g) for key, g in found.everywhere.single.items() if len(g) == 1)
    other: Property = "stays" if kind == "retargets" else "retargets"
    (part,) = given
    assert isinstance(part.answer, Always)
    assert found.certified(kind, phi, part.answer)
    assert not found.certified(kind, phi, replace(part.answer, low=Fraction(1, 1000)))
    assert not found.certified(other, phi, part.answer)
