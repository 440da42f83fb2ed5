"""`gammastar sweep` and `gammastar random`: many instances at once, and where to get them from."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from exact.errors import BadInstance
from proofs.cli import given
from proofs.cli.command import at_a_point, command
from proofs.cli.exits import DISAGREEMENT, OPEN, VERIFIED, complain
from proofs.cli.options import Gamma, Json, argument, option
from proofs.cli.target import check_target, make_folder, print_json, save

_SECOND = 10**9
Row = dict[str, object]


@at_a_point
def sweep(
    instances: Annotated[list[Path] | None, argument("INSTANCE", "Instance files, or folders of them.")] = None,
    output: Annotated[
        Path | None, option("OUT.jsonl", "The rows; what is there is not done again.", "-o", "--output")
    ] = None,
    jobs: Annotated[int | None, option("N", "Processes; by default one for each core.", min=1)] = None,
    dask: Annotated[str | None, option("ADDRESS", "A Dask cluster instead, if it answers in 10 s.")] = None,
    gamma: Gamma = None,
    seconds: Annotated[int | None, option("N", "At most so many seconds for one instance.", min=1)] = None,
    summary: Annotated[Path | None, option("OUT.jsonl", "Only print the table of a file of rows.")] = None,
    csv: Annotated[Path | None, option("FILE", "Write the rows as CSV too.")] = None,
    json: Json = False,
) -> int:
    """Verify many instances, one JSON line each; resumable. 0 if each has its verdict, 3 if some have errors."""
    from proofs.report.terminal import Terminal
    from proofs.sweep import summary as table

    if summary is None:
        rows = _run(instances or [], output, jobs, dask, gamma, seconds)
    else:
        rows = _stored(summary, instances, output)
    if csv is not None:
        save(csv, table.as_csv(rows).encode())
    if json:
        print_json(table.summary(rows))
    else:
        table.show(rows, Terminal())
    if any(row.get("exit") == DISAGREEMENT for row in rows):
        return DISAGREEMENT
    return OPEN if any(row.get("error") is not None for row in rows) else VERIFIED


def _run(
    instances: list[Path],
    output: Path | None,
    jobs: int | None,
    dask: str | None,
    gamma: str | None,
    seconds: int | None,
) -> list[Row]:
    """Do what is missing in the file of rows; progress goes to standard error."""
    from exact.instance.gammas import asked
    from proofs.sweep import pools
    from proofs.sweep.run import sweep

    if not instances:
        raise BadInstance("nothing to do", "give instances and -o OUT.jsonl, or --summary OUT.jsonl")
    if output is None:
        raise BadInstance("no file for the rows is named", "add -o OUT.jsonl")
    if dask is not None and jobs is not None:
        raise BadInstance("--jobs and --dask exclude each other", "leave one out")
    paths = list(_files(instances))
    check_target(output, *paths)
    told = _Progress(len(paths))
    question = None if gamma is None else asked(gamma, "--gamma")
    if dask is not None:
        complain(f"connecting to {dask}, for at most {pools.LONGEST_WAIT} s")
    pool = None if dask is None else pools.dask_executor(dask)
    point = dict(given.point)
    try:
        found = sweep(paths, output, executor=pool, jobs=jobs, gamma=question, at=point, seconds=seconds, tell=told.row)
    except KeyboardInterrupt:
        told.end("left: the same command goes on with them")
        raise
    told.end("the same as others")
    return found


def _stored(path: Path, *others: object) -> list[Row]:
    """The rows of an earlier sweep, the last for each instance. others: what a sweep would take. Raises BadInstance."""
    from proofs.sweep.ledger import newest, read_rows

    if any(others):
        raise BadInstance(
            "it only prints an earlier sweep", "leave the instances and -o out, or --summary", "--summary"
        )
    return newest(read_rows(path))


def _files(instances: Iterable[Path]) -> Iterable[Path]:
    """A folder stands for the instance files in it. Raises FileNotFoundError before anything is done."""
    for path in instances:
        path.stat()
        inside = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not inside:
            raise BadInstance("no file in it ends in .toml", "give instance files, or folders of them", str(path))
        yield from inside


class _Progress:
    """How far it is, how fast, and how long it takes from here: a line that changes, or one every ten seconds."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._known, self._failed, self._answered = total, 0, 0, 0, 0
        self._start = self._last = time.monotonic_ns()
        self._live = sys.stderr is not None and sys.stderr.isatty()

    def row(self, row: Row, known: bool) -> None:
        """One more."""
        self._known += known
        self._done += not known
        self._answered += not known and row.get("error") is None
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
        said += [self._pace()] if self._answered else []
        if self._live:
            print(file=sys.stderr)
        complain(", ".join(said))

    def _tell(self, text: str) -> None:
        if self._live:
            print(f"\r{text:<78}", end="", file=sys.stderr, flush=True)
        else:
            complain(text)

    def _pace(self) -> str:
        tenths = 10 * self._answered * _SECOND // max(time.monotonic_ns() - self._start, 1)
        return f"{tenths // 10}.{tenths % 10} a second"

    def _rest(self) -> str:
        if not self._done:
            return "unknown time"
        left = self._total - self._done - self._known
        seconds = (time.monotonic_ns() - self._start) * left // (self._done * _SECOND)
        return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"


@command
def random(
    states: Annotated[int, option("N", "States of each instance.", min=2)],
    count: Annotated[int, option("N", "How many instances.", min=1)],
    output: Annotated[Path, option("DIR", "The folder to write them to.", "-o", "--output")],
    seed: Annotated[int, option("N", "The same seed gives the same instances.")] = 0,
    actions: Annotated[int, option("N", "At most so many actions in a state.", min=1, max=26)] = 3,
    gamma: Gamma = None,
    json: Json = False,
) -> int:
    """Random instances by a seed, as files: for sweeps."""
    from exact.instance.gammas import asked
    from exact.instance.write import write_instance
    from exact.testing.random_instances import random_instances

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
    if json:
        about = {"states": states, "seed": seed, "output": str(output)}
        print_json({"format": "gammastar-random/1", **about, "files": [file.name for file in files]})
    else:
        print(f"{output}: {count} instance{'' if count == 1 else 's'} with {states} states, seed {seed}")
    return VERIFIED
