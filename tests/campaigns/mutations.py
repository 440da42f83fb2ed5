"""python -m tests.campaigns.mutations [SECONDS]: change every leaf of the examples' certificates, one at a time.

A mutant is refused, or what it says is still true, shown by other means than the kernel's: enumeration of policies
and permutations, or the engines of `exact`. Anything else is a flaw of the kernel.
"""

from __future__ import annotations

import copy
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from exact.instance import Instance, parse_instance
from proofs.analysis import Analysis
from proofs.kernel.check import check
from proofs.verification import verify
from tests.campaigns.truth import is_true
from tests.corpus import instances

Json = Any
Path = tuple[str | int, ...]
SMALL = (
    "corridor-3", "half", "half-off", "negative", "no-alternative", "retry", "ring", "shutdown-first", "shutdown-loops",
    "stairs", "star-3", "training-leak", "training-leak-closed", "training-leak-on-training", "training-reached",
    "gamble",
)  # fmt: skip
NEEDED = ("reach", "threshold", "no-threshold", "theorem")
LONGEST, SEED = 600, 20_260_422


@dataclass(frozen=True)
class Honest:
    """An instance with what is true of it."""

    name: str
    data: bytes
    instance: Instance
    analysis: Analysis
    document: Json


def honest(name: str) -> Honest:
    """The certificate that `verify` writes."""
    data = instances.text(name)
    instance = parse_instance(data)
    return Honest(name, data, instance, Analysis(instance), json.loads(verify(instance).certificate))


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
    """ "" if the mutant is refused or still true; else the claim that is accepted though it is not shown to be true."""
    outcome = check(case.data, json.dumps(mutant).encode())
    if outcome.status != "VALID":
        return ""
    original = [json.dumps(claim, sort_keys=True) for claim in case.document["claims"]]
    texts = [json.dumps(claim, sort_keys=True) for claim in mutant["claims"]]
    for claim, text in zip(mutant["claims"], texts, strict=True):
        if text not in original and not is_true(case.instance, case.analysis, claim, case.document["claims"]):
            return text
    kept = {_subject(claim) for claim in mutant["claims"]}
    lost = [claim for claim in case.document["claims"] if claim["claim"] in NEEDED and _subject(claim) not in kept]
    return f"VALID without {lost[0]}" if lost else ""


def _subject(claim: Json) -> tuple[str, ...]:
    """What a claim is about: mutants may prove the same otherwise."""
    return tuple(str(claim.get(key, "")) for key in ("claim", "kind", "state", "id", "reach"))


def sampled(case: Honest, most: int) -> Iterator[tuple[str, Json]]:
    """At most so many mutants, drawn with a fixed seed; names are limited to keep the list short."""
    mdp = case.instance.mdp
    names = list(dict.fromkeys([*mdp.states, *(a for actions in mdp.actions for a in actions)]))
    every = list(mutants(case.document, names))
    chosen = sorted(random.Random(SEED).sample(range(len(every)), min(most, len(every))))
    return (every[i] for i in chosen)


def main(seconds: float) -> int:
    """The whole sweep, within a time."""
    start, tally, flaws = time.monotonic(), Counter[str](), 0
    for name in SMALL:
        case = honest(name)
        for what, mutant in sampled(case, 1_000_000):
            if time.monotonic() - start > seconds:
                print(f"stopped after {seconds} s: {sum(tally.values())} mutants, {flaws} flaws")
                return int(bool(flaws))
            tally[name] += 1
            if accepted := flaw(case, mutant):
                flaws += 1
                print(f"FLAW {name}: {what}: {accepted[:LONGEST]}")
        print(f"{name}: {tally[name]} mutants", file=sys.stderr)
    print(f"{sum(tally.values())} mutants, {flaws} flaws")
    return int(bool(flaws))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 600))
