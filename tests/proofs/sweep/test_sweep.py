"""Sweeps: a row each, nothing done twice, nothing lost, whatever breaks."""

from __future__ import annotations

import csv
import json
import os
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from exact.errors import BadInstance
from exact.instance.write import write_instance
from exact.testing.random_instances import random_instances
from proofs.sweep import run, sweep
from proofs.sweep.ledger import newest, read_rows
from proofs.sweep.limit import OutOfTime, limited
from proofs.sweep.row import Job, Row, rows
from tests.examples import ROOT
from tests.proofs.command import MINIMAL, gammastar, one_line

QUICK = "9/10"  # at one gamma, the search for counterexamples is short


class Here(Executor):
    """Does the work at once, and counts it; after `most` instances it is interrupted."""

    def __init__(self, most: int = 10**6) -> None:
        self.done: list[str] = []
        self.most = most

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Not later, now."""
        if len(self.done) >= self.most:
            raise KeyboardInterrupt
        self.done += [job.instance for job in args[0]]
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Five small random instances."""
    paths = [tmp_path / f"{k}.toml" for k in range(5)]
    for path, instance in zip(paths, random_instances(4, 5, seed=3), strict=True):
        path.write_text(write_instance(instance))
    return paths


def verdicts(rows: list[Row]) -> dict[object, object]:
    """By instance."""
    return {row["instance"]: (row["verdict"], row["n"]) for row in rows}


def test_a_row_is_what_verify_says(tmp_path: Path) -> None:
    """The keys of the contract, and exit as the command's."""
    file = tmp_path / "a.toml"
    file.write_text(MINIMAL)
    (row,) = sweep([file], executor=Here(), gamma=QUICK)
    assert row["format"] == "gammastar-sweep/1"
    assert (row["instance"], row["gamma"], row["verdict"], row["conclusion"], row["n"]) == (
        str(file), "9/10", "verified", "proved", 1,
    )  # fmt: skip
    report = json.loads(gammastar("verify", file, "--gamma", QUICK, "--json", "--seconds", "0").out)
    assert row["sha256"] == report["instance"]["sha256"]
    assert row["exit"] == 0
    assert str(row["seconds"]).replace(".", "").isdecimal()


def test_a_second_run_does_what_is_missing(files: list[Path], tmp_path: Path) -> None:
    """By content and gamma, not by name; the same content twice is one row."""
    output = tmp_path / "o.jsonl"
    first = sweep(files[:3], output, executor=Here(), gamma=QUICK)
    copy = tmp_path / "copy.toml"
    copy.write_bytes(files[0].read_bytes())
    again = Here()
    second = sweep([*files, copy], output, executor=again, gamma=QUICK, batch=2)
    assert sorted(again.done) == [str(file) for file in files[3:]]
    assert len(second) == 5
    assert verdicts(first).items() <= verdicts(second).items()
    other = Here()
    sweep(files, output, executor=other, gamma="1/2")
    assert len(other.done) == 5
    assert len(list(read_rows(output))) == 10


def test_an_interrupted_run_loses_nothing(files: list[Path], tmp_path: Path) -> None:
    """Rows are there as they are done; a torn last line is cut off and done again."""
    output, all_at_once = tmp_path / "o.jsonl", sweep(files, executor=Here(), gamma=QUICK)
    with pytest.raises(KeyboardInterrupt):
        sweep(files, output, executor=Here(3), gamma=QUICK, batch=1)
    kept = len(list(read_rows(output)))
    with output.open("ab") as file:
        file.write(output.read_bytes().splitlines()[0][:50])
    rest = Here()
    found = sweep(files, output, executor=rest, gamma=QUICK)
    assert len(rest.done) == 5 - kept
    assert verdicts(found) == verdicts(all_at_once)
    assert len(list(read_rows(output))) == 5


def test_a_dead_process_is_a_row(files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The instance over which it died has its row, the others have theirs."""
    monkeypatch.setattr(run, "rows", dying)
    deadly = tmp_path / "deadly.toml"
    deadly.write_text(MINIMAL)
    found = {row["instance"]: row for row in sweep([files[0], deadly, files[1]], jobs=1, gamma=QUICK)}
    assert len(found) == 3
    assert found[str(deadly)]["error"] == "its process died (out of memory?)"
    assert found[str(files[1])]["verdict"] is not None


def dying(jobs: list[Job]) -> list[Row]:
    """A worker that one instance is too much for."""
    if any("deadly" in job.instance for job in jobs):
        os._exit(9)
    return rows(jobs)


def test_a_broken_instance_is_a_row(files: list[Path], tmp_path: Path) -> None:
    """Missing, malformed: the others are done."""
    bad = tmp_path / "bad.toml"
    bad.write_text("format = 2")
    rows = {
        row["instance"]: row for row in sweep([bad, tmp_path / "none.toml", files[0]], executor=Here(), gamma=QUICK)
    }
    assert rows[str(bad)]["error"] == "format: the format is not 1; write format = 1"
    assert rows[str(bad)]["exit"] == 2
    assert rows[str(tmp_path / "none.toml")]["error"] == "No such file or directory"
    assert rows[str(files[0])]["verdict"] is not None


def test_a_file_that_is_no_sweeps_is_left_alone(files: list[Path], tmp_path: Path) -> None:
    """Neither cut nor appended to."""
    for text in ("hello", "hello\n", '{"format": "other/1"}\n'):
        output = tmp_path / "o.jsonl"
        output.write_text(text)
        with pytest.raises(BadInstance, match="no"):
            sweep(files, output, executor=Here())
        assert output.read_text() == text


def endless() -> None:
    """Stopped from outside."""
    with limited(1):
        while True:
            pass


def test_the_time_of_an_instance_is_limited(tmp_path: Path) -> None:
    """It is stopped in whatever thread it runs; it is tried again with more time only."""
    with pytest.raises(OutOfTime):
        endless()
    output = tmp_path / "o.jsonl"
    row = {"format": "gammastar-sweep/1", "instance": "x", "asked": None, "gamma": None, "exit": 3}
    instance = next(random_instances(3, 1))
    key = {"sha256": instance.sha256, "version": sweep([instance], executor=Here())[0]["version"]}
    output.write_text(json.dumps(row | key | {"error": "no answer within 5 seconds", "limit": 5}) + "\n")
    for seconds, times in ((5, 0), (4, 0), (6, 1)):
        executor = Here()
        sweep([instance], output, executor=executor, seconds=seconds)
        assert len(executor.done) == times


def test_any_executor_gives_the_same(files: list[Path]) -> None:
    """Threads, own processes (which keep their interpreter), and this thread."""
    here = verdicts(sweep(files, executor=Here(), gamma=QUICK))
    with ThreadPoolExecutor(2) as threads:
        assert verdicts(sweep(files, executor=threads, gamma=QUICK, batch=2)) == here
    assert verdicts(sweep(files, jobs=2, gamma=QUICK)) == here


def test_a_local_dask_cluster(files: list[Path], tmp_path: Path) -> None:
    """Where it is installed; batched, resumed like the others."""
    distributed = pytest.importorskip("distributed")
    output, here = tmp_path / "o.jsonl", verdicts(sweep(files, executor=Here(), gamma=QUICK))
    options = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": ":0"}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        executor = client.get_executor(pure=False)
        assert verdicts(sweep(files, output, executor=executor, gamma=QUICK, batch=2, seconds=60)) == here
        sweep(files, output, executor=executor, gamma=QUICK)
    assert len(list(read_rows(output))) == 5


def test_a_dask_cluster_that_is_not_there(files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it connects to is said at once; it is given up after the time that is said."""
    pytest.importorskip("distributed")
    monkeypatch.setattr("proofs.sweep.pools.LONGEST_WAIT", 1)
    ran = gammastar("sweep", *files, "--dask", "tcp://127.0.0.1:9", "-o", tmp_path / "o.jsonl")
    connecting, failed = ran.err.splitlines()
    assert connecting == "gammastar: connecting to tcp://127.0.0.1:9, for at most 1 s"
    assert "no Dask scheduler at tcp://127.0.0.1:9: Timed out" in failed
    assert (ran.code, ran.out) == (2, "")


def test_the_command(files: list[Path], tmp_path: Path) -> None:
    """Rows, table, CSV, JSON; progress on standard error; usage in one line."""
    output, table = tmp_path / "o.jsonl", tmp_path / "o.csv"
    ran = gammastar("sweep", tmp_path, "-o", output, "--jobs", "1", "--gamma", QUICK)
    assert ran.code == 0
    assert ran.out.startswith("5 instances")
    assert ran.err.startswith("gammastar: 5 done, ")
    ran = gammastar("sweep", "--summary", output, "--csv", table, "--json")
    assert json.loads(ran.out)["instances"] == 5
    rows = list(csv.DictReader(table.read_text().splitlines()))
    assert [row["verdict"] for row in rows] == [row["verdict"] for row in newest(read_rows(output))]
    assert one_line(gammastar("sweep", tmp_path)).startswith("no file for the rows is named; add -o")
    assert one_line(gammastar("sweep", "-o", output)).startswith("nothing to do; ")
    assert "only prints an earlier sweep" in one_line(gammastar("sweep", tmp_path, "--summary", output))
    assert one_line(gammastar("sweep", "--summary", tmp_path / "none")).endswith("check the path and its permissions")
    bad, new = tmp_path / "bad.toml", tmp_path / "new.jsonl"
    bad.write_text("format = 2")
    ran = gammastar("sweep", files[0], tmp_path / "missing.toml", "-o", new)
    assert one_line(ran).endswith("missing.toml: No such file or directory; check the path and its permissions")
    ran = gammastar("sweep", bad, "-o", new, "--jobs", "1")
    assert (ran.code, ran.err) == (3, "gammastar: 1 done, 1 with errors\n")
    output.write_text(
        output.read_text() + json.dumps({"format": "gammastar-sweep/1", "instance": "x", "error": "e"}) + "\n"
    )
    ran = gammastar("sweep", "--summary", output)
    assert ran.code == 3
    assert ran.out.count("\nx: e\n") == 1
    assert all(len(line) <= 80 for line in ran.out.splitlines())


def test_random_instances_are_those_of_their_seed(tmp_path: Path) -> None:
    """Number k does not depend on the count; files that differ are not overwritten."""
    ran = gammastar("random", "--states", "5", "--count", "12", "--seed", "1", "-o", tmp_path / "r")
    assert ran.out == f"{tmp_path / 'r'}: 12 instances with 5 states, seed 1\n"
    alone = gammastar("random", "--states", "5", "--count", "1", "-o", tmp_path / "one")
    assert alone.out == f"{tmp_path / 'one'}: 1 instance with 5 states, seed 0\n"
    few, many = list(random_instances(5, 3, 1)), list(random_instances(5, 12, 1))
    assert many[:3] == few
    assert len({instance.mdp for instance in many}) > 6
    assert (tmp_path / "r" / "random-5-1-00.toml").read_text() == write_instance(few[0])
    assert few[0].sha256.startswith("9592c4bf")  # on every machine and Python
    (tmp_path / "r" / "random-5-1-03.toml").write_text("mine")
    line = one_line(gammastar("random", "--states", "5", "--count", "12", "--seed", "1", "-o", tmp_path / "r"))
    assert line.endswith("random-5-1-03.toml: it is there already, and would be lost; name another folder")
    assert one_line(gammastar("random", "--states", "3000", "--count", "1", "-o", tmp_path / "s")).startswith(
        "states: 3000"
    )


def test_families(tmp_path: Path) -> None:
    """Verified as such, or at a point, as `verify` does; where it is no point of a file, its row says so."""
    retry, doors = (ROOT / "examples" / "families" / name for name in ("retry.toml", "two-doors.toml"))
    output = tmp_path / "rows.jsonl"
    assert gammastar("sweep", retry, doors, "-o", output, "--jobs", "1").code == 0
    assert verdicts([*read_rows(output)]) == {str(retry): ("verified", 1), str(doors): ("verified", 2)}
    ran = gammastar("sweep", retry, doors, "-o", output, "--jobs", "1", "--at", "p=1/3", "--gamma", QUICK)
    assert ran.code == 3
    at_point, none = sorted([*read_rows(output)][2:], key=lambda row: str(row["instance"]))
    one = json.loads(gammastar("verify", retry, "--at", "p=1/3", "--gamma", QUICK, "--json").out)
    assert (at_point["sha256"], at_point["n"]) == (one["instance"]["sha256"], one["theorems"]["theorem-2"]["n"])
    assert none["error"] == "at: q is not given; name a value in [1/5, 4/5]"
    (row,) = sweep([retry], gamma=QUICK, at={"p": "1/3"}, jobs=1)
    assert row["sha256"] == at_point["sha256"]
