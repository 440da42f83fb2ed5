"""Layer: exact values, the guess. An optimal policy as far as doubles can tell: where the exact iteration starts.

Nothing is decided here. Numbers that doubles cannot hold make a worse guess, and the exact iteration longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from flint import fmpq

from exact.evaluate.floats import Doubles, Vector
from exact.evaluate.optimum import Allowed
from exact.mdp import Mdp

_MOST_SWEEPS = 400  # of value iteration, which carries rewards one step further each
_MOST_ROUNDS = 40  # of policy iteration
_MOST_DENSE = 1000  # states, beyond which policies are not evaluated by a dense solve
_NEAREST_ONE = 1 - 2.0**-20  # nearer to 1, gamma would leave no digits
_TIE = 1e-10  # of the largest value: what may be rounding


def guessed(
    mdp: Mdp, allowed: Allowed, rewards: Mapping[int, fmpq], gamma: Fraction, choice: dict[int, int]
) -> dict[int, int]:
    """`choice` with another action wherever that seems to be better."""
    largest = max(map(abs, rewards.values()))
    if largest == 0 or all(len(actions) < 2 for actions in allowed.values()):
        return choice
    doubles, discount = Doubles(mdp, allowed), min(float(gamma), _NEAREST_ONE)
    theta = np.array([float(rewards[state] / largest) for state in doubles.states] + [0.0])
    value, chosen = _swept(doubles, discount, theta), doubles.chosen(choice)
    for _ in range(_MOST_ROUNDS):  # first greedy for these values, then for those of the policy in hand
        better = doubles.greedy(value, discount, theta, chosen, _TIE * np.abs(value).max())
        if (better == chosen).all():
            break
        chosen = better
        if len(allowed) > _MOST_DENSE:
            break
        value = doubles.values(doubles.solver(chosen, discount), chosen, discount, theta)
    return choice | doubles.actions(chosen)


def _swept(doubles: Doubles, discount: float, theta: Vector) -> Vector:
    """Value iteration from 0."""
    value = theta
    for _ in range(min(max(len(doubles.states), 50), _MOST_SWEEPS)):
        before, value = value, doubles.sweep(value, discount, theta)
        if np.abs(value - before).max() <= _TIE:
            break
    return value
