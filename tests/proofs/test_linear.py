"""The paper's assumptions relaxed, and the conclusion decided all the same; each certificate is VALID to the kernel."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from exact.goals import decision, violation
from exact.instance import Instance, Question, parse_instance, read_instance
from exact.instance.inequality import inequality
from exact.instance.write import write_instance
from exact.mdp import Mdp
from exact.orbit import number_of_arrangements
from proofs.findings import WITNESS_WORK, Findings, Universal
from proofs.kernel.check import Outcome, check
from proofs.linear import survivors
from proofs.matrix.relaxations import relaxed
from proofs.opinions import questions
from proofs.swaps import swap
from proofs.theorems import POSITIVE, SURE, Verdict
from proofs.universal.claim import Always
from proofs.verification import Verification, verify
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


def settled(instance: Instance) -> tuple[Verification, Outcome]:
    """Verified, and checked by the kernel on the instance's own file."""
    data = write_instance(instance).encode()
    found = verify(parse_instance(data))
    return found, check(data, found.certificate.encode())


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
        ("proved", "sharp", 1),
    ),
    "training-reached": (example("training-reached"), ("fails", "orbit", 1)),
}
KINDS = {"negative": NEGATIVE, "box": BOXES, "overlap": OVERLAPS}
CASES = {f"{kind}: {name}": case for kind, cases in KINDS.items() for name, case in cases.items()}


@pytest.mark.parametrize("name", CASES)
def test_decided_with_a_valid_certificate(name: str) -> None:
    """Negative rewards, the box [-1, 1]^d, S_reach that meets S_train: at least three each, proved and refuted."""
    instance, wanted = CASES[name]
    found, outcome = settled(instance)
    main = found.main
    assert (main.verdict, main.conclusion, main.means, main.n) == ("inapplicable", *wanted)
    assert (outcome.status, outcome.holes) == ("VALID", [])
    assert outcome.theorems["theorem-2", "positive-probability"] == (main.verdict, *wanted)


@pytest.mark.parametrize("name", [name for name, (_, wanted) in CASES.items() if wanted[0] == "fails"])
def test_refuting_orbits_by_brute_force(name: str) -> None:
    """The orbit that refutes is counted anew, permutation by permutation and policy by policy."""
    instance, (_, _, n) = CASES[name]
    found, _ = settled(instance)
    (orbit, *_) = [orbit for orbit in found.findings.orbits if orbit.refutes(n)]
    tally = brute_orbit.count(instance, orbit.goal.rewards, orbit.goal.gamma)
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
        found, outcome = settled(instance)
        assert outcome.status == "VALID"
        verdicts.append((found.main.verdict, found.main.conclusion))
    assert verdicts == [("refuted", "fails"), ("verified", "proved"), ("verified", "proved")]


def test_theta_kept_by_a_universal_claim_counts_for_the_papers_means() -> None:
    """Upper bounds on each reward alone are not symmetric row by row, yet swaps keep them: kernel and verify agree."""
    corridor = example("corridor-3")
    given = tuple(inequality(f"{s} <= 1", corridor.mdp, "") for s in corridor.mdp.states)
    found, outcome = settled(replace(corridor, goals=replace(corridor.goals, inequalities=given)))
    assert (found.main.verdict, found.main.means, found.main.n) == ("verified", "paper", 3)
    assert (outcome.status, outcome.reason) == ("VALID", "")


def test_proposition_3_where_shutdown_loops() -> None:
    """s_term and x loop alike, so the paper's premise fails; the swap is proved by a linear claim, and z3 agrees."""
    rows = {"new": {"off": {"term": 1}, "go": {"x": 1}}, "x": {"stay": {"x": 1}}, "term": {"stay": {"term": 1}}}
    given = Instance(Mdp.from_dict(["new", "x", "term"], rows), 0, 0, question=Question(Fraction(9, 10)))
    found, outcome = settled(given)
    for reach in (POSITIVE, SURE):
        assert found.verdicts["proposition-3", reach] == Verdict("inapplicable", "proved", "linear", 1)
    assert (outcome.status, outcome.reason) == ("VALID", "")
    asked = [question for question in questions(found) if question.gamma == Fraction(9, 10)]
    assert [(question.ask, question.exact) for question in asked] == [("retargets", True), ("stays", True)]


@pytest.mark.parametrize("ties", ["uniform", "shutdown-last"])
def test_what_a_linear_claim_leaves_open_of_ties(ties: str) -> None:
    """With two others, shutdown may lose by a tie and yet be optimal: the claim does not answer what z3 is asked."""
    rows = {"new": {"off": {"term": 1}, "a": {"x": 1}, "b": {"x": 1}}, "x": {"s": {"x": 1}}, "term": {"s": {"term": 1}}}
    mdp = Mdp.from_dict(["new", "x", "term"], rows)
    found, _ = settled(Instance(mdp, 0, 0, ties=ties, question=Question(Fraction(9, 10))))
    retargets = next(question for question in questions(found) if question.ask == "retargets")
    assert found.findings.shown("retargets", (0, 2, 1), Fraction(9, 10))
    assert retargets.exact is None


def test_survivors_are_counterexamples() -> None:
    """Each theta lies in Theta and shuts down; exchanged it leaves Theta, or does not avoid shutdown."""
    for name in ("training-leak", "overlap", "box"):
        found = verify(example(name))
        instance = found.analysis.instance
        assert found.findings.survivors, name
        for entry in found.findings.survivors:
            theta, gamma = entry.goal.rewards, entry.goal.gamma
            phi = swap(instance, entry.state)
            image = tuple(theta[phi[s]] for s in range(len(phi)))
            assert violation(instance, theta, gamma) is None
            assert decision(instance, theta, gamma) == "shutdown"
            left = violation(instance, image, gamma) is not None
            assert left if entry.how == "leaves-theta" else decision(instance, image, gamma) != "avoid"


def test_survivors_without_a_gamma() -> None:
    """They are looked for at a few discounts."""
    found = verify(example("training-leak").at(None))
    x = found.analysis.instance.mdp.state("x")
    assert [entry.state for entry in survivors(found.analysis, [x], None)] == [x]


def test_known_claims_are_written_and_used() -> None:
    """A universal claim that was proved before is in the certificate, and its `stays` is known to the verdicts."""
    instance = example("corridor-3")
    phi = swap(instance, instance.mdp.state("r1"))
    proof: dict[str, object] = {"violations": []}
    entry = Universal("stays", phi, Always(Fraction(0), Fraction(1), proof))
    found = verify(instance, known=Findings(universal=[entry]))
    assert '"claim": "universal", "property": "stays", "permutation": [["r1", "term"]]' in found.certificate
    assert check(instance_path("corridor-3").read_bytes(), found.certificate.encode()).status == "VALID"
    assert found.findings.shown("stays", phi, None)
    assert found.findings.shown("stays", phi, Fraction(1, 2))
    half = Findings(universal=[replace(entry, answer=Always(Fraction(0), Fraction(1, 2), proof))])
    assert [half.shown("stays", phi, gamma) for gamma in (None, Fraction(1, 2), Fraction(2, 3))] == [False, True, False]


def test_orbits_fit_the_kernels_bound_on_work() -> None:
    """A gridworld of 16 states whose first refuting orbit is too large to recount: a smaller one is found."""
    found, outcome = settled(relaxed(example("gridworld"), frozenset(["shutdown-terminal", "training-closed"])))
    assert (found.main.conclusion, outcome.status) == ("fails", "VALID")
    assert sum(orbit.work for orbit in found.findings.orbits) <= WITNESS_WORK
    assert sum(number_of_arrangements(orbit.goal.rewards) for orbit in found.findings.orbits) > 1000
