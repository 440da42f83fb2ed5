"""Visit counts: this engine against what a user writes first (sympy's LUsolve, then cancel), on the same chains.

Run: python -m tests.benchmarks.closed_forms [--seconds BOUND] [--most STATES]. sympy runs in a process that is ended at
the bound.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import isqrt
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import perf_counter

from rich.console import Console
from rich.table import Table

from exact.mdp import UNDEFINED, Mdp, Policy
from exact.returns import visit_count

Question = tuple[Mdp, Policy, int, int]
Coefficients = tuple[tuple[int, ...], tuple[int, ...]]
SIZES = (3, 4, 5, 20, 50, 100, 200)  # sympy finishes the first ones


def sparse(size: int) -> Question:
    """Each state has up to four random successors, the next state among them; weights 1 to 9."""
    rng = random.Random(size)
    return _question(
        [_weighted(rng, {(state + 1) % size, *rng.sample(range(size), 3)}) for state in range(size)], size // 2
    )


def dense(size: int) -> Question:
    """Each state can go to every state; weights 1 to 9."""
    rng = random.Random(size)
    return _question([_weighted(rng, range(size)) for _ in range(size)], size // 2)


def grid(size: int) -> Question:
    """A slippery square: one main direction right or down with 7/10, the other three 1/10; the last cell is terminal."""
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


def _weighted(rng: random.Random, targets: Iterable[int]) -> dict[int, Fraction]:
    weights = {target: rng.randint(1, 9) for target in targets}
    return {target: Fraction(weight, sum(weights.values())) for target, weight in weights.items()}


def _question(rows: list[dict[int, Fraction]], target: int) -> Question:
    names = tuple(f"s{state}" for state in range(len(rows)))
    actions = tuple(("go",) if row else () for row in rows)
    mdp = Mdp(names, actions, tuple((tuple(sorted(row.items())),) if row else () for row in rows))
    return mdp, tuple(0 if row else UNDEFINED for row in rows), 0, target


def timed(question: Question) -> tuple[float, Coefficients]:
    """The best of up to three runs."""
    runs: list[float] = []
    while len(runs) < 3 and sum(runs) < 2:
        begin = perf_counter()
        answer = visit_count(*question)
        runs.append(perf_counter() - begin)
    return min(runs), answer.coefficients()


def _sympy_answers(make: Callable[[int], Question], size: int, out: Connection) -> None:
    from tests.reference.sympy_solve import visit_count_by_lusolve

    question = make(size)
    begin = perf_counter()
    answer = visit_count_by_lusolve(*question)
    out.send((perf_counter() - begin, answer.coefficients()))


def sympy_within(make: Callable[[int], Question], size: int, bound: float) -> tuple[float, Coefficients] | None:
    """sympy's time and answer, or None if it does not finish."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_sympy_answers, args=(make, size, sender))
    process.start()
    answer = receiver.recv() if receiver.poll(bound) else None
    process.terminate()
    process.join()
    return answer


def row(make: Callable[[int], Question], size: int, bound: float) -> tuple[str, ...]:
    """One line of the table."""
    question = make(size)
    ours, answer = timed(question)
    theirs = sympy_within(make, size, bound)
    degree, digits = len(answer[1]) - 1, sum(len(str(abs(c))) for part in answer for c in part)
    measured = (make.__name__, str(len(question[0])), f"{1000 * ours:.2f}", str(degree), str(digits))
    if theirs is None:
        return (*measured, f"> {1000 * bound:.0f}", f"> {bound / ours:.0f}", "sympy did not finish")
    agreement = "yes" if theirs[1] == answer else "NO"
    return (*measured, f"{1000 * theirs[0]:.1f}", f"{theirs[0] / ours:.0f}", agreement)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Closed forms of visit counts: gammastar and sympy.")
    parser.add_argument("--seconds", type=float, default=10, help="what sympy may take for one row")
    parser.add_argument("--most", type=int, default=max(SIZES), help="the largest number of states")
    chosen = parser.parse_args()
    table = Table(title="v_x as a fraction of gamma")
    for heading in ("chain", "states", "gammastar ms", "degree", "digits", "sympy ms", "ratio", "answers agree"):
        table.add_column(heading, justify="left" if heading in ("chain", "answers agree") else "right")
    for make in (sparse, grid, dense):
        for size in SIZES:
            if size <= chosen.most and (make is not grid or isqrt(size) ** 2 == size or size > 5):
                table.add_row(*row(make, size, chosen.seconds))
        table.add_section()
    Console().print(table)


if __name__ == "__main__":
    main()
