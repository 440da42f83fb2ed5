"""A certificate claim by claim, in words; and what follows from it, where the kernel has checked it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.console import Console, RenderableType

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
    """What the kernel made of a certificate, ready to print: its word, the claims that it accepted, what follows."""

    status: str
    holes: Sequence[str]
    numbers: Collection[int]
    hypotheses: Mapping[str, bool | None]
    theorems: Json
    blocks: Sequence[RenderableType]
    ending: str


def derived(checked: Checked) -> Derived:
    """Of a certificate about an instance."""
    blocks = [hypotheses_table(checked), theorems_table(checked)]
    facts = checked.status, checked.holes, checked.numbers, checked.hypotheses
    return Derived(*facts, theorems(checked), blocks, ending(checked))


def claims(certificate: Certificate, found: Derived | None) -> list[Told]:
    """Each of them. found: None where the kernel was not asked."""
    accepted = set() if found is None else set(found.numbers)
    return [
        Told(number, *told(claim), None if found is None else number in accepted)
        for number, claim in enumerate(certificate.claims)
    ]


def document(certificate: Certificate, found: Derived | None) -> Json:
    """`gammastar-show/1`."""
    about = {"name": certificate.instance, "sha256": certificate.sha256}
    asked = {"gamma": gammas(certificate.gamma), "sha256": certificate.digest}
    head = {"format": "gammastar-show/1", "instance": about, **asked}
    return {**head, **_derived(found), "claims": [entry._asdict() for entry in claims(certificate, found)]}


def _derived(found: Derived | None) -> Json:
    """What the kernel derives from the claims, for the question that is asked."""
    if found is None:
        return {"kernel": None, "hypotheses": None, "theorems": None}
    kernel = {"status": found.status, "holes": list(found.holes)}
    return {"kernel": kernel, "hypotheses": dict(found.hypotheses), "theorems": found.theorems}


def show(certificate: Certificate, found: Derived | None, console: Console, how: str, most: int = 0) -> None:
    """Which certificate it is, its claims (at most so many; 0: all), what follows. how: to have it checked."""
    show_lines(console, map(printable, _head(certificate, found)))
    made = Table("Claims (g = gamma)", "no.", "about", "says")
    told_ = claims(certificate, found)
    for number, about, says, proved in told_[: most or None]:
        made.row(str(number), printable(about), printable(f"NOT PROVED: {says}" if proved is False else says))
    left = len(told_) - most if most else 0
    blocks = () if found is None else found.blocks
    show_blocks(console, [made, *([f"... and {left} more claims"] if left > 0 else []), *blocks])
    show_paragraph(console, f"{UNCHECKED}: {how}." if found is None else found.ending)


def _head(certificate: Certificate, found: Derived | None) -> Iterator[str]:
    yield f"certificate about {certificate.instance}, {question(certificate.gamma)}, {len(certificate.claims)} claims"
    yield f"instance sha256 {certificate.sha256}"
    yield f"its own sha256  {certificate.digest}"
    yield "kernel: not asked" if found is None else f"kernel: s {found.status}"
    if found is not None:
        yield from (f"hole: {hole}" for hole in found.holes)
