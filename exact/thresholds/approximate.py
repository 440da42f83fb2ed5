"""A policy's values at a rational discount: exact, or integers near them by solves in doubles that integers correct."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, isfinite

from flint import fmpq

from exact.conversion import fraction
from exact.evaluate.solve import solved
from exact.mdp import IntegerRow, Policy
from exact.thresholds.count import Count

_MOST_BITS_OF_A_DOUBLE = 52
_LEAST_GAIN = 8  # by which each correction must reduce the residual
_SLACK = Fraction(5, 2)  # units that a row of rounded bounds may miss: rounding of the value, the bound, the residual


def exactly(count: Count, policy: Policy, gamma: Fraction) -> dict[int, Fraction]:
    """V^pi(gamma) on the region. gamma = 1: the limit; raises ZeroDivisionError where that is infinite."""
    active = _active(count, policy)
    value = _solution(count, policy, gamma, {s: count.theta(s) for s in (*active, *count.counted)})
    return dict.fromkeys(count.region.allowed, Fraction(0)) | value


def approximated(count: Count, policy: Policy, gamma: Fraction, bits: int) -> tuple[dict[int, int], dict[int, int]]:
    """(V^pi(gamma) 2^bits rounded, how far bounds should stay away), for the states that can reach a reward.

    Without the terminal states, whose values are known.
    """
    active = _active(count, policy)
    found = None if count.region.is_small else _by_doubles(count, policy, gamma, bits, active)
    return _by_solving(count, policy, gamma, bits, active) if found is None else found


def _solution(count: Count, policy: Policy, gamma: Fraction, rewards: Mapping[int, int]) -> dict[int, Fraction]:
    """The values of the policy, which is followed as long as there are rewards, be they 0."""
    chain: dict[int, IntegerRow | None] = dict.fromkeys(rewards)
    for state in rewards:
        if count.region.allowed[state]:
            scale, successors, weights = count.region.mdp.integer_rows[state][policy[state]]
            kept = [(t, w) for t, w in zip(successors, weights, strict=True) if t in chain]
            chain[state] = IntegerRow(scale, tuple(t for t, _ in kept), tuple(w for _, w in kept))
    found = solved(chain, {state: fmpq(reward) for state, reward in rewards.items()}, gamma)
    return {state: fraction(value) for state, value in found.exact.items()}


def _active(count: Count, policy: Policy) -> list[int]:
    """The nonterminal states from which the policy can reach a reward."""
    before: dict[int, list[int]] = {state: [] for state in count.region.allowed}
    for state in count.region.nonterminal:
        for successor in count.region.mdp.integer_rows[state][policy[state]].successors:
            before[successor].append(state)
    found = set(count.counted)
    stack = list(found)
    while stack:
        for state in before[stack.pop()]:
            if state not in found:
                found.add(state)
                stack.append(state)
    return [state for state in count.region.nonterminal if state in found]


def _by_solving(
    count: Count, policy: Policy, gamma: Fraction, bits: int, active: list[int]
) -> tuple[dict[int, int], dict[int, int]]:
    value = exactly(count, policy, gamma)
    times = _solution(count, policy, gamma, dict.fromkeys(active, 1))
    return {s: round(value[s] * (1 << bits)) for s in active}, {s: ceil(_SLACK * times[s]) + 1 for s in active}


def _by_doubles(
    count: Count, policy: Policy, gamma: Fraction, bits: int, active: list[int]
) -> tuple[dict[int, int], dict[int, int]] | None:
    """None where the corrections do not get smaller, or doubles overflow."""
    import numpy as np

    doubles, unit = count.region.doubles, 1 << bits
    solve = doubles.solver(doubles.chosen(policy), float(gamma))
    value = {s: count.theta(s) * unit * (not actions) for s, actions in count.region.allowed.items()}
    right, worst = np.zeros(doubles.size), None
    with np.errstate(all="ignore"):
        while True:
            residual = _residuals(count, policy, gamma, unit, value, active)
            size = max(map(abs, residual.values()), default=0)
            if size <= 2:
                break
            if worst is not None and size * _LEAST_GAIN > worst:
                return None
            shift = max(0, size.bit_length() - _MOST_BITS_OF_A_DOUBLE)
            for state, miss in residual.items():
                right[doubles.place[state]] = miss >> shift
            correction = solve(right)
            if not np.isfinite(correction).all():
                return None
            for state in active:
                value[state] += round(correction[doubles.place[state]]) << shift
            worst = size
        reached = np.zeros(doubles.size)
        reached[[doubles.place[state] for state in active]] = 1
        times = solve(reached).tolist()
    slack = float(_SLACK)
    errors = {state: slack * times[doubles.place[state]] + 1 for state in active}
    if not all(map(isfinite, errors.values())):
        return None
    return {state: value[state] for state in active}, {state: ceil(error) for state, error in errors.items()}


def _residuals(
    count: Count, policy: Policy, gamma: Fraction, unit: int, value: Mapping[int, int], active: list[int]
) -> dict[int, int]:
    """theta_s + gamma sum_t P(t|s,pi(s)) value_t - value_s in units, rounded down."""
    found: dict[int, int] = {}
    rows = count.region.mdp.integer_rows
    for state in active:
        scale, successors, weights = rows[state][policy[state]]
        after = sum(w * value[t] for t, w in zip(successors, weights, strict=True))
        worth = count.theta(state) * unit - value[state]
        found[state] = worth + gamma.numerator * after // (scale * gamma.denominator)
    return found
