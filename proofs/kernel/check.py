"""The whole check: an instance and a certificate in, an outcome out."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeVar

from proofs.kernel.decode import Object, discount, document, ends, fields, items, one_of, typed
from proofs.kernel.errors import Hole, Invalid, Malformed, expect, require
from proofs.kernel.facts import PAPER, SHARP, Facts
from proofs.kernel.family.facts import FamilyFacts
from proofs.kernel.hypotheses import POSITIVE, hypotheses
from proofs.kernel.instance import Model
from proofs.kernel.rules import goals, linear, phases, thresholds, tree
from proofs.kernel.verdicts import Verdict, verdicts

RULES = {  # one for each kind of claim: it takes the facts and the claim, and adds what is proved, or raises
    "closed-form": thresholds.closed_form,
    "threshold": thresholds.threshold,
    "no-threshold": thresholds.no_threshold,
    "orbit": goals.orbit,
    "orbit-tree": tree.orbit_tree,
    "swap-fails": goals.swap_fails,
    "optimal-on-interval": phases.optimal_on_interval,
    "blackwell": phases.blackwell,
    "member": goals.member,
    "universal": linear.universal,
    "retargeting": linear.retargeting,
}
FORMAT, OLDER = "gammastar-certificate/2", "gammastar-certificate/1"
F = TypeVar("F", Facts, FamilyFacts)
EXIT_CODES = {"VALID": 0, "INVALID": 1, "MALFORMED": 2, "HOLEY": 3}


class Outcome(NamedTuple):
    """status: a key of EXIT_CODES; reason: why it is refused; theorems: by name and reading of "reachable".

    holds: the hypotheses; counted: by kind, how many states are, and which, None where that is open; used: the kinds of
    the claims. Nothing of it where the certificate is refused.
    """

    status: str
    reason: str = ""
    holes: Sequence[str] = ()
    facts: Facts | None = None
    theorems: Mapping[tuple[str, str], Verdict] = {}
    holds: Mapping[str, bool | None] = {}
    counted: Mapping[str, tuple[int, Sequence[str]] | None] = {}
    used: Sequence[str] = ()


def check(instance: bytes, certificate: bytes, gamma: Fraction | None = None) -> Outcome:
    """Check a certificate against an instance; gamma replaces the instance's question."""
    try:
        facts = Facts.of(Model(instance), gamma)
        facts.unsettled(PAPER)  # what the verdict needs of the graph is paid for before the claims
        asked, claims = opened(facts.model, certificate)
        return settled(facts, [*_asked(facts, asked), *prove(facts, claims, accept)])
    except (Malformed, Invalid) as error:
        return Outcome(type(error).__name__.upper(), str(error))
    except (Hole, MemoryError) as hole:
        return Outcome("HOLEY", "", [str(hole) or "not enough memory"])


def settled(facts: Facts, holes: Sequence[str]) -> Outcome:
    """What follows from the facts; holes: what was not checked. Raises Invalid, Hole."""
    theorems = verdicts(facts)
    missing = [*holes, *open_questions(facts, theorems)]
    found = {kind: facts.counted(kind, facts.gamma) for kind in (PAPER, SHARP)}
    counted = {kind: None if states is None else (len(states), states) for kind, states in found.items()}
    status = "HOLEY" if missing else "VALID"
    return Outcome(status, "", missing, facts, theorems, hypotheses(facts, POSITIVE), counted, facts.used)


def accept(facts: Facts, claim: Object) -> None:
    """Prove one claim and keep what it says. Raises Malformed, Invalid; Hole beyond the bound on work."""
    facts.pay(4 * facts.model.size)
    given = dict(claim)
    kind = one_of(given.pop("claim", None), RULES)
    RULES[kind](facts, given)
    facts.used.append(kind)


def opened(model: Model, certificate: bytes) -> tuple[object, list[object]]:
    """The gamma of the question that a certificate was made for, and its claims; it is about this instance."""
    found = typed(document(certificate), dict)
    expect(found.get("format") != OLDER, "made by an older version of gammastar: run `gammastar verify` again")
    form, about, question, claims = fields(found, "format", "instance", "question", "claims")
    one_of(form, [FORMAT])
    same = fields(about, "name", "sha256") == [model.name, model.sha256]
    require(same, "it is about another instance file")
    (asked,) = fields(question, "gamma")
    return asked, items(claims)


def prove(facts: F, claims: list[object], accept: Callable[[F, Object], None]) -> list[str]:
    """Accept the claims in their order; what is not proved for want of work is said."""
    holes: list[str] = []
    for number, claim in enumerate(claims):
        holes += _one(facts, number, typed(claim, dict), accept)
    return holes


def _asked(facts: Facts, made_for: object) -> list[str]:
    """made_for: the gamma of the question that the certificate was made for, as it is written there, or null."""
    if isinstance(made_for, list):
        ends(made_for)
        raise Hole(other_question(*made_for))
    gamma = None if made_for is None else discount(made_for)
    if gamma == facts.gamma:
        return []
    if gamma is None:
        return ["it was made for the question without a gamma, not for this one: leave out --gamma"]
    return [other_question(made_for)]


def other_question(*made_for: object) -> str:
    """What is missing where a certificate was made for a gamma, or from one to another, as they are written there."""
    flag = ":".join(map(str, dict.fromkeys(made_for)))
    return f"it was made for gamma = {flag}, not for this question: add --gamma {flag}"


def _one(facts: F, number: int, claim: Object, accept: Callable[[F, Object], None]) -> list[str]:
    about: list[str] = [value for key in ("claim", "kind", "state") if isinstance(value := claim.get(key), str)]
    title = " ".join([f"claim {number}:", *(repr(text[:60])[1:-1] for text in about)])
    try:
        accept(facts, claim)
    except Hole as hole:
        facts.skipped.append(number)
        return [f"{title}: {hole}"]
    except (Malformed, Invalid) as error:
        raise type(error)(f"{title}: {error}") from None
    return []


def open_questions(facts: Facts, theorems: Mapping[tuple[str, str], Verdict]) -> list[str]:
    """What the question needs and nothing has settled."""
    found = [f"gamma*_{x} is not settled" for x in facts.unsettled(PAPER)]
    found += [f"gamma°_{x} is not settled" for x in facts.unsettled(SHARP)]
    found += [f"whether {name} holds is open" for name, holds in hypotheses(facts, POSITIVE).items() if holds is None]
    return found + [f"{' under '.join(key)} is open" for key, v in theorems.items() if v.conclusion == "undecided"]
