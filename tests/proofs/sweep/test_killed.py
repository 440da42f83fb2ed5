"""A sweep that is killed, interrupted, or loses its workers: nothing is lost, nothing is done twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from exact.errors import BadInstance
from exact.instance.write import write_instance
from exact.testing.random_instances import random_instances
from proofs.sweep import sweep
from proofs.sweep.ledger import Ledger, read_rows
from proofs.sweep.row import Job, Row, rows
from tests.proofs.command import gammastar

COUNT = 100
QUICK = "9/10"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small random instances."""
    made = tmp_path_factory.mktemp("instances")
    for instance in random_instances(5, COUNT, seed=1):
        (made / f"{instance.name}.toml").write_text(write_instance(instance))
    return made


def stopped(command: list[str], output: Path, more: int, how: int) -> tuple[int, str]:
    """Start it, and send the signal when there are that many rows more."""
    before = output.read_bytes().count(b"\n") if output.exists() else 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while not output.exists() or output.read_bytes().count(b"\n") < before + more:
            assert process.poll() is None
            time.sleep(0.005)
        process.send_signal(how)
        return process.wait(60), process.communicate()[1]


def test_killed_and_interrupted_it_goes_on(folder: Path, tmp_path: Path) -> None:
    """SIGKILL, Ctrl-C, then to the end: each instance once, and every row as in one run."""
    output = tmp_path / "o.jsonl"
    command = [sys.executable, "-m", "gammastar", "sweep", str(folder), "-o", str(output), "--gamma", QUICK]
    command += ["--jobs", "2"]
    assert stopped(command, output, 8, signal.SIGKILL)[0] == -signal.SIGKILL
    with output.open("ab") as file:
        file.write(b'{"format": "gammastar-swe')  # a row that was being written
    code, said = stopped(command, output, 8, signal.SIGINT)
    assert code == 130
    assert "left: the same command goes on with them" in said
    ran = gammastar(*command[3:])
    assert ran.code == 0
    assert " were there, " in ran.err
    found = list(read_rows(output))
    assert len(found) == len({row["sha256"] for row in found}) == COUNT
    straight = sweep(sorted(folder.glob("*.toml")), executor=Here(), gamma=QUICK)
    unlike = {"seconds"}
    assert sorted(map(str, plain(found, unlike))) == sorted(map(str, plain(straight, unlike)))


def plain(found: list[Row], unlike: set[str]) -> list[Row]:
    """Without what differs from run to run."""
    return [{key: value for key, value in row.items() if key not in unlike} for row in found]


class Here(Executor):
    """Does the work at once."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Not later, now."""
        future: Future[Any] = Future()
        try:
            future.set_result(self.work(*args))
        except RuntimeError as error:
            future.set_exception(error)
        return future

    def work(self, jobs: list[Job]) -> list[Row]:
        """As the workers do it."""
        return rows(jobs)


class Losing(Here):
    """A cluster that loses the workers that get one of the instances."""

    def work(self, jobs: list[Job]) -> list[Row]:
        """Dask tries three times, and gives up."""
        if any(job.instance.endswith("-7.toml") for job in jobs):
            raise RuntimeError("KilledWorker: three workers died\nwhile doing it")
        return rows(jobs)


def test_a_cluster_that_loses_workers(folder: Path) -> None:
    """The instance over which they died is a row with its error; those of its batch have theirs."""
    paths = [folder / f"random-5-1-{k}.toml" for k in range(10)]
    found = {Path(str(row["instance"])).stem: row for row in sweep(paths, executor=Losing(), gamma=QUICK, batch=4)}
    assert len(found) == 10
    lost = found.pop("random-5-1-7")
    assert (lost["error"], lost["exit"]) == ("its worker failed: KilledWorker: three workers died while doing it", 71)
    assert all(row["verdict"] is not None for row in found.values())


def test_two_sweeps_do_not_write_to_one_file(tmp_path: Path) -> None:
    """The second is refused, the first goes on."""
    pytest.importorskip("fcntl")
    output = tmp_path / "o.jsonl"
    first = Ledger(output)
    with pytest.raises(BadInstance, match=r"o\.jsonl: another sweep writes to it; wait for it, or name another file"):
        sweep([], output)
    first.close()
    assert sweep([], output) == []
