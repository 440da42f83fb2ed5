"""What the commands that read certificates share: the two files, the kernel's word, the claims that it proved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exact.instance import Instance
from proofs.cli.exits import BAD_INPUT, REFUTED, complain
from proofs.kernel.check import Outcome, check
from proofs.paper.claims import Certificate, Claim
from proofs.paper.evidence import Evidence, Source

REFUSALS = {"INVALID": REFUTED, "MALFORMED": BAD_INPUT}
_PROVED = re.compile(r"claim ([0-9]+): .*: proved", re.DOTALL)


@dataclass(frozen=True)
class Checked:
    """The kernel's outcome, and the numbers of the claims that it proved."""

    outcome: Outcome
    proved: frozenset[int]

    @property
    def refusal(self) -> int | None:
        """The exit code if the kernel refuses the certificate."""
        return REFUSALS.get(self.outcome.status)

    def evidence(self, instance: Instance, claims: Sequence[Claim], source: Source) -> Evidence:
        """What may be said. Only after a look at `refusal`."""
        known = [claim for claim in claims if claim.number in self.proved]
        return Evidence(instance, known, self.outcome.status, tuple(self.outcome.holes), source)


def run_kernel(data: bytes, certificate: bytes, instance: Instance) -> Checked:
    """The kernel on both files, for the instance's question."""
    told: list[str] = []
    outcome = check(data, certificate, instance.question.gamma, told.append)
    found = (_PROVED.fullmatch(line) for line in told)
    return Checked(outcome, frozenset(int(match[1]) for match in found if match))


def refuse(checked: Checked, path: Path) -> None:
    """One line on why."""
    complain(f"{path}: the kernel answers {checked.outcome.status}: {checked.outcome.reason}")


__all__ = ["Certificate", "Checked", "refuse", "run_kernel"]
