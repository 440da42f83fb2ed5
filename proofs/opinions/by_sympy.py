"""Opinions: sympy derives the visit counts once more, in a process of its own, and finds where they cross 1."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from proofs.claims.types import Threshold
from proofs.opinions.chain import Chain

_SCRIPT = Path(__file__).with_name("in_sympy.py")
Process = subprocess.Popen[bytes]


@contextmanager
def at_work(tasks: Sequence[tuple[Chain, Threshold]]) -> Iterator[Process]:
    """sympy on the claims, one after the other, beside whatever else is done; ended with the block."""
    counting = {**os.environ, "SYMPY_GROUND_TYPES": "python"}
    with tempfile.TemporaryFile() as given:
        given.write(json.dumps([_task(chain, claim) for chain, claim in tasks]).encode())
        given.seek(0)
        command = [sys.executable, "-P", str(_SCRIPT)]
        with subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=counting
        ) as process:
            try:
                yield process
            finally:
                process.kill()


def problems(process: Process, seconds: float) -> list[str]:
    """What is wrong with each of the claims that it comes to within the time, "" if nothing."""
    try:
        said, _ = process.communicate(timeout=max(seconds, 0))
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    return [json.loads(line) for line in said.split(b"\n")[:-1]]


def _task(chain: Chain, claim: Threshold) -> dict[str, Any]:
    place = {state: number for number, state in enumerate(chain.rows)}

    def row(given: Mapping[str, Fraction]) -> list[tuple[int, list[str]]]:
        return [(place[t], _pair(p)) for t, p in given.items()]

    return {
        "kind": claim.kinds[0],
        "rows": [row(given) for given in chain.rows.values()],
        "start": row(chain.start),
        "counted": [place[state] for state in chain.counted if state in place],
        "numerator": [hex(c) for c in claim.numerator],
        "denominator": [hex(c) for c in claim.denominator],
        "interval": [_pair(end) for end in claim.interval],
    }


def _pair(value: Fraction) -> list[str]:
    return [hex(value.numerator), hex(value.denominator)]
