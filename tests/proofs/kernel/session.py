"""Kernels in the middle of a check: instances in a line each, facts, claims one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from exact.instance import Instance, parse_instance
from exact.instance.write import write_instance
from proofs.kernel.check import accept
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Model
from tests.corpus import cases
from tests.corpus.honest import honest

Json = dict[str, Any]


def source(states: str, transitions: str, rest: str = "", training: str = "") -> bytes:
    """An instance file. transitions: `state action successor=p ...` in lines; `new off term=1` is added."""
    tables: dict[str, list[str]] = {}
    for line in f"new off term=1\n{transitions}".strip().splitlines():
        state, action, *row = line.split()
        entries = ", ".join('"{}" = "{}"'.format(*entry.split("=")) for entry in row)
        tables.setdefault(state, []).append(f"{action} = {{ {entries} }}\n")
    names, train = ([f'"{s}"' for s in given.split()] for given in (states, training))
    head = f"format = 1\nstates = [{', '.join(names)}]\ntraining = [{', '.join(train)}]\n"
    head += '[shutdown]\nstate = "new"\naction = "off"\n'
    return (head + "".join(f"[transitions.{s}]\n{''.join(rows)}" for s, rows in tables.items()) + rest).encode()


def model(states: str, transitions: str, rest: str = "", training: str = "") -> Model:
    """As the kernel reads it."""
    return Model(source(states, transitions, rest, training))


def model_of(instance: Instance) -> Model:
    """An instance of `exact`, as the kernel reads it."""
    return Model(write_instance(instance).encode())


def facts(base: str, gamma: str | None = None) -> Facts:
    """Nothing proved yet about an instance of the corpus."""
    return Facts.of(Model(cases.text(base)), None if gamma is None else Fraction(gamma))


def proved(base: str, *kinds: str, gamma: str | None = None) -> Facts:
    """The honest claims of these kinds accepted; all of them if none is named."""
    found = facts(base, gamma)
    for claim in honest(base)["claims"]:
        if not kinds or claim["claim"] in kinds:
            accept(found, claim)
    return found


def refused(found: Facts, claim: Json, problem: str, kind: type[Exception] = Invalid) -> None:
    """The claim raises this, and says so."""
    with pytest.raises(kind, match=problem):
        accept(found, claim)


def instance(base: str) -> Instance:
    """An instance of the corpus, as `exact` reads it."""
    return parse_instance(cases.text(base))


__all__ = ["Facts", "Hole", "Invalid", "Malformed", "Model"]
