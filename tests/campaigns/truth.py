"""Is a claim of a certificate true? By enumeration or by the engines of `exact`, never by the kernel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import fmpz_poly

from exact.algebraic import real_roots
from exact.instance import Instance
from exact.mdp import Policy, Rewards
from proofs.analysis import Analysis
from tests.reference import brute_force, brute_orbit

Json = Any
Claim = Mapping[str, Any]


def is_true(instance: Instance, analysis: Analysis, claim: Claim, original: list[Claim]) -> bool:
    """original: the honest claims, for kinds whose truth follows from one of them."""
    return CHECKS[claim["claim"]](instance, analysis, claim, original)


def _reach(instance: Instance, analysis: Analysis, claim: Claim, _: list[Claim]) -> bool:
    """The region is the set of states from which some policy reaches x with probability 1, by enumeration."""
    mdp, x = instance.mdp, instance.mdp.state(claim["state"])
    region = {claim["state"], *(s for s, _ in claim["ranks"])}
    sure = {s for s in range(len(mdp)) if any(brute_force.reaches(mdp, p, s, x) for p in brute_force.policies(mdp))}
    return region == {mdp.states[s] for s in sure}


def _closed_form(instance: Instance, analysis: Analysis, claim: Claim, _: list[Claim]) -> bool:
    """N_s / D is the value at more points than the degrees allow two rational functions to agree on."""
    mdp, size = instance.mdp, len(instance.mdp)
    policy: Policy = tuple(
        mdp.action(s, claim["policy"][name]) if name in claim["policy"] else -1 for s, name in enumerate(mdp.states)
    )
    theta = _theta(instance, claim["rewards"])
    for k in range(1, 2 * size + 4):
        gamma = Fraction(k, 2 * size + 5)
        values = brute_force.returns(mdp, policy, theta, gamma)
        below = _value(claim["denominator"], gamma)
        if any(_value(poly, gamma) != below * values[mdp.state(s)] for s, poly in claim["values"].items()):
            return False
    return not real_roots(_poly(claim["denominator"]), Fraction(0), Fraction(1))


def _threshold(instance: Instance, analysis: Analysis, claim: Claim, original: list[Claim]) -> bool:
    """The interval holds the threshold that `exact` found, as the only root of the polynomial."""
    found = (analysis.paper if claim["kind"] == "paper" else analysis.sharp)[instance.mdp.state(claim["state"])].value
    low, high = map(Fraction, claim["interval"])
    poly = _poly(claim["polynomial"])
    if found is None or found.sign_of(poly) != 0 or not (low == found == high or (found > low and found < high)):
        return False
    if low < high and len(real_roots(poly, low, high)) != 1:
        return False
    kept = [c.get("frequency") for c in original if _same(c, claim, "claim", "kind", "state")]
    return claim.get("frequency") in kept


def _no_threshold(instance: Instance, analysis: Analysis, claim: Claim, _: list[Claim]) -> bool:
    """No gamma°_x was found."""
    return analysis.sharp[instance.mdp.state(claim["state"])].value is None


def _count(instance: Instance, analysis: Analysis, claim: Claim, _: list[Claim]) -> bool:
    """At both ends of the interval exactly these states are past their threshold."""
    thresholds = analysis.paper if claim["kind"] == "paper" else analysis.sharp
    states = {instance.mdp.state(s) for s in claim["states"]}
    near = Fraction(1, 10**12)  # 0 and 1 are left out of the interval
    ends = [max(near, Fraction(claim["from"])), min(1 - near, Fraction(claim["to"]))]
    return ends[0] <= ends[1] and all(set(analysis.exceeded(dict(thresholds), end)) == states for end in ends)


def _orbit(instance: Instance, analysis: Analysis, claim: Claim, _: list[Claim]) -> bool:
    """Counted by trying every permutation and every policy."""
    tally = brute_orbit.count(instance, _theta(instance, claim["rewards"]), Fraction(claim["gamma"]))
    size = sum(tally.values()) - tally["outside"]
    return all(claim[key] == str(number) for key, number in (tally | {"size": size}).items())


def _swap_fails(instance: Instance, analysis: Analysis, claim: Claim, _: list[Claim]) -> bool:
    """Theta and f by trying every policy."""
    theta, gamma = _theta(instance, claim["rewards"]), Fraction(claim["gamma"])
    moved = list(theta)
    for cycle in claim["permutation"]:
        for s, t in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
            moved[instance.mdp.state(t)] = theta[instance.mdp.state(s)]
    preferred = brute_orbit.decision(instance, theta, gamma) == "shutdown"
    if not preferred or not brute_orbit.in_theta(instance, theta, gamma):
        return False
    image = tuple(moved)
    decided, inside = brute_orbit.decision(instance, image, gamma), brute_orbit.in_theta(instance, image, gamma)
    if claim["how"] == "still-shutdown":
        return decided != "avoid"
    return inside and decided == "shutdown" if claim["how"] == "meets" else not inside


def _member(instance: Instance, analysis: Analysis, claim: Claim, _: list[Claim]) -> bool:
    found = brute_orbit.in_theta(instance, _theta(instance, claim["rewards"]), Fraction(claim["gamma"]))
    return found is claim["holds"]


def _universal(instance: Instance, analysis: Analysis, claim: Claim, original: list[Claim]) -> bool:
    """What an honest claim says, on its interval or a part of it: only the proof may differ."""
    low, high = map(Fraction, claim["interval"])
    for other in original:
        if _same(other, claim, "claim", "property") and _moves(other["permutation"]) == _moves(claim["permutation"]):
            a, b = map(Fraction, other["interval"])
            if a <= low <= high <= b:
                return True
    return False


def _retargeting(instance: Instance, analysis: Analysis, claim: Claim, original: list[Claim]) -> bool:
    """Some of an honest claim's permutations, on its interval or a part of it."""
    low, high = map(Fraction, claim["interval"])
    mine = [_moves(phi) for phi in claim["permutations"]]
    for other in original:
        if other["claim"] == "retargeting":
            a, b = map(Fraction, other["interval"])
            theirs = [_moves(phi) for phi in other["permutations"]]
            if a <= low <= high <= b and all(mine.count(phi) <= theirs.count(phi) for phi in mine):
                return True
    return False


def _as_before(instance: Instance, analysis: Analysis, claim: Claim, original: list[Claim]) -> bool:
    """Only the honest claim is true."""
    return claim in original


CHECKS: dict[str, Callable[[Instance, Analysis, Claim, list[Claim]], bool]] = {
    "reach": _reach,
    "closed-form": _closed_form,
    "threshold": _threshold,
    "no-threshold": _no_threshold,
    "count": _count,
    "orbit": _orbit,
    "swap-fails": _swap_fails,
    "member": _member,
    "universal": _universal,
    "retargeting": _retargeting,
    "hypothesis": _as_before,
    "theorem": _as_before,
}


def _same(one: Claim, other: Claim, *keys: str) -> bool:
    return all(one.get(key) == other.get(key) for key in keys)


def _moves(cycles: list[list[str]]) -> dict[str, str]:
    return {s: t for cycle in cycles for s, t in zip(cycle, [*cycle[1:], cycle[0]], strict=True)}


def _theta(instance: Instance, rewards: Mapping[str, str]) -> Rewards:
    return tuple(Fraction(rewards.get(s, "0")) for s in instance.mdp.states)


def _poly(coefficients: list[str]) -> fmpz_poly:
    return fmpz_poly([int(c) for c in coefficients])


def _value(coefficients: list[str], gamma: Fraction) -> Fraction:
    return sum((int(c) * gamma**i for i, c in enumerate(coefficients)), Fraction(0))
