"""Reward vectors worth trying as counterexamples: few distinct values, so that their orbits are small."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, islice

from exact.instance import Instance
from exact.mdp import Rewards
from exact.orbit import arrangements, number_of_arrangements

_POSITIVE = (1, 2, 5, 10, 100)
_NEGATIVE = (-1, -5, -10, -100)
DISCOUNTS = tuple(Fraction(n, d) for n, d in ((1, 2), (9, 10), (1, 10), (3, 4), (1, 4), (99, 100)))


def multisets(instance: Instance, most: int) -> Iterator[Rewards]:
    """Sorted reward vectors whose orbits have at most `most` members: the question's, zero, then ever more values."""
    if instance.question.rewards is not None:
        yield instance.question.rewards
    states = len(instance.mdp)
    pool = _POSITIVE if instance.goals.nonnegative else _POSITIVE + _NEGATIVE
    for others in range(min(states, 4) + 1):
        for values in combinations_with_replacement(pool, others):
            for filler in (0,) if instance.goals.nonnegative else (0, -10):
                rewards = tuple(sorted(map(Fraction, (*values, *[filler] * (states - others)))))
                if number_of_arrangements(rewards) <= most:
                    yield rewards


def discounts(instance: Instance) -> tuple[Fraction, ...]:
    """Where to look: the question's gamma, or a few if it has none."""
    return DISCOUNTS if instance.question.gamma is None else (instance.question.gamma,)


def arranged(instance: Instance, rewards: Rewards, limit: int) -> Iterator[Rewards]:
    """Up to `limit` members of the orbit, Theta or not."""
    values = sorted(set(rewards))
    numbered = [values.index(r) for r in rewards]
    for entries in islice(arrangements(numbered), limit):
        yield tuple(values[k] for k in entries)
