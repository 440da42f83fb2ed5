"""The honest certificates that attacks begin with: by tests.reference.evidence, with proofs/NAME.json.

They do not depend on what `verify` finds, so that the corpus stays the same when the search changes.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache

from exact.instance import parse_instance
from tests.corpus.cases import PROOFS, Certificate, Json, text
from tests.reference.evidence import Producer

ORBITS = {  # instance -> rewards, at the question's gamma
    "retry": "term=1000 x=1",
    "corridor-3": "term=1000 r1=1",
    "half": "term=1000 x=1",
    "half-off": "term=1000 x=1",
    "negative": "term=-1 x=-5",
    "negative-always": "term=-2 x=-3",
    "no-alternative": "term=1",
    "overlap": "term=1000 x=2 t=1",
    "positive": "term=5 t=2",
    "ring": "term=1000 m=1",
    "shutdown-first": "",
    "shutdown-loops": "new=9 x=9 term=10",
    "stairs": "term=1000 x=1",
    "star-3": "term=1000 x1=1 x2=1 x3=1",
    "training-leak": "term=5 t=2",
    "training-leak-always": "term=5 t=2",
    "training-leak-closed": "term=5 t=2",
    "training-leak-on-training": "term=5 t=2",
    "training-reached": "term=1000 t=1",
    "lopsided": "x=200/21 term=220/21",
    "chance": "new=1 x=1 y=1",
    "firm": "term=1 new=1",
    "two-ties": "term=2 new=1",
    "paid": "new=-1 m=1 term=1/2",
}
MEMBERS = {
    "negative": "new=-1",
    "negative-always": "new=-1",
    "aside-always": "z=-1",
    "shutdown-first": "",
    "aside": "z=-1",
    "box": "new=-1",
    "paid": "new=-1 m=1 term=1/2",
}
SWAPS = {  # instance -> rewards, cycles, how
    "negative-always": ("x=-3 term=-2", "x-term", "still-optimal"),
    "negative": ("new=1/11 x=-10/99 term=-1/99", "x-term", "still-optimal"),
    "shutdown-first": ("", "x-term", "still-optimal"),
    "shutdown-loops": ("x=3/8 term=5/8", "x-term", "still-optimal"),
    "training-leak": ("t=1/4 term=1", "x-term", "leaves-theta"),
    "box": ("new=9/100 left=-1 right=-1 room=-1/10 term=-1/100", "room-term", "still-optimal"),
}


def rewards(spelled: str) -> dict[str, str]:
    """`x=1 term=2`."""
    return dict(entry.split("=") for entry in spelled.split())


def cycles(spelled: str) -> list[list[str]]:
    """`x-term a-b-c`."""
    return [cycle.split("-") for cycle in spelled.split()]


def producer(base: str) -> Producer:
    """Makes honest claims about an instance."""
    return Producer(parse_instance(text(base)))


def gamma(base: str) -> str:
    """The question's gamma."""
    found = parse_instance(text(base)).question.gamma
    return "1/2" if found is None else str(found)


def _claims(base: str) -> Iterator[Json]:
    made, at = producer(base), gamma(base)
    yield from made.thresholds()
    if PROOFS.joinpath(f"{base}.json").exists():
        yield from json.loads(PROOFS.joinpath(f"{base}.json").read_text("utf-8"))
    if base in MEMBERS:
        yield made.member(rewards(MEMBERS[base]), at)
    if base in ORBITS:
        yield made.orbit(rewards(ORBITS[base]), at)
    if base in SWAPS:
        goal, phi, how = SWAPS[base]
        yield made.swap_fails(rewards(goal), cycles(phi), how, at)


@cache
def _honest(base: str) -> Certificate:
    return producer(base).certificate(_claims(base))


def honest(base: str) -> Certificate:
    """A fresh copy of the honest certificate of an instance."""
    return copy.deepcopy(_honest(base))
