"""How far the theorem's bound is from the least ratio of an orbit: that orbit as a claim."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from exact.orbit.least import least_ratio
from exact.orbit.tree.count import count_tree
from proofs.claims import types as c
from proofs.claims.checked import Uncertified
from proofs.errors import EnginesDisagree
from proofs.search import theta, thresholds
from proofs.search.goals import named
from proofs.search.judge import Judge
from proofs.search.orbits import numbers, orbit_claim


def offer_least(judge: Judge, gamma: Fraction, tell: Callable[[str], None] = lambda _: None) -> Uncertified:
    """Offer what proves n, and the orbit with the least ratio that the search finds; it is an aside if not certified.

    Raises EnginesDisagree where an orbit has a ratio below an n that the kernel has accepted.
    """
    instance = judge.instance
    tell("thresholds")
    thresholds.settle(judge, tell)
    theta.hypotheses(judge)
    proved = judge.theorem("theorem-2").proved
    bound = 0 if proved is None else proved[0]
    tell("orbits")
    found = least_ratio(instance, gamma, bound)
    orbits = "1 orbit was" if found.counted == 1 else f"{found.counted} orbits were"
    stopped = "" if found.ended else "; then the search had used up its steps"
    judge.note(f"{orbits} counted, and {found.passed_over} given up as too long{stopped}")
    if found.least is None:
        return Uncertified(None, "no orbit was found in which a goal shuts down")
    rewards, ratio = found.least
    if ratio < bound:
        raise EnginesDisagree(
            f"{instance.name}: n = {bound} is proved, but an orbit was counted with a ratio of {ratio}"
        )
    claim = orbit_claim(instance, rewards, gamma)
    if claim is not None and judge.offer(claim):
        return Uncertified()
    *_, counted = count_tree(instance, rewards, gamma, 1)
    orbit = c.Orbit(gamma, named(instance, rewards), *numbers(counted.count))
    return Uncertified(orbit, "its tree is too large" if claim is None else "it has no room in the certificate")


__all__ = ["offer_least"]
