"""`orbit` and `swap-fails`: reward vectors looked at one by one (Defs. 1-4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import factorial, prod

from proofs.kernel.decode import fields, integer, items, word
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Model, Rewards
from proofs.kernel.rules.names import discount, rewards, states
from proofs.kernel.value import Decision


def orbit(facts: Facts, claim: dict[str, object]) -> None:
    """Recount the orbit of a reward vector inside Theta."""
    keys = ("size", "outside", "shutdown", "avoid", "tie")
    at, vector, *numbers = fields(claim, "gamma", "rewards", *keys)
    gamma, theta, claimed = discount(at), rewards(facts.model, vector), [integer(n) for n in numbers]
    amounts = sorted(theta.values())
    vectors = factorial(len(amounts)) // prod(factorial(n) for n in Counter(amounts).values())
    facts.work -= vectors * len(amounts) ** 2
    if facts.work < 0:
        raise Hole(f"an orbit of {vectors} vectors is not recounted")
    decision, counts = Decision(facts.model, gamma), Counter[str]()
    for entries in arrangements(amounts):
        permuted = dict(zip(facts.model.states, entries, strict=True))
        counts["in" if (inside := decision.in_theta(permuted)) else "outside"] += 1
        if inside:
            counts[decision.decide(permuted)[0]] += 1
    counts["size"] = counts.pop("in", 0)
    if [counts[key] for key in keys] != claimed:
        raise Invalid("recounted: " + ", ".join(f"{key} {counts[key]}" for key in keys))
    facts.orbits.append((gamma, counts["shutdown"], counts["avoid"]))


def arrangements(entries: list[Fraction]) -> Iterator[list[Fraction]]:
    """The distinct arrangements of a sorted list, in lexicographic order."""
    entries = list(entries)
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
    gamma, theta, model = discount(at), rewards(facts.model, vector), facts.model
    facts.work -= len(model.states) ** 3
    if facts.work < 0:
        raise Hole("too much to recount")
    moved, decision = permuted(model, theta, cycles), Decision(model, gamma)
    if not decision.in_theta(theta) or decision.decide(theta)[0] != "shutdown":
        raise Invalid("the goal is not in Theta, or shutdown is not preferred")
    survives = decision.decide(moved)[0] != "avoid"
    if not (
        survives if word(how, "still-shutdown", "leaves-theta") == "still-shutdown" else not decision.in_theta(moved)
    ):
        raise Invalid(f"the permuted goal is retargeted: not {how}")
    swapped = [states(model, cycle) for cycle in items(cycles)]
    if survives and len(swapped) == 1 and len(swapped[0]) == 2 and model.s_term in swapped[0]:
        facts.survived.append((gamma, next(s for s in swapped[0] if s != model.s_term)))


def permuted(model: Model, theta: Rewards, value: object) -> Rewards:
    """phi theta: the reward of each state moves to the next state of its cycle."""
    cycles = [states(model, cycle) for cycle in items(value)]
    names = [s for cycle in cycles for s in cycle]
    if len(set(names)) != len(names) or any(len(cycle) < 2 for cycle in cycles):
        raise Malformed("the cycles are not disjoint, or one is too short")
    target = {s: cycle[(k + 1) % len(cycle)] for cycle in cycles for k, s in enumerate(cycle)}
    return theta | {target[s]: theta[s] for s in target}
