"""Where commands write. Looked at before the work, so that none is done for nothing."""

from __future__ import annotations

import errno
import os
import shlex
from pathlib import Path

from exact.errors import BadInstance


def check_target(target: Path, *sources: Path | None) -> None:
    """Raises BadInstance if it is one of the files that are read, however spelled; OSError if it cannot be written."""
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


def save(target: Path, data: bytes) -> None:
    """Write the file. Raises OSError with its name, also where the disk is full."""
    try:
        target.write_bytes(data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from None


def check_command(instance: Path, certificate: Path, gamma: str | None) -> str:
    """How a colleague checks it with nothing but Python."""
    asked = [] if gamma is None else ["--gamma", gamma]
    return shlex.join(["python", "-m", "proofs.kernel", str(instance), str(certificate), *asked])
