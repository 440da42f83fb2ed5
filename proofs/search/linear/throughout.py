"""Linear search, Def. 4 on all of (0, 1) or a part of it: where each condition holds for each permutation, and n.

Both change with gamma: there is an answer for each of the intervals that the ends of the proofs cut out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise

from exact.instance import Instance
from exact.permutation import Permutation, between
from proofs.search.linear.asked import Always, Property
from proofs.search.linear.decide import MOST
from proofs.search.linear.pieces import Stretch, pieces
from proofs.search.linear.retarget import ALONE, largest

Interval = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Step:
    """Between low and high the three conditions are proved for all of these permutations together."""

    low: Fraction
    high: Fraction
    permutations: tuple[Permutation, ...]


@dataclass(frozen=True)
class Throughout:
    """Each condition on (low, high). pairs: those of candidates i < j that are both good on some common interval."""

    candidates: tuple[Permutation, ...]
    single: dict[tuple[Permutation, Property], list[Stretch]]
    pairs: dict[tuple[int, int], list[Stretch]]
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(1)

    def steps(self) -> list[Step]:
        """The largest n proved on each interval, in order; neighbours with the same permutations are put together."""
        steps: list[Step] = []
        for low, high in self._intervals([*self.single.values(), *self.pairs.values()]):
            chosen = self._together(low, high)
            if steps and steps[-1].permutations == chosen:
                steps[-1] = replace(steps[-1], high=high)
            else:
                steps.append(Step(low, high, chosen))
        return steps

    def common(self, one: Permutation, other: Permutation) -> Iterator[Interval]:
        """Intervals on which both meet Conditions 1 and 2."""
        given = [self.single[phi, kind] for phi in (one, other) for kind in ALONE]
        for interval in self._intervals(given):
            if all(_proved(entries, *interval) for entries in given):
                yield interval

    def _intervals(self, given: Sequence[Sequence[Stretch]]) -> Iterator[Interval]:
        """(low, high) cut at every end."""
        ends = {end for entries in given for part in entries for end in (part.low, part.high)}
        return pairwise(sorted(ends | {self.low, self.high}))

    def _together(self, low: Fraction, high: Fraction) -> tuple[Permutation, ...]:
        phis = enumerate(self.candidates)
        good = [i for i, phi in phis if all(_proved(self.single[phi, kind], low, high) for kind in ALONE)]
        apart = {pair for pair in combinations(good, 2) if not _proved(self.pairs.get(pair, []), low, high)}
        return tuple(self.candidates[i] for i in largest(good, apart))


def throughout(
    instance: Instance,
    permutations: Sequence[Permutation],
    tell: Callable[[str], None] = lambda _: None,
    most: int = MOST,
    gammas: Interval = (Fraction(0), Fraction(1)),
) -> Throughout:
    """Decide them on an interval; tell: hears what is being looked at. most: linear programs for each gamma."""
    candidates = tuple(dict.fromkeys(permutations))
    found = Throughout(candidates, {}, {}, *gammas)
    for number, phi in enumerate(candidates):
        tell(f"all gamma: permutation {number + 1} of {len(candidates)}")
        found.single.update({(phi, kind): pieces(instance, kind, phi, *gammas, most=most) for kind in ALONE})
    for i, j in combinations(range(len(candidates)), 2):
        if any(True for _ in found.common(candidates[i], candidates[j])):
            tell(f"all gamma: permutations {i + 1} and {j + 1}")
            found.pairs[i, j] = pieces(
                instance, "never-both", between(candidates[i], candidates[j]), *gammas, most=most
            )
    return found


def _proved(given: Sequence[Stretch], low: Fraction, high: Fraction) -> bool:
    return any(isinstance(part.answer, Always) and part.low <= low and high <= part.high for part in given)
