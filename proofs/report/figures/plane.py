"""What a picture of regions shows: over one parameter and gamma, cells with their n, and curves between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

Interval = tuple[Fraction, Fraction]
Run = tuple[tuple[Fraction, Fraction], ...]  # points (parameter, gamma) that a line joins


@dataclass(frozen=True)
class Cell:
    """For every parameter of `across` and gamma of `along`, at least `least` and at most `most` states are counted."""

    across: Interval
    along: Interval
    least: int
    most: int


@dataclass(frozen=True)
class Line:
    """Where gamma*_x lies, for these x alike. forms: LaTeX, piece by piece from the left; empty where it is not short.

    bends: where the best policy that was found is another one from there on.
    """

    states: tuple[str, ...]
    runs: tuple[Run, ...]
    forms: tuple[str, ...] = ()
    bends: Run = ()


@dataclass(frozen=True)
class Plane:
    """columns: cells by their parameters, in order, each column over all of `gammas`; undecided: its share of all that.

    Names of parameters are LaTeX. held: of every other parameter the name, the value, and whether it is the middle,
    nothing having been chosen. certified: the kernel accepted what the cells say.
    """

    parameter: str
    box: Interval
    gammas: Interval
    columns: tuple[tuple[Cell, ...], ...]
    lines: tuple[Line, ...]
    held: tuple[tuple[str, Fraction, bool], ...]
    undecided: Fraction
    certified: bool

    @property
    def levels(self) -> range:
        """From the least n to the largest that is shown."""
        shown = [cell.least for column in self.columns for cell in column]
        return range(min(shown), max(shown) + 1)

    def staircase(self, n: int) -> Iterator[tuple[Interval, Fraction]]:
        """(parameters, g) by columns: n states are counted for every gamma > g of the picture."""
        for column in self.columns:
            yield column[0].across, min((c.along[0] for c in column if c.least >= n), default=self.gammas[1])

    def opens(self) -> Iterator[tuple[Interval, Interval]]:
        """The undecided parts of the columns, each as long as it is."""
        for column in self.columns:
            for undecided, cells in groupby(column, lambda cell: cell.least < cell.most):
                part = list(cells)
                if undecided:
                    yield part[0].across, (part[0].along[0], part[-1].along[1])

    def decided(self, n: int) -> Iterator[tuple[Interval, Interval | None]]:
        """By columns, the gammas at which n states are counted and no more; None where there are none."""
        for column in self.columns:
            part = [cell.along for cell in column if cell.least == cell.most == n]
            yield column[0].across, (part[0][0], part[-1][1]) if part else None


def within(cells: Sequence[Cell], gammas: Interval) -> tuple[Cell, ...]:
    """The parts of a column's cells between two gammas."""
    low, high = gammas
    cut = [(cell, max(low, cell.along[0]), min(high, cell.along[1])) for cell in cells]
    return tuple(Cell(cell.across, (a, b), cell.least, cell.most) for cell, a, b in cut if a < b)
