"""What a command reads, and how it prints JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from exact.errors import ExactError
from exact.instance import Instance, parse_instance
from exact.instance.read import LARGEST_FILE
from exact.rational import discount


def read(path: Path, gamma: str | None = None) -> tuple[bytes, Instance]:
    """The file's bytes, read once, and their instance; gamma of the command line replaces that of the question.

    Raises an ExactError whose place begins with the file's name, or is `--gamma`; OSError passes. An endless file is
    given up on.
    """
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    try:
        instance = parse_instance(data)
    except ExactError as error:
        raise error.inside(str(path), ": ") from None
    return data, instance if gamma is None else instance.at(discount(gamma, "--gamma"))


def print_json(document: Mapping[str, object]) -> None:
    """One JSON document; what the terminal's encoding cannot hold is written as JSON escapes."""
    narrow = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
    print(json.dumps(document, indent=1, ensure_ascii=narrow))
