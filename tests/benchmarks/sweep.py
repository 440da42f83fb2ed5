"""`gammastar sweep` on random instances of 5 states against a loop of `gammastar verify`, from start to end.

Run: python -m tests.benchmarks.sweep [--count N] [--loop N] [--jobs N] [--dask]. Without second opinions, without a
gamma and at gamma = 9/10. A row says what an instance costs in processor time, start included, and how many are done in
a second of the clock; the loop uses one core, the sweep `--jobs`. --dask: on a local cluster of as many processes too.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from rich.console import Console

from exact.instance.write import write_instance
from exact.testing.random_instances import random_instances
from proofs.sweep.ledger import read_rows
from tests.benchmarks.bounded import run
from tests.benchmarks.verify import table
from tests.examples import ROOT

STATES, SEED = 5, 0
LONGEST = 3600.0
EXITS = (0, 1, 3)  # of verify and sweep, where there is an answer
GAMMAS = {"none": (), "9/10": ("--gamma", "9/10")}


@dataclass(frozen=True)
class Measured:
    """For one instance: processor seconds, seconds of the clock."""

    processor: float
    clock: float

    def cells(self, slow: Measured) -> list[str]:
        """Milliseconds, ratio, instances a second, ratio."""
        ratios = (slow.processor / self.processor, slow.clock / self.clock)
        return [f"{1000 * self.processor:.1f}", f"{ratios[0]:.0f}", f"{1 / self.clock:.1f}", f"{ratios[1]:.0f}"]


def timed(count: int, *commands: tuple[str, ...]) -> Measured:
    """Commands one after another, which do that many instances."""
    begin = time.perf_counter()
    seconds = sum(run(ROOT, LONGEST, "-m", "gammastar", *command, accepted=EXITS)[0] for command in commands)
    return Measured(seconds / count, (time.perf_counter() - begin) / count)


@contextmanager
def cluster(jobs: int) -> Iterator[str]:
    """A local one, of processes that stay; its address."""
    distributed = import_module("distributed")
    options = {"n_workers": jobs, "threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
    with distributed.LocalCluster(**options) as started:
        yield started.scheduler_address


def on_a_cluster(folder: Path, output: Path, gamma: tuple[str, ...], jobs: int, count: int) -> Measured:
    """What its workers cost shows when they have ended."""
    begin = getrusage(RUSAGE_CHILDREN)
    with cluster(jobs) as address:
        found = timed(count, ("sweep", str(folder), "-o", str(output), "--dask", address, *gamma))
    end = getrusage(RUSAGE_CHILDREN)
    return Measured((end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime) / count, found.clock)


def measured(folder: Path, loop: int, jobs: int, dask: bool, gamma: str) -> Iterator[tuple[str, Measured]]:
    """The loop, the sweep, the sweep on a cluster."""
    files, options = sorted(folder.glob("*.toml")), GAMMAS[gamma]
    some = files[:: max(len(files) // loop, 1)][:loop]
    yield (
        f"loop of verify, {len(some)}",
        timed(len(some), *(("verify", str(file), "--seconds", "0", *options) for file in some)),
    )
    output = folder / f"{len(options)}.jsonl"
    yield (
        f"sweep --jobs {jobs}, {len(files)}",
        timed(len(files), ("sweep", str(folder), "-o", str(output), "--jobs", str(jobs), *options)),
    )
    rows = list(read_rows(output))
    if len(rows) != len(files) or any(row.get("error") for row in rows):
        raise SystemExit("some instance has no verdict")
    if dask:
        other = output.with_suffix(".dask.jsonl")
        yield f"sweep --dask, {len(files)}", on_a_cluster(folder, other, options, jobs, len(files))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=2000, help="instances of the sweep")
    parser.add_argument("--loop", type=int, default=20, help="instances of the loop")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--dask", action="store_true", help="a local Dask cluster too")
    chosen = parser.parse_args()
    console = Console(width=100)
    with tempfile.TemporaryDirectory() as scratch:
        for instance in random_instances(STATES, chosen.count, SEED):
            (Path(scratch) / f"{instance.name}.toml").write_text(write_instance(instance), encoding="utf-8")
        for gamma in GAMMAS:
            slow: Measured | None = None
            title = f"Random instances of {STATES} states, gamma: {gamma}"
            made = table(title, "what", "ms of processor", "ratio", "a second", "ratio")
            for what, found in measured(Path(scratch), chosen.loop, chosen.jobs, chosen.dask, gamma):
                slow = slow or found
                made.add_row(what, *found.cells(slow))
            console.print(made)
    console.print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", highlight=False)


if __name__ == "__main__":
    main()
