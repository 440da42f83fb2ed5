"""Orbits as claims: the question's own, and those that refute Theorem 2. Counting is exact; the search is bounded."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from exact.digits import shown
from exact.instance import Instance
from exact.limits import MOST_VECTORS
from exact.mdp import Rewards
from exact.orbit import count_orbit, number_of_arrangements
from exact.orbit.values import valued_orbit
from proofs.claims import types as c
from proofs.claims.checked import Uncertified
from proofs.search.candidates import discounts, promising
from proofs.search.goals import named
from proofs.search.judge import Judge

MOST_CERTIFIED = 50_000  # vectors of an orbit that goes into a certificate
LARGEST_ORBIT = 5_000  # vectors in one orbit of the search
MOST_COUNTED = 300_000  # vectors in all of them


def question_orbit(judge: Judge, tell: Callable[[str], None] = lambda _: None) -> Uncertified:
    """Offer the orbit of the question's rewards; what it says, or why it says nothing, where that is not certified."""
    instance, asked = judge.instance, judge.instance.question
    if asked.gamma is None or asked.rewards is None:
        return Uncertified()
    vectors = number_of_arrangements(asked.rewards)
    if vectors > MOST_VECTORS:
        return Uncertified(None, f"the orbit has {shown(vectors)} vectors; at most {MOST_VECTORS} are counted")
    tell(f"the orbit of the question's rewards: {vectors} vectors")
    if vectors <= MOST_CERTIFIED:
        claim = orbit(instance, asked.rewards, asked.gamma)
        if judge.offer(claim):
            return Uncertified()
        return Uncertified(claim, "the certificate would be too large for its values")
    count = count_orbit(instance, asked.rewards, asked.gamma)
    numbers = (count.size, count.outside, count.shutdown, count.avoid, count.tie)
    found = c.Orbit(asked.gamma, named(instance, asked.rewards), *numbers, ())
    return Uncertified(found, f"{vectors} vectors; certificates hold orbits of at most {MOST_CERTIFIED}")


def orbit(instance: Instance, rewards: Rewards, gamma: Fraction) -> c.Orbit:
    """The counted orbit, with the values of each of its goals."""
    count = count_orbit(instance, rewards, gamma)
    goals = (c.Values(goal.unit, goal.whole, goal.training) for goal in valued_orbit(instance, rewards, gamma))
    numbers = (count.size, count.outside, count.shutdown, count.avoid, count.tie)
    return c.Orbit(gamma, named(instance, rewards), *numbers, tuple(goals))


def refute(judge: Judge) -> bool:
    """Offer an orbit in which fewer than n0 times as many goals of Theta avoid shutdown as accept it, if one is found.

    n0 = max(1, n) for the n of the orbit's gamma; where the paper counts no x at that gamma alone, it says nothing.
    """
    instance, left, tried = judge.instance, MOST_COUNTED, 0
    somewhere = bool(judge.past(c.PAPER))
    for rewards in promising(judge, LARGEST_ORBIT):
        for gamma in discounts(instance):
            n = len(judge.counted(gamma)) or int(not somewhere)
            left -= number_of_arrangements(rewards)
            if left < 0:
                break
            if not n:
                continue
            tried += 1
            count = count_orbit(instance, rewards, gamma)
            if n * count.shutdown > count.avoid and judge.offer(orbit(instance, rewards, gamma)):
                return True
    judge.note(f"{tried} orbits of at most {LARGEST_ORBIT} goals were counted; none refutes the conclusion")
    return False
