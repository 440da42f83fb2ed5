"""`closed-form`, `threshold`, `no-threshold`: the second producer's evidence is accepted, and what it says is true."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exact.instance import Instance, parse_instance
from exact.instance.write import write_instance
from exact.thresholds import same_count
from proofs.kernel.check import accept
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.facts import PAPER, SHARP, Facts
from proofs.kernel.poly import compare
from tests.campaigns.drawing import drawn
from tests.corpus import cases
from tests.corpus.attacks.closed_form import retry
from tests.corpus.build import claim
from tests.corpus.honest import honest
from tests.proofs.kernel.session import Json, facts, model_of, proved, refused
from tests.reference import brute_force
from tests.reference.evidence import Producer
from tests.reference.small import instances
from tests.reference.worked import WORKED

BOUNDED = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
GAMMAS = [Fraction(k, 40) for k in (1, 7, 13, 20, 26, 33, 39)]


def settled(instance: Instance) -> Facts:
    """Every threshold of the second producer, accepted."""
    found = Facts.of(model_of(instance))
    for entry in Producer(instance).thresholds():
        accept(found, entry)
    assert not found.unsettled(PAPER)
    assert not found.unsettled(SHARP)
    return found


@given(instances())
@BOUNDED
def test_thresholds_are_where_enumeration_has_them(instance: Instance) -> None:
    """At every gamma of a grid: x is counted iff some policy of the kind collects enough."""
    found, mdp, start, term = settled(instance), instance.mdp, instance.shutdown_state, instance.s_term
    elsewhere = brute_force.starting_elsewhere(instance)
    for k, x in enumerate(mdp.states):
        if k == term:
            continue
        revisiting = brute_force.reach_and_revisit(mdp, start, k)
        assert bool(revisiting) == (x in found.roots[PAPER])
        for gamma in GAMMAS:
            v = max((brute_force.count(mdp, p, start, [k], gamma) for p in revisiting), default=Fraction(0))
            both = max((brute_force.count(mdp, p, start, [k, term], gamma) for p in elsewhere), default=Fraction(0))
            for kind, past in ((PAPER, v > 1), (SHARP, both >= 1)):
                counted = found.counted(kind, gamma)
                assert counted is not None
                assert (x in counted) == past, (kind, x, gamma)


@given(instances())
@BOUNDED
def test_both_thresholds_at_once(instance: Instance) -> None:
    """Accepted where s_term is out of the region that both count in; then they are the thresholds of two claims."""
    apart, at_once = settled(instance), Facts.of(model_of(instance))
    for entry in Producer(instance).thresholds():
        if entry.get("kind") != PAPER:
            continue
        x = entry["state"]
        if same_count(instance, instance.mdp.state(x)):
            accept(at_once, entry | {"kind": "both"})
            for kind, gamma in product((PAPER, SHARP), GAMMAS):
                (one, two) = (found.roots[kind][x] for found in (apart, at_once))
                assert one
                assert two
                assert compare(gamma, one) == compare(gamma, two)
        else:
            refused(at_once, entry | {"kind": "both"}, "not thresholds of the same count")


def test_a_common_factor_in_the_excess() -> None:
    """3 (gamma^2 + 2 gamma - 1) at a tie: the polynomial that divides must be free of the 3."""
    instance = drawn(713)
    settled(parse_instance(write_instance(instance).encode()))


@given(instances())
@BOUNDED
def test_frequencies(instance: Instance) -> None:
    """(1 - gamma) v near 1, of the policy that the evidence names."""
    found, near = settled(instance), 1 - Fraction(1, 10**9)
    for entry in Producer(instance).thresholds():
        if entry.get("kind") == PAPER:
            mdp, x = instance.mdp, instance.mdp.state(entry["state"])
            policy = tuple(
                mdp.action(s, entry["policy"][n]) if n in entry["policy"] else -1 for s, n in enumerate(mdp.states)
            )
            v = brute_force.count(mdp, policy, instance.shutdown_state, [x], near)
            assert abs((1 - near) * v - found.frequencies[entry["state"]]) < Fraction(1, 10**6)


@pytest.mark.parametrize("number", range(len(WORKED)))
def test_worked_thresholds(number: int) -> None:
    """The table of theory.md: each polynomial vanishes at the root that is kept."""
    instance, x, paper, sharp = WORKED[number]
    found = settled(instance)
    for kind, expected in ((PAPER, paper), (SHARP, sharp)):
        root = found.roots[kind].get(x)
        assert (root is None) == (expected is None)
        if root and expected:
            _, low, high = root
            if expected == (0, 1):
                assert root == ((0, 1), Fraction(0), Fraction(0))
            else:
                value = [sum(c * end**k for k, c in enumerate(expected)) for end in (low, high)]
                assert value[0] * value[1] < 0 or value == [0, 0]


@given(instances(), st.data())
@BOUNDED
def test_evidence_that_is_off_is_refused_or_harmless(instance: Instance, data: st.DataObject) -> None:
    """One number of the evidence moved: refused, or the same root is proved."""
    every = [entry for entry in Producer(instance).thresholds() if entry["claim"] == "threshold"]
    if not every:
        return
    entry = data.draw(st.sampled_from(every))
    found, honest_ = Facts.of(model_of(instance)), settled(instance)
    key = data.draw(st.sampled_from(["numerator", "denominator", "interval", "lower", "gap", "unit"]))
    holder: Json = entry if key in entry else entry.get("bounds", {})
    if key not in holder:
        return
    values = holder[key] if isinstance(holder[key], list) else [holder[key]]
    k = data.draw(st.integers(0, max(0, len(values) - 1)))
    if not values:
        return
    values[k] = str(Fraction(values[k]) + Fraction(data.draw(st.sampled_from(["-1", "1", "1/7", "5"]))))
    holder[key] = values if isinstance(holder[key], list) else values[0]
    try:
        accept(found, entry)
    except (Invalid, Malformed):
        assert not found.roots[entry["kind"]]
        return
    mine, theirs = found.roots[entry["kind"]][entry["state"]], honest_.roots[entry["kind"]][entry["state"]]
    assert mine is not None
    assert theirs is not None
    for gamma in (*GAMMAS, *mine[1:], *theirs[1:]):
        if not (mine[1] < gamma < mine[2] or theirs[1] < gamma < theirs[2]):
            assert compare(gamma, mine) == compare(gamma, theirs)


def test_what_is_kept() -> None:
    """The root with its interval, the frequency of the paper's, None where there is none."""
    found = proved("retry")
    root = found.roots[PAPER]["x"]
    assert root is not None
    assert root[0] == (-1, 3, -1)
    assert found.frequencies == {"x": 1}
    assert found.roots[SHARP]["new"] is None
    assert found.used == ["threshold", "no-threshold", "threshold", "orbit"] or set(found.used) == {
        "threshold", "no-threshold", "orbit"}  # fmt: skip


def test_a_refused_claim_leaves_nothing() -> None:
    """Not even a frequency."""
    found = facts("detour")
    entry = claim(honest("detour"), "threshold", kind="paper", state="x")
    policy = {"new": "go", "x": "go", "y": "stay"}
    refused(found, entry | {"policy": policy, "numerator": ["1"], "denominator": ["1"]}, "does not reach x")
    assert (found.roots[PAPER], found.frequencies, found.used) == ({}, {}, [])


def test_work_is_paid() -> None:
    """Each rule stops at the bound, and the longer the evidence the more it costs."""
    for entry in (*honest("retry")["claims"], retry(), claim(honest("tie"), "threshold", kind="sharp", state="x")):
        found = facts("tie" if "late" in str(entry) else "retry")
        found.surely("x")
        found.left = 0
        refused(found, entry, "bound on work", Hole)
        assert found.roots == {PAPER: {}, SHARP: {}}


def test_each_evaluation_is_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    """N - D between the ends, with its sign changes; p at both, and at the question's gamma, which verdicts ask again and
    again; the denominator of the ties, with its sign changes.
    """
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(Facts, "pay_to_evaluate", lambda _, *asked: calls.append(asked))
    entry = claim(honest("tie-aside"), "threshold", kind="sharp", state="x")
    accept(facts("tie-aside"), entry)
    ends = [Fraction(end) for end in entry["interval"]]
    ties = tuple(map(int, entry["ties"]))
    excess = (-1, 3, -1)
    asked = [(1, excess, gamma) for gamma in facts("tie-aside").asked * 2]
    assert calls == [(3, excess, *ends), (2, excess, *ends), *asked, (len(ties), ties, *ends)]


def test_the_number_of_terms_that_decide() -> None:
    """Too few terms agree, for thresholds and closed forms: found at the last one."""
    few = [case for case in cases.every() if case.name == "too_few_terms_agree"]
    assert {case.kind for case in few} == {"closed-form", "threshold"}


def test_an_action_may_be_the_same_for_every_gamma() -> None:
    """Two names for one step: neither worse nor better."""
    from tests.proofs.kernel.session import source

    text = source("new x term", "new go x=1/2 new=1/2\nnew also x=1/2 new=1/2\nx stay x=1\nx rest x=1")
    from exact.instance import parse_instance

    found = settled(parse_instance(text))
    assert found.roots[PAPER]["x"] is not None
    assert {k: v for k, v in found.roots[SHARP].items() if v}.keys() == {"x"}


def test_an_action_may_be_the_same_after_other_states() -> None:
    """Another way to x that is as long: the same for every gamma, by other states and probabilities."""
    from exact.instance import parse_instance
    from tests.proofs.kernel.session import source

    ways = "new a m=1\nnew b u=1/3 w=2/3\nm go x=1/2 new=1/2\nu go x=1/2 new=1/2\nw go new=1/2 x=1/2\nx stay x=1"
    found = settled(parse_instance(source("new m u w x term", ways)))
    assert found.roots[PAPER]["x"] is not None
