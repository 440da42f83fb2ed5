"""Are claims about phases true? By enumeration of policies at points between and beyond their ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sympy import Poly, symbols

from exact.instance import Instance
from tests.reference import brute_force, polynomials
from tests.reference.evidence import Producer

Json = Any
Claim = Mapping[str, Any]
NARROW = Fraction(1, 10**7)
POINTS = 7


def phase(instance: Instance, claim: Claim) -> bool:
    """The policy is best at points between the ends, and near them; beyond an end that it names it is not."""
    low, high = _bracket(claim["low"]), _bracket(claim["high"])
    if low is None or high is None or not low[0] < high[1]:
        return False
    a, b = low[1], high[0]
    inside = [a + (b - a) * Fraction(k, POINTS) for k in range(POINTS + 1)]
    if not all(best(instance, claim, gamma) for gamma in inside if 0 < gamma < 1):
        return False
    beyond = (("before", low[0], claim["low"]), ("after", high[1], claim["high"]))
    return all(
        isinstance(end, dict) and not best(instance, claim, gamma) for key, gamma, end in beyond if claim.get(key)
    )


def blackwell(instance: Instance, claim: Claim) -> bool:
    """The same up to 1, and no policy that is best there is so just below the low end."""
    return phase(instance, claim) and claim["high"] == "1" and (claim["low"] == "0" or bool(claim.get("before")))


def best(instance: Instance, claim: Claim, gamma: Fraction) -> bool:
    """No policy is better than this one in a state that the start can reach."""
    mdp, theta = instance.mdp, Producer(instance).theta(claim["rewards"])
    chosen, acting = claim["policy"], zip(mdp.states, mdp.actions, strict=True)
    policy = tuple((actions.index(chosen[s]) if s in chosen else 0) if actions else -1 for s, actions in acting)
    region = _reached(instance)
    if any(mdp.actions[s] and mdp.states[s] not in chosen for s in region):
        return False
    own, most = brute_force.returns(mdp, policy, theta, gamma), brute_force.best_returns(mdp, theta, gamma)
    return all(own[s] == most[s] for s in region)


def _reached(instance: Instance) -> set[int]:
    found, waiting = {instance.shutdown_state}, [instance.shutdown_state]
    while waiting:
        new = {t for row in instance.mdp.rows[waiting.pop()] for t, _ in row} - found
        found |= new
        waiting += new
    return found


def _bracket(end: str | Json) -> tuple[Fraction, Fraction] | None:
    """Rationals on both sides of an end that are very near to it; None if it is none."""
    if isinstance(end, str):
        return (Fraction(end), Fraction(end)) if end in ("0", "1") else None
    p, (low, high) = [int(c) for c in end["polynomial"]], map(Fraction, end["interval"])
    given = Poly(p[::-1], symbols("g"))
    if given.is_zero or given.count_roots(low, high) != 1 or not _value(p, low) * _value(p, high) < 0:
        return None
    while high - low > NARROW:
        middle = (low + high) / 2
        if not _value(p, middle):
            return middle - NARROW / 9, middle + NARROW / 9
        low, high = (middle, high) if _value(p, low) * _value(p, middle) > 0 else (low, middle)
    return low, high


def _value(p: Sequence[int], x: Fraction) -> Fraction:
    return polynomials.value(p, x)
