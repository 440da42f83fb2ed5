"""`hypothesis`: what Theorem 2 states and what it leaves silent, derived for the question's gamma."""

from __future__ import annotations

from fractions import Fraction

from proofs.kernel.decode import boolean, fields, items, word
from proofs.kernel.errors import Hole, Invalid
from proofs.kernel.facts import PAPER, Facts
from proofs.kernel.graph import coordinates
from proofs.kernel.rules.names import action, discount, rewards, state, states
from proofs.kernel.rules.threshold import settled
from proofs.kernel.value import Decision

STATED = ("shutdown-terminal", "alternatives", "nonnegative", "ood", "gamma-star")
SILENT = ("training-closed", "almost-sure-reach", "strict")


def derive(facts: Facts, name: str) -> bool | None:
    """Whether a hypothesis holds; None where the claims so far leave it open."""
    model = facts.model
    if name == "shutdown-terminal":
        return facts.terminal()
    if name == "alternatives":
        return bool(model.others)
    if name == "nonnegative":  # asked for, or each state has an inequality of its own that says so
        unit = {(tuple(Fraction(-(s == t)) for t in model.states), "<=", Fraction(0)) for s in model.states}
        return model.nonnegative or unit <= model.inequalities
    if name == "ood":
        return model.training.isdisjoint(facts.reachable())
    if name == "gamma-star":
        return bool(facts.exceeded(PAPER, facts.gamma)) or (False if settled(facts, PAPER) else None)
    if name == "training-closed":
        return coordinates(model).isdisjoint(_swapped(facts)) if settled(facts, PAPER) else None
    if name == "strict":
        return model.ties != "shutdown-first"
    return None if not set(facts.won) >= set(model.states) - {model.s_term} else not _lost(facts)


def hypothesis(facts: Facts, claim: dict[str, object]) -> None:
    """Compare with what is derived, and check the witness."""
    name_value, holds_value, witness = fields(claim, "id", "holds", "witness")
    name, holds = word(name_value, *STATED, *SILENT), boolean(holds_value)
    if (derived := derive(facts, name)) is None:
        raise Hole("it rests on thresholds or reach claims that are not proved")
    if derived is not holds:
        raise Invalid(f"{name} is not shown to be {str(holds).lower()}")
    if not _shown(facts, name, holds, witness):
        raise Invalid(f"the witness does not show {name}")
    facts.hypotheses[name] = holds


def _shown(facts: Facts, name: str, holds: bool, witness: object) -> bool:
    model = facts.model
    if name in ("ood", "training-closed") and holds:
        region = facts.reachable() if name == "ood" else coordinates(model)
        return set(states(model, fields(witness, "region")[0])) == region
    if name == "ood":
        return _leads_to_training(facts, fields(witness, "path")[0])
    if (name, holds) in (("shutdown-terminal", False), ("alternatives", True)):
        at = model.s_new if holds else model.s_term
        return action(model, at, fields(witness, "action")[0]) != (model.off if holds else None)
    if (name, holds) in (("gamma-star", True), ("training-closed", False), ("almost-sure-reach", False)):
        x = state(model, fields(witness, "state")[0])
        if name == "gamma-star":
            return x in facts.exceeded(PAPER, facts.gamma)
        return x in (_lost(facts) if name == "almost-sure-reach" else _swapped(facts) & coordinates(model))
    if name in ("nonnegative", "strict") and not holds:
        vector, at = fields(witness, "rewards", "gamma")
        theta, decision = rewards(model, vector), Decision(model, discount(at))
        facts.work -= len(model.states) ** 3
        shown = min(theta.values()) < 0 if name == "nonnegative" else decision.decide(theta) == ("shutdown", True)
        return facts.work > 0 and decision.in_theta(theta) and shown
    fields(witness)
    return True


def _leads_to_training(facts: Facts, value: object) -> bool:
    model, here = facts.model, facts.model.s_new
    for step in items(value):
        source, name, target = items(step, 3)
        if source != here or state(model, target) not in model.rows[here][action(model, here, name)]:
            return False
        here = state(model, target)
    return here in model.training


def _swapped(facts: Facts) -> set[str]:
    return {facts.model.s_term, *facts.exceeded(PAPER, facts.gamma)}


def _lost(facts: Facts) -> list[str]:
    """Reachable and recurrent, but not reached with probability 1."""
    s_new = facts.model.s_new
    return [x for x in facts.reachable() if x in facts.won and facts.recurrent(x) and s_new not in facts.won[x]]
