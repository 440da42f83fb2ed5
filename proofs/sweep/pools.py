"""Who does the work: processes of this machine that keep their interpreter, or a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing.connection import wait
from typing import Any

from proofs.errors import NoSolver

LONGEST_WAIT = 10  # seconds for a Dask scheduler to answer


def processes(jobs: int | None = None) -> ProcessPoolExecutor:
    """Fresh processes, not copies of this one: libraries with threads of their own do not survive being copied.

    Each imports the script that started this one. Raises NoSolver if they come to start processes of their own so.
    """
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        sys.exit(1)
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs or os.cpu_count() or 1, mp_context=context, initializer=_started)
    try:
        pool.submit(os.getpid).result()
    except BrokenProcessPool:
        remedy = 'in a script, put the call below `if __name__ == "__main__":`'
        raise NoSolver("the worker processes do not start", remedy) from None
    return pool


def _started() -> None:
    """Ctrl-C is the parent's to answer; without a parent, nobody needs the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def stopped(pool: Executor) -> None:
    """End its processes at once, whatever they are doing; other executors only get no more work."""
    workers = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()


def dask_executor(address: str) -> Any:
    """An executor on the Dask cluster of that address. Raises NoSolver where there is none, or no Dask."""
    try:
        client: Any = import_module("distributed").Client
    except ImportError:
        raise NoSolver("--dask needs distributed", "pip install distributed") from None
    try:
        return client(address, timeout=LONGEST_WAIT).get_executor(pure=False)
    except (OSError, ValueError) as error:
        said = " ".join(str(error).split())
        raise NoSolver(
            f"no Dask scheduler at {address}: {said}", "give its address: tcp://HOST:PORT", "--dask"
        ) from None
