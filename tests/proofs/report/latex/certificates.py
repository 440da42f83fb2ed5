"""What is checked of the examples, for the tests, and parts of it changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from exact.instance import Instance, parse_instance
from exact.rational import discount
from proofs.claims.checked import Checked
from proofs.claims.types import Claim
from proofs.report.latex.document import text as written
from proofs.report.latex.provenance import Source
from proofs.verify import proved, verify
from tests.examples import instance_path

SOURCE = Source("instance.toml", "certificate.json")


@cache
def checked(name: str, gamma: str | None = None, with_phases: bool = False) -> Checked:
    """The example, verified."""
    return verify(given(name, gamma), with_phases=with_phases)


def given(name: str, gamma: str | None = None) -> Instance:
    """The example."""
    instance = parse_instance(instance_path(name).read_bytes())
    return instance if gamma is None else instance.at(discount(gamma))


def text(found: Checked) -> str:
    """As an article."""
    return written(found, SOURCE).article()


def fragment(found: Checked, source: Source = SOURCE) -> str:
    """To be \\input."""
    return written(found, source).fragment()


def without(found: Checked, unwanted: Callable[[Claim], bool]) -> Checked:
    """What the kernel makes of the other claims alone."""
    return proved(found.instance, [claim for claim in found.claims if not unwanted(claim)])


def exchanged(found: Checked, old: Claim, new: Claim) -> Checked:
    """One claim in the place of another, as if the kernel had accepted it."""
    return replace(found, claims=tuple(new if claim is old else claim for claim in found.claims))
