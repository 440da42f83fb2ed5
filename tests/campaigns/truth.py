"""Is a claim of a certificate true? By enumeration of policies, permutations and goals, never by the kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any

from exact.instance import Instance
from exact.mdp import Mdp, Policy
from tests.campaigns import truth_phases
from tests.reference import brute_force, brute_orbit, brute_property, polynomials
from tests.reference.brute_property import Permutation
from tests.reference.evidence import Producer

Json = Any
Claim = Mapping[str, Any]
NEAR = Fraction(1, 10**9)
LARGE = 5  # states beyond which orbits are not enumerated here
GOALS, TRIES = [Fraction(n) for n in (-2, -1, 0, 1, 2, 5)], 150


def is_true(instance: Instance, claim: Claim) -> bool:
    """What the claim says; claims about all of Theta are tried on a sample."""
    return CHECKS[claim["claim"]](instance, claim)


def _closed_form(instance: Instance, claim: Claim) -> bool:
    """N_s / D is the value at more points than the degrees allow two rational functions to agree on."""
    mdp, theta = instance.mdp, Producer(instance).theta(claim["rewards"])
    policy = _policy(mdp, claim["policy"])
    for gamma in _points(len(mdp)):
        values = brute_force.returns(mdp, policy, theta, gamma)
        below = _value(claim["denominator"], gamma)
        if any(_value(poly, gamma) != below * values[mdp.state(s)] for s, poly in claim["values"].items()):
            return False
    return bool(claim["denominator"])


def _points(size: int) -> list[Fraction]:
    return [Fraction(k, 2 * size + 5) for k in range(1, 2 * size + 5)]


def _policy(mdp: Mdp, named: Mapping[str, str]) -> Policy:
    """-1 where none is named: nothing is collected after that, so that it shows if it matters."""
    return tuple(mdp.action(s, named[name]) if name in named else -1 for s, name in enumerate(mdp.states))


@lru_cache(maxsize=1000)
def counts(instance: Instance, kind: str, x: int, gamma: Fraction) -> Fraction | None:
    """The most that a policy of the kind collects; None if there is no such policy."""
    mdp, start = instance.mdp, instance.shutdown_state
    paper = kind == "paper"
    policies = brute_force.reach_and_revisit(mdp, start, x) if paper else brute_force.starting_elsewhere(instance)
    counted = [x] if paper else [x, instance.s_term]
    return max((brute_force.count(mdp, p, start, counted, gamma) for p in policies), default=None)


def _threshold(instance: Instance, claim: Claim) -> bool:
    """Of each kind that the claim is about."""
    kinds = ("paper", "sharp") if claim["kind"] == "both" else (claim["kind"],)
    return all(_of_one_kind(instance, claim, kind) for kind in kinds)


def _of_one_kind(instance: Instance, claim: Claim, kind: str) -> bool:
    """The policy's count is N / D; the best one is 1 at the polynomial's zero in the interval, which is the only one."""
    mdp, x = instance.mdp, instance.mdp.state(claim["state"])
    if x == instance.s_term or (kind == "sharp" and mdp.rows[instance.s_term]):
        return False
    counted = [x] if kind == "paper" else [x, instance.s_term]
    policy = _policy(mdp, claim["policy"])
    for gamma in _points(len(mdp)):
        v = brute_force.count(mdp, policy, instance.shutdown_state, counted, gamma)
        if _value(claim["numerator"], gamma) != v * _value(claim["denominator"], gamma):
            return False
    low, high = map(Fraction, claim["interval"])
    if low == high == 0 and claim["polynomial"] == ["0", "1"]:
        best = counts(instance, kind, x, NEAR)
        return best is not None and (best > 1 if kind == "paper" else best >= 1)
    above, below = ([int(c) for c in claim[key]] for key in ("numerator", "denominator"))
    excess = polynomials.add(tuple(above), tuple(below), -1)
    given = claim["polynomial"]
    p = excess if given is None else tuple(int(c) for c in given)
    return _crossing(instance, kind, x, p, excess, low, high)


def _crossing(
    instance: Instance, kind: str, x: int, p: tuple[int, ...], excess: tuple[int, ...], low: Fraction, high: Fraction
) -> bool:
    """p and N - D have one zero in common in the interval, and the best count crosses 1 there."""
    if low == high:
        best = counts(instance, kind, x, low)
        before = counts(instance, kind, x, low * (1 - NEAR))
        exact = not polynomials.value(p, low) and not polynomials.value(excess, low)
        return exact and best == 1 and before is not None and before < 1
    shared = polynomials.common([Fraction(c) for c in p], [Fraction(c) for c in excess])
    a, b = low, high
    if _at(shared, a) * _at(shared, b) >= 0:
        return False
    while b - a > NEAR / 1000:
        middle = (a + b) / 2
        a, b = (middle, b) if _at(shared, a) * _at(shared, middle) > 0 else (a, middle)
    ends = [counts(instance, kind, x, end) for end in (low, a, b, high)]
    return all(v is not None for v in ends) and ends[0] < 1 and ends[1] <= 1 <= ends[2] and ends[3] > 1  # type: ignore[operator]


def _at(p: Iterable[Fraction], gamma: Fraction) -> Fraction:
    return sum((c * gamma**k for k, c in enumerate(p)), Fraction(0))


def _no_threshold(instance: Instance, claim: Claim) -> bool:
    """No policy that avoids shutdown collects as much as 1, however near gamma is to 1."""
    x = instance.mdp.state(claim["state"])
    if x == instance.s_term or instance.mdp.rows[instance.s_term]:
        return False
    best = counts(instance, "sharp", x, 1 - NEAR)
    return best is None or best < 1


def _orbit(instance: Instance, claim: Claim) -> bool:
    """Counted by trying every permutation and every policy; that of a large instance is left to the kernel's tests."""
    if len(instance.mdp) > LARGE:
        return True
    made = Producer(instance).orbit(claim["rewards"], claim["gamma"])
    return all(claim[key] == made[key] for key in ("size", "outside", "shutdown", "avoid", "tie"))


def _swap_fails(instance: Instance, claim: Claim) -> bool:
    """Theta and f by trying every policy."""
    theta, gamma = Producer(instance).theta(claim["rewards"]), Fraction(claim["gamma"])
    phi = moves(instance, claim["permutation"])
    if not brute_orbit.in_theta(instance, theta, gamma) or brute_orbit.decision(instance, theta, gamma) != "shutdown":
        return False
    moved, term = brute_property.image(theta, phi), instance.s_term
    decided, inside = brute_orbit.decision(instance, moved, gamma), brute_orbit.in_theta(instance, moved, gamma)
    return {
        "still-shutdown": decided != "avoid",
        "leaves-theta": not inside,
        "meets": inside and decided == "shutdown",
        "still-optimal": brute_property.optimal(instance, moved, gamma)[0],
        "no-greater": theta[term] <= theta[phi[term]],
    }[claim["how"]]


def _member(instance: Instance, claim: Claim) -> bool:
    return brute_orbit.in_theta(instance, Producer(instance).theta(claim["rewards"]), Fraction(claim["gamma"]))


def _universal(instance: Instance, claim: Claim) -> bool:
    """No goal of a sample refutes it."""
    return not refuted(instance, claim["property"], moves(instance, claim["permutation"]), claim["interval"])


def _retargeting(instance: Instance, claim: Claim) -> bool:
    """The conditions of Def. 4, each on a sample."""
    phis = [moves(instance, cycles) for cycles in claim["permutations"]]
    asked = [(name, phi) for phi in phis for name in ("retargets", "stays")]
    for j, phi in enumerate(phis):
        back = tuple(phi.index(s) for s in range(len(phi)))
        asked += [("never-both", tuple(back[other[s]] for s in range(len(phi)))) for other in phis[:j]]
    return not any(refuted(instance, name, phi, claim["interval"]) for name, phi in asked)


def refuted(instance: Instance, asked: str, phi: Permutation, interval: Iterable[str]) -> bool:
    """Some goal of a sample, at some gamma of the interval, is a counterexample."""
    low, high = map(Fraction, interval)
    random = Random(f"{asked} {phi} {low} {high}")
    ends = [end for end in (low, high) if 0 < end < 1]
    for theta in goals(GOALS, instance, TRIES, random):
        gamma = random.choice([*ends, low + (high - low) * Fraction(random.randint(1, 99), 100)])
        if brute_property.refutes(instance, asked, phi, theta, gamma):
            return True
    return False


def goals(levels: list[Fraction], instance: Instance, most: int, random: Random) -> list[tuple[Fraction, ...]]:
    """So many with entries of these levels, each once; of a large instance fewer, drawn one by one."""
    size = len(instance.mdp)
    if size > LARGE:
        return [tuple(random.choices(levels, k=size)) for _ in range(most // 10)]
    every = list(product(levels, repeat=size))
    return random.sample(every, min(most, len(every)))


CHECKS: dict[str, Callable[[Instance, Claim], bool]] = {
    "closed-form": _closed_form,
    "threshold": _threshold,
    "no-threshold": _no_threshold,
    "orbit": _orbit,
    "orbit-tree": _orbit,
    "optimal-on-interval": truth_phases.phase,
    "blackwell": truth_phases.blackwell,
    "swap-fails": _swap_fails,
    "member": _member,
    "universal": _universal,
    "retargeting": _retargeting,
}


def moves(instance: Instance, cycles: list[list[str]]) -> Permutation:
    """phi(s) for each state."""
    names = instance.mdp.states
    target = {s: t for cycle in cycles for s, t in zip(cycle, [*cycle[1:], cycle[0]], strict=True)}
    return tuple(names.index(target.get(s, s)) for s in names)


def _value(coefficients: list[str], gamma: Fraction) -> Fraction:
    return polynomials.value([int(c) for c in coefficients], gamma)
