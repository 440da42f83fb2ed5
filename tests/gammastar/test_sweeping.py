"""A sweep from Python: rows as a list that prints as the command's table."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import gammastar as gs
from tests.examples import ROOT, instance_path
from tests.proofs.command import gammastar as command


def test_rows_of_what_is_given(tmp_path: Path) -> None:
    """Instances, paths and results, in any executor; a broken one is a row; a second call does nothing again."""
    file, told = tmp_path / "rows.jsonl", list[bool]()
    half = gs.verify(instance_path("half"), gamma="1/2")
    given: list[gs.Instance | gs.Result | Path] = [
        *gs.random_instances(4, count=2, gamma="9/10"),
        half,
        tmp_path / "missing.toml",
    ]
    with ThreadPoolExecutor(1) as pool:
        rows = gs.sweep(given, file, executor=pool, tell=lambda _, known: told.append(known))
        again = gs.sweep(given, file, executor=pool, tell=lambda _, known: told.append(known))
    by_name = {row["instance"]: row for row in rows}
    assert by_name["half"]["gamma"] == "1/2"
    assert (by_name["half"]["verdict"], by_name["half"]["n"]) == (half.verdict, half.n)
    assert by_name[str(tmp_path / "missing.toml")]["error"] == "No such file or directory"
    assert told == [False] * 4 + [True] * 3 + [False]
    assert sorted(again, key=repr) == sorted(rows, key=repr)
    assert sorted(gs.Rows.read(file), key=repr) == sorted(rows, key=repr)


def test_rows_print_as_the_command_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table, its HTML, the summary's JSON and CSV."""
    monkeypatch.setenv("COLUMNS", "80")
    file = tmp_path / "rows.jsonl"
    with ThreadPoolExecutor(1) as pool:
        rows = gs.sweep([instance_path("half"), "missing.toml"], file, executor=pool, gamma="9/10")
    ran = command("sweep", "--summary", file, "--csv", tmp_path / "rows.csv")
    assert str(gs.Rows.read(file)).split() == ran.out.split()
    assert "<table>" in rows._repr_html_()
    assert rows.to_dict()["instances"] == 2
    assert gs.Rows.read(file).to_csv() == (tmp_path / "rows.csv").read_text()
    assert repr(rows) == "<Rows of 2 instances, 1 with errors>"


def test_the_same_instance_at_several_discounts() -> None:
    """A row for each."""
    half = gs.read(instance_path("half"))
    with ThreadPoolExecutor(1) as pool:
        rows = gs.sweep([half.at("1/2"), half, half.at("9/10"), half.at(None)], executor=pool)
    assert [row["gamma"] for row in rows] == ["1/2", "9/10", None]


def test_a_script_without_a_guard(tmp_path: Path) -> None:
    """Processes import the script that starts them: said in one line, not once by each of them."""
    script = tmp_path / "script.py"
    script.write_text("import gammastar as gs\ngs.sweep(gs.random_instances(3, 1), gamma='9/10', jobs=1)\n")
    done = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    last = done.stderr.splitlines()[-1]
    assert done.stderr.count("Traceback") == 1
    assert last.endswith('do not start; in a script, put the call below `if __name__ == "__main__":`')
