"""What the kernel accepts of what a command was given: of an instance or a family, searched for or in a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exact.errors import BadInstance
from exact.instance import Instance
from proofs import verify as session
from proofs.claims.checked import Checked
from proofs.cli.exits import progress
from proofs.cli.source import gammas_of

if TYPE_CHECKING:
    from exact.family import Family
    from proofs.families.session import CheckedFamily


def verified(given: Instance | Family, gamma: str | None, phases: bool = False) -> Checked | CheckedFamily:
    """What is found. gamma: of the command line. Raises BadInstance where the phases of a family are asked for."""
    if isinstance(given, Instance):
        return session.verify(given, progress, with_phases=phases)
    if phases:
        remedy = "name a point with --at, or one gamma"
        raise BadInstance("phases are those of one MDP with rewards", remedy, "--phases")
    from proofs.families.search import verify_family

    return verify_family(given, gammas_of(gamma, given), progress)


def rechecked(given: Instance | Family, gamma: str | None, certificate: bytes) -> Checked | CheckedFamily:
    """What is in a certificate. Raises Refused."""
    if isinstance(given, Instance):
        return session.recheck(given, certificate)
    from proofs.families.session import recheck

    return recheck(given, certificate, gammas_of(gamma, given))
