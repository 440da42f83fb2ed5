"""What a command is given to read: a file, or `-` for standard input. Few imports: `check` reads here too."""

from __future__ import annotations

import sys
from pathlib import Path

STANDARD_INPUT = "-"
point: dict[str, str] = {}  # of `--at`: where in a family the command looks, for as long as it runs


def file_bytes(path: Path | str, most: int) -> bytes:
    """The file's bytes, or one more than `most`: an endless file is given up on. OSError passes, with its name."""
    if str(path) == STANDARD_INPUT:
        return sys.stdin.buffer.read(most + 1)
    try:
        with Path(path).open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def set_point(entries: list[str] | None) -> str:
    """Note the point of `NAME=VALUE` entries, commas between several in one. Returns what is wrong with it, or "".

    Where something is wrong no point is noted.
    """
    point.clear()
    found: dict[str, str] = {}
    for entry in ",".join(entries or []).split(",") if entries else ():
        name, sign, value = (part.strip() for part in entry.partition("="))
        if not sign or not name or not value:
            return f'"{entry}" is not of the form NAME=VALUE; write --at p=1/3'
        if name in found:
            return f"{name} is given twice; name each parameter once"
        found[name] = value
    point.update(found)
    return ""


def place(path: Path | str) -> str:
    """What a message calls it."""
    return "standard input" if str(path) == STANDARD_INPUT else str(path)


def twice(*paths: Path | str | None) -> str:
    """What is wrong if standard input is to be read twice; else nothing."""
    given = [path for path in paths if path is not None and str(path) == STANDARD_INPUT]
    return "- (standard input) is given twice; write one of them to a file" if len(given) > 1 else ""
