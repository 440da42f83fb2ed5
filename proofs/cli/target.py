"""What a command writes: files, looked at before the work, so that none is done for nothing; and JSON."""

from __future__ import annotations

import errno
import json
import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from exact.errors import BadInstance
from proofs.cli.given import STANDARD_INPUT

if TYPE_CHECKING:
    from exact.family import Family
    from exact.instance import Instance


def check_target(target: Path | None, *sources: Path | None) -> None:
    """Raises BadInstance if it is one of the files that are read, however spelled; OSError if it cannot be written."""
    if target is None:
        return
    if str(target) == STANDARD_INPUT:
        raise BadInstance("standard output is for what the command says", "name a file", str(target))
    for source in sources:
        if source is not None and target.is_file() and source.is_file() and target.samefile(source):
            raise BadInstance("this file is read here, and would be lost", "name another one", str(target))
    if target.is_dir():
        _refuse(errno.EISDIR, target)
    if not target.parent.is_dir():
        _refuse(errno.ENOTDIR if target.parent.exists() else errno.ENOENT, target)
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        _refuse(errno.EACCES, target)


def make_folder(folder: Path) -> None:
    """It, and those that it lies in. Raises BadInstance if it is a file; OSError if it cannot be made or written to."""
    if folder.exists() and not folder.is_dir():
        raise BadInstance(
            "this is a file, and a folder is needed", "name another one, or take the file away", str(folder)
        )
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        _refuse(errno.EACCES, folder)


def _refuse(number: int, target: Path) -> None:
    raise OSError(number, os.strerror(number), str(target))


def save(target: Path | None, data: bytes) -> None:
    """Write the file, if one is asked for. Raises OSError with its name, also where the disk is full."""
    if target is None:
        return
    try:
        target.write_bytes(data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from None


def check_command(instance: Path, certificate: Path, gamma: str | None) -> str:
    """How a colleague checks it with nothing but Python."""
    asked = [] if gamma is None else ["--gamma", gamma]
    return shlex.join(["python", "-m", "proofs.kernel", str(instance), str(certificate), *asked])


def tell_certificate(certificate: Path | None, instance: Path, gamma: str | None, holds: str = "") -> None:
    """Where it was written, if it was, and how it is checked. holds: what is in it, where that is less than usual."""
    if certificate is not None:
        told = f"{holds}\ncheck it with: " if holds else "check it with:\n"
        print(f"certificate: {certificate}; {told}{check_command(instance, certificate, gamma)}")


def print_written(command: str, given: Instance | Family, output: Path | None, **more: object) -> None:
    """The JSON document of a command that writes a file."""
    from exact.instance import Instance

    instance = given if isinstance(given, Instance) else given.centre
    about = {"name": instance.name, "sha256": given.sha256, "states": len(instance.mdp)}
    target = None if output is None else str(output)
    print_json({"format": f"gammastar-{command}/1", "instance": about, "output": target, **more})


def print_json(document: Mapping[str, object]) -> None:
    """One JSON document; what the terminal's encoding cannot hold is written as JSON escapes."""
    narrow = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
    print(json.dumps(document, indent=1, ensure_ascii=narrow))
