"""Layer: linear questions, quiet. HiGHS from 1.16 on prints a banner in C, past Python, into any JSON output."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

_STDOUT = 1
_ONE_AT_A_TIME = RLock()  # the file descriptor belongs to the whole process


@contextmanager
def silence() -> Iterator[None]:
    """Whatever is written to file descriptor 1 inside goes nowhere; afterwards it is as before, open or closed."""
    with _ONE_AT_A_TIME:
        _flush()
        kept = _kept()
        nowhere = os.open(os.devnull, os.O_WRONLY)  # which is file descriptor 1 itself where that was closed
        if nowhere != _STDOUT:
            os.dup2(nowhere, _STDOUT)
            os.close(nowhere)
        try:
            yield
        finally:
            _flush()
            if kept is None:
                os.close(_STDOUT)
            else:
                os.dup2(kept, _STDOUT)
                os.close(kept)


def _kept() -> int | None:
    """Another descriptor of what 1 stands for, None if it is closed."""
    try:
        return os.dup(_STDOUT)
    except OSError:
        return None


def _flush() -> None:
    """Write out what C holds back, or it would appear later."""
    ctypes.CDLL(None).fflush(None)
