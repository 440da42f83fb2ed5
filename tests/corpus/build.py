"""python -m tests.corpus.build: write the generated cases of the corpus from tests/corpus/attacks/.

Cases that no attack gives are written by hand and stay.
"""

from __future__ import annotations

import copy
import importlib
import json
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from proofs.kernel.family.check import check_asked
from tests.corpus.cases import Case, Certificate, encoded, text, written
from tests.corpus.honest import honest

Change = Callable[[Certificate], bytes | None]


@dataclass(frozen=True)
class Attack:
    """A case without its certificate; change: edits the honest certificate of the instance, or returns bytes."""

    case: Case
    change: Change


ATTACKS: list[Attack] = []


def attack(
    status: str, kind: str, name: str, base: str, expects: str, why: str, gamma: str | None = None
) -> Callable[[Change], Change]:
    """Register a change of the honest certificate of an instance."""

    def register(change: Change) -> Change:
        ATTACKS.append(Attack(Case(status, kind, name, base, gamma, expects, why, b""), change))
        return change

    return register


def claim(certificate: Certificate, rule: str, /, **keys: str) -> dict[str, Any]:
    """The first claim of a kind with these entries."""
    found: dict[str, Any] = next(c for c in certificate["claims"] if c["claim"] == rule and keys.items() <= c.items())
    return found


def after(certificate: Certificate, kind: str, *new: dict[str, Any]) -> None:
    """Insert claims after the last one of a kind, at the end if there is none."""
    claims = certificate["claims"]
    place = max((i + 1 for i, c in enumerate(claims) if c["claim"] == kind), default=len(claims))
    claims[place:place] = [copy.deepcopy(c) for c in new]


def first(certificate: Certificate, *new: dict[str, Any]) -> None:
    """Insert claims before all others."""
    certificate["claims"][:0] = [copy.deepcopy(c) for c in new]


def drop(certificate: Certificate, rule: str, /, **keys: str) -> None:
    """Remove the first such claim."""
    certificate["claims"].remove(claim(certificate, rule, **keys))


def made(entry: Attack) -> Case:
    """The case, its certificate cut after the claim that is refused."""
    certificate = {} if entry.case.kind == "family" else honest(entry.case.instance)
    data = entry.change(certificate)
    if data is None and entry.case.status in ("invalid", "malformed"):
        outcome = check_asked(text(entry.case.instance), encoded(certificate), entry.case.question)
        if refused := re.match(r"claim (\d+)", outcome.reason):
            certificate["claims"] = certificate["claims"][: int(refused[1]) + 1]
    return replace(entry.case, certificate=encoded(certificate) if data is None else data)


def load() -> list[Attack]:
    """Import every module of attacks."""
    package = importlib.import_module("tests.corpus.attacks")
    for module in pkgutil.iter_modules(package.__path__, "tests.corpus.attacks."):
        importlib.import_module(module.name)
    return ATTACKS


def main() -> None:
    """Write the generated cases."""
    for entry in load():
        case = made(entry)
        case.path.parent.mkdir(parents=True, exist_ok=True)
        case.path.write_text(written(case), "utf-8")
    print(json.dumps({"generated": len(ATTACKS)}))


if __name__ == "__main__":
    from tests.corpus.build import main as build  # the attacks register with this module, not with __main__

    build()
