"""Visit counts: this engine against sympy on the same chains, and whether the answers agree.

Run: python -m tests.benchmarks.closed_forms [--seconds BOUND] [--most STATES]. sympy solves twice: LUsolve, then cancel
(what a user writes first), and LU over the field QQ(gamma). Each solve has a process of its own, ended at the bound;
after one that was ended, larger chains of the kind are not tried.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from time import process_time

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from exact.mdp import UNDEFINED, Mdp, Policy
from exact.rational_function import RationalFunction
from exact.returns import visit_count
from tests.benchmarks.bounded import within
from tests.benchmarks.instances import weighted
from tests.reference import sympy_solve

Question = tuple[Mdp, Policy, int, int]
Coefficients = tuple[tuple[int, ...], tuple[int, ...]]
SIZES = (3, 4, 5, 20, 50, 100, 200)  # sympy finishes the first ones


def sparse(size: int) -> Question:
    """Each state has up to four random successors, the next state among them; weights 1 to 9."""
    rng = random.Random(size)
    return _question(
        [weighted(rng, {(state + 1) % size, *rng.sample(range(size), 3)}) for state in range(size)], size // 2
    )


def dense(size: int) -> Question:
    """Each state can go to every state; weights 1 to 9."""
    rng = random.Random(size)
    return _question([weighted(rng, range(size)) for _ in range(size)], size // 2)


def grid(size: int) -> Question:
    """A slippery square: right or down with 7/10, the other three directions 1/10; the last cell is terminal."""
    rng, side = random.Random(size), isqrt(size)
    rows = [_cell(state, side, rng.random() < 0.5) for state in range(side * side)]
    rows[-1] = {}
    return _question(rows, side * side // 2)


def _cell(state: int, side: int, right: bool) -> dict[int, Fraction]:
    moves = ((0, 1), (1, 0), (-1, 0), (0, -1)) if right else ((1, 0), (0, 1), (-1, 0), (0, -1))
    row: dict[int, Fraction] = {}
    for (down, across), tenths in zip(moves, (7, 1, 1, 1), strict=True):
        line, column = (min(max(c, 0), side - 1) for c in (state // side + down, state % side + across))
        row[line * side + column] = row.get(line * side + column, Fraction(0)) + Fraction(tenths, 10)
    return row


def _question(rows: list[dict[int, Fraction]], target: int) -> Question:
    names = tuple(f"s{state}" for state in range(len(rows)))
    actions = tuple(("go",) if row else () for row in rows)
    mdp = Mdp(names, actions, tuple((tuple(sorted(row.items())),) if row else () for row in rows))
    return mdp, tuple(0 if row else UNDEFINED for row in rows), 0, target


def timed(question: Question) -> tuple[float, Coefficients]:
    """The best of up to three runs, in seconds of this process: what else the machine does counts little."""
    runs: list[float] = []
    while len(runs) < 3 and sum(runs) < 2:
        begin = process_time()
        answer = visit_count(*question)
        runs.append(process_time() - begin)
    return min(runs), answer.coefficients()


def by_sympy(name: str, question: Question) -> Coefficients:
    """One of the ways of tests.reference.sympy_solve."""
    answer: RationalFunction = getattr(sympy_solve, name)(*question)
    return answer.coefficients()


class Rival:
    """One way to solve with sympy, given up on after its first unfinished chain."""

    def __init__(self, name: str, bound: float) -> None:
        self.name, self.bound, self.finished = name, bound, True

    def cells(
        self, make: Callable[[int], Question], size: int, ours: float, expected: Coefficients
    ) -> tuple[str, str, str]:
        """Milliseconds, ratio to ours, agreement."""
        if not self.finished:
            return "-", "-", "-"
        answer = within(self.bound, by_sympy, self.name, make(size))
        self.finished = answer is not None
        if answer is None:
            return f"> {1000 * self.bound:.0f}", f"> {self.bound / ours:.0f}", "-"
        return f"{1000 * answer[0]:.0f}", f"{answer[0] / ours:.0f}", "yes" if answer[1] == expected else "NO"


def row(make: Callable[[int], Question], size: int, rivals: list[Rival]) -> tuple[str, ...]:
    """One line of the table."""
    question = make(size)
    ours, answer = timed(question)
    digits = sum(len(str(abs(coefficient))) for part in answer for coefficient in part)
    measured = (make.__name__, str(len(question[0])), f"{1000 * ours:.2f}", str(digits))
    cells = [cell for rival in rivals for cell in rival.cells(make, size, ours, answer)]
    return (*measured, *cells)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Closed forms of visit counts: gammastar and sympy.")
    parser.add_argument("--seconds", type=float, default=10, help="what sympy may take for one chain")
    parser.add_argument("--most", type=int, default=max(SIZES), help="the largest number of states")
    chosen = parser.parse_args()
    table = Table(title="v_x as a fraction of gamma; milliseconds; ratios to ours", box=SIMPLE)
    table.add_column("chain")
    for heading in ("states", "ours", "digits", "LUsolve", "ratio", "agree", "QQ(gamma)", "ratio", "agree"):
        table.add_column(heading, justify="right", no_wrap=True)
    for make in (sparse, grid, dense):
        rivals = [Rival(name, chosen.seconds) for name in ("visit_count_by_lusolve", "visit_count_by_field")]
        for size in SIZES:
            if size <= chosen.most and (make is not grid or size not in (3, 5)):  # not a square, nor near a new one
                table.add_row(*row(make, size, rivals))
        table.add_section()
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
