"""Layer: linear questions, quiet. HiGHS from 1.16 on prints a banner in C, past Python, into any JSON output; so does
Storm (exact.formats.storm)."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

_ONE_AT_A_TIME = RLock()  # file descriptors belong to the whole process


@contextmanager
def silence(descriptor: int = 1) -> Iterator[None]:
    """Whatever is written to this file descriptor inside goes nowhere; afterwards it is as before, open or closed."""
    with _ONE_AT_A_TIME:
        _flush()
        kept = _kept(descriptor)
        nowhere = os.open(os.devnull, os.O_WRONLY)  # which is the file descriptor itself where that was closed
        if nowhere != descriptor:
            os.dup2(nowhere, descriptor)
            os.close(nowhere)
        try:
            yield
        finally:
            _flush()
            if kept is None:
                os.close(descriptor)
            else:
                os.dup2(kept, descriptor)
                os.close(kept)


def _kept(descriptor: int) -> int | None:
    """Another descriptor of what it stands for, None if it is closed."""
    try:
        return os.dup(descriptor)
    except OSError:
        return None


def _flush() -> None:
    """Write out what C holds back, or it would appear later."""
    ctypes.CDLL(None).fflush(None)
