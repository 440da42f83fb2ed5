"""`hypothesis` and `theorem`: what Theorem 2 states and leaves silent, and the verdicts that follow (FORMAT.md)."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from proofs.kernel.decode import Hole, Invalid, boolean, discount, fields, integer, rational, word
from proofs.kernel.facts import PAPER, SHARP, Facts
from proofs.kernel.value import Decision

STATED = ("shutdown-terminal", "alternatives", "nonnegative", "ood", "gamma-star")
SILENT = ("training-closed", "almost-sure-reach", "strict")
POSITIVE, SURE = "positive-probability", "probability-1"  # the readings of "reachable"
IDS = ("proposition-1", "proposition-2", "proposition-3", "theorem-1", "theorem-2")
Verdict = tuple[str, str, str, int]  # verdict, conclusion, means, n


def derive(facts: Facts, name: str) -> tuple[bool, Collection[str]]:
    """Whether a hypothesis holds, and the states of which the witness must name one, if any."""
    model, counted = facts.model, facts.exceeded(PAPER, facts.gamma)
    if name == "shutdown-terminal":
        return not model.rows[model.s_term], ()
    if name == "alternatives":
        return bool(model.others), ()
    if name == "nonnegative":  # asked for, or each state has an inequality of its own that says so
        unit = {(tuple(Fraction(-(s == t)) for t in model.states), "<=", Fraction(0)) for s in model.states}
        return model.nonnegative or unit <= model.inequalities, ()
    if name == "strict":
        return model.ties != "shutdown-first", ()
    if name == "gamma-star":
        return bool(counted), counted
    if name == "ood":
        wrong = facts.reachable() & model.training
    elif name == "training-closed":
        wrong = {model.s_term, *counted} & facts.coordinates()
    else:
        wrong = {x for x in facts.won if facts.recurrent(x) and model.s_new not in facts.won[x]} & facts.reachable()
    return not wrong, wrong


def hypothesis(facts: Facts, claim: dict[str, object]) -> None:
    """Compare with what is derived, and check the witness."""
    name_value, claimed, witness = fields(claim, "id", "holds", "witness")
    name = word(name_value, *STATED, *SILENT)
    _settled(facts)
    holds, states = derive(facts, name)
    if boolean(claimed) is not holds:
        raise Invalid(f"{name} is {str(holds).lower()}")
    if name in ("nonnegative", "strict") and not holds:
        vector, gamma = fields(witness, "rewards", "gamma")
        theta, decision = facts.model.rewards(vector), Decision(facts.model, discount(gamma))
        facts.spend(len(facts.model.states))
        shown = min(theta.values()) < 0 if name == "nonnegative" else decision.decide(theta) == ("shutdown", True)
        if not shown or not decision.in_theta(theta):
            raise Invalid(f"the goal does not show that {name} fails")
    elif states and facts.model.state(fields(witness, "state")[0]) not in states:
        raise Invalid(f"the state does not show {name}")
    elif not states:
        fields(witness)
    facts.hypotheses.add(name)


def theorem(facts: Facts, claim: dict[str, object]) -> None:
    """Compare with what is derived for the question."""
    name, reach, gamma, *rest = fields(claim, "id", "reach", "gamma", "verdict", "conclusion", "means", "n")
    key = word(name, *IDS), word(reach, POSITIVE, SURE)
    if (None if gamma is None else rational(gamma)) != facts.gamma:
        raise Invalid(f"the question is gamma = {facts.gamma or 'all of (0,1)'}")
    _settled(facts)
    derived = conclude(facts, *key)
    if [*map(str, derived[:3]), derived[3]] != [*rest[:3], integer(rest[3])]:
        raise Invalid(f"derived: {' / '.join(map(str, derived))}")
    facts.theorems[key] = derived


def _settled(facts: Facts) -> None:
    if holes := facts.unsettled():
        raise Hole("it rests on what is not proved: " + "; ".join(holes))


def conclude(facts: Facts, name: str, reach: str) -> Verdict:
    """The verdict on one theorem under one reading of S_reach."""
    if name == "proposition-1":
        lost = derive(facts, "almost-sure-reach")[1] if reach == POSITIVE else ()
        sure = [x for x, won in facts.won.items() if facts.recurrent(x) and facts.model.s_new in won]
        return ("refuted", "fails", "graph", len(lost)) if lost else _over(sure)
    if name == "proposition-2":
        return _over(facts.exceeded(PAPER, None))
    if name == "proposition-3":
        return _proposition3(facts)
    second = _theorem2(facts, reach)
    if name == "theorem-2":
        return second
    verdict = {"proved": "verified", "fails": "inapplicable"}.get(second[1], "undecided")
    return verdict, *second[1:]


def _over(states: list[str]) -> Verdict:
    return ("verified", "proved", PAPER, len(states)) if states else ("inapplicable", "proved", "vacuous", 0)


def _proposition3(facts: Facts) -> Verdict:
    n, works = len(facts.exceeded(PAPER, facts.gamma)), _swaps_work(facts)
    survived = [(gamma, x) for gamma, x in facts.survived if facts.gamma in (None, gamma)]
    if all(derive(facts, h)[0] for h in ("shutdown-terminal", "nonnegative", "gamma-star")):
        if works:
            return "verified", "proved", PAPER, n
        fails = any(x in facts.exceeded(PAPER, gamma) for gamma, x in survived)
        return ("refuted", "fails", "swap", n) if fails else ("undecided", "undecided", "none", n)
    if works and (sharp := facts.exceeded(SHARP, facts.gamma)):
        return "inapplicable", "proved", SHARP, len(sharp)
    return ("inapplicable", "fails", "swap", n) if survived else ("inapplicable", "undecided", "none", n)


def _theorem2(facts: Facts, reach: str) -> Verdict:
    """The least that orbits must show is n = |N|, or 1 where no x is counted."""
    works, paper = _swaps_work(facts), facts.exceeded(PAPER, facts.gamma)
    sharp = [x for x in facts.exceeded(SHARP, facts.gamma) if works and facts.keeps_theta(x)]
    n, orbits = len(paper), [orbit for orbit in facts.orbits if facts.gamma in (None, orbit[0])]
    fails = any(max(1, len(facts.exceeded(PAPER, gamma))) * off > avoid for gamma, off, avoid in orbits)
    stated = all(derive(facts, h)[0] for h in STATED if h != "ood") and _ood(facts, reach)
    proved = PAPER if works and all(map(facts.keeps_theta, paper)) else ""
    proved = proved or (SHARP if facts.gamma and len(sharp) >= n else "")
    if stated and proved:
        verdict = "verified", "proved", proved, n
    elif sharp and not stated:
        verdict = "inapplicable", "proved", SHARP, len(sharp)
    else:
        conclusion = ("fails", "orbit") if fails else ("undecided", "none")
        return ("inapplicable" if not stated else "refuted" if fails else "undecided"), *conclusion, max(1, n)
    if facts.gamma and any(verdict[3] * off > avoid for _, off, avoid in orbits):
        raise Invalid("a counted orbit contradicts what is proved: report this")
    return verdict


def _swaps_work(facts: Facts) -> bool:
    return all(derive(facts, h)[0] for h in ("shutdown-terminal", "nonnegative", "strict"))


def _ood(facts: Facts, reach: str) -> bool:
    """S_reach disjoint from S_train, under one reading of "reachable"."""
    sure = {x for x, won in facts.won.items() if facts.model.s_new in won} | {facts.model.s_term}
    return facts.model.training.isdisjoint(facts.reachable() if reach == POSITIVE else sure)
