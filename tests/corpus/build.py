"""python -m tests.corpus.build: write every folder of the corpus from tests/corpus/attacks/."""

from __future__ import annotations

import copy
import importlib
import json
import pkgutil
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from exact.instance import parse_instance
from proofs.kernel.check import check
from proofs.verification import verify
from tests.corpus import instances

ROOT = Path(__file__).parent
STATUSES = ("valid", "holey", "invalid", "malformed")
Certificate = dict[str, Any]
Change = Callable[[Certificate], bytes | None]


@dataclass(frozen=True)
class Attack:
    """expects: part of what the kernel prints; why: one sentence; change: edits the certificate or returns bytes."""

    status: str
    kind: str
    name: str
    base: str
    expects: str
    why: str
    change: Change


ATTACKS: list[Attack] = []


def attack(status: str, kind: str, name: str, base: str, expects: str, why: str) -> Callable[[Change], Change]:
    """Register a change of the honest certificate of an instance."""

    def register(change: Change) -> Change:
        ATTACKS.append(Attack(status, kind, name, base, expects, why, change))
        return change

    return register


@cache
def _honest(base: str) -> str:
    return verify(parse_instance(instances.text(base))).certificate


def honest(base: str) -> Certificate:
    """A fresh copy of the honest certificate of an instance."""
    certificate: Certificate = json.loads(_honest(base))
    return certificate


def claim(certificate: Certificate, rule: str, /, **keys: str) -> dict[str, Any]:
    """The first claim of a kind with these entries; `closed_form` stands for `closed-form`."""
    wanted = {key.replace("_", "-"): value for key, value in keys.items()}
    found: dict[str, Any] = next(c for c in certificate["claims"] if c["claim"] == rule and wanted.items() <= c.items())
    return found


def after(certificate: Certificate, kind: str, *new: dict[str, Any]) -> None:
    """Insert claims after the last one of a kind, at the end if there is none."""
    claims = certificate["claims"]
    place = max((i + 1 for i, c in enumerate(claims) if c["claim"] == kind), default=len(claims))
    claims[place:place] = [copy.deepcopy(c) for c in new]


def drop(certificate: Certificate, rule: str, /, **keys: str) -> None:
    """Remove the first such claim."""
    certificate["claims"].remove(claim(certificate, rule, **keys))


def encoded(certificate: Certificate) -> bytes:
    """JSON with one claim a line."""
    rows = ",\n  ".join(json.dumps(c, ensure_ascii=False) for c in certificate["claims"])
    head = {key: value for key, value in certificate.items() if key != "claims"}
    return (json.dumps(head, ensure_ascii=False)[:-1] + f',\n "claims": [\n  {rows}\n ]}}\n').encode()


def made(entry: Attack) -> bytes:
    """The attacked certificate, cut after the claim that is refused."""
    certificate = honest(entry.base)
    data = entry.change(certificate)
    if data is not None:
        return data
    data = encoded(certificate)
    refused = re.match(r"claim (\d+)", check(instances.text(entry.base), data).reason)
    if refused and entry.status in ("invalid", "malformed"):
        certificate["claims"] = certificate["claims"][: int(refused[1]) + 1]
        data = encoded(certificate)
    return data


def load() -> list[Attack]:
    """Import every module of attacks."""
    package = importlib.import_module("tests.corpus.attacks")
    for module in pkgutil.iter_modules(package.__path__, "tests.corpus.attacks."):
        importlib.import_module(module.name)
    return ATTACKS


def main() -> None:
    """Write the folders anew; those whose attack is gone are removed."""
    for status in STATUSES:
        shutil.rmtree(ROOT / status, ignore_errors=True)
    for entry in load():
        folder = ROOT / entry.status / entry.kind / entry.name
        folder.mkdir(parents=True)
        folder.joinpath("instance.toml").write_bytes(instances.text(entry.base))
        folder.joinpath("certificate.json").write_bytes(made(entry))
        folder.joinpath("reason.txt").write_text(f"{entry.expects}\n{entry.why}\n", "utf-8")
    print(f"{len(ATTACKS)} certificates")


if __name__ == "__main__":
    from tests.corpus.build import main as build  # the attacks register with this module, not with __main__

    build()
