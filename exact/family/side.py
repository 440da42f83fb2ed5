"""One side of a strip around a threshold: values that show on all of a box that x is counted there, or that it is not.

See docs/theory.md, "Families".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from exact.family.bernstein import Box
from exact.family.box_rows import Affine, Array, BoxRows
from exact.mdp import Policy


@dataclass(frozen=True)
class Side:
    """values[s] = (a, b_1, ..., b_k), s not terminal: (a + sum_k b_k u_k) / unit, u_k from 0 to 1 along the box.

    policy given: x is counted on the box for every gamma > discount (sharp: from the discount on), since the values lie
    below the policy's. policy None: x is not counted at any gamma <= discount, since they lie above every policy's.
    """

    kind: str
    state: int
    box: Box
    discount: Fraction
    policy: Policy | None
    unit: int
    values: Mapping[int, tuple[int, ...]]


def holds(side: Side, rows: BoxRows, theta: Array) -> bool:
    """Exactly: Bellman's inequality everywhere, and a count at s_new of at least (policy) or at most 1. In integers.

    theta: the reward of a visit at each place, 0 or 1.
    """
    values = _values(side, rows, theta)
    turn = 1 if side.policy is not None else -1
    pairs = np.array([side.policy is None or side.policy[s] == a for s, a in rows.pairs])
    after = rows.mean(rows.whole, values)
    own = rows.of_places(values)[rows.owner]
    own[:, 0] -= side.unit * theta[rows.owner]
    above, below = side.discount.numerator, side.discount.denominator
    gain = above * after - below * rows.scale * own
    count = after.copy()
    count[:, 0] -= side.unit * rows.scale
    starting = pairs & (rows.owner == rows.start)
    strict = side.kind == "sharp" and side.policy is None
    enough = rows.nowhere_negative(turn * count[starting], strict)
    return enough and rows.nowhere_negative(turn * gain[pairs])


def _values(side: Side, rows: BoxRows, theta: Array) -> Affine:
    """The values times the unit; theta where the episode ends."""
    constant = np.array([side.unit * int(reward) for reward in theta], dtype=object)
    slopes = np.full((len(side.box), len(constant)), 0, dtype=object)
    for state, (first, *rises) in side.values.items():
        constant[rows.place[state]] = first
        slopes[:, rows.place[state]] = rises
    return Affine(constant, slopes)
