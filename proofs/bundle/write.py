"""A bundle on disk: a folder, or a zip file of one folder. Nothing but an earlier bundle is overwritten."""

from __future__ import annotations

import errno
import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

from exact.errors import ExactError
from proofs.bundle.contents import MANIFEST, Files

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can tell
_MODE = 0o100644 << 16
_MARKS = (MANIFEST, "check.py", "certificate.json")


class NotABundle(ExactError):
    """A place that holds something else: it is not overwritten."""


def check_place(output: Path) -> None:
    """Before any work is done for nothing: raises NotABundle if the place holds anything but a bundle, or OSError."""
    if output.is_dir():
        _check_folder(output)
    elif output.exists() and not (output.suffix == ".zip" and _is_bundle_zip(output)):
        raise NotABundle("the file is no bundle", "name another one, or take it away", str(output))
    place = next(path for path in (output, *output.absolute().parents) if path.exists() or path.is_symlink())
    problem = errno.EACCES if place == output or place.is_dir() else errno.ENOTDIR
    if problem == errno.ENOTDIR or not os.access(place, os.W_OK):
        raise OSError(problem, os.strerror(problem), str(output))


def write(files: Files, output: Path, name: str) -> None:
    """To a folder, or to a zip file if the name ends in .zip; name: the folder inside. Raises NotABundle."""
    check_place(output)
    if output.suffix == ".zip" and not output.is_dir():
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(zipped(files, name))
        return
    for old in _files(output):
        (output / old).unlink()
    for inner, data in files.items():
        target = output / inner
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def zipped(files: Files, name: str) -> bytes:
    """Stored, not deflated: compressors differ from machine to machine."""
    target, root = BytesIO(), _folder_name(name)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for inner, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{root}/{inner}", _EPOCH)
            entry.external_attr, entry.create_system = _MODE, 3
            archive.writestr(entry, data)
    return target.getvalue()


def _check_folder(folder: Path) -> None:
    """Empty, or exactly the files that its MANIFEST lists."""
    present = _files(folder)
    if not present:
        return
    if not present.issuperset(_MARKS):
        raise NotABundle("the folder is not empty and no bundle", "name another one, or empty it", str(folder))
    lines = (folder / MANIFEST).read_text(encoding="utf-8", errors="replace").splitlines()
    strange = present - {line.partition("  ")[2] for line in lines} - {MANIFEST}
    if strange:
        problem = f"the folder holds {min(strange)}, which is no part of the bundle there"
        raise NotABundle(problem, "take it away, or name another folder", str(folder))


def _files(folder: Path) -> set[str]:
    """Every file and link below, as MANIFEST would name it."""
    found = folder.rglob("*") if folder.is_dir() else ()
    return {path.relative_to(folder).as_posix() for path in found if path.is_symlink() or not path.is_dir()}


def _is_bundle_zip(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2] for name in archive.namelist()}.issuperset(_MARKS)


def _folder_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-")[:60] or "bundle"
