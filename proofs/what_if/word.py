"""The kernel's word on one certificate, as the matrix and the search for minimal hypotheses need it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from proofs.theorems import POSITIVE, Verdict
from proofs.verification import Verification


@dataclass(frozen=True)
class Word:
    """status: VALID or HOLEY; theorems: what the kernel derived itself, by (theorem, reading of "reachable")."""

    status: str
    holes: tuple[str, ...] = ()
    theorems: Mapping[tuple[str, str], Verdict] | None = None

    def confirms(self, found: Verification, reach: str = POSITIVE) -> bool:
        """True iff the kernel derived Theorem 2's verdict too."""
        key = ("theorem-2", reach)
        return self.theorems is not None and self.theorems.get(key) == found.verdicts[key]


Judge = Callable[[bytes, Verification], Word]  # the instance file's bytes; raises EnginesDisagree where it refuses
