"""Layer: shares, what is said of goals: the volume of all for which it is true, within the ranges of their rewards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod

from exact.errors import TooLarge
from exact.linear import Constraint, Feasible, System, interior_point
from exact.share.parts import components
from exact.share.ranges import Range
from exact.share.volume import Budget, volume


@dataclass(frozen=True)
class Said:
    """row . theta <= bound. at_bound: does it hold with equality? None: it may, and another cell may hold there too."""

    row: Mapping[int, Fraction]
    bound: Fraction = Fraction(0)
    at_bound: bool | None = None


@dataclass
class Volumes:
    """Of {theta: each theta(x) within its range, all that is said}. Raises TooLarge when all cost more than one may."""

    ranges: Sequence[Range]
    budget: Budget = field(default_factory=Budget, init=False)

    def of(self, said: Iterable[Said]) -> Fraction:
        """The volume, in the coordinates whose range is no point."""
        total = prod((high - low for low, high in self.ranges if low < high), start=Fraction(1))
        for group in self._groups(said):
            rows, bounds, names = self._listed(group)
            sides = prod(self.ranges[x][1] - self.ranges[x][0] for x in names)
            total *= volume(rows, bounds, len(names), self.budget) / sides if names else 0
            if not total:
                break
        return total

    def positive(self, said: Iterable[Said]) -> bool:
        """Is the volume more than 0?"""
        return all(map(self._inside, self._groups(said)))

    def _inside(self, group: Sequence[Said]) -> bool:
        rows, bounds, names = self._listed(group)
        constraints = [Constraint.of({i: -1}, "<=", 0) for i in range(len(names))]
        constraints += [Constraint.of(dict(enumerate(row)), "<=", b) for row, b in zip(rows, bounds, strict=True)]
        return bool(names) and isinstance(interior_point(System(len(names), tuple(constraints))), Feasible)

    def _groups(self, said: Iterable[Said]) -> Iterator[list[Said]]:
        """Those without common coordinates are apart. An empty one: no goal is left."""
        rows = list(map(self._free, said))
        if any(not s.row and _false(s) for s in rows):
            yield []
        else:
            yield from components([s for s in rows if s.row], lambda s: s.row)

    def _free(self, said: Said) -> Said:
        """The same without the coordinates whose range is a point."""
        fixed = {x: low for x, (low, high) in enumerate(self.ranges) if low == high and x in said.row}
        rest = {x: c for x, c in said.row.items() if x not in fixed}
        return Said(rest, said.bound - sum((said.row[x] * y for x, y in fixed.items()), Fraction(0)), said.at_bound)

    def _listed(self, group: Sequence[Said]) -> tuple[list[list[Fraction]], list[Fraction], list[int]]:
        """Rows and bounds, each reward measured from its lower end, and the rewards."""
        names = sorted({x for s in group for x in s.row})
        rows = [[Fraction(int(x == y)) for y in names] for x in names]
        bounds = [self.ranges[x][1] - self.ranges[x][0] for x in names]
        for s in group:
            rows.append([s.row.get(x, Fraction(0)) for x in names])
            bounds.append(s.bound - sum((c * self.ranges[x][0] for x, c in s.row.items()), Fraction(0)))
        return rows, bounds, names


def _false(said: Said) -> bool:
    """Of goals whose rewards are all fixed. Raises TooLarge where two policies tie for all of them."""
    if said.bound == 0 and said.at_bound is None:
        raise TooLarge("policies tie for the rewards that the goals fix")
    return said.bound < 0 or (said.bound == 0 and not said.at_bound)
