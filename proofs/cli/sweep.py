"""`gammastar sweep` and `gammastar random`: many instances at once, and where to get them from."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

from exact.errors import BadInstance
from exact.instance.gammas import asked
from exact.instance.write import write_instance
from exact.testing.random_instances import random_instances
from proofs.cli import given
from proofs.cli.exits import DISAGREEMENT, OPEN, VERIFIED, complain
from proofs.cli.source import print_json
from proofs.cli.target import check_target, make_folder, save
from proofs.report.table import Terminal
from proofs.sweep.ledger import newest, read_rows
from proofs.sweep.pools import dask_executor
from proofs.sweep.row import Row
from proofs.sweep.run import sweep
from proofs.sweep.summary import as_csv, summary
from proofs.sweep.summary import show as show_rows

_SECOND = 10**9


def run(
    instances: list[Path],
    output: Path | None,
    jobs: int | None,
    dask: str | None,
    gamma: str | None,
    seconds: int | None,
) -> list[Row]:
    """Do what is missing in the file of rows; progress goes to standard error."""
    if not instances:
        raise BadInstance("nothing to do", "give instances and -o OUT.jsonl, or --summary OUT.jsonl")
    if output is None:
        raise BadInstance("no file for the rows is named", "add -o OUT.jsonl")
    if dask is not None and jobs is not None:
        raise BadInstance("--jobs and --dask exclude each other", "leave one out")
    paths = list(_files(instances))
    check_target(output, *paths)
    told = _Progress(len(paths))
    executor = None if dask is None else dask_executor(dask)
    question = None if gamma is None else asked(gamma, "--gamma")
    try:
        point = dict(given.point)
        found = sweep(
            paths, output, executor=executor, jobs=jobs, gamma=question, at=point, seconds=seconds, tell=told.row
        )
    except KeyboardInterrupt:
        told.end("left: the same command goes on with them")
        raise
    told.end("the same as others")
    return found


def show(rows: list[Row], csv: Path | None, as_json: bool) -> int:
    """The table. 4 if engines disagree in a row, 3 if a row holds an error, else 0."""
    if csv is not None:
        save(csv, as_csv(rows).encode())
    if as_json:
        print_json(summary(rows))
    else:
        show_rows(rows, Terminal())
    codes = {row.get("exit") for row in rows}
    if DISAGREEMENT in codes:
        return DISAGREEMENT
    return OPEN if any(row.get("error") is not None for row in rows) else VERIFIED


def stored(path: Path, *others: object) -> list[Row]:
    """The rows of an earlier sweep, the last for each instance. others: what a sweep would take. Raises BadInstance."""
    if any(others):
        raise BadInstance(
            "it only prints an earlier sweep", "leave the instances and -o out, or --summary", "--summary"
        )
    return newest(read_rows(path))


def _files(instances: Iterable[Path]) -> Iterable[Path]:
    """A folder stands for the instance files in it."""
    for path in instances:
        if path.is_dir():
            inside = sorted(path.glob("*.toml"))
            if not inside:
                raise BadInstance("no file in it ends in .toml", "give instance files, or folders of them", str(path))
            yield from inside
        else:
            yield path


class _Progress:
    """How far it is, how fast, and how long it takes from here: a line that changes, or one every ten seconds."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._known, self._failed = total, 0, 0, 0
        self._start = self._last = time.monotonic_ns()
        self._live = sys.stderr is not None and sys.stderr.isatty()

    def row(self, row: Row, known: bool) -> None:
        """One more."""
        self._known += known
        self._done += not known
        self._failed += row.get("error") is not None
        now = time.monotonic_ns()
        if now - self._last > (_SECOND // 4 if self._live else 10 * _SECOND):
            self._last = now
            self._tell(f"{self._done + self._known} of {self._total}, {self._pace()}, {self._rest()} to go")

    def end(self, rest: str) -> None:
        """The whole in one line. rest: what those are that no row came for."""
        left = self._total - self._done - self._known
        said = [f"{self._done} done"]
        said += [f"{self._known} were there"] if self._known else []
        said += [f"{self._failed} with errors"] if self._failed else []
        said += [f"{left} {rest}"] if left else []
        said += [self._pace()] if self._done else []
        if self._live:
            print(file=sys.stderr)
        complain(", ".join(said))

    def _tell(self, text: str) -> None:
        if self._live:
            print(f"\r{text:<78}", end="", file=sys.stderr, flush=True)
        else:
            complain(text)

    def _pace(self) -> str:
        tenths = 10 * self._done * _SECOND // max(time.monotonic_ns() - self._start, 1)
        return f"{tenths // 10}.{tenths % 10} a second"

    def _rest(self) -> str:
        if not self._done:
            return "unknown time"
        left = self._total - self._done - self._known
        seconds = (time.monotonic_ns() - self._start) * left // (self._done * _SECOND)
        return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"


def write_random(
    states: int, count: int, seed: int, output: Path, actions: int, gamma: str | None, as_json: bool = False
) -> int:
    """Write the instances into a folder; files that are there must be the same."""
    question = None if gamma is None else asked(gamma, "--gamma")
    made = list(random_instances(states, count, seed, max_actions=actions, gamma=question))
    make_folder(output)
    digits = len(str(max(count - 1, 0)))
    files = [output / f"random-{states}-{seed}-{k:0{digits}d}.toml" for k in range(count)]
    for file, instance in zip(files, made, strict=True):
        data = write_instance(instance).encode()
        if file.exists() and file.read_bytes() != data:
            raise BadInstance("it is there already, and would be lost", "name another folder", str(file))
        save(file, data)
    if as_json:
        about = {"states": states, "seed": seed, "output": str(output)}
        print_json({"format": "gammastar-random/1", **about, "files": [file.name for file in files]})
        return VERIFIED
    print(f"{output}: {count} instance{'' if count == 1 else 's'} with {states} states, seed {seed}")
    return VERIFIED
