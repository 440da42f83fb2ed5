"""Verdicts by name, of whatever the kernel judged: an instance or a family."""

from __future__ import annotations

from collections.abc import Mapping

from exact.errors import ExactError
from exact.mdp import suggestion
from proofs.claims.checked import Verdict
from proofs.claims.types import POSITIVE, SURE


class NoSuchTheorem(ExactError, KeyError):
    """A name that is none of the theorems'."""

    __str__ = ExactError.__str__


class Judged:
    """`.verdict`, `.conclusion` and `.n` are Theorem 2's, with "reachable" read as with positive probability."""

    theorems: Mapping[tuple[str, str], Verdict]

    @property
    def verdict(self) -> str:
        """Of Theorem 2: "verified", "refuted", "inapplicable" or "undecided"."""
        return self.theorem("theorem-2").verdict

    @property
    def conclusion(self) -> str:
        """Of Theorem 2: "proved", "fails" or "undecided"."""
        return self.theorem("theorem-2").conclusion

    @property
    def n(self) -> int:
        """Theorem 2's: what is proved; where its conclusion is not, the n that fails or is open."""
        return self.theorem("theorem-2").n

    def theorem(self, name: str, reach: str = POSITIVE) -> Verdict:
        """The verdict on "proposition-1", -2, -3, "theorem-1" or -2. reach: the reading of "reachable", POSITIVE
        ("positive-probability") or "probability-1". Raises NoSuchTheorem.
        """
        if (name, reach) not in self.theorems:
            known = sorted({known for known, _ in self.theorems}) if reach in (POSITIVE, SURE) else [POSITIVE, SURE]
            wrong = name if reach in (POSITIVE, SURE) else reach
            raise NoSuchTheorem(f'"{wrong}" is not known', suggestion(wrong, known))
        return self.theorems[name, reach]
