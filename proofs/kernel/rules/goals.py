"""`orbit`, `swap-fails`, `member`: reward vectors looked at one by one (Defs. 1-4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import factorial, prod

from proofs.kernel.decode import discount, expect, fields, integer, items, require, typed, word
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Model


def orbit(facts: Facts, claim: dict[str, object]) -> None:
    """Recount the orbit of a reward vector inside Theta."""
    model, keys = facts.model, ("size", "outside", "shutdown", "avoid", "tie")
    at, vector, *numbers = fields(claim, "gamma", "rewards", *keys)
    gamma, amounts = discount(at), sorted(model.rewards(vector).values())
    vectors = factorial(len(amounts)) // prod(factorial(n) for n in Counter(amounts).values())
    decision, counts = facts.decision(gamma, vectors), Counter[str]()
    for entries in arrangements(amounts):
        theta = dict(zip(model.states, entries, strict=True))
        counts["size" if (inside := decision.in_theta(theta)) else "outside"] += 1
        if inside:
            counts[decision.decide(theta)[0]] += 1
    recounted = [counts[key] for key in keys]
    require(recounted == [integer(n) for n in numbers], f"recounted {', '.join(keys)}: {recounted}")
    facts.orbits.append((gamma, counts["shutdown"], counts["avoid"]))


def arrangements(entries: list[Fraction]) -> Iterator[list[Fraction]]:
    """The distinct arrangements of a sorted list, in lexicographic order. It yields one list, changed in between."""
    while True:
        yield entries
        rise = next((i for i in range(len(entries) - 2, -1, -1) if entries[i] < entries[i + 1]), -1)
        if rise < 0:
            return
        over = next(j for j in range(len(entries) - 1, rise, -1) if entries[j] > entries[rise])
        entries[rise], entries[over] = entries[over], entries[rise]
        entries[rise + 1 :] = entries[:rise:-1]


def swap_fails(facts: Facts, claim: dict[str, object]) -> None:
    """A goal of Theta for which shutdown is preferred, and which a permutation does not retarget inside Theta."""
    at, vector, cycles, how = fields(claim, "gamma", "rewards", "permutation", "how")
    model, gamma, theta = facts.model, discount(at), facts.model.rewards(vector)
    target, decision = moves(model, cycles), facts.decision(gamma, 1)
    preferred = decision.in_theta(theta) and decision.decide(theta)[0] == "shutdown"
    require(preferred, "the goal is not in Theta, or shutdown is not preferred")
    moved = theta | {target[s]: theta[s] for s in target}
    survives = decision.decide(moved)[0] != "avoid"
    still = word(how, "still-shutdown", "leaves-theta") == "still-shutdown"
    require(survives if still else not decision.in_theta(moved), f"the permuted goal is not {how}")
    if survives and len(target) == 2 and model.s_term in target:
        facts.survived.append((gamma, target[model.s_term]))


def moves(model: Model, value: object) -> dict[str, str]:
    """phi as {s: where the reward of s moves to}, from its cycles."""
    cycles = [model.names(cycle) for cycle in items(value)]
    target = {s: cycle[(k + 1) % len(cycle)] for cycle in cycles for k, s in enumerate(cycle)}
    proper = len(target) == sum(map(len, cycles)) and all(len(cycle) > 1 for cycle in cycles)
    expect(proper, "the cycles are not disjoint, or one is too short")
    return target


def member(facts: Facts, claim: dict[str, object]) -> None:
    """A reward vector lies in Theta, or does not."""
    at, vector, holds = fields(claim, "gamma", "rewards", "holds")
    gamma, theta = discount(at), facts.model.rewards(vector)
    decision = facts.decision(gamma, 1)
    inside = decision.in_theta(theta)
    require(inside is typed(holds, bool), "membership in Theta is recomputed to be otherwise")
    facts.refuted |= {("nonnegative", gamma)} if inside and min(theta.values()) < 0 else set()
    facts.refuted |= {("strict", gamma)} if inside and decision.decide(theta) == ("shutdown", True) else set()
