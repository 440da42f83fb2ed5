"""The whole check: an instance and a certificate in, an outcome out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from proofs.kernel.decode import Hole, Invalid, Malformed, document, expect, fields, items, require, typed, word
from proofs.kernel.facts import Facts
from proofs.kernel.instance import read
from proofs.kernel.rules import RULES
from proofs.kernel.rules.verdicts import IDS, POSITIVE, SURE, Verdict

FORMAT, EXIT_CODES = "gammastar-certificate/1", {"VALID": 0, "INVALID": 1, "MALFORMED": 2, "HOLEY": 3}


@dataclass
class Outcome:
    """status: a key of EXIT_CODES; reason: why not valid; theorems: what was derived, by (id, reading of S_reach)."""

    status: str
    reason: str = ""
    holes: list[str] = field(default_factory=list)
    theorems: dict[tuple[str, str], Verdict] = field(default_factory=dict)


def check(
    instance: bytes, certificate: bytes, gamma: Fraction | None = None, tell: Callable[[str], None] = lambda _: None
) -> Outcome:
    """Check a certificate against an instance; gamma replaces the instance's question."""
    try:
        model = read(instance)
        facts = Facts(model, model.gamma if gamma is None else gamma)
        form, about, claims = fields(document(certificate), "format", "instance", "claims")
        word(form, FORMAT)
        name, digest = (typed(entry, str) for entry in fields(about, "name", "sha256"))
        require((name, digest) == (model.name, model.sha256), "it is about another instance file")
        expect(len(items(claims)) <= 1000 + 4 * len(model.states) ** 2, "too many claims for so few states")
        for number, claim in enumerate(items(claims)):
            _one(facts, number, typed(claim, dict), tell)
    except (Malformed, Invalid) as error:
        return Outcome(type(error).__name__.upper(), str(error))
    holes = facts.holes + missing(facts)
    return Outcome("HOLEY" if holes else "VALID", "", holes, facts.theorems)


def _one(facts: Facts, number: int, claim: dict[str, object], tell: Callable[[str], None]) -> None:
    kind = word(claim.pop("claim", None), *RULES)
    keys = [key for key in ("id", "kind", "name", "state", "reach", "holds") if key in claim]
    about = [repr(str(claim[key])[:60])[1:-1] for key in keys]
    title = " ".join([f"claim {number}: {kind}", *about])
    try:
        RULES[kind](facts, claim)
        tell(f"{title}: proved")
    except Hole as hole:
        facts.holes.append(f"{title}: {hole}")
    except (Malformed, Invalid) as error:
        raise type(error)(f"{title}: {error}") from None


def missing(facts: Facts) -> list[str]:
    """What the question needs and no claim has proved."""
    keys = [(name, reach) for name in IDS for reach in (POSITIVE, SURE)]
    unsettled = [key for key in keys if facts.theorems.get(key, ("", "undecided"))[1] == "undecided"]
    return facts.unsettled() + [f"{name} under {reach} is not settled" for name, reach in unsettled]
