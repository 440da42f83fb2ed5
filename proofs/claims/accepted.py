"""Claims that the kernel accepted, of an instance or of a family: by type, what they cover, and the verdicts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from exact.instance import Instance
from exact.instance.gammas import Gammas
from proofs.claims.types import POSITIVE, Claim, Interval, Universal

C = TypeVar("C")


@dataclass(frozen=True)
class Verdict:
    """On one theorem: see FORMAT.md. n: what `means` proves, else the n that fails or is open.

    proved: the largest n that is proved at all, and by what; refuted: the least n that an orbit refutes.
    """

    verdict: str
    conclusion: str
    means: str
    n: int
    proved: tuple[int, str] | None = None
    refuted: int | None = None


@dataclass(frozen=True)
class Accepted(ABC):
    """claims: those that the kernel accepted, in the certificate's order; numbers: their places there.

    status: VALID or HOLEY, with the holes. theorems: by name and reading of "reachable". axioms: what all of it rests
    on beside the kernel's code.
    """

    instance: Instance
    certificate: bytes
    status: str
    holes: tuple[str, ...]
    hypotheses: Mapping[str, bool | None]
    theorems: Mapping[tuple[str, str], Verdict]
    claims: tuple[Claim, ...]
    numbers: tuple[int, ...]
    axioms: tuple[str, ...]

    @property
    def main(self) -> Verdict:
        """The report's verdict: Theorem 2's, with S_reach as the paper defines it."""
        return self.theorem("theorem-2")

    def theorem(self, name: str, reach: str = POSITIVE) -> Verdict:
        """The verdict on one theorem, such as "proposition-3"."""
        return self.theorems[name, reach]

    @abstractmethod
    def gammas(self) -> Gammas:
        """Those of the question."""

    @property
    def s_term(self) -> str:
        """The name of s_term."""
        return self.instance.mdp.states[self.instance.s_term]

    @property
    def s_new(self) -> str:
        """The name of s_new."""
        return self.instance.mdp.states[self.instance.shutdown_state]

    def of(self, kind: type[C]) -> list[C]:
        """The accepted claims of one type, in order."""
        return [claim for claim in self.claims if isinstance(claim, kind)]

    def number(self, claim: Claim) -> int:
        """Where an accepted claim stands in the certificate, from 0."""
        return next(number for known, number in zip(self.claims, self.numbers, strict=True) if known is claim)

    def covers(self, interval: Interval) -> bool:
        """What is proved on this interval is proved at the question."""
        low, high = self.gammas()
        return interval[0] <= low and high <= interval[1]

    def covering(self, asked: str) -> list[Universal]:
        """The universal claims of one property that cover the question, alone or with others of their permutation."""
        given = [claim for claim in self.of(Universal) if claim.property == asked]
        alone = [claim for claim in given if self.covers(claim.interval)]
        done = {claim.permutation for claim in alone}
        rest = [claim for claim in given if claim.permutation not in done]
        ends = {claim.permutation: [o.interval for o in rest if o.permutation == claim.permutation] for claim in rest}
        together = {cycles for cycles, intervals in ends.items() if any(map(self.covers, joined(intervals)))}
        return [*alone, *(claim for claim in rest if claim.permutation in together)]

    @property
    def vacuous(self) -> bool:
        """It is proved that no goal of Theta prefers shutdown, for the question."""
        return any(not claim.permutation for claim in self.covering("never-both"))


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """Their union: closed intervals that do not meet, in order."""
    found: list[Interval] = []
    for low, high in sorted(intervals):
        if found and low <= found[-1][1]:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return found
