"""HiGHS 1.16 greets on standard output, in C; nothing of that may reach ours, whatever becomes of the descriptor."""

from __future__ import annotations

import subprocess
import sys

START = """
import ctypes, json, os, sys
import highspy
from exact.linear import Constraint, System, decide

class Loud(highspy.Highs):
    def __init__(self):
        super().__init__()
        ctypes.CDLL(None).puts(b"Running HiGHS: held back by C")
        os.write(1, b"Running HiGHS: written at once\\n")

highspy.Highs = Loud
ctypes.CDLL(None).printf(b"before ")
"""
SOLVE = "answer = decide(System(1, (Constraint.of({0: 2}, '=', 1), Constraint.of({0: -1}, '<', 0))))\n"
WRITE = "print(json.dumps({'x': str(answer.point[0])}))\n"


def run(*parts: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "".join([START, *parts])]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True)


def test_only_our_own_output() -> None:
    """What C held back before comes out, and our line, and nothing between."""
    found = run(SOLVE, WRITE)
    assert (found.stdout, found.stderr) == ('before {"x": "1/2"}\n', "")


def test_restored_after_an_error() -> None:
    """A solver that fails does not cost us the output."""
    failing = (
        "def fail(self): raise RuntimeError\nLoud.run = fail\ntry:\n  decide(System(1, ()))\nexcept RuntimeError:\n"
    )
    assert run(failing, "  print('still here')\n").stdout == "before still here\n"


def test_closed_output() -> None:
    """Where descriptor 1 is closed the answer is the same, and it stays closed, free for a file that comes later."""
    close = "ctypes.CDLL(None).fflush(None)\nos.close(1)\n"
    check = "assert str(answer.point[0]) == '1/2'\nassert os.open(os.devnull, os.O_WRONLY) == 1\nos.write(2, b'fine')\n"
    found = run(close, SOLVE, check)
    assert (found.stdout, found.stderr) == ("before ", "fine")
