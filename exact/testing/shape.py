"""The shape of random MDPs, whoever chooses: Hypothesis, which shrinks what fails, or the bits of a seed.

s_new is state 0, s_term state 1, probabilities are small weights divided by their sum. Needs no hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

from exact.mdp import Mdp, Row

T = TypeVar("T")
ACTIONS = "abcdefghijklmnopqrstuvwxyz"


class Chooser(Protocol):
    """Whoever chooses."""

    def integer(self, least: int, most: int) -> int:
        """One of these, ends included."""
        ...

    def some(self, numbers: Sequence[int], most: int) -> list[int]:
        """From 1 to `most` of the numbers, each once."""
        ...

    def several(self, make: Callable[[Chooser], T], least: int, most: int) -> list[T]:
        """So many things, each made by a chooser."""
        ...


@dataclass(frozen=True)
class Shape:
    """How large. max_actions: of a state, a_sd counted. max_support: successors of an action. max_weight: of one.

    alternatives: A1 is not empty. shutdown_loops: s_term may have actions.
    """

    max_actions: int = 3
    max_support: int = 3
    max_weight: int = 3
    alternatives: bool = True
    shutdown_loops: bool = False

    def distribution(self, choose: Chooser, states: Sequence[int]) -> Row:
        """P(. | s, a) over some of the states, which are not empty."""
        support = choose.some(states, min(self.max_support, len(states)))
        weights = [choose.integer(1, self.max_weight) for _ in support]
        total = sum(weights)
        return tuple(sorted((state, Fraction(weight, total)) for state, weight in zip(support, weights, strict=True)))

    def alternative_rows(self, choose: Chooser, state: int, states: Sequence[int]) -> list[Row]:
        """The rows of a state's actions, a_sd left out. Any state but s_new may have none."""
        least, most = 0, self.max_actions
        if state == 0:
            least, most = int(self.alternatives), max(int(self.alternatives), self.max_actions - 1)
        elif state == 1 and not self.shutdown_loops:
            most = 0
        return choose.several(lambda one: self.distribution(one, states), least, most)


def with_shutdown(rows: Sequence[Sequence[Row]]) -> Mdp:
    """The MDP with these rows, and a_sd, called `off`, first in state 0."""
    return named([(((1, Fraction(1)),), *rows[0]), *map(tuple, rows[1:])], ["off", *[""] * (len(rows) - 1)])


def named(rows: Sequence[tuple[Row, ...]], first: Sequence[str]) -> Mdp:
    """Names for the states and actions; first[s]: the name of the first action of s, "" for the usual one."""
    states = ("new", "term", *(f"s{i}" for i in range(1, len(rows) - 1)))[: len(rows)]
    actions = tuple((*([name] if name else []), *ACTIONS)[: len(row)] for name, row in zip(first, rows, strict=True))
    return Mdp(states, actions, tuple(rows))
