"""How many states are counted at least, at every point of the box, from a gamma on: n grows with gamma."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush

from exact.family.bernstein import Box, halves
from exact.family.guess import GRID
from exact.family.side import Side
from exact.family.strips import Strips


@dataclass(frozen=True)
class Leaf:
    """What was shown at the least gamma on a box: for each state that it is counted on all of it, or nowhere on it."""

    box: Box
    sides: tuple[Side, ...]
    unclear: int

    @property
    def least(self) -> int:
        """So many are counted, on all of the box."""
        return sum(side.policy is not None for side in self.sides)

    @property
    def most(self) -> int:
        """So many may be."""
        return self.least + self.unclear


def leaves(strips: Strips, gamma: Fraction, most: int) -> Iterator[list[Leaf]]:
    """Covers of the box, finer and finer, until the least n over it is known or there are `most` leaves.

    Always the leaf with the least n that is shown is halved: the least n of the family is at least its n, and at most
    the least `most` of a leaf. Ends too where that leaf is so narrow that a threshold will not leave it.
    """
    waiting = [_entry(strips, strips.family.box, gamma, 0)]
    number = 1
    while True:
        yield [leaf for _, _, leaf in waiting]
        ceiling = min(leaf.most for _, _, leaf in waiting)
        known = waiting[0][0] >= ceiling or len(waiting) >= most
        if known or not gamma or not _wide(waiting[0][2].box, strips.family.box):  # near 0 no box says more
            return
        _, _, widest = heappop(waiting)
        for half in halves(widest.box):
            heappush(waiting, _entry(strips, half, gamma, number))
            number += 1


def _wide(box: Box, whole: Box) -> bool:
    """Enough to be halved, along some axis; a point is not."""
    return any(GRID * (high - low) > last - first for (low, high), (first, last) in zip(box, whole, strict=True))


def _entry(strips: Strips, box: Box, gamma: Fraction, number: int) -> tuple[int, int, Leaf]:
    sides = [strips.at(state, box, gamma) for state in strips.counts]
    shown = tuple(side for side in sides if side is not None)
    leaf = Leaf(box, shown, len(sides) - len(shown))
    return leaf.least, number, leaf
