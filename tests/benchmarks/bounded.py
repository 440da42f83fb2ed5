"""A piece of work in a process of its own, ended at a bound."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import process_time
from typing import TypeVar

T = TypeVar("T")


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
