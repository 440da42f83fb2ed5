"""Families and their claims, worked by hand or by the search."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from exact.family import parse_family
from exact.family.least import leaves
from exact.family.strips import Strips
from proofs.claims.codec import as_json
from proofs.families.session import claim_of
from proofs.kernel.check import Outcome
from proofs.kernel.family.check import check_family
from proofs.kernel.family.facts import FamilyFacts
from proofs.kernel.family.model import FamilyModel
from tests.exact.family.families import RETRY

Json = dict[str, Any]
# retry at p in [1/2, 9/10]: with L(new) = (10 + 4 u)/15 and L(x) = 1/(1 - g), u from p = 1/2 to 9/10
COUNTED: Json = {
    "claim": "counted", "kind": "paper", "state": "x", "box": [["1/2", "9/10"]], "discount": "1/2",
    "policy": {"new": "try", "x": "stay"}, "unit": "15", "values": {"new": ["10", "4"], "x": ["30", "0"]},
}  # fmt: skip
# retry at p in [1/10, 1/5], g = 1/2: M(x) = 2, M(new) = p/(1/2 + p/2) <= 2/5, and the count is p 2 + (1 - p) 2/5 <= 18/25
NOT_COUNTED: Json = {
    "claim": "not-counted", "kind": "paper", "state": "x", "box": [["1/10", "1/5"]], "discount": "1/2",
    "unit": "5", "values": {"new": ["2", "0"], "x": ["10", "0"]},
}  # fmt: skip


def searched(data: bytes, gamma: Fraction, kind: str = "paper", most: int = 20) -> list[Json]:
    """Claims that say as much of the least n from a gamma on as was found."""
    family = parse_family(data)
    *_, last = leaves(Strips(family, kind), gamma, most)
    return [as_json(claim_of(side, family)) for leaf in last for side in leaf.sides]


def certificate(data: bytes, claims: list[Json], gammas: tuple[str, str]) -> bytes:
    """A certificate of these claims."""
    family = parse_family(data)
    about = {"name": family.centre.name, "sha256": family.sha256}
    head = {"format": "gammastar-certificate/2", "instance": about, "question": {"gamma": list(gammas)}}
    return json.dumps(head | {"claims": claims}).encode()


def checked(data: bytes, claims: list[Json], low: str = "1/2", high: str = "1") -> Outcome:
    """What the kernel says of claims about a family and the gammas from low to high."""
    return check_family(data, certificate(data, claims, (low, high)), [low, high])


def facts(data: bytes = RETRY.encode(), low: str = "1/2", high: str = "1") -> FamilyFacts:
    """Nothing proved yet."""
    return FamilyFacts.of(FamilyModel(data), [low, high])
