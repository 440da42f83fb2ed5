"""Linear search, a whole tree carried on: from one gamma to the largest interval on which all its leaves hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofs.search.linear.central import central
from proofs.search.linear.decide import Search
from proofs.search.linear.lift import Given, lift
from proofs.search.linear.lifted import Lifted
from proofs.search.linear.signs import Range, cut


@dataclass(frozen=True)
class Carried:
    """reach: where every leaf proves its branch; parts: cut so that Descartes' rule shows it."""

    leaves: tuple[Lifted, ...]
    reach: Range
    parts: tuple[tuple[Fraction, Fraction], ...]

    def width(self) -> Fraction:
        """How much it covers."""
        return self.reach.width()


def carried(search: Search, start: Fraction, end: Fraction) -> Carried | None:
    """The finished tree around its gamma, inside [start, end]; None: nowhere else."""
    found = _carry(search, [leaf.multipliers for leaf in search.leaves], start, end)
    if found is not None and found.width() == end - start:
        return found
    known = [each for each in (found, with_room(search, start, end)) if each is not None]
    return max(known, key=Carried.width, default=None)


def with_room(search: Search, start: Fraction, end: Fraction) -> Carried | None:
    """The same with other multipliers than the linear programs gave: some that are far from 0."""
    relaxation = search.relaxation
    others = [central(relaxation.rows_of(leaf.branch), relaxation.gamma) for leaf in search.leaves]
    return _carry(search, others, start, end)


def _carry(search: Search, multipliers: Sequence[Given], start: Fraction, end: Fraction) -> Carried | None:
    """The tree from each leaf's multipliers at its gamma."""
    gamma = search.relaxation.gamma
    lifted: list[Lifted] = []
    for given in multipliers:
        found = lift(given, gamma) if given else None
        if found is None:
            return None
        lifted.append(found)
    reached = _common(lifted, gamma, start, end)
    if reached is None or reached.low == reached.high:
        return None
    parts = cut([p for leaf in lifted for p in leaf.conditions()], reached.low, reached.high)
    return Carried(tuple(lifted), reached, tuple(parts)) if parts is not None else None


def _common(leaves: Sequence[Lifted], gamma: Fraction, start: Fraction, end: Fraction) -> Range | None:
    """Where every leaf proves its branch."""
    low, high = Range(start, end), Range(start, end)
    for leaf in leaves:
        reached = leaf.refuting(gamma, start, end)
        if reached is None:
            return None
        low = reached if reached.low > low.low else low
        high = reached if reached.high < high.high else high
    return Range(low.low, high.high, low.below, high.above)
