"""python -m tests.campaigns.soundness [COUNT] [SECONDS]: random small instances, the kernel against enumeration.

For each instance: the certificate of `verify` is VALID or HOLEY (for every tenth also that of `retarget
--for-all-gamma`); each threshold that was accepted separates the gammas as enumeration of policies says; where
Theorem 2's conclusion is proved with n, the orbits of random theta at that gamma have at least n times as many goals
that avoid shutdown; where it fails, some orbit of the certificate has fewer.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from exact.instance import Inequality, Instance, parse_instance
from exact.instance.model import PREFERENCES, READINGS, TIES, Goals, Question
from exact.instance.write import write_instance
from exact.mdp import Mdp, Row
from proofs.kernel.check import Outcome, check
from proofs.matrix.conditions import conditions
from proofs.verification import verify
from tests.reference import brute_force, brute_orbit

SEED = 7
Json = Any


def drawn(seed: int) -> Instance:
    """A random instance of 2 to 4 states, any option: s_new first, s_term last; about a third have training states."""
    choose = random.Random(f"{SEED} {seed}")
    size = choose.choice([2, 3, 3, 4, 4, 4])
    inside = frozenset(s for s in range(1, size - 1) if choose.random() < 0.2)
    rows: list[tuple[Row, ...]] = []
    for s in range(size):
        most = 0 if s == size - 1 and choose.random() < 0.8 else 2
        rows.append(tuple(_row(choose, range(size)) for _ in range(choose.randint(0, most))))
    rows[0] = (((size - 1, Fraction(1)),), *rows[0])
    reading = choose.choice([*READINGS, "return"])
    trained = {s: choose.randrange(len(rows[s])) for s in inside if rows[s]}
    if reading == "on-training":
        for s, a in trained.items():
            rows[s] = (*rows[s][:a], _row(choose, sorted(inside)), *rows[s][a + 1 :])
    names = tuple(f"s{s}" for s in range(size))
    actions = tuple(tuple(f"a{a}" for a in range(len(choices))) for choices in rows)
    gamma = None if choose.random() < 0.25 else Fraction(choose.randint(1, 11), 12)
    return Instance(
        mdp=Mdp(names, actions, tuple(rows)),
        shutdown_state=0,
        shutdown_action=0,
        training=inside,
        trained=trained,
        goals=Goals(reading, choose.choice(PREFERENCES), choose.random() < 0.8, _inequalities(choose, size)),
        ties=choose.choice([*TIES, "uniform"]),
        question=Question(gamma, tuple(Fraction(choose.randint(0, 3)) for _ in names), _permutations(choose, size)),
    )


def _inequalities(choose: random.Random, size: int) -> tuple[Inequality, ...]:
    """None mostly; else one or two with small coefficients."""
    relations = ["<=", "<=", "<", "="]
    rows = [
        [Fraction(choose.choice([-1, 0, 0, 1, 2])) for _ in range(size)] for _ in range(choose.choice([0, 0, 1, 2]))
    ]
    return tuple(Inequality(tuple(row), choose.choice(relations), Fraction(choose.randint(0, 2))) for row in rows)


def _permutations(choose: random.Random, size: int) -> tuple[tuple[int, ...], ...]:
    """None mostly; else one or two of any kind."""
    return tuple(tuple(choose.sample(range(size), size)) for _ in range(choose.choice([0, 0, 1, 2])))


def _row(choose: random.Random, states: range | list[int]) -> Row:
    weights = {
        s: choose.randint(1, 3) for s in choose.sample(list(states), min(len(states), choose.choice([1, 1, 2, 3])))
    }
    total = sum(weights.values())
    return tuple((s, Fraction(w, total)) for s, w in sorted(weights.items()))


def flaws(seed: int, vectors: int = 4) -> Iterator[str]:
    """What is wrong on one random instance."""
    data = write_instance(drawn(seed)).encode()
    instance = parse_instance(data)
    if seed % 10 == 0:
        outcome = check(data, verify(instance, known=conditions(instance, True).findings()).certificate.encode())
        if outcome.status not in ("VALID", "HOLEY"):
            yield f"for all gamma, {outcome.status}: {outcome.reason}"
    text = verify(instance).certificate
    outcome, claims = check(data, text.encode()), json.loads(text)["claims"]
    if outcome.status not in ("VALID", "HOLEY"):
        yield f"{outcome.status}: {outcome.reason}"
        return
    for claim in claims:
        if claim["claim"] in ("threshold", "no-threshold"):
            yield from _threshold(instance, claim)
    yield from _propositions(instance, outcome)
    yield from _theorem2(instance, outcome, claims, random.Random(seed), vectors)


def _threshold(instance: Instance, claim: Json) -> Iterator[str]:
    """On both sides of the interval the best policy of the kind is, and is not, past 1."""
    mdp, x = instance.mdp, instance.mdp.state(claim["state"])
    paper, start = claim.get("kind") == "paper", instance.shutdown_state
    elsewhere = brute_force.starting_elsewhere(instance)
    policies = brute_force.reach_and_revisit(mdp, start, x) if paper else elsewhere
    counted = [x] if paper else [x, instance.s_term]
    low, high = map(Fraction, claim.get("interval", ("1", "1")))
    for gamma in {low * Fraction(99, 100), low, high, high + (1 - high) / 100, Fraction(1, 1000)} - {
        Fraction(0),
        Fraction(1),
    }:
        best = max((brute_force.count(mdp, p, start, counted, gamma) for p in policies), default=Fraction(0))
        past = best > 1 if paper else best >= 1
        rational = low == high
        expected = gamma > low if paper else gamma >= low
        if not rational and low < gamma < high:
            continue
        if rational or gamma <= low or gamma >= high:
            expected = expected if rational else gamma >= high
            if past is not expected:
                yield f"{claim}: at {gamma} the best count is {best}"


def _propositions(instance: Instance, outcome: Outcome) -> Iterator[str]:
    """Prop. 1's n: the recurrent states that some policy reaches with probability 1, or those that none does."""
    mdp, start = instance.mdp, instance.shutdown_state
    others = [x for x in range(len(mdp)) if x != instance.s_term]
    policies = list(brute_force.policies(mdp))
    recurrent = [x for x in others if any(brute_force.revisits(mdp, p, x) for p in policies)]
    sure = [x for x in recurrent if any(brute_force.reaches(mdp, p, start, x) for p in policies)]
    seen = [x for x in recurrent if any(x in brute_force.visited(mdp, p, start) for p in policies)]
    for (name, reach), (_, conclusion, _, n) in outcome.theorems.items():
        if name == "proposition-1":
            lost = [x for x in seen if x not in sure] if reach == "positive-probability" else []
            truth = ("fails", len(lost)) if lost else ("proved", len(sure))
            if (conclusion, n) != truth:
                yield f"{name} {reach}: {conclusion} {n}, by enumeration {truth}"


def _theorem2(
    instance: Instance, outcome: Outcome, claims: list[Json], choose: random.Random, vectors: int
) -> Iterator[str]:
    """The inequality of the conclusion, on orbits counted by brute force."""
    for (name, reach), (verdict, conclusion, means, n) in outcome.theorems.items():
        if name != "theorem-2" or conclusion == "undecided":
            continue
        gamma = instance.question.gamma
        if conclusion == "fails":
            shown = [c for c in claims if c["claim"] == "orbit" and gamma in (None, Fraction(c["gamma"]))]
            if not any(n * int(c["shutdown"]) > int(c["avoid"]) for c in shown):
                yield f"{name} {reach} fails without an orbit"
            if verdict == "refuted" and not _speaks(instance, [Fraction(c["gamma"]) for c in shown]):
                yield f"{name} {reach} is refuted where it says nothing"
        elif gamma is not None:
            for _ in range(vectors):
                theta = tuple(Fraction(choose.choice([0, 0, 1, 1, 2, 3, 7])) for _ in instance.mdp.states)
                tally = brute_orbit.count(instance, theta, gamma)
                if n * tally["shutdown"] > tally["avoid"]:
                    yield f"{name} {reach} {means} n = {n}: the orbit of {theta} has {tally}"


def _speaks(instance: Instance, gammas: list[Fraction]) -> bool:
    """Is some x counted (gamma > gamma*_x) at one of these gammas?"""
    mdp, start = instance.mdp, instance.shutdown_state
    return any(
        brute_force.count(mdp, policy, start, [x], gamma) > 1
        for gamma in gammas
        for x in range(len(mdp))
        if x != instance.s_term
        for policy in brute_force.reach_and_revisit(mdp, start, x)
    )


def main(count: int, seconds: float) -> int:
    """Seeds 0 to count - 1, within a time."""
    start, found, tally = time.monotonic(), 0, Counter[str]()
    for seed in range(count):
        if time.monotonic() - start > seconds:
            break
        tally["instances"] += 1
        for flaw in flaws(seed):
            found += 1
            print(f"FLAW {seed}: {flaw}")
    print(f"{tally['instances']} instances, {found} flaws")
    return int(bool(found))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(main(int(arguments[0]) if arguments else 2000, float(arguments[1]) if len(arguments) > 1 else 600))
