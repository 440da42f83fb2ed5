"""A policy's values at a rational discount: exact, or integers near them by solves in doubles that integers correct."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from flint import fmpq

from exact.conversion import fraction
from exact.evaluate.solve import solved
from exact.graph import closure
from exact.mdp import IntegerRow, Policy
from exact.thresholds.count import Count

if TYPE_CHECKING:
    from exact.evaluate.floats import ByState

_BITS_OF_A_DOUBLE = 52
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
    found = closure(count.counted, before.__getitem__)
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
    """None where doubles fail."""
    solve = count.region.doubles.by_state(policy, float(gamma))
    times, value = solve(dict.fromkeys(active, 1)), _corrected(count, policy, gamma, 1 << bits, active, solve)
    if times is None or value is None:
        return None
    return {s: value[s] for s in active}, {s: ceil(_SLACK * Fraction(times[s])) + 1 for s in active}


def _corrected(
    count: Count, policy: Policy, gamma: Fraction, unit: int, active: list[int], solve: ByState
) -> dict[int, int] | None:
    """Values in units that miss their equations by at most 2. None where the corrections do not get smaller."""
    value = {s: count.theta(s) * unit * (not actions) for s, actions in count.region.allowed.items()}
    worst = None
    while True:
        residual = _residuals(count, policy, gamma, unit, value, active)
        size = max(map(abs, residual.values()), default=0)
        if size <= 2:
            return value
        if worst is not None and size * _LEAST_GAIN > worst:
            return None
        worst, shift = size, max(0, size.bit_length() - _BITS_OF_A_DOUBLE)
        correction = solve({state: miss >> shift for state, miss in residual.items()})
        if correction is None:
            return None
        for state in active:
            value[state] += round(correction[state]) << shift


def _residuals(
    count: Count, policy: Policy, gamma: Fraction, unit: int, value: Mapping[int, int], active: list[int]
) -> dict[int, int]:
    """theta_s + gamma sum_t P(t|s,pi(s)) value_t - value_s in units, rounded down."""
    found: dict[int, int] = {}
    rows = count.region.mdp.integer_rows
    for state in active:
        row = rows[state][policy[state]]
        worth = count.theta(state) * unit - value[state]
        found[state] = worth + gamma.numerator * row.total(value) // (row.scale * gamma.denominator)
    return found
