"""Work in a process of its own, ended at a bound. Seconds are processor time: other processes count little."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from resource import RLIMIT_CPU, RUSAGE_CHILDREN, getrusage, setrlimit
from signal import SIGKILL, SIGXCPU
from time import process_time
from typing import TypeVar

T = TypeVar("T")


class Stopped(Exception):
    """A command that was ended at its bound, or that failed: what the table says instead of its time."""


def run(folder: Path, seconds: float, *arguments: str, accepted: tuple[int, ...] = (0,)) -> tuple[float, str]:
    """Processor time and output of one Python of this interpreter in a checkout. Raises Stopped."""
    begin = getrusage(RUSAGE_CHILDREN)
    limited = partial(setrlimit, RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=limited, check=False)
    if done.returncode in (-SIGXCPU, -SIGKILL):
        raise Stopped(f"> {seconds:.0f}")
    if done.returncode not in accepted:
        raise Stopped("fails")
    end = getrusage(RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime, done.stdout


def within(seconds: float, work: Callable[..., T], *arguments: object) -> tuple[float, T] | None:
    """(seconds of that process, the answer), or None at the bound. Imports and the way there are not measured."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, work, *arguments))
    process.start()
    sender.close()
    receiver.recv()
    answer: tuple[float, T] | None = receiver.recv() if receiver.poll(seconds) else None
    process.terminate()
    process.join()
    return answer


def _send(out: Connection, work: Callable[..., object], *arguments: object) -> None:
    out.send("ready")
    begin = process_time()
    answer = work(*arguments)
    out.send((process_time() - begin, answer))
