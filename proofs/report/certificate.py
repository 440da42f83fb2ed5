"""A certificate claim by claim, in words; and what follows from it, where the kernel has checked it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console

from exact.digits import exact_text, shown
from proofs.claims.checked import Checked
from proofs.claims.spelling import printable
from proofs.claims.types import Certificate
from proofs.claims.words import told
from proofs.report.document import theorems
from proofs.report.headline import ending
from proofs.report.numbers import Json
from proofs.report.table import row, table
from proofs.report.tables import hypotheses_table, theorems_table
from proofs.report.text import show_blocks, show_lines, show_paragraph

UNCHECKED = (
    "Nothing of this has been checked. These are the certificate's own words, and prove nothing until the kernel has "
    "accepted them"
)


class Told(NamedTuple):
    """One claim in words. proved: None where nobody has checked it."""

    number: int
    about: str
    says: str
    proved: bool | None


def claims(certificate: Certificate, checked: Checked | None) -> list[Told]:
    """Each of them. checked: what the kernel made of the certificate."""
    accepted = set() if checked is None else set(checked.numbers)
    return [
        Told(number, *told(claim), None if checked is None else number in accepted)
        for number, claim in enumerate(certificate.claims)
    ]


def document(certificate: Certificate, checked: Checked | None) -> Json:
    """`gammastar-show/1`."""
    about = {"name": certificate.instance, "sha256": certificate.sha256}
    gamma = None if certificate.gamma is None else exact_text(certificate.gamma)
    head = {"format": "gammastar-show/1", "instance": about, "gamma": gamma, "sha256": certificate.digest}
    return {**head, **_derived(checked), "claims": [entry._asdict() for entry in claims(certificate, checked)]}


def _derived(checked: Checked | None) -> Json:
    """What the kernel derives from the claims, for the question that is asked."""
    if checked is None:
        return {"kernel": None, "hypotheses": None, "theorems": None}
    kernel = {"status": checked.status, "holes": list(checked.holes)}
    return {"kernel": kernel, "hypotheses": dict(checked.hypotheses), "theorems": theorems(checked)}


def show(certificate: Certificate, checked: Checked | None, console: Console, how: str, most: int = 0) -> None:
    """Which certificate it is, its claims (at most so many; 0: all), what follows. how: to have it checked."""
    show_lines(console, map(printable, _head(certificate, checked)))
    made = table("Claims (g = gamma)", "no.", "about", "says")
    told_ = claims(certificate, checked)
    for number, about, says, proved in told_[: most or None]:
        row(made, str(number), printable(about), printable(f"NOT PROVED: {says}" if proved is False else says))
    left = len(told_) - most if most else 0
    derived = [] if checked is None else [hypotheses_table(checked), theorems_table(checked)]
    show_blocks(console, [made, *([f"... and {left} more claims"] if left > 0 else []), *derived])
    show_paragraph(console, f"{UNCHECKED}: {how}." if checked is None else ending(checked))


def _head(certificate: Certificate, checked: Checked | None) -> Iterator[str]:
    gamma = "every gamma in (0, 1)" if certificate.gamma is None else f"gamma = {shown(certificate.gamma)}"
    yield f"certificate about {certificate.instance}, {gamma}, {len(certificate.claims)} claims"
    yield f"instance sha256 {certificate.sha256}"
    yield f"its own sha256  {certificate.digest}"
    yield "kernel: not asked" if checked is None else f"kernel: s {checked.status}"
    if checked is not None:
        yield from (f"hole: {hole}" for hole in checked.holes)
