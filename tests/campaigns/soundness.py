"""python -m tests.campaigns.soundness [COUNT] [SECONDS] [FIRST]: random small instances, every verdict against enumeration.

For each instance: what `verify` writes is VALID or HOLEY; its thresholds, memberships, orbits and linear claims are true
(truth.py); its hypotheses, counted states and verdicts are those of enumeration (hypotheses.py), and none of Prop. 3, `nonnegative` and `strict` is open where
enumeration knows; and another certificate of the same instance (claims in another order, some left out, the second
producer's thresholds) never has another conclusion.
"""

from __future__ import annotations

import contextlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from exact.instance import Instance, parse_instance
from exact.instance.write import write_instance
from proofs.kernel.check import Outcome, check
from proofs.verify import verify
from tests.campaigns import hypotheses as enumerated
from tests.campaigns.drawing import drawn
from tests.campaigns.hypotheses import READINGS, counted
from tests.campaigns.mutations import contradiction
from tests.campaigns.truth import LARGE, counts, is_true
from tests.campaigns.truth import goals as sample
from tests.reference import brute_force, brute_orbit, brute_property
from tests.reference.evidence import Producer

Json = Any
Found = list[Json]
LEVELS = [Fraction(n) for n in (-2, -1, 0, 1, 2, 3)] + [Fraction(1, 2)]
GOALS, GAMMAS = 250, [Fraction(k, 12) for k in (1, 4, 7, 10, 11)]


def flaws(seed: int, vectors: int = 4) -> Iterator[str]:
    """What is wrong on one random instance."""
    data = write_instance(drawn(seed)).encode()
    instance = parse_instance(data)
    text = verify(instance).certificate
    outcome, claims = check(data, text), json.loads(text)["claims"]
    if outcome.status not in ("VALID", "HOLEY"):
        yield f"{outcome.status}: {outcome.reason}"
        return
    yield from (f"not true: {json.dumps(claim)}" for claim in claims if not is_true(instance, claim))
    yield from enumerated.flaws(instance, outcome, GAMMAS)
    yield from _propositions(instance, outcome)
    yield from _theorem2(instance, outcome, claims, random.Random(seed), vectors)
    yield from _of_theta(instance, outcome, random.Random(seed))
    yield from _other_certificates(data, instance, outcome, json.loads(text), random.Random(seed))


def _propositions(instance: Instance, outcome: Outcome) -> Iterator[str]:
    """Props. 1 and 2: the recurrent states that some policy reaches with probability 1, or those that none does."""
    mdp, start = instance.mdp, instance.shutdown_state
    others = [x for x in range(len(mdp)) if x != instance.s_term]
    policies = list(brute_force.policies(mdp))
    recurrent = [x for x in others if any(brute_force.revisits(mdp, p, x) for p in policies)]
    sure = [x for x in recurrent if any(brute_force.reaches(mdp, p, start, x) for p in policies)]
    seen = [x for x in recurrent if any(x in brute_force.visited(mdp, p, start) for p in policies)]
    for (name, reach), answer in outcome.theorems.items():
        if name == "proposition-1":
            lost = [x for x in seen if x not in sure] if reach == READINGS[0] else []
            truth = ("fails", len(lost)) if lost else ("proved", len(sure))
            if (answer.conclusion, answer.n) != truth:
                yield f"{name} {reach}: {answer}, by enumeration {truth}"
        if name == "proposition-2" and (answer.conclusion, answer.n) != ("proved", len(sure)):
            yield f"{name} {reach}: {answer}, by enumeration {len(sure)}"


def _theorem2(
    instance: Instance, outcome: Outcome, claims: Found, choose: random.Random, vectors: int
) -> Iterator[str]:
    """The inequality of the conclusion, on orbits counted by brute force; without a gamma at several, for n(gamma)."""
    for (name, reach), answer in outcome.theorems.items():
        if name != "theorem-2" or answer.conclusion == "undecided":
            continue
        asked = instance.question.gamma
        if answer.conclusion == "fails":
            shown = [c for c in claims if c["claim"] == "orbit" and asked in (None, Fraction(c["gamma"]))]
            least = [max(1, len(counted(instance, "paper", Fraction(c["gamma"])))) for c in shown]
            if not any(n * int(c["shutdown"]) > int(c["avoid"]) for n, c in zip(least, shown, strict=True)):
                yield f"{name} {reach} fails without an orbit"
            continue
        for gamma in GAMMAS if asked is None else [asked]:
            n = answer.n if asked is not None else len(counted(instance, "paper", gamma))
            for _ in range(vectors if len(instance.mdp) <= LARGE else 0):
                theta = tuple(Fraction(choose.choice([0, 0, 1, 1, 2, 3, 7])) for _ in instance.mdp.states)
                tally = brute_orbit.count(instance, theta, gamma)
                if n * tally["shutdown"] > tally["avoid"]:
                    yield f"{name} {reach} {answer}: at {gamma} the orbit of {theta} has {tally}"


def _of_theta(instance: Instance, outcome: Outcome, choose: random.Random) -> Iterator[str]:
    """Prop. 3, `nonnegative` and `strict`: a counterexample among many goals refutes `holds`, and leaves nothing open."""
    if outcome.facts is None:
        return
    from proofs.kernel.hypotheses import hypotheses

    asked = instance.question.gamma
    goals = [(theta, asked or choose.choice(GAMMAS)) for theta in sample(LEVELS, instance, GOALS, choose)]
    identity = tuple(range(len(instance.mdp)))
    for name in ("nonnegative", "strict"):
        holds = hypotheses(outcome.facts, READINGS[0])[name]
        found = next((g for g in goals if brute_property.refutes(instance, name, identity, *g)), None)
        if found and holds is not False:
            yield f"{name}: {holds}, but {found}"
    for reach in READINGS:
        answer = outcome.theorems["proposition-3", reach]
        broken = next((g for g in goals if _breaks3(instance, *g)), None)
        if broken and answer.conclusion != "fails":
            yield f"proposition-3 {reach}: {answer}, but {broken}"


def _breaks3(instance: Instance, theta: tuple[Fraction, ...], gamma: Fraction) -> bool:
    """Shutdown is preferred, and after a counted swap it is optimal still, or r(s_term) was not greater."""
    if not brute_orbit.in_theta(instance, theta, gamma) or brute_orbit.decision(instance, theta, gamma) != "shutdown":
        return False
    for x in range(len(instance.mdp)):
        if x != instance.s_term and (counts(instance, "paper", x, gamma) or 0) > 1:
            phi = list(range(len(instance.mdp)))
            phi[x], phi[instance.s_term] = instance.s_term, x
            if any(
                brute_property.refutes(instance, asked, tuple(phi), theta, gamma)
                for asked in ("not-optimal", "exceeds")
            ):
                return True
    return False


def _other_certificates(
    data: bytes, instance: Instance, outcome: Outcome, document: Json, choose: random.Random
) -> Iterator[str]:
    """The same claims in another order, some of them left out, other evidence for the thresholds."""
    claims = document["claims"]
    graph = [c for c in claims if c["claim"] in ("threshold", "no-threshold")]
    rest = [c for c in claims if c not in graph]
    variants = [[*reversed(graph), *rest], [*rest, *graph], graph]
    variants += [[c for c in claims if c in graph or choose.random() < 0.5] for _ in range(3)]
    variants += [[c for c in claims if choose.random() < 0.8] for _ in range(2)]
    with contextlib.suppress(ValueError):  # a threshold near 1, or ties that the second producer has no evidence for
        variants.append([*Producer(instance).thresholds(), *rest])
    for variant in variants:
        other = check(data, json.dumps(document | {"claims": variant}).encode())
        if other.status in ("VALID", "HOLEY"):
            if found := contradiction(outcome.theorems, other.theorems):
                yield f"two certificates: {found}"
        elif not any(c["claim"] == "retargeting" for c in variant):
            yield f"{other.status}: {other.reason}: {json.dumps(variant)[:2000]}"


def main(count: int, seconds: float, first: int = 0) -> int:
    """So many seeds from the first on, within a time."""
    start, found, tally = time.monotonic(), 0, Counter[str]()
    for seed in range(first, first + count):
        if time.monotonic() - start > seconds:
            break
        tally["instances"] += 1
        for flaw in flaws(seed):
            found += 1
            print(f"FLAW {seed}: {flaw}", flush=True)
    print(f"{tally['instances']} instances, {found} flaws")
    return int(bool(found))


if __name__ == "__main__":
    count, seconds, first = [*sys.argv[1:], *("2000", "600", "0")[len(sys.argv) - 1 :]]
    sys.exit(main(int(count), float(seconds), int(first)))
