"""The whole check: an instance and a certificate in, an outcome out."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from proofs.kernel.decode import Hole, Invalid, Malformed, document, expect, fields, items, one_of, require, typed
from proofs.kernel.facts import Facts
from proofs.kernel.instance import Model
from proofs.kernel.rules import goals, linear, states, verdicts

RULES = {  # one for each claim kind of FORMAT.md: it takes the facts and the claim, and adds what is proved
    "reach": states.reach, "closed-form": states.closed_form, "threshold": states.threshold,
    "no-threshold": states.no_threshold, "count": states.count, "orbit": goals.orbit, "swap-fails": goals.swap_fails,
    "member": goals.member, "universal": linear.universal, "retargeting": linear.retargeting,
    "hypothesis": verdicts.hypothesis, "theorem": verdicts.theorem,
}  # fmt: skip
Tell = Callable[[str], object]
FORMAT, EXIT_CODES = "gammastar-certificate/1", {"VALID": 0, "INVALID": 1, "MALFORMED": 2, "HOLEY": 3}


class Outcome(NamedTuple):
    """status: a key of EXIT_CODES; reason: why not valid; theorems: what was derived, by (id, reading of S_reach)."""

    status: str
    reason: str = ""
    holes: Sequence[str] = ()
    theorems: Mapping[tuple[str, str], verdicts.Verdict] = {}


def check(instance: bytes, certificate: bytes, gamma: Fraction | None = None, tell: Tell = bool) -> Outcome:
    """Check a certificate against an instance; gamma replaces the instance's question."""
    try:
        model = Model(instance)
        facts = Facts(model, gamma or model.gamma)
        form, about, claims = fields(document(certificate), "format", "instance", "claims")
        one_of(form, [FORMAT])
        require(fields(about, "name", "sha256") == [model.name, model.sha256], "it is about another instance file")
        expect(len(items(claims)) <= 1000 + 4 * len(model.states) ** 2, "too many claims for so few states")
        for number, claim in enumerate(items(claims)):
            _one(facts, number, typed(claim, dict), tell)
    except (Malformed, Invalid) as error:
        return Outcome(type(error).__name__.upper(), str(error))
    lacking = [key for key in verdicts.KEYS if facts.theorems.get(key, ("", "undecided"))[1] == "undecided"]
    holes = [*facts.holes, *facts.unsettled(), *(f"{' under '.join(key)} is not settled" for key in lacking)]
    return Outcome("HOLEY" if holes else "VALID", "", holes, facts.theorems)


def _one(facts: Facts, number: int, claim: dict[str, object], tell: Tell) -> None:
    kind = one_of(claim.pop("claim", None), RULES)
    about = [claim[key] for key in ("id", "kind", "name", "state", "reach", "holds") if key in claim]
    title = " ".join([f"claim {number}: {kind}", *(repr(str(value)[:60])[1:-1] for value in about)])
    try:
        RULES[kind](facts, claim)
        tell(f"{title}: proved")
    except Hole as hole:
        facts.holes.append(f"{title}: {hole}")
    except (Malformed, Invalid) as error:
        raise type(error)(f"{title}: {error}") from None
