"""What a command exits with, and the one place where errors become one line on standard error.

| code | meaning |
|---|---|
| 0 | verified; the certificate is valid |
| 1 | refuted; the certificate is invalid |
| 2 | bad input or usage; a file that cannot be read or written |
| 3 | inapplicable, undecided, or with holes |
| 4 | two engines contradict each other |
| 70 | an error of this program |
| 71 | out of memory |
| 74 | standard output cannot be written, or a disk is full |
| 130 | interrupted |
| 141 | standard output is closed, or its reader has left |

From 70 on, nothing is said of any theorem: 70, 71 and 74 as in sysexits.h, 130 and 141 as shells count signals.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

VERIFIED, REFUTED, BAD_INPUT, OPEN, DISAGREEMENT = 0, 1, 2, 3, 4
WORST = (VERIFIED, OPEN, REFUTED, BAD_INPUT, DISAGREEMENT)  # the exit code of several is the last of theirs in here
BUG, NO_MEMORY, UNWRITABLE, INTERRUPTED, READER_LEFT = 70, 71, 74, 130, 141
_MINUTE = 60  # seconds between lines on standard error where that is no terminal
_WIDTH = 78  # columns of a line that changes
BY_VERDICT = {"verified": VERIFIED, "refuted": REFUTED, "inapplicable": OPEN, "undecided": OPEN}
BY_STATUS = {"VALID": VERIFIED, "INVALID": REFUTED, "MALFORMED": BAD_INPUT, "HOLEY": OPEN}  # the kernel's words
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)


def guarded(work: Callable[[], int]) -> int:
    """Run the work and see its output written; whatever goes wrong is one line and one of the codes above."""
    if sys.stdout is None:
        complain("standard output is closed")
        return READER_LEFT
    try:
        code = work()
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the output has seen enough
        _forget_output()
        return READER_LEFT
    except OSError as error:
        return _input_or_output(error)
    except KeyboardInterrupt:
        return failed(INTERRUPTED, "interrupted")
    except MemoryError:
        return failed(NO_MEMORY, "out of memory")
    except Exception as error:  # noqa: BLE001  # Python's own exit code for an unforeseen error is 1: "refuted"
        return _known(error)
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


class Done(Exception):
    """A command is over. Not typer.Exit, by which typer also says that it was interrupted itself."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def finish(work: Callable[[], int]) -> NoReturn:
    """Do the work of a command and end it with its code. Raises Done."""
    raise Done(guarded(work))


def failed(code: int, message: str) -> int:
    """The code, after one line on why."""
    complain(message)
    return code


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    line = " ".join(message.split())
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
    _tell(f"gammastar: {shown}")


def progress(stage: str) -> None:
    """One line on standard error, if a person is there; elsewhere what is under way each minute."""
    if sys.stderr is not None and sys.stderr.isatty():
        _tell(f"gammastar: {stage} ...")
    else:
        _each_minute(stage)


def _each_minute(stage: str) -> None:
    """A line on what is under way, until the next stage or the end of `guarded`; where the system has such timers."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGALRM, lambda *_: _tell(f"gammastar: {stage} ..."))
        if not any(signal.getitimer(signal.ITIMER_REAL)):
            signal.setitimer(signal.ITIMER_REAL, _MINUTE, _MINUTE)


@contextmanager
def telling(asked: bool = False) -> Iterator[Callable[[str], None]]:
    """What hears of each stage of long work: a line that changes on a terminal; elsewhere lines, all if asked for."""
    live = sys.stderr is not None and sys.stderr.isatty()

    def tell(stage: str) -> None:
        if live:
            with suppress(OSError):
                print(f"\r{stage[:_WIDTH]:<{_WIDTH}}", end="", file=sys.stderr, flush=True)
        elif asked:
            complain(stage)
        else:
            _each_minute(stage)

    try:
        yield tell
    finally:
        if live:
            with suppress(OSError):
                print(f"\r{'':<{_WIDTH}}\r", end="", file=sys.stderr, flush=True)


def announce(warning: str) -> None:
    """What has to be known before long work; nothing if it is empty."""
    if warning:
        complain(warning)


def _tell(line: str) -> None:
    """Nobody can be told that standard error is closed or full."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(line, file=sys.stderr, flush=True)


def _known(error: Exception) -> int:
    from exact.errors import ExactError
    from proofs.errors import EnginesDisagree

    if isinstance(error, EnginesDisagree):
        return failed(DISAGREEMENT, f"ENGINES DISAGREE, please report this: {error}")
    if isinstance(error, ExactError):
        return failed(BAD_INPUT, str(error))
    place, trace = "", error.__traceback__
    while trace is not None:
        place, trace = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}", trace.tb_next
    return failed(BUG, f"an error of this program, please report this: {type(error).__name__}: {error} ({place})")


def _input_or_output(error: OSError) -> int:
    """A file has a name; without one it is standard output."""
    if error.filename is None:
        _forget_output()
    if error.filename is None or error.errno in _FULL:
        return failed(UNWRITABLE, f"{error.filename or 'standard output'}: {error.strerror}; it cannot be written")
    remedy = "give a file" if error.errno == errno.EISDIR else "check the path and its permissions"
    return failed(BAD_INPUT, f"{error.filename}: {error.strerror}; {remedy}")


def _forget_output() -> None:
    """What is left in the buffer goes nowhere, or Python would complain about it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
