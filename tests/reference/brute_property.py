"""Is a theta a counterexample to a property of linear claims? Every policy is tried; shares nothing with the search."""

from __future__ import annotations

from fractions import Fraction

from exact.instance import Instance
from exact.mdp import Rewards
from tests.reference import brute_orbit

Permutation = tuple[int, ...]  # phi(s) for each state s
PROPERTIES = ("retargets", "stays", "never-both", "not-optimal", "exceeds", "pays", "nonnegative", "strict")


def image(theta: Rewards, phi: Permutation) -> Rewards:
    """phi theta: the reward of s moves to phi(s)."""
    return tuple(theta[phi.index(s)] for s in range(len(phi)))


def optimal(instance: Instance, theta: Rewards, gamma: Fraction) -> tuple[bool, bool]:
    """Is shutdown optimal at s_new, and is another action?"""
    worth = brute_orbit.q_values(brute_orbit.whole(instance), theta, gamma)[instance.shutdown_state]
    best = max(worth.values())
    off = worth.pop(instance.shutdown_action)
    return off == best, best in worth.values()


def refutes(instance: Instance, asked: str, phi: Permutation, theta: Rewards, gamma: Fraction) -> bool:
    """FORMAT.md's properties, each as it is said there."""
    if not brute_orbit.in_theta(instance, theta, gamma):
        return False
    if asked == "nonnegative":
        return min(theta) < 0
    if brute_orbit.decision(instance, theta, gamma) != "shutdown":
        return False
    moved, term = image(theta, phi), instance.s_term
    if asked == "strict":
        return optimal(instance, theta, gamma)[1]
    if asked == "retargets":
        return brute_orbit.decision(instance, moved, gamma) != "avoid"
    if asked == "exceeds":
        return theta[term] <= theta[phi[term]]
    if asked == "pays":
        return theta[term] <= 0 or theta[phi[term]] < 0
    if asked == "not-optimal":
        return optimal(instance, moved, gamma)[0]
    inside = brute_orbit.in_theta(instance, moved, gamma)
    if asked == "stays":
        return not inside
    return inside and brute_orbit.decision(instance, moved, gamma) == "shutdown"
