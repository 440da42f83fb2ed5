"""`orbit`, `swap-fails`, `member`: reward vectors looked at one by one (Defs. 1-4)."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import factorial, prod

from proofs.kernel.decode import discount, fields, integer, one_of, require, typed
from proofs.kernel.facts import Facts


def orbit(facts: Facts, claim: dict[str, object]) -> None:
    """Recount the orbit of a reward vector inside Theta."""
    model, keys = facts.model, ("size", "outside", "shutdown", "avoid", "tie")
    at, vector, *numbers = fields(claim, "gamma", "rewards", *keys)
    gamma, amounts = discount(at), sorted(model.rewards(vector).values())
    vectors = factorial(len(amounts)) // prod(map(factorial, Counter(amounts).values()))
    decision, counts = facts.decision(gamma, vectors), Counter[str]()
    for entries in arrangements(amounts):
        theta = dict(zip(model.states, entries, strict=True))
        counts.update(["size", decision.decide(theta)[0]] if decision.in_theta(theta) else ["outside"])
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
    gamma, theta, target = discount(at), facts.model.rewards(vector), facts.model.moves(cycles)
    decision, s_term = facts.decision(gamma), facts.model.s_term
    require(decision.in_theta(theta) and decision.decide(theta)[0] == "shutdown", "shutdown is not preferred in Theta")
    moved = theta | {target[s]: theta[s] for s in target}
    f, inside = decision.decide(moved)[0], decision.in_theta(moved)
    fails = {"still-shutdown": f != "avoid", "leaves-theta": not inside, "meets": inside and f == "shutdown"}
    require(fails[one_of(how, fails)], f"the permuted goal is not {how}")
    if f != "avoid" and len(target) == 2 and s_term in target:
        facts.survived.append((gamma, target[s_term]))


def member(facts: Facts, claim: dict[str, object]) -> None:
    """A reward vector lies in Theta, or does not."""
    at, vector, holds = fields(claim, "gamma", "rewards", "holds")
    gamma, theta = discount(at), facts.model.rewards(vector)
    decision = facts.decision(gamma)
    require(decision.in_theta(theta) is typed(holds, bool), "membership in Theta is recomputed to be otherwise")
    facts.refuted |= {("nonnegative", gamma)} if holds and min(theta.values()) < 0 else set()
    facts.refuted |= {("strict", gamma)} if holds and decision.decide(theta) == ("shutdown", True) else set()
