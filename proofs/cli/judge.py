"""The kernel as a judge for those who may not import it."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

from exact.errors import BadInstance
from exact.instance import Instance
from proofs.errors import EnginesDisagree
from proofs.kernel.check import check
from proofs.matrix.word import Word
from proofs.theorems import Verdict
from proofs.verification import Verification


def judge(data: bytes, found: Verification) -> Word:
    """What the kernel says of the certificate. Raises EnginesDisagree if it refuses it, or derives something else."""
    outcome = check(data, found.certificate.encode(), found.analysis.instance.question.gamma)
    if outcome.status not in ("VALID", "HOLEY"):
        raise EnginesDisagree(f"{found.analysis.instance.name}: the kernel answers {outcome.status}: {outcome.reason}")
    derived = {key: Verdict(*answer) for key, answer in outcome.theorems.items()}
    for key, verdict in derived.items():
        if verdict != found.verdicts[key]:
            raise EnginesDisagree(f"{key[0]}: {found.verdicts[key]} here, {verdict} in the kernel")
    return Word(outcome.status, tuple(outcome.holes), derived)


def progress(stage: str) -> None:
    """One line on standard error, if a person is there."""
    if sys.stderr.isatty():
        print(f"gammastar: {stage} ...", file=sys.stderr)


def at_a_gamma(instance: Instance, path: Path) -> Fraction:
    """The question's gamma. Raises BadInstance if there is none."""
    if instance.question.gamma is None:
        raise BadInstance("there is no gamma", 'write gamma = "9/10" or give --gamma 9/10', f"{path}: question.gamma")
    return instance.question.gamma
