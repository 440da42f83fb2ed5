"""Many instances -> their rows: hands batches to the workers, writes each row down as it comes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

from exact.errors import ExactError
from exact.instance import Instance, Question, parse_instance
from exact.instance.gammas import Asked, Gammas
from exact.instance.write import write_instance
from exact.rational import Exact
from proofs.sweep.ledger import Ledger
from proofs.sweep.pools import processes, stopped
from proofs.sweep.row import BROKEN, NO_MEMORY, Job, Row, about, broken, rows

AHEAD = 4  # batches that wait for each worker
Tell = Callable[[Row, bool], None]  # a row, and whether it was there before


def sweep(
    instances: Iterable[Path | str | Instance],
    output: Path | str | None = None,
    *,
    executor: Executor | None = None,
    jobs: int | None = None,
    gamma: Asked | None = None,
    at: Mapping[str, Exact] | None = None,
    seconds: int | None = None,
    batch: int | None = None,
    tell: Tell = lambda row, known: None,
) -> list[Row]:
    """Verify each instance (a file or an Instance): see gammastar.sweep. The rows are the contract's.

    batch: by default 1 for own processes, else 16. Raises BadInstance if the file is not a sweep's, NotADiscount;
    OSError passes.
    """
    question = Question().about(gamma)
    asked = question.asked
    ledger = Ledger(None if output is None else Path(output))
    run = _Run(ledger, tell, executor, jobs, batch or (1 if executor is None else 16))
    try:
        run.all(_jobs(instances, asked, dict(at or {}), seconds))
    finally:
        ledger.close()
    return run.found


def _jobs(
    instances: Iterable[Path | str | Instance],
    asked: Fraction | Gammas | None,
    at: Mapping[str, Exact],
    seconds: int | None,
) -> Iterator[Job | Row]:
    """Each instance's job; one that cannot be read is a row at once."""
    from gammastar import __version__

    for instance in instances:
        name, gamma = instance.name if isinstance(instance, Instance) else str(instance), asked
        try:
            if isinstance(instance, Instance):
                data, own = _text(instance)
                gamma = own if asked is None else asked
            else:
                data = Path(instance).read_bytes()
                data = _point(data, at) if at else data
        except (ExactError, OSError) as error:
            why = error.strerror or str(error) if isinstance(error, OSError) else str(error)
            yield _lost(Job(name, b"", "", asked, __version__, seconds), BROKEN, why) | {"sha256": None}
            continue
        yield Job(name, data, hashlib.sha256(data).hexdigest(), gamma, __version__, seconds)


def _text(instance: Instance) -> tuple[bytes, Fraction | Gammas | None]:
    """The bytes that say it, and the gammas that it is asked at, where that is not what they say."""
    question = instance.question
    gamma = question.asked
    own = question if instance.file is None else parse_instance(instance.file).question
    if instance.file is None or own.asked == gamma:
        return instance.source, None
    return (instance.file, gamma) if gamma is not None else (write_instance(instance).encode(), None)


def _point(data: bytes, at: Mapping[str, Exact]) -> bytes:
    """The instance at a point of a family, which has a text of its own. Raises an ExactError."""
    from exact.family import parse_family

    return parse_family(data).at(at).source


def _lost(job: Job, code: int, why: str) -> Row:
    """The row of a job that no worker answered."""
    return about(job) | broken(code, why, job.asked) | {"seconds": "0.000"}


@dataclass
class _Run:
    """One run. found: the rows of all its instances, those that were there included, in the order they came in."""

    ledger: Ledger
    tell: Tell
    given: Executor | None
    workers: int | None
    batch: int
    found: list[Row] = field(default_factory=list)
    _taken: set[tuple[str, Fraction | Gammas | None]] = field(default_factory=set)
    _own: Executor | None = None

    def all(self, jobs: Iterator[Job | Row]) -> None:
        """Do what is missing. An interruption loses what is being done, nothing that was."""
        missing, waiting = self._missing(jobs), dict[Future[Any], list[Job]]()
        try:
            while True:
                while len(waiting) < AHEAD * self._count() and (piece := list(islice(missing, self.batch))):
                    waiting[self._submit(piece)] = piece
                if not waiting:
                    break
                self._collect(waiting)
        except BaseException:
            self._finished(waiting)
            for future in waiting:
                future.cancel()
            if self._own is not None:
                stopped(self._own)
            raise
        if self._own is not None:
            self._own.shutdown()

    def _missing(self, jobs: Iterator[Job | Row]) -> Iterator[Job]:
        """The jobs that no row answers, each once."""
        for job in jobs:
            if not isinstance(job, Job):
                self._done(job)
            elif (job.sha256, job.asked) not in self._taken:
                self._taken.add((job.sha256, job.asked))
                row = self.ledger.answer(job)
                if row is None:
                    yield job
                else:
                    self.found.append(row)
                    self.tell(row, True)

    def _collect(self, waiting: dict[Future[Any], list[Job]]) -> None:
        """Wait for some, and write them down; a piece whose worker failed is done again, an instance at a time."""
        ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in ready:
            try:
                found = future.result()
            except BrokenExecutor:
                if self.given is not None:
                    raise
                left = self._finished(waiting)
                waiting.clear()
                return self._carefully(left)
            except Exception as error:  # noqa: BLE001  # a cluster's, such as Dask's KilledWorker
                piece = waiting.pop(future)
                if len(piece) > 1:
                    waiting.update((self._submit([job]), [job]) for job in piece)
                    continue
                found = [_lost(piece[0], NO_MEMORY, f"its worker failed: {' '.join(str(error).split())}")]
            waiting.pop(future, None)
            for row in found:
                self._done(row)
        return None

    def _finished(self, waiting: dict[Future[Any], list[Job]]) -> list[Job]:
        """Write down what was finished meanwhile; the rest is returned."""
        left: list[Job] = []
        for future, piece in waiting.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                for row in future.result():
                    self._done(row)
            else:
                left += piece
        return left

    def _carefully(self, left: list[Job]) -> None:
        """A process died: find out over which instance, one at a time."""
        for job in left:
            self._renew(1)
            try:
                row = self._submit([job]).result()[0]
            except BrokenProcessPool:
                row = _lost(job, NO_MEMORY, "its process died (out of memory?)")
            self._done(row)
        self._renew(self.workers)

    def _submit(self, piece: list[Job]) -> Future[Any]:
        if self.given is not None:
            return self.given.submit(rows, piece)
        if self._own is None:
            self._own = processes(self.workers)
        try:
            return self._own.submit(rows, piece)
        except BrokenProcessPool as error:
            failed: Future[Any] = Future()
            failed.set_exception(error)
            return failed

    def _renew(self, workers: int | None) -> None:
        if self._own is not None:
            stopped(self._own)
        self._own = processes(workers)

    def _count(self) -> int:
        """How many work at once, as far as the executor says."""
        if self.given is None:
            return self.workers or 4
        return int(getattr(self.given, "_max_workers", 8) or 8)

    def _done(self, row: Row) -> None:
        self.ledger.append(row)
        self.found.append(row)
        self.tell(row, False)
