"""python -m tests.campaigns.mutations [SECONDS]: change every leaf of honest certificates, one at a time.

A mutant is refused, or each of its claims is true, shown by other means than the kernel's (truth.py), and no theorem
has another conclusion than the honest certificate gives it. Anything else is a flaw of the kernel.
"""

from __future__ import annotations

import copy
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exact.instance import Instance, parse_instance
from proofs.kernel.check import check
from proofs.kernel.verdicts import Verdict
from tests.campaigns.truth import is_true
from tests.corpus.cases import Case, every, text
from tests.corpus.honest import honest

Json = Any
Path = tuple[str | int, ...]
Theorems = Mapping[tuple[str, str], Verdict]
SMALL = (
    "aside", "aside-always", "both-terminal", "box", "corridor-3", "detour", "firm", "half", "half-off", "negative",
    "no-alternative", "overlap", "positive", "retry", "ring", "shutdown-first", "shutdown-loops", "stairs", "star-3",
    "training-leak", "training-leak-closed", "training-leak-on-training", "training-reached", "tie", "twice", "two-ties",
)  # fmt: skip
ELSEWHERE = ("universal", "retargeting", "closed-form", "orbit-tree", "optimal-on-interval", "blackwell")
REFUSED = ("INVALID", "MALFORMED")
LONGEST, SEED = 600, 20_260_422


@dataclass(frozen=True)
class Honest:
    """A certificate with what is true of its instance; theorems: what the kernel derives from it."""

    name: str
    data: bytes
    instance: Instance
    document: Json
    theorems: Theorems


def case(name: str) -> Honest:
    """The second producer's certificate."""
    return _honest(name, text(name), honest(name))


def _honest(name: str, data: bytes, document: Json) -> Honest:
    theorems = check(data, json.dumps(document).encode()).theorems
    return Honest(name, data, parse_instance(data), document, theorems)


def proofs() -> Iterator[Honest]:
    """The corpus' accepted cases whose claims no honest certificate holds: closed forms, trees, phases, linear proofs."""
    for found in every():
        if found.status == "valid" and found.kind in ELSEWHERE and _small(found):
            document = json.loads(found.certificate)
            document["claims"] = [
                c for c in document["claims"] if c["claim"] == found.kind or found.kind == "retargeting"
            ]
            yield _honest(f"{found.kind} {found.name}", text(found.instance), document)


def _small(found: Case) -> bool:
    return len(found.certificate) < 6000


def mutants(document: Json, names: list[str]) -> Iterator[tuple[str, Json]]:
    """(what was done, the changed document); names: the states and actions that may be put in place of others."""
    for path, value in leaves(document, ()):
        for what, new in changes(value, names):
            yield f"{what} at {'.'.join(map(str, path))}", replaced(document, path, new)


def leaves(value: Json, path: Path) -> Iterator[tuple[Path, Json]]:
    """Every value with its path, containers included."""
    yield path, value
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield from leaves(entry, (*path, key))


def changes(value: Json, names: list[str]) -> Iterator[tuple[str, Json]]:
    """The small changes of one value."""
    if isinstance(value, bool) or value is None:
        yield "flipped", not value
    elif isinstance(value, str):
        yield from spellings(value, names)
    elif isinstance(value, list):
        for i in range(len(value)):
            yield "dropped", value[:i] + value[i + 1 :]
            yield "doubled", value[: i + 1] + value[i:]
            if i:
                yield "swapped", [*value[: i - 1], value[i], value[i - 1], *value[i + 1 :]]
    else:
        for key in value:
            yield "dropped", {k: v for k, v in value.items() if k != key}
            if key in names:
                for other in names:
                    yield "renamed", {other if k == key else k: v for k, v in value.items()}


def spellings(text: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """Another name, or another number: a digit, the sign, inverted, a little more."""
    if text.lstrip("-")[:1].isdigit():
        yield "negated", text.removeprefix("-") if text.startswith("-") else f"-{text}"
        for i in {0, len(text) // 2, len(text) - 1}:
            if text[i].isdigit():
                yield "digit", text[:i] + str((int(text[i]) + 1) % 10) + text[i + 1 :]
                yield "digit", text[:i] + str((int(text[i]) - 1) % 10) + text[i + 1 :]
        above, slash, below = text.partition("/")
        yield "inverted", f"{below}/{above}" if slash else f"1/{above}"
        yield "longer", f"{text}0"
    else:
        yield "cut", text[:-1]
    for other in names:
        if other != text:
            yield "renamed", other


def replaced(document: Json, path: Path, new: Json) -> Json:
    """A copy with one value replaced."""
    if not path:
        return new
    result = copy.copy(document)
    result[path[0]] = replaced(document[path[0]], path[1:], new)
    return result


def flaw(case: Honest, mutant: Json) -> str:
    """ "" if the mutant is refused or still true; else what is accepted though it is not."""
    outcome = check(case.data, json.dumps(mutant).encode())
    if outcome.status in REFUSED:
        return ""
    original = [json.dumps(claim, sort_keys=True) for claim in case.document["claims"]]
    for number, claim in enumerate(mutant["claims"]):
        written = json.dumps(claim, sort_keys=True)
        skipped = outcome.facts is not None and number in outcome.facts.skipped
        if written not in original and not skipped and not is_true(case.instance, claim):
            return written
    return contradiction(case.theorems, outcome.theorems)


def contradiction(first: Theorems, second: Theorems) -> str:
    """A theorem that two certificates of one instance decide differently."""
    for key in first.keys() & second.keys():
        a, b = first[key], second[key]
        if "undecided" not in (a.conclusion, b.conclusion) and a.conclusion != b.conclusion:
            return f"{key}: {a} and {b}"
        if "undecided" not in (a.verdict, b.verdict) and a.verdict != b.verdict:
            return f"{key}: {a} and {b}"
    return ""


def sampled(case: Honest, most: int) -> Iterator[tuple[str, Json]]:
    """At most so many mutants, drawn with a fixed seed."""
    mdp = case.instance.mdp
    names = list(dict.fromkeys([*mdp.states, *(a for actions in mdp.actions for a in actions)]))
    all_ = list(mutants(case.document, names))
    chosen = sorted(random.Random(SEED).sample(range(len(all_)), min(most, len(all_))))
    return (all_[i] for i in chosen)


def main(seconds: float) -> int:
    """The whole sweep, within a time."""
    start, tally, flaws = time.monotonic(), Counter[str](), 0
    for found in [*map(case, SMALL), *proofs()]:
        for what, mutant in sampled(found, 1_000_000):
            if time.monotonic() - start > seconds:
                print(f"stopped after {seconds} s: {sum(tally.values())} mutants, {flaws} flaws")
                return int(bool(flaws))
            tally[found.name] += 1
            if accepted := flaw(found, mutant):
                flaws += 1
                print(f"FLAW {found.name}: {what}: {accepted[:LONGEST]}")
        print(f"{found.name}: {tally[found.name]} mutants", file=sys.stderr)
    print(f"{sum(tally.values())} mutants, {flaws} flaws")
    return int(bool(flaws))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 600))
