"""`universal`, `retargeting`: what is kept of them, and that no accepted claim is refuted by enumeration."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from exact.instance import Goals, Inequality, Instance, parse_instance
from exact.instance.model import PREFERENCES, READINGS, TIES
from exact.instance.write import write_instance
from exact.mdp import Mdp
from proofs.kernel.check import accept
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Model
from proofs.kernel.limits import WORK
from proofs.kernel.rules import linear
from tests.corpus import cases
from tests.proofs.kernel.session import Json, facts, instance, model, proved, refused
from tests.reference.brute_property import PROPERTIES, refutes

SMALL = [Fraction(n) for n in (-1, 0, 1, 2)] + [Fraction(1, 2)]
HALF = Fraction(1, 2)
HONEST = [case for case in cases.every() if (case.status, case.kind) == ("valid", "universal")]
DEEP = "four_hundred_splits"  # what is changed at random there is slow, and not another kind of proof


def leaves_of(proof: Any) -> Iterator[list[Any]]:
    """The lists of multipliers of a tree."""
    if "multipliers" in proof:
        yield proof["multipliers"]
    below = [*proof.get("cases", {}).values(), *proof.get("only", {}).values()]
    for child in [*below, *(child for _, child in proof.get("violations", []))]:
        yield from leaves_of(child)


def mutated(random: Random, given: Instance, claim: Json) -> tuple[Instance, Json]:
    """Another claim with the same proof, or another proof of the same claim, or both for another instance."""
    claim, goals, names = json.loads(json.dumps(claim)), given.goals, given.mdp.states
    leaves = [leaf for leaf in leaves_of(claim["proof"]) if leaf]
    what = random.choice(["property", "permutation", "interval", "ties", "strict", "reading", "row", "factor", "limit"])
    if what == "property":
        claim["property"] = random.choice(PROPERTIES)
    elif what == "permutation":
        claim["permutation"] = [random.sample(names, random.choice([2, 2, 3]))] if random.random() < 0.9 else []
    elif what == "interval":
        claim["interval"] = random.choice([["0", "1"], ["0", "1/2"], ["1/2", "1"], ["1/3", "1/3"], ["1/7", "6/7"]])
    elif what == "ties":
        given = replace(given, ties=random.choice(TIES))
    elif what == "strict":
        given = replace(given, goals=replace(goals, preference=random.choice(PREFERENCES)))
    elif what == "reading":
        given = replace(given, goals=replace(goals, reading=random.choice(["return", "immediate"])))
    elif what == "limit" and goals.inequalities:
        k = random.randrange(len(goals.inequalities))
        changed = replace(goals.inequalities[k], relation=random.choice(["<=", "<", "="]), text="")
        limits = (*goals.inequalities[:k], changed, *goals.inequalities[k + 1 :])
        given = replace(given, goals=replace(goals, inequalities=limits))
    elif leaves and what == "row":
        entry = random.choice(random.choice(leaves))
        entry[0][-1:] = [random.choice([*names, *given.mdp.actions[given.shutdown_state]])]
        entry[0][0] = random.choice(
            [entry[0][0], "kept", "prefers", "super", "tight", "trained", "beaten", "no-greater"]
        )
    elif leaves:
        entry = random.choice(random.choice(leaves))
        entry[1] = random.choice([["1"], ["-1"], ["0", "1"], ["1", "-1"], []])
    return parse_instance(write_instance(given).encode()), claim


def contradicted(random: Random, given: Instance, claim: Json, tries: int) -> str:
    """A theta and a gamma that refute the claim, by enumeration."""
    (low, high), names = map(Fraction, claim["interval"]), given.mdp.states
    target = {s: t for cycle in claim["permutation"] for s, t in zip(cycle, [*cycle[1:], cycle[0]], strict=True)}
    phi = tuple(names.index(target.get(s, s)) for s in names)
    ends = [end for end in (low, high) if 0 < end < 1]
    every = list(itertools.product(SMALL, repeat=len(phi)))
    for theta in random.sample(every, min(tries, len(every))):
        gamma = random.choice([*ends, low + (high - low) * Fraction(random.randint(1, 99), 100)])
        if refutes(given, claim["property"], phi, theta, gamma):
            return f"{claim['property']} {phi} at {gamma}: {theta}"
    return ""


def accepts(given: Instance, claim: Json) -> bool:
    """Proved."""
    try:
        accept(Facts.of(Model(write_instance(given).encode())), claim)
    except (Invalid, Malformed):
        return False
    return True


@pytest.mark.parametrize("case", [case for case in HONEST if case.name != DEEP], ids=lambda case: case.name)
def test_no_accepted_claim_is_refuted(case: cases.Case) -> None:
    """The corpus' proofs, as they are and changed at random: what the kernel accepts holds."""
    claim, given, random = json.loads(case.certificate)["claims"][0], instance(case.instance), Random(case.name)
    assert accepts(given, claim)
    assert not contradicted(random, given, claim, 200)
    for _ in range(60):
        other, changed = mutated(random, given, claim)
        if accepts(other, changed):
            assert not contradicted(random, other, changed, 60), changed


def claim_of(name: str, **changes: object) -> Json:
    """An honest claim of the corpus."""
    case = next(case for case in HONEST if case.name == name)
    found: Json = json.loads(case.certificate)["claims"][0]
    return found | changes


def test_what_is_kept_of_a_universal_claim() -> None:
    """The property, the permutation as a map, the gammas."""
    found = facts("step")
    accept(found, claim_of("exceeds_on_all_of_0_1"))
    accept(found, claim_of("on_a_part_of_it"))
    swap = {"x": "term", "term": "x"}
    whole, part = (Fraction(0), Fraction(1)), (Fraction(1, 3), HALF)
    assert found.universal == [("exceeds", swap, whole), ("retargets", swap, part)]
    assert found.used == ["universal", "universal"]


def test_what_is_kept_of_a_retargeting() -> None:
    """How many permutations, and where; overlap has two, box too."""
    for base in ("overlap", "box"):
        found = proved(base)
        at = found.model.gamma
        assert found.retargetable == [((at, at), 2)]


def test_a_refused_claim_leaves_nothing() -> None:
    """Neither fact nor use."""
    found = facts("step")
    refused(found, claim_of("exceeds_on_all_of_0_1", property="retargets"), "not available")
    assert (found.universal, found.used) == ([], [])


def test_between() -> None:
    """phi_j^-1 phi_i, on random permutations of five states; the identity is empty."""
    random = Random(5)
    for _ in range(50):
        first, second = (
            {s: t for s, t in zip("abcde", random.sample("abcde", 5), strict=True) if s != t} for _ in range(2)
        )
        found = linear._between(first, second)
        assert all(s != t for s, t in found.items())
        for s in "abcde":
            assert second.get(found.get(s, s), found.get(s, s)) == first.get(s, s)
        assert linear._between(first, first) == {}


def test_a_strict_sum_must_not_vanish_at_an_end_inside() -> None:
    """gamma - 1/2 times 0 < 0 shows nothing at gamma = 1/2: on [1/2, 1] refused, on [3/5, 1] it is a proof."""
    limits = tuple(Inequality(tuple(map(Fraction, row)), "<", Fraction(0)) for row in ((0, 1, 0), (0, -1, 0)))
    given = replace(instance("step"), goals=Goals(inequalities=limits))
    proof = {"multipliers": [[["inequality", k], ["-1", "2"]] for k in ("0", "1")]}
    for low, expected in (("3/5", True), ("1/2", False), ("2/5", False)):
        claim = claim_of("exceeds_on_all_of_0_1", property="retargets", interval=[low, "1"], proof=proof)
        assert accepts(given, claim) is expected


def test_a_gap_needs_no_strict_row() -> None:
    """x <= 1 and x >= 2: 0 <= -1."""
    limits = tuple(
        Inequality(tuple(map(Fraction, r)), "<=", Fraction(b)) for r, b in (((0, 1, 0), 1), ((0, -1, 0), -2))
    )
    given = replace(instance("step"), goals=Goals(inequalities=limits))
    for factors, expected in ((("1", "1"), True), (("1", "2"), False)):
        proof = {"multipliers": [[["inequality", str(k)], [factor]] for k, factor in enumerate(factors)]}
        assert accepts(given, claim_of("exceeds_on_all_of_0_1", proof=proof)) is expected
    near = replace(given, goals=Goals(inequalities=(limits[0], replace(limits[1], bound=Fraction(-1)))))
    proof = {"multipliers": [[["inequality", str(k)], ["1"]] for k in range(2)]}
    assert not accepts(near, claim_of("exceeds_on_all_of_0_1", proof=proof))


@pytest.mark.parametrize("ties", TIES)
def test_one_tie_is_no_avoidance(ties: str) -> None:
    """The swap makes x and s_term equal in all theta with r(x) = r(term): avoided only if ties go against shutdown."""
    limits = (Inequality((Fraction(1), Fraction(0), Fraction(0)), "=", Fraction(0)),)
    mdp = Mdp(("new", "x", "term"), (("off", "go"), (), ()), ((((2, Fraction(1)),), ((1, Fraction(1)),)), (), ()))
    given = Instance(mdp, 0, 0, goals=Goals(inequalities=limits), ties=ties)
    leaf = {"multipliers": [[["prefers", "go"], ["1"]], [["kept", "go"], ["1"]]]}
    for proof in (leaf, {"only": {"go": {"multipliers": [[["prefers", "go"], ["1"]]]}}}):
        for cycles in ([], [["x", "term"]], [["new", "term"]]):
            claim = {"claim": "universal", "property": "retargets", "permutation": cycles, "interval": ["1/2", "1/2"]}
            assert not accepts(given, claim | {"proof": proof}) or not contradicted(Random(0), given, claim, 125)


def test_training_copies_are_split_and_used() -> None:
    """Under on-training W_goal-training is a variable of its own: r(t) = 0 says V*(t) = 0 there, by a split."""
    given = replace(instance("training-leak-on-training"), goals=Goals("on-training", inequalities=(
        Inequality(tuple(map(Fraction, (1, 0, 0, 0))), "=", Fraction(0)),)))  # fmt: skip
    rows = {("optimal", "t"): ["1"], ("super", "goal-training", "t", "stay"): ["1"]}
    leaf = {"multipliers": [[list(row), factor] for row, factor in rows.items()]}
    claim = {"claim": "universal", "property": "retargets", "permutation": [], "interval": ["1/2", "1/2"]}
    split = {"split": ["goal-training", "t"], "cases": {"stay": leaf}}
    found = Facts.of(Model(write_instance(given).encode()))
    refused(found, claim | {"proof": split}, "do not contradict")
    refused(found, claim | {"proof": {"split": ["goal-training", "x"], "cases": {}}}, "is not one of", Malformed)
    refused(found, claim | {"proof": {"split": ["goal-training", "t"], "cases": {"stay": leaf, "go": leaf}}}, "exactly")
    wrong = {"multipliers": [[["super", "goal-training", "t", "go"], ["1"]]]}
    refused(found, claim | {"proof": wrong}, "not available")


def test_readings() -> None:
    """A random proof tree is read in any reading: nothing but an answer."""
    for reading in READINGS:
        given = replace(instance("step"), goals=Goals(reading))
        assert accepts(given, claim_of("exceeds_on_all_of_0_1"))


def test_a_multiplier_is_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its products with the row, as long as the denominators of the rows so far; its signs, counted and evaluated."""
    rows = '[goals]\ninequalities = ["1/340282366920938463463374607431768211456*x <= -1", "x <= -1"]\n'
    read = model("new x term", "new go x=1\nx stay x=1", rows)  # the denominator is 2^128
    proof = {"multipliers": [[["inequality", "0"], ["1"]], [["inequality", "1"], ["1"]], [["reward", "x"], ["2"]]]}
    products: list[tuple[int, ...]] = []
    evaluations: list[tuple[object, ...]] = []
    monkeypatch.setattr(Facts, "pay", lambda _, *asked: products.append(asked))
    monkeypatch.setattr(Facts, "pay_to_evaluate", lambda _, *asked: evaluations.append(asked))
    claim = {"claim": "universal", "property": "exceeds", "permutation": [], "interval": ["1/2", "1/2"], "proof": proof}
    refused(Facts.of(read), claim, "do not cancel")
    assert [paid for paid in products if paid[0] == 3] == [(3, 1 + 129, 129), (3, 1 + 130, 130), (3, 2 + 131, 131)]
    assert evaluations == [(2, factor, HALF, HALF) for factor in ((1,), (1,), (2,))]


def test_work_is_paid() -> None:
    """Every rule stops at the bound; what is not checked proves nothing."""
    for name in ("exceeds_on_all_of_0_1", "at_one_gamma", "stays_without_a_way_out"):
        found = facts("step")
        found.left = 10
        refused(found, claim_of(name), "bound on work", Hole)
        assert found.universal == []
    counted = []
    for ends in (["1/2", "1/2"], ["1/2", f"5{'0' * 99}1/1{'0' * 101}"]):
        found = facts("step")
        accept(found, claim_of("exceeds_on_all_of_0_1", interval=ends))
        counted.append(WORK - found.left)
    assert 0 < counted[0] < counted[1]
    found = facts("step")
    swap = {"claim": "retargeting", "interval": ["0", "1"], "permutations": [[["term", "x"]]]}
    accept(found, claim_of("retargets_on_all_of_0_1"))
    accept(found, claim_of("stays_without_a_way_out"))
    found.left = 0
    refused(found, swap, "bound on work", Hole)
    assert found.retargetable == []
