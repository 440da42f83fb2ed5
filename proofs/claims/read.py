"""A certificate file -> `Certificate`. Strict about form, silent about truth: that is the kernel's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

from proofs.claims import types as c
from proofs.claims.decode import (
    LARGEST_FILE,
    cycles,
    document,
    fields,
    integer,
    integers,
    interval,
    items,
    mapping,
    over,
    polynomial,
    rational,
    string,
    word,
)
from proofs.claims.errors import NotACertificate
from proofs.claims.write import FORMAT

OLDER = "gammastar-certificate/1"
HOW = ("still-shutdown", "leaves-theta", "meets", "still-optimal", "no-greater")
Object = Mapping[str, object]


def read_certificate(path: Path) -> tuple[bytes, c.Certificate]:
    """The file's bytes and what they say. Raises NotACertificate with the file's name; OSError passes."""
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    try:
        return data, parse_certificate(data)
    except NotACertificate as error:
        raise error.inside(str(path), ": ") from None


def parse_certificate(data: bytes) -> c.Certificate:
    """Raises NotACertificate, whose place names the claim."""
    whole = mapping(document(data))
    if whole.get("format") == OLDER:
        raise NotACertificate("made by an older version of gammastar", "run `gammastar verify` again")
    form, about, question, given = fields(whole, "format", "instance", "question", "claims")
    word(form, FORMAT)
    name, digest = map(string, fields(about, "name", "sha256"))
    (asked,) = fields(question, "gamma")
    gamma = None if asked is None else rational(asked)
    found = tuple(_claim(number, mapping(value)) for number, value in enumerate(items(given)))
    return c.Certificate(name, digest, gamma, found, hashlib.sha256(data).hexdigest())


def _claim(number: int, value: Object) -> c.Claim:
    try:
        kind = string(value.get("claim"))
        rest = {key: entry for key, entry in value.items() if key != "claim"}
        content = "" if kind in READERS else json.dumps(rest, sort_keys=True)
        return READERS[kind](rest) if kind in READERS else c.Unexplained(kind, content)
    except NotACertificate as error:
        raise error.inside(f"claim {number}", ": ") from None


def _closed_form(value: Object) -> c.Claim:
    policy, rewards, below, values = fields(value, "policy", "rewards", "denominator", "values")
    return c.ClosedForm(over(policy, string), over(rewards, rational), polynomial(below), over(values, polynomial))


def _threshold(value: Object) -> c.Claim:
    keys = ("kind", "state", "policy", "numerator", "denominator", "polynomial", "interval")
    kind, state, policy, above, below, poly, ends, bounds, ties = fields(value, *keys, bounds=None, ties=None)
    return c.Threshold(
        word(kind, c.PAPER, c.SHARP),
        string(state),
        over(policy, string),
        polynomial(above),
        polynomial(below),
        None if poly is None else polynomial(poly),
        interval(ends),
        None if bounds is None else _bounds(bounds),
        None if ties is None else polynomial(ties),
    )


def _bounds(value: object) -> c.Bounds:
    unit, lower, gap = fields(value, "unit", "lower", "gap")
    return c.Bounds(integer(unit), integers(lower), integers(gap))


def _no_threshold(value: Object) -> c.Claim:
    state, unit, bound = fields(value, "state", "unit", "bound")
    return c.NoThreshold(string(state), integer(unit), over(bound, integer))


def _orbit(value: Object) -> c.Claim:
    counts = ("size", "outside", "shutdown", "avoid", "tie")
    gamma, rewards, goals, *numbers = fields(value, "gamma", "rewards", "goals", *counts)
    size, outside, shutdown, avoid, tie = map(integer, numbers)
    at, theta = _goal(gamma, rewards)
    return c.Orbit(at, theta, size, outside, shutdown, avoid, tie, tuple(map(_values, items(goals))))


def _swap_fails(value: Object) -> c.Claim:
    gamma, rewards, moved, how, goal, image = fields(value, "gamma", "rewards", "permutation", "how", "goal", "image")
    reason = word(how, *HOW)
    return c.SwapFails(*_goal(gamma, rewards), cycles(moved), reason, _values(goal), _values(image))


def _goal(gamma: object, rewards: object) -> tuple[Fraction, c.Rewards]:
    return rational(gamma), over(rewards, rational)


def _values(value: object) -> c.Values:
    unit, whole, training = fields(value, "unit", "whole", training=None)
    return c.Values(integer(unit), integers(whole), None if training is None else integers(training))


def _universal(value: Object) -> c.Claim:
    asked, moved, ends, proof = fields(value, "property", "permutation", "interval", "proof")
    return c.Universal(string(asked), cycles(moved), interval(ends), mapping(proof))


def _member(value: Object) -> c.Claim:
    gamma, rewards, goal = fields(value, "gamma", "rewards", "goal")
    return c.Member(*_goal(gamma, rewards), _values(goal))


def _retargeting(value: Object) -> c.Claim:
    ends, given = fields(value, "interval", "permutations")
    return c.Retargeting(interval(ends), tuple(map(cycles, items(given))))


READERS: dict[str, Callable[[Object], c.Claim]] = {
    "closed-form": _closed_form,
    "threshold": _threshold,
    "no-threshold": _no_threshold,
    "orbit": _orbit,
    "swap-fails": _swap_fails,
    "member": _member,
    "universal": _universal,
    "retargeting": _retargeting,
}
