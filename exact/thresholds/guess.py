"""Layer: thresholds, the guess in doubles: a best policy where its count is 1, by Newton's method on log count."""

from __future__ import annotations

from collections.abc import Mapping
from math import log

import numpy as np

from exact.evaluate.floats import Vector
from exact.mdp import Policy
from exact.thresholds.count import Count

_MOST_STEPS = 80
_NEAREST_ONE = 1 - 2.0**-40
_MOST_SWEEPS = 1000  # of value iteration in integers
_ROUNDING = 2.0**-8  # above an integer, in units
_LARGEST = 2.0**44


def guess(count: Count) -> tuple[Policy, float] | None:
    """(policy, gamma): seemingly the least gamma at which a policy counts 1, and that policy. None if none seems to.

    Each step takes the better actions at gamma, and the gamma where the policy's count seems to be 1.
    """
    doubles, theta = count.region.doubles, _theta(count)
    gamma, high = doubles.latest, 1.0
    with np.errstate(all="ignore"):
        chosen = doubles.swept(gamma, theta)
        for _ in range(_MOST_STEPS):
            solve = doubles.solver(chosen, gamma)
            value = doubles.values(solve, chosen, gamma, theta)
            slope = np.zeros_like(value)
            slope[: doubles.size] = solve(doubles.mean(chosen, value))
            start = chosen[[doubles.place[count.region.start]]]
            visits, rise = doubles.mean(start, value)[0], doubles.mean(start, slope)[0]
            better = doubles.greedy(value, gamma, theta, chosen)
            high = min(high, gamma) if visits >= 1 else high
            onward = gamma - log(visits) * visits / rise if 0 < visits < np.inf and rise > 0 else 1.0
            if not 0 < onward < high:
                onward = gamma / 2 if onward <= 0 else gamma + (high - gamma) * 7 / 8
            if (better == chosen).all() and (abs(onward - gamma) <= 1e-15 * gamma or gamma > _NEAREST_ONE):
                break
            chosen, gamma = better, onward
    if high == 1:
        return None
    doubles.latest = gamma
    return count.policy(doubles.actions(chosen)), gamma


def separating_bits(count: Count, policy: Policy, gamma: float) -> int:
    """Bits after the point that seem to be enough to show that the policy is optimal at gamma."""
    doubles = count.region.doubles
    with np.errstate(all="ignore"):
        return doubles.separating_bits(doubles.chosen(policy), gamma, _theta(count))


def _theta(count: Count) -> Vector:
    """The reward of each place."""
    return np.array([float(count.theta(state)) for state in count.region.doubles.states] + [0.0])


def raised(count: Count, unit: int, worth: Mapping[int, int]) -> dict[int, int] | None:
    """Integers w >= worth with w_s >= theta_s unit + sum_t P(t|s,a) w_t, seemingly; None if they grow on."""
    doubles = count.region.doubles
    value: Vector = np.array([float(worth[state]) for state in doubles.states] + [0.0])
    theta: Vector = np.array([float(unit * count.theta(state)) for state in doubles.states[: doubles.size]])
    for _ in range(_MOST_SWEEPS):
        gain = doubles.gain(value, 1.0, theta)
        higher = np.maximum(value[: doubles.size], np.ceil(np.maximum.reduceat(gain, doubles.first) - _ROUNDING))
        if (higher == value[: doubles.size]).all():
            return {state: int(value[place]) for state, place in doubles.place.items()}
        value[: doubles.size] = higher
        if value.max() > _LARGEST:
            break
    return None
