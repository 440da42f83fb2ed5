"""Layer paper: a certificate file -> `Certificate`. Strict about form, silent about truth: that is the kernel's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

from proofs.paper import claims as c
from proofs.paper.decode import (
    LARGEST_FILE,
    boolean,
    cycles,
    document,
    fields,
    integer,
    interval,
    items,
    mapping,
    names,
    optional,
    over,
    polynomial,
    rational,
    string,
    word,
)
from proofs.paper.errors import NotACertificate

FORMAT = "gammastar-certificate/1"
KINDS = (c.PAPER, c.SHARP)
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
    form, about, given = fields(document(data), "format", "instance", "claims")
    word(form, FORMAT)
    name, digest = map(string, fields(about, "name", "sha256"))
    found = tuple(_claim(number, mapping(value)) for number, value in enumerate(items(given)))
    return c.Certificate(name, digest, found, hashlib.sha256(data).hexdigest())


def _claim(number: int, value: Object) -> c.Claim:
    try:
        kind = string(value.get("claim"))
        rest = {key: entry for key, entry in value.items() if key != "claim"}
        content = "" if kind in READERS else json.dumps(rest, sort_keys=True)
        return READERS[kind](number, rest) if kind in READERS else c.Unexplained(number, kind, content)
    except NotACertificate as error:
        raise error.inside(f"claim {number}", ": ") from None


def _reach(number: int, value: Object) -> c.Claim:
    state, ranks, removed = fields(value, "state", "ranks", "removed")
    pairs = [names(items(pair, 2)) for pair in items(ranks)]
    return c.Reach(number, string(state), tuple((s, a) for s, a in pairs), cycles(removed))


def _form(number: int, value: Object) -> c.Claim:
    name, policy, rewards, below, values = fields(value, "name", "policy", "rewards", "denominator", "values")
    chosen, paid = over(policy, string), over(rewards, rational)
    return c.Form(number, string(name), chosen, paid, polynomial(below), over(values, polynomial))


def _threshold(number: int, value: Object) -> c.Claim:
    kind, paper = word(value.get("kind"), *KINDS), value.get("kind") == c.PAPER
    keys = ["kind", "state", "closed-form", "polynomial", "interval", *(["frequency"] if paper else [])]
    _, state, form, poly, ends, *last = fields(value, *keys)
    frequency = rational(last[0]) if last else None
    return c.Threshold(number, kind, string(state), string(form), polynomial(poly), interval(ends), frequency)


def _no_threshold(number: int, value: Object) -> c.Claim:
    state, bound = fields(value, "state", "bound")
    return c.NoThreshold(number, string(state), over(bound, rational))


def _count(number: int, value: Object) -> c.Claim:
    kind, start, end, states = fields(value, "kind", "from", "to", "states")
    return c.Count(number, word(kind, *KINDS), interval([start, end]), names(states))


def _orbit(number: int, value: Object) -> c.Claim:
    gamma, rewards, *counts = fields(value, "gamma", "rewards", "size", "outside", "shutdown", "avoid", "tie")
    return c.Orbit(number, rational(gamma), over(rewards, rational), *map(integer, counts))


def _swap_fails(number: int, value: Object) -> c.Claim:
    gamma, rewards, moved, how = fields(value, "gamma", "rewards", "permutation", "how")
    reason = word(how, "still-shutdown", "leaves-theta", "meets")
    return c.SwapFails(number, *_goal(gamma, rewards), cycles(moved), reason)


def _goal(gamma: object, rewards: object) -> tuple[Fraction, c.Rewards]:
    return rational(gamma), over(rewards, rational)


def _hypothesis(number: int, value: Object) -> c.Claim:
    name, holds = fields(value, "id", "holds")
    return c.Hypothesis(number, string(name), boolean(holds))


def _theorem(number: int, value: Object) -> c.Claim:
    name, reach, gamma, *words, n = fields(value, "id", "reach", "gamma", "verdict", "conclusion", "means", "n")
    verdict, conclusion, means = map(string, words)
    reading = word(reach, c.POSITIVE, c.SURE)
    return c.Theorem(number, string(name), reading, optional(gamma), verdict, conclusion, means, integer(n))


def _universal(number: int, value: Object) -> c.Claim:
    asked, moved, ends, proof = fields(value, "property", "permutation", "interval", "proof")
    return c.Universal(number, string(asked), cycles(moved), interval(ends), _leaves(proof))


def _leaves(proof: object) -> int:
    """How many combinations of inequalities the proof has."""
    waiting, count = [proof], 0
    while waiting:
        node = mapping(waiting.pop())
        if "violations" in node:
            waiting += [items(pair, 2)[1] for pair in items(node["violations"])]
        elif "multipliers" in node:
            count += 1
        else:
            waiting += mapping(node.get("cases", node.get("only"))).values()
    return count


def _member(number: int, value: Object) -> c.Claim:
    gamma, rewards, holds = fields(value, "gamma", "rewards", "holds")
    return c.Member(number, *_goal(gamma, rewards), boolean(holds))


def _retargeting(number: int, value: Object) -> c.Claim:
    ends, given = fields(value, "interval", "permutations")
    return c.Retargeting(number, interval(ends), tuple(map(cycles, items(given))))


READERS: dict[str, Callable[[int, Object], c.Claim]] = {
    "reach": _reach,
    "closed-form": _form,
    "threshold": _threshold,
    "no-threshold": _no_threshold,
    "count": _count,
    "orbit": _orbit,
    "swap-fails": _swap_fails,
    "hypothesis": _hypothesis,
    "theorem": _theorem,
    "universal": _universal,
    "member": _member,
    "retargeting": _retargeting,
}
