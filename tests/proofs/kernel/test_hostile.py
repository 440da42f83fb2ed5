"""Hostile input ends soon, in little memory and in a status, whatever it asks to be computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from proofs.kernel.family.model import FamilyModel
from proofs.kernel.limits import CERTIFICATE_BYTES, READING, WORK
from tests.corpus.cases import encoded, text
from tests.corpus.honest import honest
from tests.proofs.kernel.hostile import MAKERS, Maker, certificate, charged, charged_to_family
from tests.proofs.kernel.hostile_families import MAKERS as FAMILIES
from tests.proofs.kernel.hostile_orbits import MAKERS as ORBITS
from tests.proofs.kernel.process import STATUSES, ends, kernel

SECONDS = 10  # for a small version
LONGEST = 1800  # seconds that the kernel may go on at this rate, before the bound on work or on the size stops it
INSTANCES_ALONE = ("coprime_row", "short_inequalities")  # what these cost is the instance's, which is read once


@pytest.mark.parametrize("name", [*MAKERS, *ORBITS])
def test_work_is_paid_for(name: str) -> None:
    """A small version is soon over, and what it costs is charged, so that a large one is stopped in time."""
    maker: Maker = {**MAKERS, **ORBITS}[name]
    data, claims = maker(0.6)
    reading, seconds, steps, said = charged(data, claims)
    assert reading + seconds < SECONDS
    assert said.split()[0] in STATUSES
    if name in INSTANCES_ALONE or seconds < 0.02:
        return
    if seconds < 1:  # a process that is held up for an instant looks slow
        seconds = min(seconds, charged(data, claims)[1])
    again = seconds * CERTIFICATE_BYTES / len(claims)
    assert min(again, seconds * WORK / max(1, steps)) < LONGEST, (
        f"{seconds:.2f} s for {steps} steps in {len(claims)} bytes"
    )


def test_a_division_that_does_nothing_is_paid_for() -> None:
    """100 squares for each of over 180 gains that are 0: nothing is divided, but each is looked at."""
    _, _, steps, said = charged(*ORBITS["gains_of_nothing"](0.5))
    assert said.split()[0] == "HOLEY"
    assert steps > 200 * 100 * 180


@pytest.mark.parametrize("name", FAMILIES)
def test_families_are_paid_for(name: str) -> None:
    """The same; the steps of reading a family are bounded by themselves."""
    data, claims = FAMILIES[name](0.6)
    reading, seconds, steps, said = charged_to_family(data, claims)
    assert reading + seconds < SECONDS
    assert said.split()[0] in (*STATUSES, "HOLE")
    assert reading < 0.5 or reading * READING / FamilyModel(data).spent < LONGEST
    assert seconds < 0.1 or seconds * WORK / steps < LONGEST


def _claims(body: str) -> bytes:
    return certificate(text("retry"), body).replace(b'"unnamed"', b'"retry"')


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "no claims in a million": lambda: _claims("[" + "{}," * 1_000_000 + "{}]"),
    "a claim of 60 MB": lambda: _claims('["' + "a" * 60_000_000 + '"]'),
    "a kind of 60 MB": lambda: _claims('[{"claim": "' + "a" * 60_000_000 + '"}]'),
    "a key of 60 MB": lambda: _claims('[{"' + "a" * 60_000_000 + '": "orbit"}]'),
    "escaped quotes": lambda: b'"' + b'\\"' * 10_000_000,
    "five million empty lists": lambda: b"[" + b"[]," * 5_000_000 + b"[]]",
    "more than 64 MiB": lambda: b" " * (CERTIFICATE_BYTES + 1),
    "a list of a million for a number": lambda: _claims('[{"claim": "orbit", "gamma": [' + '"",' * 1_000_000 + '""]}]'),
    "keys without an end": lambda: _claims("[{" + ",".join(f'"{k}":""' for k in range(1_000_000)) + "}]"),
}


@pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_documents(tmp_path: Path, make: Callable[[], bytes]) -> None:
    """The same for what is no certificate at all, within bounded memory."""
    assert ends(kernel(tmp_path, text("retry"), make())) == "MALFORMED"


def test_repeated_claims(tmp_path: Path) -> None:
    """True claims, again and again, are true; none is counted twice."""
    document = honest("retry")
    orbit = next(c for c in document["claims"] if c["claim"] == "orbit")
    document["claims"] += [orbit] * 1000
    assert ends(kernel(tmp_path, text("retry"), encoded(document))) == "VALID"


INSTANCES = {
    "dotted key": b"a." * 300_000 + b"a = 1\n",
    "dotted table": b"[" + b"a." * 300_000 + b"a]\n",
    "nested": b"a = " + b"[" * 99_999,
    "hexadecimal": b"a = 0x" + b"f" * 4_000_000,
    "decimal": b"a = " + b"9" * 4_000_000,
    "exponent": b"a = 1e" + b"9" * 4_000_000,
    "states": b"states = [" + b'"a",' * 900_000 + b"]",
    "blanks": b" " * (4 << 20),
}


@pytest.mark.parametrize("data", INSTANCES.values(), ids=INSTANCES.keys())
def test_instances(tmp_path: Path, data: bytes) -> None:
    """The same for instance files; none of these is one."""
    assert ends(kernel(tmp_path, data, b"{}")) == "MALFORMED"
