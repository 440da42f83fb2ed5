"""What is derived must be true: false verdicts that a kernel could be brought to accept."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from exact.instance import Instance, parse_instance
from proofs.kernel.check import Outcome, check
from proofs.verification import verify
from tests.corpus import instances
from tests.corpus.build import Certificate, after, claim, encoded, honest
from tests.reference.brute_orbit import count

POSITIVE = "positive-probability"


def outcome(base: str, certificate: Certificate) -> Outcome:
    """The kernel's word."""
    return check(instances.text(base), encoded(certificate))


def settled(certificate: Certificate, *names: str, **keys: str) -> None:
    """Change what is claimed of these theorems, under both readings."""
    for entry in certificate["claims"]:
        if entry["claim"] == "theorem" and entry["id"] in names:
            entry.update(keys)


def orbit_claim(instance: Instance, rewards: dict[str, str], gamma: str) -> dict[str, Any]:
    """An orbit with its true counts, by brute force."""
    theta = tuple(Fraction(rewards.get(s, "0")) for s in instance.mdp.states)
    tally = count(instance, theta, Fraction(gamma))
    size = sum(tally.values()) - tally["outside"]
    numbers = {key: str(value) for key, value in (tally | {"size": size}).items()}
    return {"claim": "orbit", "gamma": gamma, "rewards": rewards} | numbers


def test_a_gamma_at_which_nothing_is_counted_refutes_nothing() -> None:
    """Theorem 2 speaks of gamma > gamma*_x only: an orbit counted below every gamma*_x is no counterexample.

    On `scattered` Theta is all of theta >= 0 (x >= 0 says nothing new) and the theorem is true for gamma > 1/2.
    """
    certificate = honest("scattered")
    certificate["claims"] = [entry for entry in certificate["claims"] if entry["claim"] != "orbit"]
    instance = parse_instance(instances.text("scattered"))
    orbit = orbit_claim(instance, dict.fromkeys(("c", "d", "x", "term"), "1"), "1/10")
    assert int(orbit["shutdown"]) > int(orbit["avoid"])
    after(certificate, "threshold", orbit)
    settled(certificate, "theorem-2", verdict="refuted", conclusion="fails", means="orbit")
    settled(certificate, "theorem-1", verdict="inapplicable", conclusion="fails", means="orbit")
    assert outcome("scattered", certificate).status != "VALID"
    assert verify(instance).main.verdict != "refuted"


def test_a_reach_claim_for_s_term_changes_no_verdict() -> None:
    """A certificate cannot choose n: s_term has no gamma*, so no claim about it may enter Props. 1 and 2."""
    certificate = honest("shutdown-loops")
    before = {k: v[3] for k, v in outcome("shutdown-loops", certificate).theorems.items()}
    extra = {"claim": "reach", "state": "term", "ranks": [["new", "off"]], "removed": [["x"], ["m"]]}
    after(certificate, "reach", extra)
    found = outcome("shutdown-loops", certificate)
    assert found.status == "INVALID" or {k: v[3] for k, v in found.theorems.items()} == before
    for entry in certificate["claims"]:
        if entry.get("id") in ("proposition-1", "proposition-2"):
            entry["n"] = str(int(entry["n"]) + 1)
    assert outcome("shutdown-loops", certificate).status == "INVALID"


def test_a_swap_that_proposition_3_does_not_speak_of_refutes_nothing() -> None:
    """On `aside` N = {x}, whose swap always works: that the swap of `new` fails does not refute the conclusion."""
    certificate = honest("aside")
    settled(certificate, "proposition-3", verdict="inapplicable", conclusion="fails", means="swap", n="1")
    found = outcome("aside", certificate)
    assert found.status == "INVALID" or found.theorems["proposition-3", POSITIVE][1] != "fails"


def test_nonnegative_does_not_fail_where_it_holds() -> None:
    """On `positive` theta >= 0 follows from the inequalities: nothing may be called inapplicable for want of it."""
    certificate = honest("positive")
    found = outcome("positive", certificate)
    claimed = [entry for entry in certificate["claims"] if entry.get("id") == "nonnegative"]
    assert all(entry["holds"] for entry in claimed) or found.status == "INVALID", "`nonnegative` fails is accepted"
    assert found.status == "VALID"
    failing = [entry["id"] for entry in certificate["claims"] if entry.get("holds") is False]
    assert "goals-symmetric" in failing
    assert "nonnegative" not in failing


def test_no_proof_by_an_empty_case_distinction() -> None:
    """Without A1 every goal shuts down: `only` with no cases must not prove that any is retargeted."""
    certificate, swap = honest("no-alternative"), [["new", "term"]]
    common = {"permutation": swap, "interval": ["9/10", "9/10"]}
    certificate["claims"] = [entry for entry in certificate["claims"] if entry["claim"] != "orbit"]
    after(
        certificate,
        "reach",
        {"claim": "universal", "property": "retargets", **common, "proof": {"only": {}}},
        {"claim": "universal", "property": "stays", **common, "proof": {"violations": []}},
        {"claim": "retargeting", "interval": ["9/10", "9/10"], "permutations": [swap]},
    )
    settled(certificate, "theorem-2", verdict="inapplicable", conclusion="proved", means="linear", n="1")
    settled(certificate, "theorem-1", verdict="verified", conclusion="proved", means="linear", n="1")
    found = outcome("no-alternative", certificate)
    assert found.status in ("INVALID", "MALFORMED"), found.theorems


@pytest.mark.parametrize("base", ["half", "corridor-3", "training-leak"])
def test_a_theorem_is_claimed_for_the_question_asked_on_the_command_line(base: str) -> None:
    """--gamma replaces the instance's question: a certificate for the old one is INVALID."""
    found = check(instances.text(base), encoded(honest(base)), Fraction(1, 100))
    assert found.status == "INVALID"
    assert "the question is gamma = 1/100" in found.reason


def test_paper_strict_sharp_not_strict_at_the_threshold() -> None:
    """On stairs at gamma = 1/2 exactly, x is counted by the sharp theorem and not by the paper's."""
    data = instances.text("stairs").replace(b'gamma = "9/10"', b'gamma = "1/2"')
    certificate = json.loads(verify(parse_instance(data)).certificate)
    found = check(data, encoded(certificate))
    assert found.status == "VALID"
    assert found.theorems["theorem-2", POSITIVE] == ("inapplicable", "proved", "sharp", 2)
    assert claim(certificate, "count", kind="paper")["states"] == []
