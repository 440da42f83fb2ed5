"""The check of a certificate about a family, and of ordinary claims at one of its points."""

from collections.abc import Mapping, Sequence

from proofs.kernel.check import Outcome, accept, check, opened, other_question, prove
from proofs.kernel.decode import Object, discount, ends, fields, items, one_of, rational, typed
from proofs.kernel.errors import Hole, Invalid, Malformed, expect, require
from proofs.kernel.facts import PAPER, SHARP, Facts
from proofs.kernel.family import strips
from proofs.kernel.family.facts import FamilyFacts
from proofs.kernel.family.model import FamilyModel, is_family
from proofs.kernel.family.verdicts import family_hypotheses, family_verdicts
from proofs.kernel.hypotheses import POSITIVE
from proofs.kernel.instance import gammas
from proofs.kernel.verdicts import Verdict, verdicts

OF_GOALS = ("universal", "retargeting", "member", "swap-fails")  # ordinary claims about a family without parameters


def check_asked(instance: bytes, certificate: bytes, asked: object = None) -> Outcome:
    """Check by the rules for families where there are parameters or an interval of gammas, else by the ordinary ones.

    asked replaces the gammas of the question, as a file writes them. Raises Malformed.
    """
    if is_family(instance, asked):
        return check_family(instance, certificate, asked)
    return check(instance, certificate, None if asked is None else gammas(asked)[0])


def check_family(instance: bytes, certificate: bytes, asked: object = None) -> Outcome:
    """Check a certificate against a family's file; asked replaces the gammas of its question, as a file writes them."""
    try:
        family = FamilyFacts.of(FamilyModel(instance), asked)
        made_for, claims = opened(family.model, certificate)
        return family_settled(family, [*_asked(family, made_for), *prove(family, claims, accept_family)])
    except (Malformed, Invalid) as error:
        return Outcome(type(error).__name__.upper(), str(error))
    except (Hole, MemoryError) as hole:
        return Outcome("HOLEY", "", [str(hole) or "not enough memory"])


def family_settled(family: FamilyFacts, holes: Sequence[str]) -> Outcome:
    """What follows from the facts; holes: what was not checked. Raises Invalid, Hole."""
    theorems = family_verdicts(family)
    missing = [*holes, *_open_questions(family, theorems)]
    counted = {kind: _counted(family, kind, states) for kind, states in _kinds(family)}
    status = "HOLEY" if missing else "VALID"
    return Outcome(status, "", missing, None, theorems, family_hypotheses(family, POSITIVE), counted, family.used)


def _counted(family: FamilyFacts, kind: str, states: list[str]) -> tuple[int, list[str]] | None:
    """How many are counted at least, and which are everywhere; None while that is open."""
    n = family.least(kind, states)
    return None if n is None else (n, family.everywhere(kind, states))


def _kinds(family: FamilyFacts) -> list[tuple[str, list[str]]]:
    """The states that each kind may count."""
    return [(PAPER, family.states), (SHARP, family.facts.candidates)]


def accept_family(family: FamilyFacts, claim: Object) -> None:
    """Prove one claim about a family and keep what it says. Raises Malformed, Invalid, Hole."""
    rules = {"counted": strips.counted, "not-counted": strips.not_counted, "at": _at}
    if not family.model.box and claim.get("claim") in OF_GOALS:
        accept(family.facts, claim)
        return
    family.facts.pay(4 * family.model.size)
    given = dict(claim)
    kind = one_of(given.pop("claim", None), rules)
    rules[kind](family, given)
    family.used.append(kind)


def _at(family: FamilyFacts, claim: Object) -> None:
    """Ordinary claims about the instance at a point: where Theorem 2 fails there, it fails for the family."""
    named, gamma, claims = fields(claim, "point", "gamma", "claims")
    model = family.model
    values = fields(named, *model.parameters)
    point = tuple(map(rational, values))
    inside = all(low <= x <= high for x, (low, high) in zip(point, model.box, strict=True))
    at = discount(gamma)
    expect(inside and family.asked[0] <= at <= family.asked[1], "the point or the gamma is outside the question")
    family.facts.pay(10 * len(model.data) + model.spent // 4)
    facts = Facts.of(FamilyModel(model.data, point), at)
    facts.left = family.facts.left
    try:
        for entry in items(claims):
            accept(facts, typed(entry, dict))
        found = verdicts(facts)["theorem-2", POSITIVE]
    finally:
        family.facts.left = facts.left
    require(found.conclusion == "fails", "Theorem 2's conclusion is not shown to fail there")
    family.used.extend(facts.used)
    family.failing[point, at] = found.n


def _asked(family: FamilyFacts, made_for: object) -> list[str]:
    """The gammas of the question that the certificate was made for."""
    if made_for is None:
        raise Hole("it was made for the question without a gamma, not for this one: leave out --gamma")
    if not isinstance(made_for, list):
        discount(made_for)
        raise Hole(other_question(made_for))
    return [] if ends(made_for) == family.asked else [other_question(*made_for)]


def _open_questions(family: FamilyFacts, theorems: Mapping[tuple[str, str], Verdict]) -> list[str]:
    """What the question needs and nothing has settled."""
    holds = family_hypotheses(family, POSITIVE)
    found = [f"whether {name} holds is open" for name, value in holds.items() if value is None]
    return found + [f"{' under '.join(key)} is open" for key, v in theorems.items() if v.conclusion == "undecided"]
