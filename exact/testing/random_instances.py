"""Random instances by a seed, without hypothesis: for sweeps and benchmarks.

They are of the kind that exact.testing.strategies draws: s_new is state 0, s_term state 1, probabilities are small
weights divided by their sum. Number k of a seed is the same whatever the others are, on every machine and Python.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from exact.errors import BadInstance
from exact.instance import Instance, Question
from exact.limits import MOST_STATES
from exact.mdp import Mdp, Row
from exact.rational import Exact, discount

_ACTIONS = "abcdefghijklmnopqrstuvwxyz"
MOST_ACTIONS = len(_ACTIONS)


def random_instances(
    states: int,
    count: int,
    seed: int = 0,
    *,
    max_actions: int = 3,
    max_support: int = 3,
    max_weight: int = 3,
    gamma: Exact | None = None,
) -> Iterator[Instance]:
    """That many instances with that many states, `gammastar random`: the same for the same seed.

    max_actions: of a state, a_sd not counted; s_new has one at least. max_support: successors of an action. max_weight:
    of a successor, before the weights are divided by their sum. gamma: the question's. Raises BadInstance for numbers
    that make no instance, NotADiscount.

    >>> import gammastar as gs
    >>> [instance.name for instance in gs.random_instances(5, count=2, seed=7)]
    ['random-5-7-0', 'random-5-7-1']
    """
    _check(states, max_actions, max_support, max_weight)
    asked = Question(None if gamma is None else discount(gamma))

    def made(k: int) -> Instance:
        draw = _Draw(f"{seed} {states} {max_actions} {max_support} {max_weight} {k}")
        mdp = draw.mdp(states, max_actions, max_support, max_weight)
        return Instance(mdp, 0, 0, name=f"random-{states}-{seed}-{k}", question=asked)

    return map(made, range(count))


def _check(states: int, max_actions: int, max_support: int, max_weight: int) -> None:
    if not 2 <= states <= MOST_STATES:
        raise BadInstance(
            f"{states} states", f"s_new and s_term make 2, and at most {MOST_STATES} are handled", "states"
        )
    if not 1 <= max_actions <= MOST_ACTIONS or max_support < 1 or max_weight < 1:
        raise BadInstance("a bound below 1", f"write 1 or more, for actions at most {MOST_ACTIONS}")


class _Draw:
    """Numbers from the bits of one seed: how Random makes other things of them may change, the bits do not."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def below(self, bound: int) -> int:
        """From 0 to bound - 1."""
        return self._random.getrandbits(64) % bound

    def some(self, size: int, most: int) -> list[int]:
        """From 1 to `most` of the numbers below `size`, ascending."""
        wanted, left, found = 1 + self.below(min(most, size)), list(range(size)), []
        for _ in range(wanted):
            found.append(left.pop(self.below(len(left))))
        return sorted(found)

    def row(self, size: int, max_support: int, max_weight: int) -> Row:
        """P(. | s, a)."""
        support = self.some(size, max_support)
        weights = [1 + self.below(max_weight) for _ in support]
        total = sum(weights)
        return tuple((state, Fraction(weight, total)) for state, weight in zip(support, weights, strict=True))

    def mdp(self, size: int, max_actions: int, max_support: int, max_weight: int) -> Mdp:
        """State 0 can be shut down and go on; state 1 is terminal; others may be terminal, loop or be unreachable."""
        rows: list[tuple[Row, ...]] = []
        for state in range(size):
            least, most = (1, max_actions) if state == 0 else (0, 0 if state == 1 else max_actions)
            drawn = [self.row(size, max_support, max_weight) for _ in range(least + self.below(most - least + 1))]
            rows.append((((1, Fraction(1)),), *drawn) if state == 0 else tuple(drawn))
        actions = [("off", *_ACTIONS)[: len(rows[0])], *(tuple(_ACTIONS)[: len(row)] for row in rows[1:])]
        return Mdp(("new", "term", *(f"s{i}" for i in range(1, size - 1))), tuple(actions), tuple(rows))
