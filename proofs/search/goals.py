"""Single goals as claims: with their optimal values, which the kernel compares with Bellman's equation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from exact.evaluate import optimal
from exact.goals import training_actions
from exact.instance import Instance
from exact.mdp import Rewards
from exact.permutation import Permutation, cycles, moved
from proofs.claims import types as c


def member(instance: Instance, theta: Rewards, gamma: Fraction) -> c.Member:
    """theta is in Theta."""
    return c.Member(gamma, named(instance, theta), values(instance, theta, gamma))


def swap_fails(instance: Instance, theta: Rewards, gamma: Fraction, phi: Permutation, how: str) -> c.SwapFails:
    """theta is in Theta, shutdown is preferred for it, and phi breaks a condition."""
    image = values(instance, moved(phi, theta), gamma)
    return c.SwapFails(gamma, named(instance, theta), moves(instance, phi), how, values(instance, theta, gamma), image)


def values(instance: Instance, theta: Rewards, gamma: Fraction) -> c.Values:
    """V* of theta, and under `on-training` that of what training looks at."""
    mdp = instance.mdp
    best, _ = optimal(mdp, theta, gamma)
    whole = [best[s] for s in range(len(mdp)) if not mdp.is_terminal(s)]
    if instance.goals.reading != "on-training":
        return scaled(theta, whole, None)
    allowed = training_actions(instance)
    inside, _ = optimal(mdp, theta, gamma, allowed=allowed)
    return scaled(theta, whole, [inside[s] for s in sorted(allowed) if allowed[s]])


def scaled(theta: Rewards, whole: Sequence[Fraction], training: Sequence[Fraction] | None) -> c.Values:
    """In the least unit that makes the rewards and values whole."""
    unit = lcm(*(value.denominator for value in (*theta, *whole, *(training or ()))))
    units = [tuple(int(value * unit) for value in given) for given in (whole, training or ())]
    return c.Values(unit, units[0], None if training is None else units[1])


def named(instance: Instance, theta: Rewards) -> dict[str, Fraction]:
    """{state: reward} without the zeros."""
    return {s: r for s, r in zip(instance.mdp.states, theta, strict=True) if r}


def moves(instance: Instance, phi: Permutation) -> c.Cycles:
    """A permutation by names; the cycle of s_term begins with it, as in `(term x)`."""
    first = instance.mdp.states[instance.s_term]
    return tuple(tuple(_from(first, cycle)) for cycle in cycles(instance.mdp, phi))


def _from(first: str, cycle: list[str]) -> list[str]:
    start = cycle.index(first) if first in cycle else 0
    return cycle[start:] + cycle[:start]
