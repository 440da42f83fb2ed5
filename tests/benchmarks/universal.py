"""Seconds for one universal claim at a rational gamma, z3 alone beside it: python -m tests.benchmarks.universal

"ratio" is z3's time over ours; ">" where z3 gave up at its bound (seconds as the first argument, 20 by default).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Literal

from rich.console import Console
from rich.table import Table

from exact.instance import Instance
from exact.mdp import Mdp, Row
from exact.permutation import swap
from proofs.opinions.opinion import permutation_opinion
from proofs.search.linear.asked import Always
from proofs.search.linear.decide import decide
from tests.benchmarks.instances import GAMMA, weighted

ACTIONS = 4
BOUNDS = {50: 0.5, 100: 3.0}  # states -> seconds that are promised


def instance(size: int, leaks: int, seed: int = 1) -> Instance:
    """0 is s_new, 1 s_term, the last third S_train; each action leads to three states. leaks: ways out of training."""
    random, first = Random(seed), size - size // 3
    table = [_actions(random, s, range(first) if s < first else range(first, size)) for s in range(size)]
    for _ in range(leaks):
        state, action = random.randrange(first, size), random.randrange(1, ACTIONS)
        out: Row = ((random.randrange(first), Fraction(1)),)
        table[state] = (*table[state][:action], out, *table[state][action + 1 :])
    names = tuple(f"s{s}" for s in range(size))
    actions = tuple(tuple(f"a{a}" for a in range(len(rows))) for rows in table)
    training = frozenset(range(first, size))
    return Instance(Mdp(names, actions, tuple(table)), 0, 0, training, dict.fromkeys(training, 0))


def _actions(random: Random, state: int, part: range) -> tuple[Row, ...]:
    if state == 1:
        return ()
    off: tuple[Row, ...] = (((1, Fraction(1)),),) if state == 0 else ()
    return (*off, *(_row(random, part) for _ in range(ACTIONS - len(off))))


def _row(random: Random, part: range) -> Row:
    return tuple(weighted(random, sorted(random.sample(part, min(3, len(part)))), 4).items())


def measured(seconds: float) -> Iterator[tuple[str, ...]]:
    """One row of the table for each size, kind of training and claim."""
    asked: Literal["retargets", "stays"]
    for size in (10, 20, 50, 100):
        for leaks in (0, size // 6):
            given = instance(size, leaks)
            for asked in ("retargets", "stays"):
                started = time.perf_counter()
                answer = decide(given, asked, swap(given, 2), GAMMA)
                spent = time.perf_counter() - started
                started = time.perf_counter()
                opinion = permutation_opinion(given, swap(given, 2), GAMMA, seconds, asked)
                its = time.perf_counter() - started
                verdict = "always" if isinstance(answer, Always) else type(answer).__name__
                more = "" if opinion.answer != "unknown" else ">"
                late = " (late)" if spent > BOUNDS.get(size, spent) else ""
                ratio = f"{more}{its / spent:.1f}"
                theirs = f"{more}{its:.2f} {opinion.answer}"
                yield (str(size), str(leaks), asked, verdict, str(answer.lps), f"{spent:.3f}{late}", theirs, ratio)


def main() -> None:
    """Print the table, row by row as it comes."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    table = Table("states", "leaks", "claim", "answer", "LPs", "seconds", "z3 alone", "ratio", title=f"gamma = {GAMMA}")
    decide(instance(6, 0), "retargets", swap(instance(6, 0), 2), GAMMA)  # imports are not measured
    for row in measured(seconds):
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
