"""What a command is given to read: a file, or `-` for standard input. Few imports: `check` reads here too."""

from __future__ import annotations

import sys
from pathlib import Path

STANDARD_INPUT = "-"


def file_bytes(path: Path | str, most: int) -> bytes:
    """The file's bytes, or one more than `most`: an endless file is given up on. OSError passes, with its name."""
    if str(path) == STANDARD_INPUT:
        return sys.stdin.buffer.read(most + 1)
    try:
        with Path(path).open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def place(path: Path | str) -> str:
    """What a message calls it."""
    return "standard input" if str(path) == STANDARD_INPUT else str(path)


def twice(*paths: Path | str | None) -> str:
    """What is wrong if standard input is to be read twice; else nothing."""
    given = [path for path in paths if path is not None and str(path) == STANDARD_INPUT]
    return "- (standard input) is given twice; write one of them to a file" if len(given) > 1 else ""
