"""What a command reads, and how it prints JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from exact.errors import BadInstance
from exact.instance import Instance, read_instance
from exact.rational import discount


def read(path: Path, gamma: str | None = None) -> tuple[bytes, Instance]:
    """The file's bytes, read once, and their instance; gamma of the command line replaces that of the question.

    Raises an ExactError whose place begins with the file's name, or is `--gamma`; OSError passes. An endless file is
    given up on.
    """
    instance = read_instance(path)
    asked = instance if gamma is None else instance.at(discount(gamma, "--gamma"))
    return asked.source, asked


def at_a_gamma(instance: Instance, path: Path) -> Fraction:
    """The question's gamma. Raises BadInstance if there is none."""
    if instance.question.gamma is None:
        raise BadInstance("there is no gamma", 'write gamma = "9/10" or give --gamma 9/10', f"{path}: question.gamma")
    return instance.question.gamma


def print_written(command: str, instance: Instance, output: Path | None, **more: object) -> None:
    """The JSON document of a command that writes a file."""
    from proofs.report.document import about

    target = None if output is None else str(output)
    print_json({"format": f"gammastar-{command}/1", "instance": about(instance), "output": target, **more})


def print_json(document: Mapping[str, object]) -> None:
    """One JSON document; what the terminal's encoding cannot hold is written as JSON escapes."""
    narrow = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
    print(json.dumps(document, indent=1, ensure_ascii=narrow))
