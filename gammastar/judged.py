"""Verdicts by name, of whatever the kernel judged: an instance or a family."""

from __future__ import annotations

from typing import Self

from exact.errors import ExactError
from exact.mdp import suggestion
from gammastar.certificate import Certificate
from gammastar.notebook import Answer, as_kind
from proofs.claims.accepted import Accepted, Verdict
from proofs.claims.checked import Checked
from proofs.claims.types import POSITIVE, SURE
from proofs.families.session import CheckedFamily


class NoSuchTheorem(ExactError, KeyError):
    """A name that is none of the theorems'."""

    __str__ = ExactError.__str__


class Judged(Answer, Accepted):
    """`.verdict`, `.conclusion` and `.n` are Theorem 2's, with "reachable" read as with positive probability."""

    certificate: Certificate

    @classmethod
    def made_of(cls, found: Checked | CheckedFamily) -> Self:
        """The same data."""
        return as_kind(cls, found, certificate=Certificate(found.certificate))

    @property
    def verdict(self) -> str:
        """Of Theorem 2: "verified", "refuted", "inapplicable" or "undecided"."""
        return self.main.verdict

    @property
    def conclusion(self) -> str:
        """Of Theorem 2: "proved", "fails" or "undecided"."""
        return self.main.conclusion

    @property
    def n(self) -> int:
        """Theorem 2's: what is proved; where its conclusion is not, the n that fails or is open."""
        return self.main.n

    def theorem(self, name: str, reach: str = POSITIVE) -> Verdict:
        """The verdict on "proposition-1", -2, -3, "theorem-1" or -2. reach: the reading of "reachable", POSITIVE
        ("positive-probability") or "probability-1". Raises NoSuchTheorem.
        """
        if (name, reach) not in self.theorems:
            known = sorted({known for known, _ in self.theorems}) if reach in (POSITIVE, SURE) else [POSITIVE, SURE]
            wrong = name if reach in (POSITIVE, SURE) else reach
            raise NoSuchTheorem(f'"{wrong}" is not known', suggestion(wrong, known))
        return self.theorems[name, reach]
