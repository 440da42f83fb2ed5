"""Hostile input ends soon, in little memory and in a status, whatever it asks to be computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import instances
from tests.proofs.kernel.hostile import (
    LONG,
    before_the_facts,
    head,
    high_degrees,
    huge_closed_form,
    long_intervals,
    long_swap,
    many_closed_forms,
    many_orbits,
    many_rows,
    repeated,
)
from tests.proofs.kernel.process import STATUSES, ends, kernel
from tests.proofs.kernel.test_instance import with_inequality

ORDER = "new r1 r2 r3 term"  # of corridor-3, with rewards 0, 1, 2, 3, 4
HOSTILE = {
    "intervals of 19,000 digits": lambda: ("gridworld", long_intervals("gridworld", LONG)),
    "intervals of 900 digits": lambda: ("gridworld", long_intervals("gridworld", 900)),
    "short intervals of 19,000 digits": lambda: ("corridor-3", long_intervals("corridor-3", LONG)),
    "an orbit's gamma": lambda: ("corridor-3", many_orbits("corridor-3", ORDER, LONG, 1)),
    "900 orbits of 120 vectors": lambda: ("corridor-3", many_orbits("corridor-3", ORDER, 12, 900)),
    "400 orbits at a long gamma": lambda: ("corridor-3", many_orbits("corridor-3", ORDER, 900, 400)),
    "a swap's numbers": lambda: ("corridor-3", long_swap("corridor-3", "term r1 r2 r3 new", LONG)),
    "a larger swap's numbers": lambda: ("ten", long_swap("ten", "term a b c d e f g h new", LONG)),
    "20,000 orbits": lambda: ("corridor-3", repeated("corridor-3", "orbit", 20_000)),
    "90,000 swaps": lambda: ("retry", repeated("retry", "swap-fails", 90_000)),
    "90,000 counts": lambda: ("corridor-3", repeated("corridor-3", "count", 90_000)),
    "90,000 theorems": lambda: ("retry", repeated("retry", "theorem", 90_000)),
    "90,000 hypotheses": lambda: ("corridor-3", repeated("corridor-3", "hypothesis", 90_000)),
    "huge closed forms": lambda: ("gridworld", huge_closed_form("gridworld")),
    "5,000 closed forms": lambda: ("corridor-3", many_closed_forms("corridor-3", 5_000)),
    "100,001 claims": lambda: ("retry", head("retry", "[" + "{}," * 100_000 + "{}]")),
    "a claim of 60 MB": lambda: ("retry", head("retry", '["' + "a" * 60_000_000 + '"]')),
    "escaped quotes": lambda: ("retry", b'"' + b'\\"' * 10_000_000),
    "a million empty lists": lambda: ("retry", b"[" + b"[]," * 5_000_000 + b"[]]"),
    "more than 64 MiB": lambda: ("retry", b" " * ((64 << 20) + 1)),
}


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_certificates_do_not_run_away(tmp_path: Path, case: Any) -> None:
    """Ends within SECONDS and BYTES, in a status, whatever the certificate asks to be computed."""
    base, data = case()
    assert ends(kernel(tmp_path, instances.text(base), data)) in STATUSES


BOTH: dict[str, tuple[Callable[[], tuple[bytes, bytes]], str]] = {
    "facts settled once": (lambda: many_rows(5, 300), "VALID"),
    "holes of few words": (lambda: before_the_facts(1000, 100_000), "HOLEY"),
    "signs paid by digits": (lambda: high_degrees(50, 40), "HOLEY"),
}


@pytest.mark.parametrize(("case", "status"), BOTH.values(), ids=BOTH.keys())
def test_certificates_that_wear_out_an_instance(tmp_path: Path, case: Any, status: str) -> None:
    """The same, each about an instance that is made for it."""
    data, certificate = case()
    assert ends(kernel(tmp_path, data, certificate)) == status


INSTANCES = {
    "dotted key": b"a." * 300_000 + b"a = 1\n",
    "dotted table": b"[" + b"a." * 300_000 + b"a]\n",
    "nested": b"a = " + b"[" * 99_999,
    "hexadecimal": b"a = 0x" + b"f" * 4_000_000,
    "decimal": b"a = " + b"9" * 4_000_000,
    "exponent": b"a = 1e" + b"9" * 4_000_000,
    "states": b"states = [" + b'"a",' * 900_000 + b"]",
    "blanks in an inequality": with_inequality(" " * 9990 + "<= 1"),
    "an unfinished term": with_inequality("x +" + " " * 9900 + "? <= 1"),
    "quotes in an inequality": with_inequality("<=" + "'" * 9990),
}


@pytest.mark.parametrize("text", INSTANCES.values(), ids=INSTANCES.keys())
def test_hostile_instances_do_not_run_away(tmp_path: Path, text: bytes) -> None:
    """The same for instance files; none of these is one."""
    assert ends(kernel(tmp_path, text, b"{}")) == "MALFORMED"
