"""The least ratio of an orbit that a bounded search finds: rewards by structure first, then what is near the best.

The search counts steps, not seconds, and draws by a fixed seed: the same instance has the same answer everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random

from exact.instance.model import Instance
from exact.mdp import Rewards
from exact.orbit.arrangements import number_of_arrangements
from exact.orbit.tree.walk import Walk

MOST_STEPS = 100_000  # closed nodes and vectors, in all orbits together; half of them for the first ones
LARGEST = 2_000  # of them in one orbit; those that need more are passed over
BEGIN = 20  # what it costs to begin with an orbit, in steps
STARTS, SEED = 6, 12  # how many of the best are varied
BASES = (Fraction(2), Fraction(3), Fraction(4), Fraction(3, 2), Fraction(10))
LONGEST = 40  # states, beyond which powers have too many digits
FACTORS = (Fraction(1, 2), Fraction(2), Fraction(9, 10), Fraction(10, 9), Fraction(0))


@dataclass(frozen=True)
class Searched:
    """least: (rewards, ratio), None where no orbit that was counted holds a goal that shuts down; s_term's is highest.

    ratio: |Orbit_{A1>A0}| / |Orbit_{A0>A1}|. counted, passed_over: orbits; ended: there was nothing more to try.
    """

    least: tuple[Rewards, Fraction] | None
    counted: int
    passed_over: int
    ended: bool


def least_ratio(instance: Instance, gamma: Fraction, floor: int = 0) -> Searched:
    """Search the orbits at gamma. floor: what no ratio can be below: where it is found, there is nothing more to do."""
    search = _Search(instance, gamma, floor)
    search.left = MOST_STEPS // 2
    ended = search.all(sorted(starts(instance, gamma), key=number_of_arrangements))
    search.left += MOST_STEPS - MOST_STEPS // 2
    ended &= all(search.descend(start) for start in search.best()[:STARTS])
    best = search.best()
    found = (_placed(instance, best[0]), search.ratios[best[0]]) if best else None
    return Searched(found, len(search.ratios) + search.without, search.passed_over, ended)


class _Search:
    def __init__(self, instance: Instance, gamma: Fraction, floor: int) -> None:
        self._instance, self._gamma, self._floor = instance, gamma, floor
        self._seen, self._random = set[Rewards](), Random(SEED)
        self.left = 0  # steps
        self.ratios: dict[Rewards, Fraction] = {}  # by rewards, descending; those in whose orbit some goal shuts down
        self.without = self.passed_over = 0

    def best(self) -> list[Rewards]:
        """By ratio; equal ones by what is simpler."""
        return sorted(self.ratios, key=lambda rewards: (self.ratios[rewards], *_size(rewards)))

    def all(self, orbits: Iterable[Rewards]) -> bool:
        """Count them; whether all were looked at, or more need not be."""
        return all(self._look(rewards) for rewards in orbits) or self._done()

    def descend(self, rewards: Rewards) -> bool:
        """Go to a neighbour with a lower ratio while there is one; whether that came to its end."""
        while not self._done():
            around = [*_around(rewards)]
            self._random.shuffle(around)
            for other in around:
                if not self._look(other):
                    return self._done()
                if self.ratios.get(_key(other), self.ratios[rewards]) < self.ratios[rewards]:
                    rewards = _key(other)
                    break
            else:
                return True
        return True

    def _done(self) -> bool:
        return any(ratio <= self._floor for ratio in self.ratios.values())

    def _look(self, rewards: Rewards) -> bool:
        """Count an orbit, if it is new; False when that is enough."""
        key = _key(rewards)
        if key in self._seen:
            return True
        if self.left <= 0:
            return False
        self._seen.add(key)
        count, steps = _counted(self._instance, key, self._gamma)
        self.left -= BEGIN + steps
        if count is None:
            self.passed_over += 1
        elif count["shutdown"]:
            self.ratios[key] = Fraction(count["avoid"], count["shutdown"])
            return self.ratios[key] > self._floor
        else:
            self.without += 1
        return True


def _counted(instance: Instance, rewards: Rewards, gamma: Fraction) -> tuple[Counter[str] | None, int]:
    """The tally and the steps it took; None where LARGEST were not enough."""
    walk, found, steps = Walk(instance, rewards, gamma), Counter[str](), 0
    for said, vectors in walk.decided(walk.root):
        found[said] += vectors
        steps += 1
        if steps > LARGEST:
            return None, steps
    return found, steps


def starts(instance: Instance, gamma: Fraction) -> Iterator[Rewards]:
    """Rewards by structure: k high ones, k rising ones, powers, and powers below a top.

    One base is so steep that the next lower reward, even for ever, is worth less than the higher one once.

    Where Theta holds negative rewards, their negatives too, and those with the mean taken away.
    """
    for rewards in _shapes(len(instance.mdp), 2 / (1 - gamma)):
        yield rewards
        if not instance.goals.nonnegative:
            yield tuple(-r for r in rewards)
            mean = sum(rewards, Fraction(0)) / len(rewards)
            yield tuple(r - mean for r in rewards)
    if instance.question.rewards is not None:
        yield instance.question.rewards


def _shapes(states: int, steep: Fraction) -> Iterator[Rewards]:
    zero, one = Fraction(0), Fraction(1)
    for k in range(1, states):
        yield (one,) * k + (zero,) * (states - k)
    for k in range(2, states + 1):
        yield (*map(Fraction, range(k, 0, -1)), *(zero,) * (states - k))
    if states > LONGEST:
        return
    for base in (*BASES, steep):
        powers = [base**i for i in range(states)]
        yield tuple(powers)
        yield tuple(powers[-1] - power for power in powers)
    for k in range(2, states):
        for base in (*BASES[:2], steep):
            yield (*(base**i for i in range(k)), *(zero,) * (states - k))
            yield (*(base**k - base**i for i in range(k)), *(zero,) * (states - k))


def _around(rewards: Rewards) -> Iterator[Rewards]:
    """One entry, or all copies of it, made equal to the next other value, put half-way to it, or scaled."""
    values = sorted(set(rewards))
    onward: dict[Fraction, set[Fraction]] = {value: {value * factor for factor in FACTORS} for value in values}
    for low, high in pairwise(values):
        onward[low] |= {high, (low + high) / 2}
        onward[high] |= {low, (low + high) / 2}
    for value in values:
        copies = rewards.count(value)
        others = tuple(r for r in rewards if r != value)
        for new in sorted(onward[value] - {value}):
            yield (*others, *(new,) * copies)
            if copies > 1:
                yield (*others, *(value,) * (copies - 1), new)
                yield (*others, value, *(new,) * (copies - 1))


def _key(rewards: Rewards) -> Rewards:
    return tuple(sorted(rewards, reverse=True))


def _size(rewards: Rewards) -> tuple[int, int, Rewards]:
    """How simple: by the goals in the orbit, then by digits."""
    digits = sum(r.numerator.bit_length() + r.denominator.bit_length() for r in rewards)
    return number_of_arrangements(rewards), digits, rewards


def _placed(instance: Instance, rewards: Rewards) -> Rewards:
    """The greatest for s_term, the others in the states' order."""
    most, *rest = _key(rewards)
    return (*rest[: instance.s_term], most, *rest[instance.s_term :])
