"""A family, and certificates about it, as `gammastar show` has them."""

from __future__ import annotations

from exact.family import Family
from exact.family.shown import text
from exact.family.spelling import spelled
from proofs.families.document import parameters, theorems
from proofs.families.session import CheckedFamily, FamilyTrial
from proofs.families.text import body, ending
from proofs.report.certificate import Derived
from proofs.report.given import GivenInstance
from proofs.report.terminal import Line
from proofs.verify import proved


def given(family: Family) -> GivenInstance:
    """What its file says, and what the graph, which is the same at every point, decides."""
    whole = FamilyTrial(family, family.asked).result()
    middle = proved(family.centre, ())
    return GivenInstance(
        instance=family.centre,
        sha256=family.sha256,
        text=text(family, len(family.centre.mdp)),
        gamma=[str(end) for end in family.asked],
        parameters=parameters(family),
        chances=lambda s, a: [spelled(chance) for _, chance in family.rows[s][a]],
        states=middle.states,
        hypotheses=whole.hypotheses,
    )


def derived(found: CheckedFamily) -> Derived:
    """What the kernel made of a certificate."""
    return Derived(found, theorems(found), [Line("\n".join(body(found)))], ending(found))
