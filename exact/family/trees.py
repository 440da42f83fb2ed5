"""Strips on boxes of their own: for each state the family's box, halved where its threshold is least known.

Which parameter is halved differs too: a threshold that one of them hardly moves needs few cuts along it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from math import prod

from exact.family.bernstein import Box, halves
from exact.family.strips import Column, Strip, Strips
from exact.instance.gammas import EVERYWHERE, Gammas


@dataclass
class Node:
    """A strip on a box; axis and parts: along which the box was halved, and the halves, none for a leaf."""

    box: Box
    strip: Strip
    axis: int = 0
    parts: tuple[Node, ...] = ()

    def leaves(self) -> Iterator[Node]:
        """Those that cover the box."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def on(self, box: Box) -> Node:
        """The smallest one that holds the box."""
        node = self
        while inside := [part for part in node.parts if _within(box[node.axis], part.box[node.axis])]:
            node = inside[0]
        return node


class Trees:
    """The strips of each state; `halve` makes the one narrower of which most is undecided."""

    def __init__(self, strips: Strips, gammas: Gammas = EVERYWHERE) -> None:
        self._strips, self._gammas, box = strips, gammas, strips.family.box
        self._whole = volume(box) * (gammas[1] - gammas[0])
        self.roots = {state: Node(box, strips.strip(state, box)) for state in strips.counts}
        self.boxes = Counter(node.box for node in self.roots.values())  # of the leaves
        self._waiting: list[tuple[Fraction, int, Node]] = []
        self._number = 0
        self.left = Fraction(0)  # the strips' shares of box x gammas: they may overlap, so no less than is undecided
        for node in self.roots.values():
            self._wait(node)

    @property
    def axes(self) -> int:
        """How many parameters there are."""
        return len(self._strips.family.box)

    def halve(self) -> None:
        """The leaf with the largest share. Interrupted, nothing has changed."""
        share, _, node = self._waiting[0]
        axis = self._strips.steepest(node.strip.state, node.box, node.strip)
        known = node.strip.low, node.strip.high
        parts = [Node(box, self._strips.strip(node.strip.state, box, known)) for box in halves(node.box, axis)]
        heappop(self._waiting)
        node.axis, node.parts = axis, tuple(parts)
        self.left += share
        self.boxes[node.box] -= 1
        if not self.boxes[node.box]:
            del self.boxes[node.box]
        self.boxes.update(part.box for part in parts)
        for part in parts:
            self._wait(part)

    def _wait(self, node: Node) -> None:
        low, high = max(node.strip.low, self._gammas[0]), min(node.strip.high, self._gammas[1])
        share = max(Fraction(0), high - low) * volume(node.box) / self._whole
        self._number, self.left = self._number + 1, self.left + share
        heappush(self._waiting, (-share, self._number, node))

    def columns(self) -> tuple[Column, ...]:
        """Boxes that cover the family's, in order; on each every state has one strip, that of a box around it."""
        return tuple(sorted(_columns(self._strips.family.box, self.roots), key=lambda column: column.box))

    def undecided(self) -> Fraction:
        """The share of box x gammas for which some state is neither shown to be counted nor not to be."""
        return sum((c.undecided(self._gammas) * volume(c.box) for c in self.columns()), Fraction(0)) / self._whole


def refined(trees: Trees, undecided: Fraction, most: int | None = None) -> Iterator[Fraction]:
    """Halve until no more than `undecided` is, or a cut could make more than `most` boxes: the share, as it falls.

    It is worked out when it can be small enough, or a tenth has been added to the boxes since.
    """

    def done(share: Fraction) -> bool:
        return share <= undecided or (most is not None and len(trees.boxes) + 2 > most)

    share = trees.undecided()
    yield share
    while not done(share):
        for _ in range(1 + len(trees.boxes) // 10):
            trees.halve()
            if done(trees.left):
                break
        share = trees.undecided()
        yield share


def volume(box: Box) -> Fraction:
    """Of a box; 1 for a point."""
    return prod((high - low for low, high in box), start=Fraction(1))


def _columns(box: Box, nodes: Mapping[int, Node]) -> Iterator[Column]:
    """Cut first where the largest of the boxes is cut."""
    nodes = {state: node.on(box) for state, node in nodes.items()}
    cut = max((node for node in nodes.values() if node.parts), key=lambda node: volume(node.box), default=None)
    if cut is None:
        yield Column(box, tuple(node.strip for node in nodes.values()))
        return
    for part in cut.parts:
        yield from _columns((*box[: cut.axis], part.box[cut.axis], *box[cut.axis + 1 :]), nodes)


def _within(inner: tuple[Fraction, Fraction], outer: tuple[Fraction, Fraction]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
