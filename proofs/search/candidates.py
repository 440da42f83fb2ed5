"""Reward vectors worth trying as counterexamples: few distinct values, so that their orbits are small."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations_with_replacement, zip_longest

from exact.instance import Instance
from exact.mdp import Rewards
from exact.orbit import number_of_arrangements
from proofs.claims.types import SwapFails
from proofs.search.judge import Judge

_POSITIVE = (1, 2, 5, 10, 100)
_NEGATIVE = (-1, -5, -10, -100)
_BASES = (Fraction(3), Fraction(3, 2))  # of steep values
_SEED, _DRAWS = 17, 1_500  # of the random multisets
DISCOUNTS = tuple(Fraction(n, d) for n, d in ((1, 2), (9, 10), (1, 10), (3, 4), (1, 4), (99, 100)))


def promising(judge: Judge, most: int) -> Iterator[Rewards]:
    """Sorted reward vectors whose orbits have at most `most` members, each once.

    The question's; the goals that break a condition, and variations of them; then by turns ever more values, steep
    ones, and random ones.
    """
    instance, seen = judge.instance, set[Rewards]()
    failing = [goal for claim in judge.accepted(SwapFails) for goal in _entries(instance, claim)]
    asked = [] if instance.question.rewards is None else [instance.question.rewards]
    varied = (other for goal in failing for other in _varied(goal))
    turns = zip_longest(_multisets(instance), _steep(instance), _random(instance))
    for rewards in chain(asked, failing, varied, chain.from_iterable(turns)):
        if rewards and number_of_arrangements(rewards) <= most:
            key = tuple(sorted(rewards))
            if key not in seen:
                seen.add(key)
                yield key


def discounts(instance: Instance) -> tuple[Fraction, ...]:
    """Where to look: the question's gamma, or a few if it has none."""
    return DISCOUNTS if instance.question.gamma is None else (instance.question.gamma,)


def _entries(instance: Instance, claim: SwapFails) -> list[Rewards]:
    return [tuple(claim.rewards.get(s, Fraction(0)) for s in instance.mdp.states)]


def _varied(goal: Rewards) -> Iterator[Rewards]:
    """One entry made equal to another: smaller orbits of goals that are much the same."""
    for i in range(len(goal)):
        for value in dict.fromkeys(goal):
            if value != goal[i]:
                yield (*goal[:i], value, *goal[i + 1 :])


def _multisets(instance: Instance) -> Iterator[Rewards]:
    """Up to four entries that differ from a filler."""
    states, values = len(instance.mdp), _pool(instance)
    for others in range(min(states, 4) + 1):
        for chosen in combinations_with_replacement(values, others):
            for filler in (0,) if instance.goals.nonnegative else (0, -10):
                yield (*chosen, *[Fraction(filler)] * (states - others))


def _steep(instance: Instance) -> Iterator[Rewards]:
    """Multisets in which the lowest of some rewards decides their mean: lotteries are worth little, shutdown is not."""
    for base in _BASES:
        levels = [base**4 - base**k for k in range(5)]
        yield from combinations_with_replacement(levels, len(instance.mdp))


def _random(instance: Instance) -> Iterator[Rewards]:
    """Multisets of small numbers, the same for the same instance."""
    choose, values = random.Random(_SEED), (Fraction(0), *_pool(instance))
    for _ in range(_DRAWS):
        few = choose.sample(values, min(len(values), choose.choice((2, 2, 3, 4))))
        yield tuple(choose.choice(few) for _ in instance.mdp.states)


def _pool(instance: Instance) -> tuple[Fraction, ...]:
    """Values of one entry: round ones, and those at which an inequality about few states is tight."""
    tight = {
        given.bound / coefficient
        for given in instance.goals.inequalities
        for coefficient in given.coefficients
        if coefficient and given.bound
    }
    pool = [*map(Fraction, _POSITIVE), *sorted(tight)]
    if instance.goals.nonnegative:
        return tuple(dict.fromkeys(value for value in pool if value > 0))
    return tuple(dict.fromkeys([*pool, *map(Fraction, _NEGATIVE), *(-value for value in sorted(tight))]))
