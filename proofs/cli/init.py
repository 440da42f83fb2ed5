"""`gammastar init`: a commented instance to start from."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from exact.errors import BadInstance
from proofs.cli.exits import VERIFIED
from proofs.cli.given import STANDARD_INPUT
from proofs.cli.source import print_json
from proofs.cli.target import check_target


def run(target: Path, as_json: bool) -> int:
    """Write it, to standard output for `-`. Raises BadInstance where a file is there already."""
    text = files("proofs.cli").joinpath("commented.toml").read_text("utf-8")
    if str(target) == STANDARD_INPUT:
        if as_json:
            raise BadInstance("the instance and the JSON cannot both go to standard output", "name a file", "--json")
        sys.stdout.write(text)
        return VERIFIED
    check_target(target)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise BadInstance("it is there already, and would be lost", "name another file", str(target)) from None
    if as_json:
        print_json({"format": "gammastar-init/1", "output": str(target)})
    else:
        print(f"{target}: a small instance, each part explained; next: gammastar verify {target}")
    return VERIFIED
