"""What the README claims, and the command that shows it: claims.toml, read and run.

python claims.py            all of it, without what is marked slow
python claims.py --all      that too (benchmarks, the whole test suite: an hour)
python claims.py --list     the map, as a table

A claim quotes the README: `readme`. `run` is the command, run by bash in the project's folder with an empty folder $T
beside it; `shows` are texts that it must print, blanks apart; `exit` its exit code (0). `slow` says why it takes long.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECONDS = 3600


@dataclass(frozen=True)
class Claim:
    """See above."""

    readme: str
    run: str
    shows: tuple[str, ...] = ()
    exit: int = 0
    slow: str = ""


def project() -> Path:
    """The unpacked source distribution beside this file, or the repository that this file is in."""
    return next(iter(sorted(HERE.glob("gammastar-*/"))), HERE.parent)


def claims() -> list[Claim]:
    """The map."""
    table = tomllib.loads((HERE / "claims.toml").read_text("utf-8"))
    return [Claim(**entry | {"shows": tuple(entry.get("shows", ()))}) for entry in table["claim"]]


def squeezed(text: str) -> str:
    """Without line breaks and runs of blanks."""
    return " ".join(text.split())


def blocks(readme: str) -> Iterator[str]:
    """What the README says, piece by piece: a paragraph, an item of a list, a row of a table, a fenced block."""
    fenced = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
    yield from map(squeezed, fenced.findall(readme))
    for part in re.split(r"\n\s*\n", fenced.sub("\n\n", readme)):
        lines = [line for line in part.strip().splitlines() if not line.startswith("#")]
        if lines and lines[0].startswith("|"):
            lines = lines[2:]  # without the head
        for piece in re.split(r"\n(?=- |\|)", "\n".join(lines)):
            if piece.strip():
                yield squeezed(piece)


def problem(claim: Claim) -> str:
    """Run it; empty if it shows what it should."""
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with tempfile.TemporaryDirectory() as empty:
        environment = os.environ | {"PATH": programs, "COLUMNS": "80", "T": empty}
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", claim.run], cwd=project(), env=environment, timeout=SECONDS, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
    if done.returncode != claim.exit:
        return f"exit code {done.returncode}, not {claim.exit}: {done.stdout[-500:]}"
    said = squeezed(done.stdout)
    return "; ".join(f'does not print "{text}"' for text in claim.shows if squeezed(text) not in said)


def main() -> int:
    """A line for each claim. 0 iff all show what they should."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--all", action="store_true", help="what is slow, too")
    parser.add_argument("--list", action="store_true", help="print the map")
    chosen, failed, begin = parser.parse_args(), 0, time.monotonic()
    for number, claim in enumerate(claims(), 1):
        print(f'{number}. "{claim.readme}"\n   {claim.run}', flush=True)
        if chosen.list:
            continue
        if claim.slow and not chosen.all:
            print(f"   left out: {claim.slow}")
            continue
        found = problem(claim)
        failed += bool(found)
        print(f"   {found or 'shown'}", flush=True)
    if not chosen.list:
        print(f"{failed} claims not shown; {time.monotonic() - begin:.0f} seconds")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
