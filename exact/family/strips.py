"""The thresholds of a family, box by box: a discount up to which x is not counted, and one above which it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from itertools import pairwise
from math import ceil

from exact.family.bernstein import Box
from exact.family.box_rows import BoxRows
from exact.family.guess import GRID, Guess, narrowest
from exact.family.model import Family
from exact.family.one_point import exact_side
from exact.family.side import Side
from exact.instance.gammas import EVERYWHERE, Gammas
from exact.thresholds.count import Count
from exact.thresholds.region import Region, regions

_KEPT = 64  # boxes whose rows are at hand


@dataclass(frozen=True)
class Strip:
    """x is not counted on the box for gamma <= low, and counted for gamma > high (sharp: from high on).

    lower, upper: what shows it; None where nothing does, and low is 0 or high is 1.
    """

    state: int
    lower: Side | None
    upper: Side | None

    @property
    def low(self) -> Fraction:
        return Fraction(0) if self.lower is None else self.lower.discount

    @property
    def high(self) -> Fraction:
        return Fraction(1) if self.upper is None else self.upper.discount


@dataclass(frozen=True)
class Column:
    """The strips of every state that can be counted, on one box."""

    box: Box
    strips: tuple[Strip, ...]

    def undecided(self, gammas: Gammas = EVERYWHERE) -> Fraction:
        """The measure of these gammas where a state is neither shown to be counted nor not to be."""
        total, (end, last) = Fraction(0), gammas
        for low, high in sorted((strip.low, min(strip.high, last)) for strip in self.strips):
            total += max(Fraction(0), high - max(low, end))
            end = max(end, high)
        return total

    def cells(self) -> Iterator[tuple[Fraction, Fraction, int, int]]:
        """(from, to, n at least, n at most): the gammas between, ascending, over all of (0, 1)."""
        ends = sorted({Fraction(0), Fraction(1), *(e for strip in self.strips for e in (strip.low, strip.high))})
        for start, end in pairwise(ends):
            least = sum(strip.high <= start for strip in self.strips)
            most = sum(strip.low < end for strip in self.strips)
            yield start, end, least, most


class Strips:
    """The counts of one kind, paper or sharp (exact.thresholds), on a family."""

    def __init__(self, family: Family, kind: str) -> None:
        self.family, self.kind = family, kind
        self.counts = dict(_counts(family, kind))
        self._rows = lru_cache(maxsize=_KEPT)(partial(BoxRows, family))  # by region and box

    def column(self, box: Box) -> Column:
        """The strip of each state on the box."""
        return Column(box, tuple(self.strip(state, box) for state in self.counts))

    def strip(self, state: int, box: Box, within: Gammas = EVERYWHERE) -> Strip:
        """As narrow as was found; within: where the threshold is known to be."""
        first = self.counts[state].at_once()
        if first is not None:
            return Strip(state, None, self._from_the_start(state, box, first))
        guess = self.guess(state, box)
        lower, upper = (narrowest(guess, self.kind, state, above, within) for above in (True, False))
        return Strip(state, lower, upper)

    def steepest(self, state: int, box: Box, strip: Strip) -> int:
        """The axis along which the threshold seems to change most on the box: halved there, its strip is narrower."""
        if len(box) == 1:
            return 0
        return int(abs(self.guess(state, box).slopes((strip.low + strip.high) / 2)).argmax())

    def at(self, state: int, box: Box, gamma: Fraction) -> Side | None:
        """What shows that x is counted at gamma on all of the box, or that it is not; None where nothing was found."""
        first = self.counts[state].at_once()
        if first is not None:
            return self._from_the_start(state, box, first)
        found = None
        if gamma and (box or not self.counts[state].region.is_small):
            found = self._guessed(state, box, gamma)
        return found if found is not None or box else exact_side(self.counts[state], self.kind, state, gamma)

    def _guessed(self, state: int, box: Box, gamma: Fraction) -> Side | None:
        """What doubles find: its numbers are short. At 0, near which x is not counted, nothing."""
        guess, before = self.guess(state, box), Fraction(ceil(gamma * GRID) - 1, GRID)
        if guess.excess(gamma, above=True) > 0:
            return guess.side(self.kind, state, gamma, above=True)
        return guess.side(self.kind, state, before, above=False) if before > 0 else None

    def _from_the_start(self, state: int, box: Box, first: int) -> Side:
        """x is counted at every gamma: the action `first` of s_new leads to what is counted with certainty."""
        count = self.counts[state]
        nonterminal = [s for s in count.counted if count.region.allowed[s]]
        chosen = {s: count.region.allowed[s][0] for s in nonterminal} | {count.region.start: first}
        values = {s: (1, *(0 for _ in box)) for s in nonterminal}
        return Side(self.kind, state, box, Fraction(0), count.policy(chosen), 1, values)

    def guess(self, state: int, box: Box) -> Guess:
        """What doubles say there."""
        count = self.counts[state]
        return Guess(self._rows(count.region, box), count)


def _counts(family: Family, kind: str) -> Iterator[tuple[int, Count]]:
    """By state: where the graph alone allows a threshold."""
    instance = family.centre
    known = regions(instance)
    for state in range(len(instance.mdp)):
        if state == instance.s_term:
            continue
        region: Region | None = known.sharp if kind == "sharp" else known.paper(state)
        counted = {state} if kind == "paper" else {state, instance.s_term}
        if region is not None and instance.alternatives and counted.intersection(region.allowed):
            yield state, Count(region, frozenset(counted.intersection(region.allowed)))
