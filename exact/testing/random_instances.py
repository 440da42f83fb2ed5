"""Random instances by a seed, without hypothesis: for sweeps and benchmarks.

They have the shape of those that exact.testing.strategies draws. Number k of a seed is the same whatever the others
are, on every machine and Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import TypeVar

from exact.errors import BadInstance
from exact.instance import Instance, Question
from exact.instance.gammas import Asked
from exact.limits import MOST_STATES
from exact.testing.shape import ACTIONS, Chooser, Shape, with_shutdown

T = TypeVar("T")


def random_instances(
    states: int,
    count: int,
    seed: int = 0,
    *,
    max_actions: int = 3,
    max_support: int = 3,
    max_weight: int = 3,
    gamma: Asked | None = None,
) -> Iterator[Instance]:
    """That many instances with that many states, `gammastar random`: the same for the same seed.

    max_actions: of a state, a_sd counted; s_new has one beside it at least. max_support: successors of an action.
    max_weight: of a successor, before the weights are divided by their sum. gamma: the question's, or its interval.
    Raises BadInstance for numbers that make no instance, NotADiscount.

    >>> import gammastar as gs
    >>> [instance.name for instance in gs.random_instances(5, count=2, seed=7)]
    ['random-5-7-0', 'random-5-7-1']
    """
    _check(states, max_actions, max_support, max_weight)
    asked = Question().about(gamma)
    shape, everywhere = Shape(max_actions, max_support, max_weight), range(states)

    def made(k: int) -> Instance:
        bits = _Bits(f"{seed} {states} {max_actions} {max_support} {max_weight} {k}")
        mdp = with_shutdown([shape.alternative_rows(bits, state, everywhere) for state in everywhere])
        return Instance(mdp, 0, 0, name=f"random-{states}-{seed}-{k}", question=asked)

    return map(made, range(count))


def _check(states: int, max_actions: int, max_support: int, max_weight: int) -> None:
    if not 2 <= states <= MOST_STATES:
        remedy = f"s_new and s_term make 2, and at most {MOST_STATES} are handled"
        raise BadInstance(f"{states} states", remedy, "states")
    if not 1 <= max_actions <= len(ACTIONS) or max_support < 1 or max_weight < 1:
        raise BadInstance("a bound below 1", f"write 1 or more, for actions at most {len(ACTIONS)}")


class _Bits:
    """A Chooser from the bits of one seed: how Random makes other things of them may change, the bits do not."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def integer(self, least: int, most: int) -> int:
        """One of these, ends included."""
        return least + self._random.getrandbits(64) % (most - least + 1)

    def some(self, numbers: Sequence[int], most: int) -> list[int]:
        """From 1 to `most` of the numbers, each once."""
        wanted, left = self.integer(1, most), list(numbers)
        return sorted(left.pop(self.integer(0, len(left) - 1)) for _ in range(wanted))

    def several(self, make: Callable[[Chooser], T], least: int, most: int) -> list[T]:
        """So many things, each made from the bits that follow."""
        return [make(self) for _ in range(self.integer(least, most))]
