"""`orbit`, `swap-fails`, `member`: reward vectors looked at one by one (Defs. 1-4)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import factorial, prod

from proofs.kernel.decode import Object, discount, fields, integer, items, one_of
from proofs.kernel.errors import Hole, require
from proofs.kernel.facts import PAPER, Facts, Orbit
from proofs.kernel.goal import Judge
from proofs.kernel.limits import VECTORS

COUNTS = ("size", "outside", "shutdown", "avoid", "tie")


def orbit(facts: Facts, claim: Object) -> None:
    """Recount the orbit of a reward vector inside Theta, vector by vector."""
    model = facts.model
    at, vector, given, *numbers = fields(claim, "gamma", "rewards", "goals", *COUNTS)
    gamma, rewards = discount(at), model.rewards(vector)
    size = arrangements(list(rewards.values()))
    if size > VECTORS:
        raise Hole(f"an orbit of more than {VECTORS} vectors: not recounted")
    goals, judge, counts = items(given, size), Judge(facts, gamma, rewards), Counter[str]()
    for entries, values in zip(arranged(sorted(judge.amounts.values())), goals, strict=True):
        seen = judge.see(dict(zip(model.states, entries, strict=True)), values)
        counts[seen.f if seen.in_theta else "outside"] += 1
    conclude(facts, gamma, counts, numbers)


def conclude(facts: Facts, gamma: Fraction, counts: Counter[str], claimed: Sequence[object]) -> None:
    """Keep the orbit, whose vectors are counted by their verdicts, if the counts are as claimed."""
    counts["size"] = counts["shutdown"] + counts["avoid"] + counts["tie"]
    recounted = [counts[key] for key in COUNTS]
    require(recounted == [integer(n) for n in claimed], f"recounted {', '.join(COUNTS)}: {recounted}")
    facts.pay_to_compare([gamma], facts.roots[PAPER].values())
    facts.orbits.append(Orbit(gamma, counts["shutdown"], counts["avoid"]))


def arrangements(entries: Sequence[object]) -> int:
    """How many distinct ones there are."""
    return factorial(len(entries)) // prod(map(factorial, Counter(entries).values()))


def arranged(entries: list[int]) -> Iterator[list[int]]:
    """The distinct arrangements of a sorted list, in lexicographic order. It yields one list, changed in between."""
    while True:
        yield entries
        rise = next((i for i in range(len(entries) - 2, -1, -1) if entries[i] < entries[i + 1]), -1)
        if rise < 0:
            return
        over = next(j for j in range(len(entries) - 1, rise, -1) if entries[j] > entries[rise])
        entries[rise], entries[over] = entries[over], entries[rise]
        entries[rise + 1 :] = entries[:rise:-1]


def swap_fails(facts: Facts, claim: Object) -> None:
    """A goal of Theta for which shutdown is preferred, and for which a permutation breaks a condition."""
    model, about = facts.model, ("gamma", "rewards", "permutation", "how", "goal", "image")
    at, vector, cycles, word, values, permuted = fields(claim, *about)
    gamma, phi = discount(at), model.moves(cycles)
    judge, other = Judge(facts, gamma, model.rewards(vector)), phi.get(model.s_term, model.s_term)
    theta = judge.amounts
    goal = judge.see(theta, values)
    image = judge.see({**theta, **{phi[s]: theta[s] for s in phi}}, permuted)
    require(goal.in_theta and goal.f == "shutdown", "shutdown is not preferred in Theta")
    fails = {
        "still-shutdown": image.f != "avoid",
        "leaves-theta": not image.in_theta,
        "meets": image.in_theta and image.f == "shutdown",
        "still-optimal": image.shutdown_optimal,
        "no-greater": theta[model.s_term] <= theta[other],
    }
    how = one_of(word, fails)
    require(fails[how], f"the permuted goal is not {how}")
    swapped = len(phi) == 2 and model.s_term in phi
    if swapped and (fails["still-optimal"] or fails["no-greater"]):
        facts.pay_to_compare([gamma], facts.roots[PAPER].values())
        facts.failing.append((gamma, other))


def member(facts: Facts, claim: Object) -> None:
    """A reward vector lies in Theta; it may break a hypothesis there."""
    at, vector, values = fields(claim, "gamma", "rewards", "goal")
    gamma = discount(at)
    judge = Judge(facts, gamma, facts.model.rewards(vector))
    seen = judge.see(judge.amounts, values)
    require(seen.in_theta, "the rewards are not in Theta")
    if min(judge.amounts.values()) < 0:
        facts.broken.add(("nonnegative", gamma))
    if seen.f == "shutdown" and seen.other_as_good:
        facts.broken.add(("strict", gamma))
