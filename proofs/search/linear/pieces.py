"""Linear search on an interval of gamma: proved stretches, refuted stretches, and what is left.

A rational gamma in the middle of what is open is decided; its answer is carried as far as it holds; the rest stays open
for the next round.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from fractions import Fraction

from exact.algebraic import Algebraic
from exact.errors import NotADiscount
from exact.instance import Instance
from exact.linear.simplest import Interval, simplest
from exact.permutation import Permutation
from proofs.claims.spelling import root_text
from proofs.search.linear.asked import Always, Asked, NotAlways, Proof, Property, Undecided
from proofs.search.linear.carry import Carried, carried, with_room
from proofs.search.linear.decide import MOST, Search
from proofs.search.linear.extent import widest
from proofs.search.linear.relaxation import Relaxation
from proofs.search.linear.signs import GRAIN, Range

MOST_PIECES = 100
NARROW = 4 * GRAIN  # a gap no wider is left open: an end that no rational interval can have lies in it
_COARSE = Fraction(1, 16)  # a gap no wider is not searched on where a counterexample reaches only a little of it
_NEAR = 1 << 12  # the part of a gap within which an end is looked at


@dataclass(frozen=True)
class Open:
    """Not settled on (low, high); why. root: the number that the gap is there for, if known."""

    why: str
    root: Algebraic | None = None


@dataclass(frozen=True)
class Stretch:
    """Always: on [low, high]; NotAlways: its theta refutes at its gamma, and `throughout` at each strictly between.

    low = high: at that one gamma.
    """

    low: Fraction
    high: Fraction
    answer: Always | NotAlways | Open
    throughout: bool = True


def pieces(
    instance: Instance,
    kind: Property,
    permutation: Permutation,
    low: Fraction = Fraction(0),
    high: Fraction = Fraction(1),
    most: int = MOST,
    most_pieces: int = MOST_PIECES,
) -> list[Stretch]:
    """The property on (low, high), in order, without overlaps but for ends; together they cover it.

    most: linear programs for each gamma; beyond most_pieces the rest is Open. Raises NotADiscount, NotAGoalSet.
    """
    check_interval(low, high)
    return _Cover(Asked(instance, kind, permutation), most, most_pieces).run(low, high)


def check_interval(low: Fraction, high: Fraction) -> None:
    """Raises NotADiscount unless there are discounts between."""
    if not 0 <= low < high <= 1:
        raise NotADiscount(f"({low}, {high}) holds no discount", "0 <= low < high <= 1", "gamma")


@dataclass
class _Cover:
    asked: Asked
    most: int
    most_pieces: int
    found: list[Stretch] = field(default_factory=list)
    stops: dict[Fraction, Algebraic] = field(default_factory=dict)  # an end -> the root that it stands beside

    def run(self, low: Fraction, high: Fraction) -> list[Stretch]:
        """Gap by gap; then the ends that no stretch includes."""
        gaps = [(low, high)]
        while gaps:
            start, end = gaps.pop()
            if end - start <= NARROW or len(self.found) >= self.most_pieces:
                self._close(start, end)
                continue
            reached = self._settle(self._look(start, end), start, end)
            gaps += [gap for gap in ((reached.high, end), (start, reached.low)) if gap[0] < gap[1]]
        self.found.sort(key=lambda stretch: (stretch.low, stretch.high))
        return self._with_ends()

    def _search(self, gamma: Fraction) -> Search:
        return Search(Relaxation(self.asked, gamma), self.most)

    def _close(self, start: Fraction, end: Fraction) -> None:
        """A gap that is not searched further: one proof for all of it, or it stays open."""
        search = self._search((start + end) / 2)
        proved = end - start <= NARROW and isinstance(search.run(), Always)
        found = with_room(search, start, end) if proved else None
        if found is not None and found.width() == end - start:
            self._write(search, found)
        else:
            self.found.append(Stretch(start, end, self._open(start, end)))

    def _look(self, start: Fraction, end: Fraction) -> Fraction:
        """Where to look in a gap: first right beside an end at which another stretch stopped, else in the middle."""
        beside, third = (end - start) / _NEAR, (end - start) / 3
        if end in self.stops and beside > GRAIN:
            return simplest(Interval(end - beside, end, low_open=True, high_open=True))
        if start in self.stops and beside > GRAIN:
            return simplest(Interval(start, start + beside, low_open=True, high_open=True))
        return simplest(Interval(start + third, end - third))

    def _open(self, start: Fraction, end: Fraction) -> Open:
        root = self.stops.get(start) or self.stops.get(end)
        if end - start > NARROW:
            return Open(f"not reached within {self.most_pieces} pieces", root)
        near = f"around {root_text(root).removeprefix('about ')}" if root else "too narrow a gap"
        return Open(f"{near}: no rational interval settles it", root)

    def _settle(self, gamma: Fraction, start: Fraction, end: Fraction) -> Range:
        """Decide gamma, carry the answer on inside [start, end]; what it covers."""
        search = self._search(gamma)
        match search.run():
            case Always() as answer:
                return self._proved(search, answer, start, end)
            case NotAlways() as answer:
                return self._refuted(search, answer, start, end)
            case Undecided(why):
                self.found.append(Stretch(start, end, Open(why)))
                return Range(start, end)

    def _refuted(self, search: Search, found: NotAlways, start: Fraction, end: Fraction) -> Range:
        reached, best = widest(search, found, start, end)
        if 8 * reached.width() < end - start <= _COARSE:
            self.found.append(Stretch(start, end, found, throughout=False))
            return Range(start, end)
        return self._add(reached, best)

    def _proved(self, search: Search, answer: Always, start: Fraction, end: Fraction) -> Range:
        """The tree with polynomials for multipliers; if there are none, what holds at this gamma alone."""
        found = carried(search, start, end)
        if found is None:
            return self._add(Range(answer.low, answer.low, Algebraic.of(answer.low)), answer)
        self._write(search, found)
        return found.reach

    def _write(self, search: Search, found: Carried) -> None:
        for lifted, leaf in zip(found.leaves, search.leaves, strict=True):
            lifted.write(leaf.node)
        tree: Proof = copy.deepcopy(search.root)
        self.found += [Stretch(low, high, Always(low, high, tree, search.lps)) for low, high in found.parts]
        self._stopped(found.reach)

    def _add(self, reached: Range, answer: Always | NotAlways) -> Range:
        self.found.append(Stretch(reached.low, reached.high, answer))
        self._stopped(reached)
        return reached

    def _stopped(self, reached: Range) -> None:
        for place, root in ((reached.low, reached.below), (reached.high, reached.above)):
            if root is not None:
                self.stops[place] = root

    def _with_ends(self) -> list[Stretch]:
        """Points between stretches that neither of them includes are decided by themselves."""
        result: list[Stretch] = []
        for stretch in self.found:
            if result and _missed(result[-1], stretch):
                answer = self._search(stretch.low).run()
                settled = Open(answer.why) if isinstance(answer, Undecided) else answer
                result.append(Stretch(stretch.low, stretch.low, settled))
            result.append(stretch)
        return result


def _missed(before: Stretch, after: Stretch) -> bool:
    """Do they meet in a point that belongs to neither?"""
    points = any(stretch.low == stretch.high or isinstance(stretch.answer, Always) for stretch in (before, after))
    return before.high == after.low and not points
