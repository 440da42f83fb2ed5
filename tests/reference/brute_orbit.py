"""The slowest way to count an orbit: permutations into a set, every policy enumerated, exact elimination.

Shares nothing with `exact.orbit`, `exact.goals` and `exact.evaluate` but the instance.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import permutations, product
from math import lcm
from operator import mul

from exact.instance.model import Instance
from exact.mdp import Rewards
from tests.reference.elimination import discounted, solved

Frozen = tuple[tuple[int, tuple[tuple[int, tuple[tuple[int, Fraction], ...]], ...]], ...]
Rows = dict[int, dict[int, dict[int, Fraction]]]  # rows[s][a][t]


def orbit(rewards: Rewards) -> set[Rewards]:
    """All permuted vectors."""
    return set(permutations(rewards))


def count(instance: Instance, rewards: Rewards, gamma: Fraction) -> dict[str, int]:
    """How many vectors of the orbit are outside Theta, and what is decided for the others."""
    tally = {"outside": 0, "shutdown": 0, "avoid": 0, "tie": 0}
    for theta in orbit(rewards):
        tally[decision(instance, theta, gamma) if in_theta(instance, theta, gamma) else "outside"] += 1
    return tally


def decision(instance: Instance, theta: Rewards, gamma: Fraction) -> str:
    """By the ties rule, spelled out."""
    worth = q_values(whole(instance), theta, gamma)[instance.shutdown_state]
    off = worth.pop(instance.shutdown_action)
    better = [q for q in worth.values() if q > off]
    equal = [q for q in worth.values() if q == off]
    if better:
        return "avoid"
    if not equal:
        return "shutdown"
    return {"shutdown-first": "shutdown", "shutdown-last": "avoid"}.get(
        instance.ties, "tie" if len(equal) == 1 else "avoid"
    )


def in_theta(instance: Instance, theta: Rewards, gamma: Fraction) -> bool:
    """Def. 6 by the reading, nonnegativity, and the inequalities."""
    goals = instance.goals
    if goals.nonnegative and any(reward < 0 for reward in theta):
        return False
    for inequality in goals.inequalities:
        value = sum(c * r for c, r in zip(inequality.coefficients, theta, strict=True))
        if not {"<=": value <= inequality.bound, "<": value < inequality.bound, "=": value == inequality.bound}[
            inequality.relation
        ]:
            return False
    return all(
        trained > q if goals.preference == "strict" else trained >= q
        for trained, others in training_values(instance, theta, gamma)
        for q in others
    )


def training_values(instance: Instance, theta: Rewards, gamma: Fraction) -> list[tuple[Fraction, list[Fraction]]]:
    """(the trained action's value, the others') for each training state with actions."""
    rows = whole(instance)
    if instance.goals.reading == "immediate":
        values = {s: {a: expected(row, theta) for a, row in rows[s].items()} for s in rows}
    else:
        if instance.goals.reading == "on-training":
            rows = {
                s: {a: row for a, row in rows[s].items() if set(row) <= instance.training} for s in instance.training
            }
        values = q_values(rows, theta, gamma)
    result = []
    for state in instance.training:
        if rows[state]:
            others = dict(values[state])
            result.append((others.pop(instance.trained[state]), list(others.values())))
    return result


def whole(instance: Instance) -> Rows:
    """The rows as dictionaries."""
    return {s: {a: dict(row) for a, row in enumerate(rows)} for s, rows in enumerate(instance.mdp.rows)}


def q_values(rows: Rows, theta: Rewards, gamma: Fraction) -> dict[int, dict[int, Fraction]]:
    """Q*(s, a), with V* the greatest value of any stationary policy, state by state."""
    states = sorted(rows)
    frozen = tuple((s, tuple((a, tuple(row.items())) for a, row in rows[s].items())) for s in states)
    scale = lcm(*(theta[s].denominator for s in states))
    paid = [int(theta[s] * scale) for s in states]
    best = {
        s: Fraction(max(sum(map(mul, row, paid)) for row in every), denominator * scale)
        for s, (every, denominator) in zip(states, visits(frozen, gamma), strict=True)
    }
    return {s: {a: theta[s] + gamma * expected(row, best) for a, row in rows[s].items()} for s in states}


@lru_cache(maxsize=32)
def visits(frozen: Frozen, gamma: Fraction) -> list[tuple[list[tuple[int, ...]], int]]:
    """For each state the rows of (I - gamma P)^-1, of every policy, over one denominator: times theta, its values."""
    states, rows = [s for s, _ in frozen], {s: {a: dict(row) for a, row in given} for s, given in frozen}
    place = {s: k for k, s in enumerate(states)}
    units = [[Fraction(s == t) for s in states] for t in states]
    found = []
    for choice in product(*(list(rows[s]) or [-1] for s in states)):
        chain = [{place[t]: p for t, p in rows[s].get(a, {}).items()} for s, a in zip(states, choice, strict=True)]
        found.append(solved(discounted(chain, gamma), units))
    whole = lcm(*(denominator for _, denominator in found))
    return [
        (list(dict.fromkeys(tuple(v * (whole // d) for v in inverse[place[s]]) for inverse, d in found)), whole)
        for s in states
    ]


def expected(row: dict[int, Fraction], values: Mapping[int, Fraction] | Rewards) -> Fraction:
    """The sum of P(t) times the value of t."""
    return sum((p * values[t] for t, p in row.items()), Fraction(0))


def policy_value(
    chain: dict[int, dict[int, Fraction]], theta: Mapping[int, Fraction] | Rewards, gamma: Fraction
) -> dict[int, Fraction]:
    """V = theta + gamma P V."""
    states = sorted(chain)
    rows = [{states.index(t): p for t, p in chain[s].items()} for s in states]
    found, scale = solved(discounted(rows, gamma), [[Fraction(theta[s])] for s in states])
    return {s: Fraction(value, scale) for s, (value,) in zip(states, found, strict=True)}
