"""Reference answers for tiny MDPs by trying every deterministic policy, in Fractions, with no algorithm of `exact`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from exact.instance import Instance
from exact.mdp import Mdp, Policy
from tests.reference.elimination import discounted, solved


def policies(mdp: Mdp) -> Iterator[Policy]:
    """Every deterministic stationary policy; -1 in terminal states."""
    return product(*(range(len(rows)) if rows else (-1,) for rows in mdp.rows))


def returns(mdp: Mdp, policy: Policy, rewards: Sequence[Fraction], gamma: Fraction) -> list[Fraction]:
    """V^pi = (I - gamma P_pi)^-1 theta, terminal rows of P_pi zero."""
    rows = [dict(mdp.rows[s][action]) if action >= 0 else {} for s, action in enumerate(policy)]
    found, scale = solved(discounted(rows, gamma), [[reward] for reward in rewards])
    return [Fraction(value, scale) for (value,) in found]


def best_returns(mdp: Mdp, rewards: Sequence[Fraction], gamma: Fraction) -> list[Fraction]:
    """V*, state by state the maximum over all policies."""
    every = [returns(mdp, policy, rewards, gamma) for policy in policies(mdp)]
    return [max(column) for column in zip(*every, strict=True)]


def count(mdp: Mdp, policy: Policy, start: int, counted: Sequence[int], gamma: Fraction) -> Fraction:
    """sum over x of v_x(gamma), Def. 9: visits from t = 1 on."""
    rewards = [Fraction(state in counted) for state in range(len(mdp))]
    return (returns(mdp, policy, rewards, gamma)[start] - rewards[start]) / gamma


def visited(mdp: Mdp, policy: Policy, state: int, stop: int | None = None) -> set[int]:
    """The states visited with positive probability from `state` on, this one included; not beyond `stop`."""
    seen, stack = {state}, [state]
    while stack:
        present = stack.pop()
        for successor, _ in mdp.rows[present][policy[present]] if policy[present] >= 0 and present != stop else ():
            if successor not in seen:
                seen.add(successor)
                stack.append(successor)
    return seen


def reaches(mdp: Mdp, policy: Policy, state: int, target: int) -> bool:
    """Is the target reached (at t >= 0) with probability 1? Iff nothing that is visited before it has lost its way."""
    return all(target in visited(mdp, policy, s, target) for s in visited(mdp, policy, state, target))


def revisits(mdp: Mdp, policy: Policy, target: int) -> bool:
    """Def. 8: is the target visited again with probability 1?"""
    if policy[target] < 0:
        return False
    return all(reaches(mdp, policy, s, target) for s, _ in mdp.rows[target][policy[target]])


def reach_and_revisit(mdp: Mdp, start: int, target: int) -> list[Policy]:
    """Every reach-and-revisit policy."""
    return [p for p in policies(mdp) if revisits(mdp, p, target) and reaches(mdp, p, start, target)]


def starting_elsewhere(instance: Instance) -> list[Policy]:
    """Every policy that starts with an action of A1."""
    return [p for p in policies(instance.mdp) if p[instance.shutdown_state] in instance.alternatives]


def accepts_shutdown(instance: Instance, rewards: Sequence[Fraction], gamma: Fraction) -> bool:
    """Is shutdown the only optimal action of s_new for these rewards?"""
    value = best_returns(instance.mdp, rewards, gamma)
    rows = instance.mdp.rows[instance.shutdown_state]
    worth = [sum((p * value[t] for t, p in row), Fraction(0)) for row in rows]
    return all(worth[a] < worth[instance.shutdown_action] for a in instance.alternatives)
