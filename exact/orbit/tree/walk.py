"""Branch and bound over an orbit: the greatest rewards left are placed, until one verdict holds for all that is left.

A node fixes the rewards of some states and holds the others as a multiset. Where Theta sees rewards, the states that it
sees are fixed first, one by one; a vector's membership is then known. After that all copies of the greatest reward that
is left are placed at once: how many go to each class of states that are alike. A closed node counts its completions by
a multinomial, and stands for as many nodes as there are choices of states within the classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb, prod
from typing import NamedTuple

from exact.conversion import over_common_denominator
from exact.instance.model import Instance
from exact.mdp import Rewards
from exact.orbit.arrangements import arrangements, number_of_arrangements
from exact.orbit.tree.alike import alike
from exact.orbit.tree.closing import Avoid, Closer, Partial, Shutdown
from exact.orbit.verdict import verdict

VERDICTS = ("shutdown", "avoid", "tie", "outside")
FEW = 60  # vectors that are looked at one by one rather than bounded


class Part(NamedTuple):
    """A node that is still to be looked at. left: descending; weight: how many nodes it stands for."""

    theta: Partial
    left: tuple[int, ...]
    weight: int
    inside: bool  # Theta is known to hold it

    @property
    def vectors(self) -> int:
        """How many it stands for."""
        return self.weight * number_of_arrangements(self.left)


@dataclass
class Closed:
    """One verdict for all completions: by a bound, or that of any of them where all that is seen is fixed."""

    said: str
    reason: Avoid | Shutdown | None = None


@dataclass
class Tree:
    """A node as it was decided. part: what it stands for; children: in the order of `split`."""

    part: Part
    closed: Closed | None = None
    children: list[Tree] = field(default_factory=list)


class Walk:
    """The orbit of one reward vector. Rewards are integers, scale * theta."""

    def __init__(self, instance: Instance, rewards: Rewards, gamma: Fraction) -> None:
        self.instance, self.alike = instance, alike(instance)
        whole, self.scale = over_common_denominator(rewards)
        amounts = tuple(sorted(whole, reverse=True))
        size = max(map(abs, amounts))
        self._verdict = verdict(instance, gamma, self.scale, size)
        self._closer = Closer(instance, gamma, size)
        self._seen = {s for members in self.alike.classes if members != self.alike.unseen for s in members}
        self._signs = not instance.goals.nonnegative or amounts[-1] >= 0
        self.root = Part((None,) * len(instance.mdp), amounts, 1, False)

    def close(self, part: Part) -> Closed | None:
        """The verdict on all completions; None where the node has to be split."""
        fixed = self._next(part) is None
        if not self._signs or (fixed and not part.inside and self._said(part) == "outside"):
            return Closed("outside")
        if all(part.theta[s] is not None for s in self._seen):
            return Closed(self._said(part))
        if not fixed:
            return None
        reason = self._closer.close(part.theta, part.left)
        return None if reason is None else Closed("avoid" if isinstance(reason, Avoid) else "shutdown", reason)

    def _said(self, part: Part) -> str:
        return self._verdict(completed(part.theta, part.left))

    def _next(self, part: Part) -> int | None:
        """The state that Theta sees and that is to be fixed next."""
        return next((s for s in self.alike.by_theta if part.theta[s] is None), None)

    def split(self, part: Part) -> Iterator[Part]:
        """The parts of a node, each completion in one; in an order that FORMAT.md describes."""
        state = None if part.inside else self._next(part)
        if state is not None:
            for k, entry in enumerate(part.left):
                if k and part.left[k - 1] == entry:
                    continue
                fixed = (*part.theta[:state], entry, *part.theta[state + 1 :])
                yield Part(fixed, part.left[:k] + part.left[k + 1 :], part.weight, False)
            return
        most, copies = part.left[0], part.left.count(part.left[0])
        free = [[s for s in members if part.theta[s] is None] for members in self.alike.classes]
        for numbers in _shares(copies, [len(members) for members in free]):
            theta = list(part.theta)
            for members, number in zip(free, numbers, strict=True):
                for s in members[:number]:
                    theta[s] = most
            ways = prod(comb(len(members), number) for members, number in zip(free, numbers, strict=True))
            yield Part(tuple(theta), part.left[copies:], part.weight * ways, True)

    def tally(self, part: Part) -> Counter[str]:
        """How many vectors of a part have each verdict."""
        found = Counter[str]()
        for said, vectors in self.decided(part):
            found[said] += vectors
        return found

    def decided(self, part: Part) -> Iterator[tuple[str, int]]:
        """(verdict, how many vectors), one closed node or one vector after the other: what is counted step by step."""
        waiting = [part]
        while waiting:
            part = waiting.pop()
            if self._signs and number_of_arrangements(part.left) <= FEW:
                for vector in self._vectors(part):
                    yield self._verdict(vector), part.weight
            elif (closed := self.close(part)) is not None:
                yield closed.said, part.vectors
            else:
                waiting += [*self.split(part)][::-1]

    def _vectors(self, part: Part) -> Iterator[list[int]]:
        """Every completion."""
        free = [s for s, entry in enumerate(part.theta) if entry is None]
        vector = [entry or 0 for entry in part.theta]
        for entries in arrangements(part.left):
            for s, entry in zip(free, entries, strict=True):
                vector[s] = entry
            yield vector

    def tree(self, most: int) -> Tree | None:
        """The whole tree; None if it has more nodes."""
        root = Tree(self.root)
        waiting, nodes = [(self.root, root)], 0
        while waiting:
            part, node = waiting.pop()
            nodes += 1
            if nodes > most:
                return None
            node.closed = self.close(part)
            if node.closed is None:
                for child in self.split(part):
                    node.children.append(Tree(child))
                    waiting.append((child, node.children[-1]))
        return root


def completed(theta: Partial, left: Sequence[int]) -> tuple[int, ...]:
    """The completion that gives what is left, descending, to the free states in their order."""
    rest = iter(left)
    return tuple(next(rest) if entry is None else entry for entry in theta)


def _shares(copies: int, room: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The ways to put so many copies into places with so much room; most into the first ones first."""
    if not room:
        if not copies:
            yield ()
        return
    rest = sum(room[1:])
    for number in range(min(copies, room[0]), max(0, copies - rest) - 1, -1):
        for others in _shares(copies - number, room[1:]):
            yield (number, *others)
