"""The kernel in session about a family: claims in, and what it derives of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exact.family import Family
from exact.family.bernstein import Point
from exact.family.side import Side
from exact.instance.gammas import Gammas
from proofs.claims.checked import Verdict
from proofs.claims.codec import as_json
from proofs.claims.types import Claim
from proofs.claims.write import certificate, exact, integers
from proofs.errors import EnginesDisagree
from proofs.kernel.check import Outcome
from proofs.kernel.errors import Hole, Invalid, Malformed
from proofs.kernel.family.check import accept_family, check_family, family_settled
from proofs.kernel.family.facts import FamilyFacts
from proofs.kernel.family.model import FamilyModel
from proofs.kernel.limits import CERTIFICATE_BYTES
from proofs.verify import HEAD

Json = dict[str, object]


@dataclass(frozen=True)
class CheckedFamily:
    """What the kernel accepted of a family, and what follows; the report is written from it.

    asked: the gammas of the question. counted: by kind the least n over box and gammas that is proved, and the states
    that are counted everywhere; None while no boxes that cover the family's are known. failing: points, with a gamma,
    at which Theorem 2's conclusion is shown to fail.
    """

    family: Family
    asked: Gammas
    certificate: bytes
    status: str
    reason: str
    holes: tuple[str, ...]
    hypotheses: Mapping[str, bool | None]
    counted: Mapping[str, tuple[int, tuple[str, ...]] | None]
    theorems: Mapping[tuple[str, str], Verdict]
    failing: tuple[tuple[Point, Fraction], ...] = ()

    @property
    def main(self) -> Verdict:
        """On Theorem 2, "reachable" read as with positive probability."""
        return self.theorems["theorem-2", "positive-probability"]


class FamilyTrial:
    """Accepts claims one by one, as proofs.verify.Trial does for an instance."""

    def __init__(self, family: Family, asked: Gammas) -> None:
        self.family, self.asked = family, asked
        try:
            self.facts = FamilyFacts.of(FamilyModel(family.source), spelled(asked))
        except Malformed as error:
            raise EnginesDisagree(f"{family.centre.name}: the kernel cannot read the family: {error}") from None
        self.claims: list[str] = []
        self.beyond: list[str] = []
        self._room = CERTIFICATE_BYTES - HEAD - 2 * len(family.centre.name.encode())

    def offer(self, claim: Json) -> bool:
        """True iff the kernel accepts it; False where it has no work left. Raises EnginesDisagree if it refuses."""
        text = json.dumps(claim, ensure_ascii=False)
        size, title = len(text.encode()) + 4, " ".join([str(claim["claim"]), str(claim.get("state", ""))]).rstrip()
        if size > self._room:
            self.beyond.append(f"{title}: no room in a certificate of {CERTIFICATE_BYTES} bytes")
            return False
        try:
            accept_family(self.facts, claim)
        except Hole as hole:
            self.beyond.append(f"{title}: {hole}")
            return False
        except (Invalid, Malformed) as error:
            raise EnginesDisagree(f"{self.family.centre.name}: the kernel refuses {title}: {error}") from None
        self._room -= size
        self.claims.append(text)
        return True

    def conclusion(self) -> str:
        """Of Theorem 2, so far."""
        return family_settled(self.facts, ()).theorems["theorem-2", "positive-probability"].conclusion

    def result(self) -> CheckedFamily:
        """Everything that is proved now."""
        outcome = family_settled(self.facts, tuple(self.beyond))
        ends = [exact(end) for end in self.asked]
        text = certificate(self.family.centre.name, self.family.sha256, ends, self.claims)
        return checked(self.family, self.asked, text.encode(), outcome, tuple(self.facts.failing))


def recheck(family: Family, data: bytes, asked: Gammas) -> CheckedFamily:
    """A certificate's bytes, by the kernel alone. Where it refuses, nothing is proved, and the reason says why."""
    return checked(family, asked, data, check_family(family.source, data, spelled(asked)), ())


def checked(
    family: Family, asked: Gammas, data: bytes, outcome: Outcome, failing: tuple[tuple[Point, Fraction], ...]
) -> CheckedFamily:
    """The kernel's outcome as plain data."""
    counted = {kind: found and (found[0], tuple(found[1])) for kind, found in outcome.counted.items()}
    theorems = {key: Verdict(*answer) for key, answer in outcome.theorems.items()}
    words = outcome.status, outcome.reason, tuple(outcome.holes)
    return CheckedFamily(family, asked, data, *words, dict(outcome.holds), counted, theorems, failing)


def spelled(asked: Gammas) -> object:
    """As an instance file writes them."""
    low, high = map(exact, asked)
    return low if low == high else [low, high]


def claim_of(side: Side, family: Family) -> Json:
    """`counted` or `not-counted`."""
    mdp = family.centre.mdp
    claim: Json = {
        "claim": "not-counted" if side.policy is None else "counted",
        "kind": side.kind,
        "state": mdp.states[side.state],
        "box": [[exact(low), exact(high)] for low, high in side.box],
        "discount": exact(side.discount),
        "unit": exact(Fraction(side.unit)),
        "values": {mdp.states[s]: integers(row) for s, row in side.values.items()},
    }
    return claim if side.policy is None else claim | {"policy": mdp.name_policy(side.policy)}


def claim_at(family: Family, point: Point, gamma: Fraction, claims: Sequence[Claim]) -> Json:
    """`at`."""
    named = dict(zip(family.parameters, map(exact, point), strict=True))
    return {"claim": "at", "point": named, "gamma": exact(gamma), "claims": [as_json(claim) for claim in claims]}


__all__ = ["CheckedFamily", "FamilyTrial", "Gammas", "claim_at", "claim_of", "recheck"]
