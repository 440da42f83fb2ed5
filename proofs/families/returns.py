"""What a policy earns on a family, in gamma and the parameters. Derived, not certified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from exact.family import Family
from exact.family.closed_form import FamilyFunction, value_on_family, visits_on_family
from exact.family.shown import where
from exact.graph import reachable
from exact.mdp import Policy
from proofs.families.document import about, parameters
from proofs.report import closing
from proofs.report.numbers import Json

SAID = "computed, not certified"


@dataclass(frozen=True)
class FamilyReturns:
    """policy: {state: action}. visits: v_x of the states that s_new can reach, t >= 1 (Def. 9).

    total: E[sum_{t>=0} gamma^t theta(s_t)] for the question's rewards, None if there are none.
    """

    family: Family
    policy: Mapping[str, str]
    visits: Mapping[str, FamilyFunction]
    total: FamilyFunction | None


def returns(family: Family, policy: Policy) -> FamilyReturns:
    """In closed form. policy: an action for each state. Raises NotAPolicy."""
    mdp, start, rewards = family.centre.mdp, family.centre.shutdown_state, family.centre.question.rewards
    visits = {mdp.states[x]: visits_on_family(family, policy, start, x) for x in sorted(reachable(mdp, [start]))}
    total = None
    if rewards is not None:
        total = value_on_family(family, policy, start, {s: Fraction(r) for s, r in enumerate(rewards) if r})
    return FamilyReturns(family, mdp.name_policy(policy), visits, total)


def lines(found: FamilyReturns) -> Iterator[str]:
    """For people."""
    family = found.family
    start = family.centre.mdp.states[family.centre.shutdown_state]
    yield f"visit counts from {start}, t >= 1 (Def. 9), {where(family)}; {SAID}"
    yield from ["", ", ".join(f"{s}: {a}" for s, a in found.policy.items()), ""]
    yield from (f"v_{x} = {value}" for x, value in found.visits.items())
    if found.total is not None:
        yield from ["", f"return of the question's rewards = {found.total}"]
    yield from ["", closing.returns(False)]


def document(found: FamilyReturns) -> Json:
    """`gammastar-family-returns/1`."""
    head = {"format": "gammastar-family-returns/1", "instance": about(found.family)}
    said: Json = {**head, "parameters": parameters(found.family), "policy": dict(found.policy)}
    said["visits"] = {x: _quotient(value) for x, value in found.visits.items()}
    return said | {"total": None if found.total is None else _quotient(found.total), "certified": False}


def _quotient(value: FamilyFunction) -> Json:
    return {"numerator": str(value.numerator), "denominator": str(value.denominator)}
