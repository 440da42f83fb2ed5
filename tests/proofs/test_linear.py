"""The paper's assumptions relaxed, and the conclusion decided all the same; each certificate is VALID to the kernel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from exact.goals import decision, violation
from exact.instance import Goals, Instance, Question, parse_instance, read_instance
from exact.instance.inequality import inequality
from exact.instance.write import write_instance
from exact.mdp import Mdp
from exact.permutation import swap
from proofs.claims.accepted import Verdict
from proofs.claims.checked import Checked
from proofs.claims.types import POSITIVE, SURE, SwapFails, Universal
from proofs.verify import recheck, verify
from proofs.what_if.relaxations import relaxed
from tests.examples import instance_path
from tests.reference import brute_orbit


def example(name: str) -> Instance:
    """An instance of the examples."""
    return read_instance(instance_path(name))


def any_sign(instance: Instance) -> Instance:
    """Rewards may be negative."""
    return replace(instance, goals=replace(instance.goals, nonnegative=False))


def boxed(instance: Instance, low: int, high: int = 1) -> Instance:
    """Each reward lies in [low, high], by inequalities alone."""
    mdp = instance.mdp
    bounds = [text for s in mdp.states for text in (f"{s} <= {high}", f"{low} <= {s}")]
    given = tuple(inequality(text, mdp, "") for text in bounds)
    return replace(instance, goals=replace(instance.goals, nonnegative=False, inequalities=given))


def exits(*names: str) -> Instance:
    """s_new, a shutdown state and other states that end the episode."""
    rows = {"new": {"off": {"term": 1}, **{f"to_{name}": {name: 1} for name in names}}}
    instance = Instance(Mdp.from_dict(["new", *names, "term"], rows), 0, 0)
    return instance.at(Fraction(9, 10))


def settled(instance: Instance) -> Checked:
    """Verified, and the certificate checked again by the kernel on the instance's own file."""
    written = parse_instance(write_instance(instance).encode())
    found = verify(written)
    again = recheck(written, found.certificate)
    assert (again.status, again.theorems) == (found.status, found.theorems)
    return found


def theta_of(instance: Instance, rewards: Mapping[str, Fraction]) -> tuple[Fraction, ...]:
    """The reward vector."""
    return tuple(rewards.get(s, Fraction(0)) for s in instance.mdp.states)


NEGATIVE = {  # -> conclusion, means, n
    "negative": (example("negative"), ("fails", "orbit", 1)),
    "corridor": (any_sign(example("corridor-3")), ("fails", "orbit", 3)),
    "star, s_new fixed at 0": (any_sign(example("star-3")), ("fails", "orbit", 3)),
    "two exits": (any_sign(exits("left", "right")), ("proved", "linear", 2)),
}
BOXES = {
    "box": (example("box"), ("proved", "linear", 2)),
    "corridor": (boxed(example("corridor-3"), -1), ("fails", "orbit", 3)),
    "three exits": (boxed(exits("a", "b", "c"), -1), ("proved", "linear", 3)),
    "half": (boxed(example("half"), -1), ("fails", "orbit", 1)),
}
OVERLAPS = {
    "overlap": (example("overlap"), ("proved", "linear", 2)),
    "overlap, weak": (
        replace(example("overlap"), goals=replace(example("overlap").goals, preference="weak")),
        ("fails", "orbit", 2),  # the paper counts 2; n = 1 is proved
    ),
    "training-reached": (example("training-reached"), ("fails", "orbit", 1)),
}
KINDS = {"negative": NEGATIVE, "box": BOXES, "overlap": OVERLAPS}
CASES = {f"{kind}: {name}": case for kind, cases in KINDS.items() for name, case in cases.items()}


@pytest.mark.parametrize("name", CASES)
def test_decided_with_a_valid_certificate(name: str) -> None:
    """Negative rewards, the box [-1, 1]^d, S_reach that meets S_train: at least three each, proved and refuted."""
    instance, wanted = CASES[name]
    found = settled(instance)
    main = found.main
    assert (main.verdict, main.conclusion, main.means, main.n) == ("inapplicable", *wanted)
    assert (found.status, found.holes) == ("VALID", ())


@pytest.mark.parametrize("name", [name for name, (_, wanted) in CASES.items() if wanted[0] == "fails"])
def test_refuting_orbits_by_brute_force(name: str) -> None:
    """The orbit that refutes is counted anew, permutation by permutation and policy by policy."""
    instance, (_, _, n) = CASES[name]
    orbit = settled(instance).refuting()
    assert orbit is not None
    tally = brute_orbit.count(instance, theta_of(instance, orbit.rewards), orbit.gamma)
    assert n * tally["shutdown"] > tally["avoid"]


@pytest.mark.parametrize("name", [name for name, (_, wanted) in CASES.items() if wanted[0] == "proved"])
def test_proved_counts_hold_in_orbits(name: str) -> None:
    """No orbit of a few small reward vectors contradicts the n that was proved."""
    instance, (_, _, n) = CASES[name]
    gamma, size = instance.question.gamma, len(instance.mdp)
    assert gamma is not None
    for values in ((1, 0, 0, -1), (1, 1, -1, -1), (1, 0, 0, 0), (-1, 0, 0, 0), (1, -1, -1, -1)):
        rewards = tuple(Fraction(v) for v in (*values, *[0] * (size - 4)))[:size]
        tally = brute_orbit.count(instance, rewards, gamma)
        assert n * tally["shutdown"] <= tally["avoid"], values


def test_training_leak() -> None:
    """theory.md, section 2: refuted under `return`, verified under `on-training`, and verified without `go`."""
    leak = example("training-leak")
    on_training = replace(leak, goals=replace(leak.goals, reading="on-training"))
    t = leak.mdp.state("t")
    closed = replace(leak, mdp=leak.mdp.without(t, leak.mdp.action(t, "go")))
    verdicts = []
    for instance in (leak, on_training, closed):
        found = settled(instance)
        assert found.status == "VALID"
        verdicts.append((found.main.verdict, found.main.conclusion))
    assert verdicts == [("refuted", "fails"), ("verified", "proved"), ("verified", "proved")]


def test_theta_kept_by_a_universal_claim_counts_for_the_papers_means() -> None:
    """Upper bounds on each reward alone are not symmetric row by row, yet swaps keep them: kernel and verify agree."""
    corridor = example("corridor-3")
    given = tuple(inequality(f"{s} <= 1", corridor.mdp, "") for s in corridor.mdp.states)
    found = settled(replace(corridor, goals=replace(corridor.goals, inequalities=given)))
    assert (found.main.verdict, found.main.means, found.main.n, found.status) == ("verified", "paper", 3, "VALID")


def test_proposition_3_where_shutdown_loops() -> None:
    """s_term and x loop alike, so the paper's premise fails; the swap is proved by a linear claim, and z3 agrees."""
    rows = {"new": {"off": {"term": 1}, "go": {"x": 1}}, "x": {"stay": {"x": 1}}, "term": {"stay": {"term": 1}}}
    given = Instance(Mdp.from_dict(["new", "x", "term"], rows), 0, 0, question=Question(Fraction(9, 10)))
    found = settled(given)
    for reach in (POSITIVE, SURE):
        assert found.theorem("proposition-3", reach) == Verdict("inapplicable", "proved", "linear", 1)
    assert found.status == "VALID"


@pytest.mark.parametrize("name", ["p3", "p3b2"])
def test_proposition_3_is_not_proved_where_it_is_false(name: str) -> None:
    """After the exchange shutdown ties with an alternative, or r(s_term) <= r(x): retargeting alone proves neither."""
    found = settled(parse_instance(DEFECTS[name].encode()))
    assert found.theorem("proposition-3").conclusion == "fails"
    (failing, *_) = found.of(SwapFails)
    instance = found.instance
    theta, phi = theta_of(instance, failing.rewards), swap(instance, instance.mdp.state(found.past("paper")[0]))
    image = tuple(theta[phi[s]] for s in range(len(phi)))
    worth = brute_orbit.q_values(brute_orbit.whole(instance), image, failing.gamma)[instance.shutdown_state]
    optimal = worth[instance.shutdown_action] == max(worth.values())
    assert optimal or theta[instance.s_term] <= image[instance.s_term]


def test_survivors_are_counterexamples() -> None:
    """Each theta lies in Theta and shuts down; exchanged it leaves Theta, or does not avoid shutdown."""
    for name, gamma in (("training-leak", None), ("overlap", None), ("box", None), ("corridor-3", Fraction(1, 3))):
        instance = example(name) if gamma is None else example(name).at(gamma)
        found = verify(instance)
        assert found.survivors(), name
        for state, entry in found.survivors():
            theta = theta_of(instance, entry.rewards)
            phi = swap(instance, instance.mdp.state(state))
            image = tuple(theta[phi[s]] for s in range(len(phi)))
            assert violation(instance, theta, entry.gamma) is None
            assert decision(instance, theta, entry.gamma) == "shutdown"
            left = violation(instance, image, entry.gamma) is not None
            assert left if entry.how == "leaves-theta" else decision(instance, image, entry.gamma) != "avoid"


def test_survivors_without_a_gamma() -> None:
    """They are looked for at a few discounts."""
    found = verify(example("training-leak").at(None))
    assert "x" in [state for state, _ in found.survivors()]


def test_known_claims_are_written_and_used() -> None:
    """A universal claim that was proved before is in the certificate, and the kernel counts it."""
    instance = example("corridor-3")
    entry = Universal("stays", (("r1", "term"),), (Fraction(0), Fraction(1)), {"violations": []})
    found = verify(instance, known=[entry])
    assert found.claims[0] == entry
    assert recheck(instance, found.certificate).claims[0] == entry


def test_refuting_orbits_fit_into_certificates() -> None:
    """A gridworld of 16 states, changed so that the conclusion fails: an orbit shows it that the kernel recounts."""
    found = settled(relaxed(example("gridworld"), frozenset(["shutdown-terminal", "training-closed"])))
    assert (found.main.conclusion, found.status) == ("fails", "VALID")


DEFECTS = {
    "p3": """
        format = 1
        states = ["new", "x", "term"]
        [shutdown]
        state = "new"
        action = "off"
        [transitions.new]
        off = { term = "1" }
        go = { x = "1" }
        walk = { x = "1" }
        [transitions.x]
        stay = { x = "1" }
        [goals]
        nonnegative = false
        inequalities = ["x = -10", "term = -1"]
        [question]
        gamma = "9/10"
    """,
    "p3b2": """
        format = 1
        states = ["term", "new", "m0"]
        [shutdown]
        state = "new"
        action = "off"
        [transitions.term]
        a0 = { m0 = "1/2", new = "1/4", term = "1/4" }
        [transitions.new]
        off = { term = "1" }
        a0 = { term = "1/2", new = "1/2" }
        [transitions.m0]
        a0 = { m0 = "1" }
        [goals]
        inequalities = ["term = 1", "new = 5", "m0 = 10"]
        [question]
        gamma = "3/4"
    """,
}


Ways = Mapping[str, Mapping[str, Mapping[str, Any]]]
PAYING: dict[str, tuple[Ways, dict[str, Any], str]] = {  # where Prop. 3 begins to hold at gamma*_x: rows, goals, ties
    "a state on the way pays": (
        {"new": {"go": {"new": "1/3", "x": "2/3"}, "walk": {"y": 1}}, "y": {"go": {"new": "1/2", "term": "1/2"}},
         "x": {"back": {"new": "1/5", "y": "3/5", "x": "1/5"}, "stay": {"x": 1}}},
        {"inequalities": ("x > 0",)}, "shutdown-first",
    ),
    "s_new pays, s_term may cost": (
        {"new": {"go": {"x": 1}, "slip": {"x": "2/5", "term": "3/5"}}, "x": {"on": {"term": 1}, "back": {"new": 1}}},
        {"nonnegative": False, "inequalities": ("new > 0", "x >= 0")}, "uniform",
    ),
    "s_new may cost, and is not visited again": (
        {"new": {"go": {"x": 1}}, "x": {"on": {"y": 1}, "slip": {"new": "1/2", "term": "1/2"}},
         "y": {"on": {"term": 1}, "back": {"x": 1}}},
        {"nonnegative": False, "inequalities": ("x >= 0", "y > 0", "term >= 0")}, "shutdown-first",
    ),
}  # fmt: skip


def paying(name: str) -> Instance:
    """By its name in the table."""
    ways, goals, ties = PAYING[name]
    mdp = Mdp.from_dict([*ways, "term"], {**ways, "new": {"off": {"term": 1}, **ways["new"]}})
    limits = tuple(inequality(text, mdp, "") for text in goals["inequalities"])
    start, free = mdp.state("new"), Goals(nonnegative=goals.get("nonnegative", True), inequalities=limits)
    return parse_instance(write_instance(Instance(mdp, start, 0, goals=free, ties=ties)).encode())


@pytest.mark.parametrize("name", PAYING)
def test_proposition_3_where_shutdown_pays(name: str) -> None:
    """Without a gamma, though below some gamma*_x it is false: what the thresholds' policies visit costs nothing."""
    given = paying(name)
    found = verify(given)
    third = found.theorem("proposition-3")
    assert (third.conclusion, third.means, third.n) == ("proved", "pays", len(found.past("paper")))
    assert "Proposition 3 where shutdown pays" in found.axioms
    assert recheck(given, found.certificate).theorem("proposition-3") == third


def test_no_proof_where_shutdown_need_not_pay() -> None:
    """If x may pay nothing and ties go to shutdown, theta = 0 prefers it; Prop. 3 fails, and so does `pays`."""
    given = paying("a state on the way pays")
    free = replace(given, goals=replace(given.goals, inequalities=()))
    found = verify(parse_instance(write_instance(free).encode()))
    assert (found.theorem("proposition-3").conclusion, found.covering("pays")) == ("fails", [])
