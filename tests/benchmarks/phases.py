"""`gammastar phases`: every discount at once, from 10 to 50 states with 3 actions.

Run: python -m tests.benchmarks.phases [SIZE ...]. Seconds are processor time: of the search with the kernel in it, and
of the kernel alone on the certificate. The certificate's bytes are over the digits of the numbers in it: rewards,
denominators, ends with their polynomials, V*(s_new). "answer" is its bytes over those of the answer as JSON: the
intervals with their policies, V*(s_new) and exact ends.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

from rich.console import Console
from rich.table import Table

from exact.instance import Instance, Question
from proofs.claims.phases import known_phases, whole
from proofs.kernel.check import check
from proofs.report.phases import document
from proofs.verify import to_draw
from tests.benchmarks.instances import scattered

SIZES = (10, 20, 30, 40, 50)
SEEDS = (1, 2, 3)  # of rewards
HEADINGS = (
    "states", "rewards", "phases", "seconds", "kernel alone", "kB", "k digits", "bytes/digit", "answer", "all",
)  # fmt: skip
_NUMBER = re.compile(r"-?[0-9]+(/[0-9]+)?")


def asked(size: int, seed: int) -> Instance:
    """Whole rewards from 0 to 20; no gamma."""
    instance, random = scattered(size), Random(seed)
    rewards = tuple(Fraction(random.randint(0, 20)) for _ in instance.mdp.states)
    return replace(instance, question=Question(rewards=rewards))


def measured(size: int, seed: int) -> tuple[str, ...]:
    """One row."""
    instance = asked(size, seed)
    start = time.process_time()
    found = to_draw(instance, "phases")
    between = time.process_time()
    certificate = found.certificate
    check(instance.source, certificate)
    alone = time.process_time() - between
    known = known_phases(found)
    answer = json.dumps(document(found, [])["pieces"], separators=(",", ":"))
    return (
        str(size),
        str(seed),
        str(len(known)),
        f"{between - start:.2f}",
        f"{alone:.2f}",
        f"{len(certificate) / 1000:.0f}",
        f"{digits(json.loads(certificate)['claims']) / 1000:.0f}",
        f"{len(certificate) / digits(json.loads(certificate)['claims']):.2f}",
        f"{len(certificate) / len(answer):.2f}",
        "yes" if whole(known) else "NO",
    )


def digits(given: object) -> int:
    """Of all numbers, which are strings, wherever they stand; names and policies have none."""
    if isinstance(given, str):
        return sum(map(str.isdecimal, given)) if _NUMBER.fullmatch(given) else 0
    if isinstance(given, dict):
        return sum(digits(value) for key, value in given.items() if key != "policy")
    return sum(map(digits, given)) if isinstance(given, list) else 0


def rows(sizes: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    """Each size with each seed."""
    return (measured(size, seed) for size in sizes for seed in SEEDS)


def main() -> None:
    """Print the table, row by row on standard error meanwhile."""
    table = Table(title="Every discount at once")
    for heading in HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows(tuple(map(int, sys.argv[1:])) or SIZES):
        print(*row, file=sys.stderr, flush=True)
        table.add_row(*row)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
