"""Graphviz's program `dot`: DOT text in, a drawing out."""

from __future__ import annotations

import os
import re
import subprocess

from proofs.claims.checked import Checked
from proofs.report.figures.dot import TALLEST, dot_text
from proofs.report.figures.errors import MissingTool
from proofs.report.figures.style import WIDTHS

FORMATS = ("pdf", "svg", "png", "dot")
_SECONDS = 60
_DATE = re.compile(rb"\(D:[0-9]{14}[^)]{0,8}\)")  # when the PDF was made: not the same bytes twice


def graph(checked: Checked, kind: str, columns: int = 2) -> bytes:
    """The MDP as a file of one of FORMATS. Raises MissingTool; "dot" is the text itself and needs no program."""
    width = WIDTHS[columns]
    if kind == "dot":
        return dot_text(checked, width=width).encode()
    across = max((True, False), key=lambda way: _scale(dot_text(checked, way), width))
    return run_dot(dot_text(checked, across, width), kind)


def run_dot(text: str, kind: str) -> bytes:
    """Lay out and draw. Raises MissingTool if there is no program dot, or if it fails."""
    clock = {**os.environ, "TZ": "UTC"}  # dates of one length
    command = ["dot", f"-T{kind}", *(["-Gdpi=300"] if kind == "png" else [])]
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, env=clock, timeout=_SECONDS)
    except FileNotFoundError:
        raise MissingTool("the program dot is missing", "install Graphviz: apt install graphviz") from None
    except subprocess.TimeoutExpired:
        raise MissingTool(f"dot found no layout in {_SECONDS} s", "write a .dot file and lay it out yourself") from None
    if done.returncode:
        message = done.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
        raise MissingTool(f"dot fails: {message[0]}", "is Graphviz complete? apt install graphviz")
    return _DATE.sub(_timeless, done.stdout) if kind == "pdf" else done.stdout


def _timeless(date: re.Match[bytes]) -> bytes:
    """A fixed date of the same length, so that the PDF's table of offsets stays right."""
    return b"(D:19800101000000)".ljust(len(date[0]))


def _scale(text: str, width: float) -> float:
    """By how much a drawing shrinks to fit, at most 1."""
    _, _, wide, high = run_dot(text, "plain").split(b"\n", 1)[0].split()[:4]
    return min(1.0, width / float(wide), TALLEST / float(high))
