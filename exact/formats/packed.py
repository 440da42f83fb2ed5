"""The bytes of a file, and the files of an archive, unpacked within the bound that instance files have."""

from __future__ import annotations

import lzma
import tarfile
import zlib
from io import BytesIO
from pathlib import Path

from exact.errors import NotAModel, TooLarge
from exact.instance.read import read_file
from exact.limits import LARGEST_FILE

_GZIP, _XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"
_MEMORY = 1 << 28  # bytes that unpacking may take


def contents(path: Path) -> bytes:
    """What the file says, uncompressed. Raises TooLarge, NotAModel; OSError passes."""
    data = read_file(path)
    _check(len(data))
    if not data.startswith((_GZIP, _XZ)):
        return data
    packed = zlib.decompressobj(31) if data.startswith(_GZIP) else lzma.LZMADecompressor(memlimit=_MEMORY)
    try:
        found = packed.decompress(data, LARGEST_FILE + 1)
    except (lzma.LZMAError, zlib.error) as error:
        raise NotAModel(f"it cannot be unpacked: {error}", "the file is damaged") from None
    _check(len(found))
    if not packed.eof:
        raise NotAModel("it cannot be unpacked: it ends too early", "the file is cut off")
    return found


def archived(data: bytes) -> dict[str, bytes]:
    """The files of a tar archive by name; nothing if it is none. Raises TooLarge, NotAModel."""
    if data[257:262] != b"ustar":
        return {}
    try:
        with tarfile.open(fileobj=BytesIO(data), mode="r:") as archive:
            entries = [entry for entry in archive if entry.isreg()]
            _check(sum(entry.size for entry in entries))  # those with holes are larger than the archive
            opened = {entry.name.removeprefix("./"): archive.extractfile(entry) for entry in entries}
            return {name: file.read() for name, file in opened.items() if file is not None}
    except (tarfile.TarError, ValueError) as error:
        raise NotAModel(f"the archive cannot be read: {error}", "the file is damaged or cut off") from None


def _check(size: int) -> None:
    if size > LARGEST_FILE:
        raise TooLarge(f"over {LARGEST_FILE} bytes", "only small models can be read")
