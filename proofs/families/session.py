"""The kernel in session about a family: claims in, and what it derives of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from exact.family import Family
from exact.family.bernstein import Point
from exact.family.side import Side
from exact.instance.gammas import Gammas
from proofs.claims.accepted import Accepted, Verdict
from proofs.claims.read import parse_certificate
from proofs.claims.types import PAPER, POSITIVE, At, Claim, Counted, NotCounted
from proofs.claims.write import certificate, exact
from proofs.errors import EnginesDisagree
from proofs.kernel.check import Outcome
from proofs.kernel.errors import Malformed
from proofs.kernel.family.check import accept_family, check_family, family_settled
from proofs.kernel.family.facts import FamilyFacts
from proofs.kernel.family.model import FamilyModel
from proofs.report.headline import verdict_text
from proofs.verify import Refused, Session, plain

_SKIPPED = re.compile(r"claim (\d+): ")  # how the kernel names a claim that it has no work left for
Claims = Mapping[int, Claim]  # by their places in a certificate


@dataclass(frozen=True)
class CheckedFamily(Accepted):
    """Of a family. asked: the gammas of the question. instance: in the middle of the box, asked about the same gammas;
    without parameters, as the file has it. counted: by kind the least n over box and gammas that is proved, and the
    states that are counted everywhere; None while no boxes that cover the family's are known. tried: in vain, for what
    stays open.
    """

    family: Family
    asked: Gammas
    counted: Mapping[str, tuple[int, tuple[str, ...]] | None]
    tried: tuple[str, ...] = ()

    def gammas(self) -> Gammas:
        """Those of the question."""
        return self.asked

    @property
    def gamma(self) -> Fraction | None:
        """The only one that is asked about."""
        return self.asked[0] if self.asked[0] == self.asked[1] else None

    def words(self) -> dict[tuple[str, str], str]:
        """Each verdict."""
        return {key: verdict_text(verdict, self.asked[0]) for key, verdict in self.theorems.items()}

    @property
    def failing(self) -> list[tuple[Point, Fraction]]:
        """Points, with a gamma, at which Theorem 2's conclusion is shown to fail."""
        names = self.family.parameters
        return [(tuple(claim.point[name] for name in names), claim.gamma) for claim in self.of(At)]


class FamilyTrial(Session):
    """The kernel in session about a family; without parameters, who listens to linear claims (proofs.search.judge)."""

    def __init__(self, family: Family, asked: Gammas) -> None:
        self.family, self.asked = family, asked
        try:
            self.facts = FamilyFacts.of(FamilyModel(family.source), spelled(asked))
        except Malformed as error:
            raise EnginesDisagree(f"{family.centre.name}: the kernel cannot read the family: {error}") from None
        super().__init__(family.centre.name, partial(accept_family, self.facts))
        self.instance = replace(family, asked=asked).middle

    def hypotheses(self) -> Mapping[str, bool | None]:
        """Each by its name."""
        return family_settled(self.facts, ()).holds

    def theorem(self, name: str, reach: str = POSITIVE) -> Verdict:
        """What the kernel derives so far."""
        return Verdict(*family_settled(self.facts, ()).theorems[name, reach])

    def past(self, kind: str) -> tuple[str, ...]:
        """The states that may be counted, for all that the graph says."""
        return tuple(self.facts.states if kind == PAPER else self.facts.facts.candidates)

    def result(self) -> CheckedFamily:
        """Everything that is proved now."""
        outcome = family_settled(self.facts, tuple(self.beyond))
        ends = list(map(exact, self.asked))
        text = certificate(self.family.centre.name, self.family.sha256, ends, self.texts)
        found = _checked(self.family, self.asked, text.encode(), outcome, dict(enumerate(self.claims)))
        return replace(found, tried=tuple(self.tried))


def recheck(family: Family, data: bytes, asked: Gammas) -> CheckedFamily:
    """A certificate's bytes, by the kernel alone. Raises Refused, NotACertificate."""
    outcome = check_family(family.source, data, spelled(asked))
    if not outcome.theorems:
        raise Refused(outcome)
    skipped = {int(found[1]) for found in map(_SKIPPED.match, outcome.holes) if found}
    claims = {number: claim for number, claim in enumerate(parse_certificate(data).claims) if number not in skipped}
    return _checked(family, asked, data, outcome, claims)


def _checked(family: Family, asked: Gammas, data: bytes, outcome: Outcome, claims: Claims) -> CheckedFamily:
    """The kernel's outcome as plain data."""
    return CheckedFamily(
        family=family,
        instance=replace(family, asked=asked).middle,
        asked=asked,
        **plain(data, outcome, claims),
        counted={kind: found and (found[0], tuple(found[1])) for kind, found in outcome.counted.items()},
    )


def spelled(asked: Gammas) -> object:
    """As an instance file writes them."""
    low, high = map(exact, asked)
    return low if low == high else [low, high]


def claim_of(side: Side, family: Family) -> Counted | NotCounted:
    """What values on a box say."""
    mdp = family.centre.mdp
    values = {mdp.states[s]: row for s, row in side.values.items()}
    about = side.kind, mdp.states[side.state], side.box, side.discount, side.unit, values
    return NotCounted(*about) if side.policy is None else Counted(*about, mdp.name_policy(side.policy))
