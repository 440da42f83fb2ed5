"""What commands exit with where neither the instance nor the theorem is to blame: one line, no traceback."""

from __future__ import annotations

import errno
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from proofs.cli import exits, main
from proofs.cli.app import app
from proofs.cli.exits import guarded
from tests.examples import ROOT, instance_path
from tests.proofs.claims.small import written
from tests.proofs.command import gammastar
from tests.reports import verified

CORRIDOR, HALF = str(instance_path("corridor-3")), str(instance_path("half"))
MAIN = [sys.executable, "-c", "from proofs.cli import main; main()"]
FAMILY = str(ROOT / "examples" / "families" / "retry.toml")
COMMANDS = {
    "verify": ["verify", CORRIDOR, "--seconds", "0"],
    "json": ["verify", CORRIDOR, "--seconds", "0", "--json"],
    "check": ["check", CORRIDOR, CORRIDOR],
    "thresholds": ["thresholds", CORRIDOR],
    "help": ["--help"],
}


def shell(redirection: str, *command: str) -> subprocess.CompletedProcess[str]:
    """A process whose streams are redirected as a shell does it."""
    line = ["sh", "-c", f'"$@" {redirection}', "sh", *MAIN, *command]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_74(name: str) -> None:
    """Also where the output is short, and written only at the end."""
    done = shell("> /dev/full", *COMMANDS[name])
    assert done.returncode == 74
    assert done.stderr == "gammastar: standard output: No space left on device; it cannot be written\n"


EVERY = {
    "verify": [CORRIDOR, "--seconds", "0"],
    "check": [CORRIDOR, "{certificate}"],
    "thresholds": [CORRIDOR],
    "orbit": [CORRIDOR],
    "slack": [CORRIDOR],
    "phases": [CORRIDOR],
    "returns": [CORRIDOR],
    "regions": [FAMILY, "--undecided", "1/2"],
    "init": ["{folder}/new.toml", "--json"],
    "explain": ["n"],
    "goals": [CORRIDOR],
    "share": [CORRIDOR],
    "retarget": [CORRIDOR],
    "matrix": [HALF],
    "minimal": [HALF],
    "show": ["{certificate}", CORRIDOR],
    "diff": ["{certificate}", "{certificate}"],
    "tex": [CORRIDOR],
    "plot": [CORRIDOR, "-o", "{folder}/plot.svg", "--json"],
    "graph": [CORRIDOR, "-o", "{folder}/graph.dot", "--json"],
    "bundle": [CORRIDOR, "-o", "{folder}/bundle", "--json"],
    "import": ["{folder}/corridor.drn", "-o", "{folder}/back.toml", "--json"],
    "export": [CORRIDOR, "-o", "{folder}/corridor.drn", "--json"],
    "sweep": [CORRIDOR, "-o", "{folder}/rows.jsonl", "--json"],
    "random": ["--states", "2", "--count", "1", "-o", "{folder}/random", "--json"],
}


def test_the_commands_are_all_there() -> None:
    """What is declared is in the table below."""
    assert set(EVERY) == {command.name for command in app.registered_commands}


@pytest.mark.parametrize("name", EVERY)
def test_every_command_ends_in_74_on_a_full_disk(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never in the 1 of a refutation: what its work is does not matter."""
    places = {"folder": str(tmp_path), "certificate": str(written(tmp_path, verified("corridor-3").certificate))}
    if name == "import":
        assert gammastar("export", CORRIDOR, "-o", tmp_path / "corridor.drn").code == 0
    with Path("/dev/full").open("w", encoding="utf-8") as full, monkeypatch.context() as patch:
        patch.setattr(sys, "argv", ["gammastar", name, *(word.format(**places) for word in EVERY[name])])
        patch.setattr(sys, "stdout", full)
        with pytest.raises(SystemExit) as end:
            main()
    assert end.value.code == 74


def test_output_that_cannot_be_written_is_74() -> None:
    """A stream that is open for reading only."""
    done = shell("1< /dev/null", *COMMANDS["check"])
    assert (done.returncode, done.stderr.count("\n")) == (74, 1)


@pytest.mark.parametrize("name", COMMANDS)
def test_closed_output_is_141(name: str) -> None:
    """Nobody could read a verdict: one line, and no work."""
    done = shell(">&-", *COMMANDS[name])
    assert (done.returncode, done.stderr) == (141, "gammastar: standard output is closed\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_that_leaves_is_141(name: str) -> None:
    """`gammastar ... | head -1`: no traceback, and not the exit code 1."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*MAIN, *COMMANDS[name]], cwd=ROOT, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("redirection", ["2>&-", "2> /dev/full"])
def test_closed_standard_error_changes_nothing(redirection: str) -> None:
    """The message is lost, and does not land among the results; the code is the same."""
    done = shell(redirection, "verify", "no-such-file.toml")
    assert (done.returncode, done.stdout) == (2, "")


def _raising(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (MemoryError(), 71, "out of memory"),
        (OSError(errno.ENOSPC, "No space left on device", "c.json"), 74, "c.json: No space left on device; it cannot"),
        (OSError(errno.EACCES, "Permission denied", "c.json"), 2, "c.json: Permission denied; check the path"),
        (ZeroDivisionError("a bug\nof two lines"), 70, "an error of this program, please report this: ZeroDivision"),
        (RecursionError("too deep"), 70, "an error of this program"),
    ],
)
def test_errors_have_codes(error: BaseException, code: int, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """None of them is the 1 of a refutation, which is what Python exits with."""
    assert guarded(_raising(error)) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"gammastar: {line}")
    assert said.err.count("\n") == 1


def test_the_table_is_complete() -> None:
    """Each code that the module names is in its table."""
    text, codes = (
        exits.__doc__ or "",
        {value for name, value in vars(exits).items() if type(value) is int and name[0] != "_"},
    )
    assert {
        int(line.split("|")[1]) for line in text.splitlines() if line.startswith("| ") and "code" not in line
    } == codes


def test_a_disk_that_is_full_when_the_certificate_is_written() -> None:
    """Named, and not taken for bad input."""
    ran = gammastar("verify", CORRIDOR, "--seconds", "0", "--certificate", "/dev/full")
    assert (ran.code, ran.out) == (74, "")
    assert ran.err == "gammastar: /dev/full: No space left on device; it cannot be written\n"


@pytest.mark.parametrize("columns", ["0", "1", "2", "3", "4", "²", "-1", "x", "", "99999999999"])
def test_any_width_is_survived(columns: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment says of the terminal never ends a command."""
    certificate = written(tmp_path, verified("corridor-3").certificate)
    for command in (COMMANDS["verify"], COMMANDS["help"], ["show", str(certificate), CORRIDOR], ["returns", CORRIDOR]):
        monkeypatch.setenv("COLUMNS", columns)
        ran = gammastar(*command)
        assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("name", ["thresholds", "help"])
def test_a_terminal_of_three_columns(name: str) -> None:
    """The same where the terminal itself is that narrow."""
    script = "import fcntl, struct, termios; fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 3, 0, 0)); "
    main, terminal = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
    command = [*MAIN[:2], script + MAIN[2], *COMMANDS[name]]
    with subprocess.Popen(command, cwd=ROOT, stdout=terminal, stderr=subprocess.PIPE, env=environment) as running:
        while running.poll() is None:
            if select.select([main], [], [], 0.05)[0]:
                os.read(main, 65536)
        assert running.stderr is not None
        assert (running.returncode, running.stderr.read()) == (0, b"")
    os.close(main)
    os.close(terminal)


def test_narrow_encoding_does_not_stop_a_report() -> None:
    """On a terminal of ASCII the report is spelled with escapes, and JSON stays JSON."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    for extra in ([], ["--json"]):
        command = [*MAIN, "thresholds", CORRIDOR, *extra]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.isascii()


def test_long_work_is_told_each_minute(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where standard error is no terminal: the stage that is under way, each time; nothing before, nothing after."""
    monkeypatch.setattr(exits, "_MINUTE", 0.05)

    def work() -> int:
        exits.progress("thresholds")
        exits.progress("the share")
        with exits.telling() as tell:
            for stage in ("", "one more"):
                if stage:
                    tell(stage)
                signal.pause()
                signal.pause()
        return 0

    assert guarded(work) == 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    told = capsys.readouterr()
    lines = [f"gammastar: {stage} ..." for stage in ("the share", "one more") for _ in range(2)]
    assert (told.out, told.err.splitlines()) == ("", lines)
