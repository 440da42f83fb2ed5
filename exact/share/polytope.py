"""Layer: shares, volumes of polytopes given by inequalities: part by part, each seen from one of its vertices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from random import Random

from flint import fmpq_mat

from exact.conversion import flint, fraction
from exact.errors import TooLarge
from exact.linear import Constraint, Feasible, System, interior_point, redundant
from exact.linear.program import closure
from exact.linear.simplex import climb
from exact.linear.sparse import nonsingular_part
from exact.share.lawrence import MOST_WORK, volume
from exact.share.ranges import Range
from exact.share.vertices import Basis


@dataclass(frozen=True)
class Said:
    """row . theta <= bound."""

    row: Mapping[int, Fraction]
    bound: Fraction = Fraction(0)


@dataclass
class Volumes:
    """Of {theta: each theta(x) within its range, all that is said}. Raises TooLarge when all cost MOST_WORK."""

    ranges: Sequence[Range]
    work: int = field(default=0, init=False)

    def of(self, said: Iterable[Said]) -> Fraction:
        """The volume, in the coordinates whose range is no point."""
        total = prod((high - low for low, high in self.ranges if low < high), start=Fraction(1))
        for system, names in self._parts(said):
            total *= self._part(system) / prod(high - low for low, high in (self.ranges[x] for x in names))
            if not total:
                break
        return total

    def positive(self, said: Iterable[Said]) -> bool:
        """Is the volume more than 0?"""
        return all(isinstance(interior_point(system), Feasible) for system, _ in self._parts(said))

    def _parts(self, said: Iterable[Said]) -> Iterator[tuple[System, list[int]]]:
        """Groups of coordinates that are said to be related, with their ranges."""
        rows = list(map(self._free, said))
        if any(not s.row and s.bound < 0 for s in rows):
            yield System(1, (Constraint.of({}, "<=", -1),)), []
            return
        for group in _groups([s for s in rows if s.row]):
            names = sorted({x for s in group for x in s.row})
            yield self._system(group, names), names

    def _free(self, said: Said) -> Said:
        """The same without the coordinates whose range is a point."""
        fixed = {x: low for x, (low, high) in enumerate(self.ranges) if low == high and x in said.row}
        rest = {x: c for x, c in said.row.items() if x not in fixed}
        return Said(rest, said.bound - sum((said.row[x] * value for x, value in fixed.items()), Fraction(0)))

    def _system(self, group: Sequence[Said], names: Sequence[int]) -> System:
        number = {x: i for i, x in enumerate(names)}
        rows = [Constraint.of({number[x]: c for x, c in s.row.items()}, "<=", s.bound) for s in group]
        for x, i in number.items():
            low, high = self.ranges[x]
            rows += [Constraint.of({i: 1}, "<=", high), Constraint.of({i: -1}, "<=", -low)]
        return System(len(names), tuple(rows))

    def _part(self, system: System) -> Fraction:
        inside = interior_point(system)
        if not isinstance(inside, Feasible):
            return Fraction(0)
        dropped = redundant(system, together=True)
        rows = tuple(row for i, row in enumerate(system.constraints) if i not in dropped)
        return self._from_a_vertex(System(system.variables, rows), inside)

    def _from_a_vertex(self, system: System, inside: Feasible) -> Fraction:
        """In the slacks of n rows that meet in a vertex, all of the polytope is in the positive orthant."""
        n, random = system.variables, Random(system.variables)  # any vertex will do
        while True:
            objective = Constraint.of({i: random.randint(1, 1 << 10) for i in range(n)}, "<=", 0)
            program = closure(system, objective)
            vertex = climb(program, list(map(flint, inside.point)), ()).point
            slacks = [program.slack(i, vertex) for i in range(len(program.rows))]
            corner, _ = nonsingular_part({i: program.rows[i] for i, slack in enumerate(slacks) if not slack}, n)
            if len(corner) == n:
                break
        dense = [[program.rows[i].get(j, 0) for j in range(n)] for i in range(len(program.rows))]
        axes = fmpq_mat([dense[i] for i in corner])
        others = [i for i in range(len(dense)) if i not in corner]
        turned = fmpq_mat([dense[i] for i in others]) * axes.inv()
        rows = [[-fraction(c) for c in row] for row in turned.tolist()]
        bounds = [fraction(slacks[i]) for i in others]
        return volume(rows, bounds, n, self._spent) / abs(fraction(axes.det()))

    def _spent(self, basis: Basis) -> None:
        self.work += (len(basis.slacks) + 1) * (len(basis.weights) + 1)
        if self.work > MOST_WORK:
            raise TooLarge("the volumes of the polytopes take too long", "a sample is drawn instead")


def _groups(said: Iterable[Said]) -> list[list[Said]]:
    """Those without common coordinates are apart."""
    groups: list[tuple[set[int], list[Said]]] = []
    for s in said:
        touching = [group for group in groups if not group[0].isdisjoint(s.row)]
        groups = [group for group in groups if group[0].isdisjoint(s.row)]
        groups.append((set(s.row).union(*(g[0] for g in touching)), [s, *(r for g in touching for r in g[1])]))
    return [group[1] for group in groups]
