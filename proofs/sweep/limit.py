"""A time limit for one instance, in whatever thread it runs: an exception raised there from another thread."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(BaseException):
    """The time for one instance is over. Not an Exception, so that no search takes it for a failed try."""


@contextmanager
def limited(seconds: int | None) -> Iterator[None]:
    """Raises OutOfTime in the body when the seconds are over; a long call into C ends first."""
    if seconds is None:
        yield
        return
    done, lock, thread = threading.Event(), threading.Lock(), ctypes.c_ulong(threading.get_ident())

    def strike() -> None:
        wait = seconds
        while not done.wait(wait):
            with lock:
                if not done.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(OutOfTime))
            wait = 1  # again, should the first have been lost where exceptions are ignored

    threading.Thread(target=strike, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            done.set()
