"""Claims as the JSON of kernel/FORMAT.md. Integers may be longer than CPython writes at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import singledispatch

from exact.digits import decimal_text
from proofs.claims import types as c

FORMAT = "gammastar-certificate/2"
Json = dict[str, object]


def as_text(claim: c.Claim) -> str:
    """One claim, in one line."""
    return json.dumps(as_json(claim), ensure_ascii=False, separators=(",", ":"))


def certificate(name: str, sha256: str, gamma: Fraction | None, claims: Iterable[str]) -> str:
    """The whole document, a claim a line. name, sha256: of the instance; claims: their texts."""
    about = {"name": name, "sha256": sha256}
    question = {"gamma": None if gamma is None else exact(gamma)}
    head = f'"format": "{FORMAT}",\n "instance": {json.dumps(about, ensure_ascii=False)}'
    rows = ",\n  ".join(claims)
    return f'{{{head},\n "question": {json.dumps(question)},\n "claims": [\n  {rows}\n ]}}\n'


@singledispatch
def as_json(claim: c.Claim) -> Json:
    """The claim as an object of strings, lists and objects."""
    raise NotImplementedError(type(claim).__name__)


@as_json.register
def _(claim: c.ClosedForm) -> Json:
    return {
        "claim": "closed-form",
        "policy": dict(claim.policy),
        "rewards": rewards(claim.rewards),
        "denominator": integers(claim.denominator),
        "values": {s: integers(value) for s, value in claim.values.items()},
    }


@as_json.register
def _(claim: c.Threshold) -> Json:
    written: Json = {"claim": "threshold", "kind": claim.kind, "state": claim.state, "policy": dict(claim.policy)}
    written |= {"numerator": integers(claim.numerator), "denominator": integers(claim.denominator)}
    written["polynomial"] = None if claim.polynomial is None else integers(claim.polynomial)
    written["interval"] = [exact(end) for end in claim.interval]
    if claim.bounds is not None:
        unit, lower, gap = claim.bounds.unit, claim.bounds.lower, claim.bounds.gap
        written["bounds"] = {"unit": decimal_text(unit), "lower": integers(lower), "gap": integers(gap)}
    return written if claim.ties is None else {**written, "ties": integers(claim.ties)}


@as_json.register
def _(claim: c.NoThreshold) -> Json:
    bound = {s: decimal_text(value) for s, value in claim.bound.items()}
    return {"claim": "no-threshold", "state": claim.state, "unit": decimal_text(claim.unit), "bound": bound}


@as_json.register
def _(claim: c.Orbit) -> Json:
    counts = {key: decimal_text(getattr(claim, key)) for key in ("size", "outside", "shutdown", "avoid", "tie")}
    return {"claim": "orbit", **_goal(claim), **counts, "goals": [values(goal) for goal in claim.goals]}


@as_json.register
def _(claim: c.SwapFails) -> Json:
    moved = {"permutation": cycles(claim.permutation), "how": claim.how}
    return {"claim": "swap-fails", **_goal(claim), **moved, "goal": values(claim.goal), "image": values(claim.image)}


@as_json.register
def _(claim: c.Member) -> Json:
    return {"claim": "member", **_goal(claim), "goal": values(claim.goal)}


@as_json.register
def _(claim: c.Universal) -> Json:
    about: Json = {"claim": "universal", "property": claim.property, "permutation": cycles(claim.permutation)}
    return {**about, "interval": [exact(end) for end in claim.interval], "proof": claim.proof}


@as_json.register
def _(claim: c.Retargeting) -> Json:
    ends = [exact(end) for end in claim.interval]
    return {"claim": "retargeting", "interval": ends, "permutations": [cycles(phi) for phi in claim.permutations]}


def _goal(claim: c.Orbit | c.SwapFails | c.Member) -> Json:
    return {"gamma": exact(claim.gamma), "rewards": rewards(claim.rewards)}


def values(goal: c.Values) -> Json:
    """V* of one goal."""
    written: Json = {"unit": decimal_text(goal.unit), "whole": integers(goal.whole)}
    return written if goal.training is None else {**written, "training": integers(goal.training)}


def integers(given: Sequence[int]) -> list[str]:
    """Each as a string."""
    return [decimal_text(entry) for entry in given]


def exact(value: Fraction) -> str:
    """A rational in lowest terms."""
    top = decimal_text(value.numerator)
    return top if value.denominator == 1 else f"{top}/{decimal_text(value.denominator)}"


def rewards(theta: Mapping[str, Fraction]) -> dict[str, str]:
    """Without the zeros."""
    return {s: exact(r) for s, r in theta.items() if r}


def cycles(permutation: c.Cycles) -> list[list[str]]:
    """A list of lists."""
    return [list(cycle) for cycle in permutation]
