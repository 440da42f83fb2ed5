"""A certificate claim by claim, in words; and what follows from it, where the kernel has checked it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console, RenderableType

from proofs.claims.accepted import Accepted
from proofs.claims.checked import Checked
from proofs.claims.spelling import printable
from proofs.claims.types import Certificate
from proofs.claims.words import question, told
from proofs.report.document import theorems
from proofs.report.headline import ending
from proofs.report.numbers import Json, gammas
from proofs.report.tables import hypotheses_table, theorems_table
from proofs.report.terminal import Table, show_blocks, show_lines, show_paragraph

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


class Derived(NamedTuple):
    """What the kernel made of a certificate, with what follows as JSON and ready to print."""

    found: Accepted
    theorems: Json
    blocks: Sequence[RenderableType]
    ending: str


def derived(checked: Checked) -> Derived:
    """Of a certificate about an instance."""
    blocks = [hypotheses_table(checked), theorems_table(checked)]
    return Derived(checked, theorems(checked), blocks, ending(checked))


def claims(certificate: Certificate, known: Derived | None) -> list[Told]:
    """Each of them. known: None where the kernel was not asked."""
    return [
        Told(number, *told(claim), None if known is None else number in known.found.numbers)
        for number, claim in enumerate(certificate.claims)
    ]


def document(certificate: Certificate, known: Derived | None) -> Json:
    """`gammastar-show/1`."""
    about = {"name": certificate.instance, "sha256": certificate.sha256}
    asked = {"gamma": gammas(certificate.gamma), "sha256": certificate.digest}
    head = {"format": "gammastar-show/1", "instance": about, **asked}
    derived: Json = {"kernel": None, "hypotheses": None, "theorems": None}
    if known is not None:
        kernel = {"status": known.found.status, "holes": list(known.found.holes)}
        derived = {"kernel": kernel, "hypotheses": dict(known.found.hypotheses), "theorems": known.theorems}
    return {**head, **derived, "claims": [entry._asdict() for entry in claims(certificate, known)]}


def show(certificate: Certificate, known: Derived | None, console: Console, how: str, most: int = 0) -> None:
    """Which certificate it is, its claims (at most so many; 0: all), what follows. how: to have it checked."""
    show_lines(console, map(printable, _head(certificate, known)))
    made = Table("Claims (g = gamma)", "no.", "about", "says")
    told_ = claims(certificate, known)
    for number, about, says, proved in told_[: most or None]:
        made.row(str(number), printable(about), printable(f"NOT PROVED: {says}" if proved is False else says))
    left = len(told_) - most if most else 0
    blocks = () if known is None else known.blocks
    show_blocks(console, [made, *([f"... and {left} more claims"] if left > 0 else []), *blocks])
    show_paragraph(console, f"{UNCHECKED}: {how}." if known is None else known.ending)


def _head(certificate: Certificate, known: Derived | None) -> Iterator[str]:
    yield f"certificate about {certificate.instance}, {question(certificate.gamma)}, {len(certificate.claims)} claims"
    yield f"instance sha256 {certificate.sha256}"
    yield f"its own sha256  {certificate.digest}"
    yield "kernel: not asked" if known is None else f"kernel: s {known.found.status}"
    if known is not None:
        yield from (f"hole: {hole}" for hole in known.found.holes)
