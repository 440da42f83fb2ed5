"""`gammastar verify` and the stand-alone kernel on instances of 50 to 500 states, and how large certificates get.

Run: python -m tests.benchmarks.verify [--before] [--all] [CASE ...]. Seconds are processor time, so that what else the
machine does counts little. --before: the last commit of format 1 too, in a worktree, with the same interpreter, at most
BOUND seconds each. --all: the cases of over a minute too.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from exact.instance.write import write_instance
from tests.benchmarks import probe
from tests.benchmarks.bounded import Stopped, run
from tests.benchmarks.instances import CASES
from tests.examples import ROOT, instance_path

BEFORE = "2546f0a"  # the last commit of format 1
BOUND = 120.0
LATEST = 3600.0  # for this checkout
SLOW = ("random-200",)
PROBE = Path(probe.__file__).read_text(encoding="utf-8")
STARTS = ("verify", "check")  # of corridor-3, from start to end


@dataclass(frozen=True)
class Measured:
    """Seconds of verify, of the kernel within it, of the kernel alone; bytes; digits of all N and D of thresholds."""

    verify: float
    within: float
    alone: float
    size: int
    digits: int


def measured(folder: Path, instance: Path, seconds: float) -> Measured:
    """One instance file in one checkout. Raises Stopped."""
    certificate = instance.with_suffix(".json")
    answer = json.loads(run(folder, seconds, "-c", PROBE, str(instance), str(certificate))[1])
    command = ("-S", "-m", "proofs.kernel", str(instance), str(certificate))
    alone, _ = run(folder, seconds, *command, accepted=(0, 3))
    text = certificate.read_text(encoding="utf-8")
    return Measured(answer["seconds"], answer["kernel"], alone, len(text.encode()), digits(json.loads(text)))


def digits(certificate: dict[str, Any]) -> int:
    """Of the numerators and denominators of its thresholds."""
    claims = [claim for claim in certificate["claims"] if claim["claim"] == "threshold"]
    numbers = (n for claim in claims for key in ("numerator", "denominator") for n in claim.get(key, ()))
    return sum(len(number.lstrip("-")) for number in numbers)


def started(folder: Path, arguments: tuple[str, ...]) -> float:
    """The best of five runs of the command."""
    way = ("-m", "gammastar") if (folder / "gammastar").is_dir() else ("-c", "from proofs.cli import main; main()")
    return min(run(folder, BOUND, *way, *arguments)[0] for _ in range(5))


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """A worktree of it in a temporary folder."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "before"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(folder), commit], cwd=ROOT, check=True)
        try:
            yield folder
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(folder)], cwd=ROOT, check=True)


def attempted(folder: Path, instance: Path, seconds: float) -> Measured | str:
    """What was measured, or what stopped it."""
    try:
        return measured(folder, instance, seconds)
    except Stopped as stopped:
        return str(stopped)


def now_cells(found: Measured | str) -> list[str]:
    """Seconds, their ratio, megabytes, bytes for each digit."""
    if isinstance(found, str):
        return [found, *["-"] * 5]
    seconds = [f"{value:.2f}" for value in (found.verify, found.within, found.alone)]
    return [
        *seconds,
        f"{found.alone / found.verify:.2f}",
        f"{found.size / 1e6:.2f}",
        f"{found.size / found.digits:.2f}",
    ]


def compared(before: Measured | str, now: Measured | str) -> Iterator[str]:
    """Before, now, before over now: for verify, the kernel alone and megabytes."""
    for old, new in zip(_parts(before), _parts(now), strict=True):
        yield from (_shown(old), _shown(new), _ratio(old, new))


def _parts(found: Measured | str) -> tuple[float | str, float | str, float | str]:
    return (found, "-", "-") if isinstance(found, str) else (found.verify, found.alone, found.size / 1e6)


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.2f}"


def _ratio(old: float | str, new: float | str) -> str:
    if isinstance(new, str):
        return "-"
    if isinstance(old, str):
        return f"> {BOUND / new:.0f}" if old.startswith(">") else "-"
    return f"{old / new:.1f}"


def table(title: str, *headings: str) -> Table:
    """Names to the left, numbers to the right."""
    made = Table(title=title, box=SIMPLE)
    made.add_column(headings[0], no_wrap=True)
    for heading in headings[1:]:
        made.add_column(heading, justify="right", no_wrap=True)
    return made


def cold(scratch: Path, folders: list[Path]) -> Iterator[list[str]]:
    """A row for each command of STARTS: seconds in each checkout, and their ratio."""
    corridor = str(instance_path("corridor-3"))
    times: list[dict[str, float]] = []
    for number, folder in enumerate(folders):
        certificate = str(scratch / f"start-{number}.json")
        run(folder, BOUND, "-c", PROBE, corridor, certificate)
        times.append(
            {
                "verify": started(folder, ("verify", corridor)),
                "check": started(folder, ("check", corridor, certificate)),
            }
        )
    for name in STARTS:
        seconds = [found[name] for found in times]
        yield [name, *(f"{value:.2f}" for value in seconds), *(f"{seconds[0] / seconds[-1]:.1f}" for _ in seconds[1:])]


def report(names: list[str], folders: list[Path]) -> Iterator[Table]:
    """The tables; folders: before, if it is asked for, and now."""
    now = table("Now: seconds", "case", "verify", "kernel in it", "kernel alone", "alone/verify", "MB", "bytes/digit")
    parts = (f"{part}\n{when}" for part in ("verify", "kernel", "MB") for when in ("before", "now", "ratio"))
    both = table(f"Before ({BEFORE}) and now: seconds, megabytes", "case", *parts)
    with tempfile.TemporaryDirectory() as scratch:
        for name in names:
            instance = Path(scratch) / f"{name}.toml"
            instance.write_text(write_instance(CASES[name]()), encoding="utf-8")
            found = attempted(folders[-1], instance, LATEST)
            now.add_row(name, *now_cells(found))
            if len(folders) > 1:
                both.add_row(name, *compared(attempted(folders[0], instance, BOUND), found))
        yield now
        if len(folders) > 1:
            yield both
        when = ("before", "now", "ratio") if len(folders) > 1 else ("now",)
        starts = table("Cold starts: seconds", "corridor-3", *when)
        for row in cold(Path(scratch), folders):
            starts.add_row(*row)
        yield starts


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--before", action="store_true", help=f"measure {BEFORE} too")
    parser.add_argument("--all", action="store_true", help="the slow cases too")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    chosen = parser.parse_args()
    if unknown := set(chosen.cases) - set(CASES):
        parser.error(f"no case {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    names = chosen.cases or [name for name in CASES if chosen.all or name not in SLOW]
    with checkout(BEFORE) if chosen.before else nullcontext() as before:
        console = Console(width=110)
        for found in report(names, [ROOT] if before is None else [before, ROOT]):
            console.print(found)
        console.print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", highlight=False)


if __name__ == "__main__":
    main()
