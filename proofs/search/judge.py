"""Who accepts claims: what the search may ask and tell. The kernel stands behind it, and its prices stay unknown."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol, TypeVar

from exact.instance import Instance
from proofs.claims.accepted import Verdict
from proofs.claims.types import Claim

C = TypeVar("C")


class Listener(Protocol):
    """One instance and its question (one gamma, an interval, or all), with the claims accepted so far."""

    @property
    def instance(self) -> Instance:
        """What is asked about."""

    def offer(self, claim: Claim) -> bool:
        """True iff it is proved now; False if it is beyond the certificate's bounds.

        Raises EnginesDisagree if the claim is refused: what is offered was proved by other means.
        """

    def hypotheses(self) -> Mapping[str, bool | None]:
        """Each by its name; None: open."""

    def theorem(self, name: str, reach: str = ...) -> Verdict:
        """What is derived so far."""

    def past(self, kind: str) -> tuple[str, ...]:
        """The states counted at the question, as far as that is known; over an interval, those that may be."""

    def accepted(self, kind: type[C]) -> list[C]:
        """The claims of one type so far."""

    def note(self, tried: str) -> None:
        """What was tried in vain, for the reader of an open conclusion."""


class Judge(Listener, Protocol):
    """The same, of a question that is not about an interval."""

    def unsettled(self, kind: str) -> list[str]:
        """The states whose threshold of this kind ("paper", "sharp") is open."""

    def counted(self, gamma: Fraction) -> tuple[str, ...]:
        """The x with gamma > gamma*_x, as far as that is known."""

    def proved(self, gamma: Fraction) -> int:
        """An n of Theorem 2 that is proved at this gamma, by the exact swap theorem; 0: none."""

    def swap_works(self, state: str) -> bool:
        """It is proved that the swap of the state and s_term retargets every goal of Theta inside Theta."""

    def keeps_theta(self, state: str) -> bool:
        """It is proved that the swap of the state and s_term keeps Theta."""
