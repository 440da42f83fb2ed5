"""The file of a sweep: one JSON line a row, appended whole; a last line that was torn off is repaired.

A row answers for (sha256, gamma, version): its gamma is that of the question, or the one that was asked for.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from exact.errors import BadInstance
from exact.instance.gammas import spelled
from proofs.sweep.row import FORMAT, Job, Row

_START = f'{{"format": "{FORMAT}"'.encode()


class Ledger:
    """The rows that are there, and where new ones go. path: None keeps them in memory only."""

    def __init__(self, path: Path | None) -> None:
        """Raises BadInstance for a file that is not a sweep's; OSError passes."""
        self.repaired = False
        self._done: dict[tuple[object, ...], Row] = {}
        self._file: BinaryIO | None = None
        if path is None:
            return
        self._file = path.open("ab", buffering=0)
        try:
            _lock(self._file, path)
            self.repaired = _repair(path)
            for row in read_rows(path):
                self._note(row)
        except BaseException:
            self.close()
            raise

    def answer(self, job: Job) -> Row | None:
        """The row that is there already, if the job need not be done: one that ran out of less time does not count."""
        row = self._done.get((job.sha256, job.version, spelled(job.asked)))
        if row is None:
            return None
        limit = row.get("limit")
        longer = isinstance(limit, int) and (job.seconds is None or job.seconds > limit)
        return None if longer else row

    def append(self, row: Row) -> None:
        """Write it down, in one piece. Raises OSError."""
        self._note(row)
        if self._file is not None:
            line = memoryview(json.dumps(row).encode() + b"\n")
            while line:
                line = line[self._file.write(line) :]

    def close(self) -> None:
        """No more rows."""
        if self._file is not None:
            self._file.close()

    def _note(self, row: Row) -> None:
        """By the gamma that was asked for (None: the question's own), and by the gamma that it was then."""
        for gamma in (row.get("asked"), row.get("gamma")):
            if gamma is not None or row.get("asked") is None:
                self._done[row.get("sha256"), row.get("version"), gamma] = row


def _lock(file: BinaryIO, path: Path) -> None:
    """For this process alone, where the system can do that. Raises BadInstance if another has it."""
    try:
        fcntl = import_module("fcntl")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BadInstance("another sweep writes to it", "wait for it, or name another file", str(path)) from None
    except (ImportError, OSError):
        return


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file, a torn last line left out. Raises BadInstance for any other line; OSError passes."""
    data = path.read_bytes()
    for number, line in enumerate(data[: data.rfind(b"\n") + 1].splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or row.get("format") != FORMAT:
            raise BadInstance(f"not a row of {FORMAT}", "name another file", f"{path}: line {number}")
        yield row


def newest(rows: Iterable[Row]) -> list[Row]:
    """One row for each instance and gamma that was asked for: the last that was written."""
    return list({(row.get("sha256") or row.get("instance"), row.get("asked")): row for row in rows}.values())


def _repair(path: Path) -> bool:
    """Cut off a last line that was not finished. Raises BadInstance if it is no row's beginning."""
    with path.open("r+b") as file:
        data = file.read()
        end = data.rfind(b"\n") + 1
        torn = data[end:]
        if not torn:
            return False
        if torn[: len(_START)] != _START[: len(torn)]:
            raise BadInstance(f"the last line is no row of {FORMAT}", "name another file", str(path))
        file.truncate(end)
        os.fsync(file.fileno())
        return True
