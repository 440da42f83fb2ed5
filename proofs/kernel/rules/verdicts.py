"""`hypothesis` and `theorem`: what Theorem 2 states and leaves silent, and the verdicts that follow (FORMAT.md)."""

from __future__ import annotations

from proofs.kernel.decode import Hole, Invalid, fields, integer, rational, require, typed, word
from proofs.kernel.facts import LINEAR, PAPER, SHARP, Facts

STATED = ("shutdown-terminal", "alternatives", "nonnegative", "ood", "gamma-star", "goals-symmetric")
THIRD = ("shutdown-terminal", "nonnegative", "gamma-star")  # what Prop. 3 states
SILENT = ("training-closed", "almost-sure-reach", "strict")
POSITIVE, SURE = "positive-probability", "probability-1"  # the readings of "reachable"
IDS = ("proposition-1", "proposition-2", "proposition-3", "theorem-1", "theorem-2")
Verdict = tuple[str, str, str, int]  # verdict, conclusion, means, n


def hypothesis(facts: Facts, claim: dict[str, object]) -> None:
    """Compare with what is derived."""
    name, holds = fields(claim, "id", "holds")
    require(typed(holds, bool) is derive(facts, word(name, *STATED, *SILENT)), f"{name} is {str(not holds).lower()}")


def theorem(facts: Facts, claim: dict[str, object]) -> None:
    """Compare with what is derived for the question."""
    name, reach, gamma, *rest = fields(claim, "id", "reach", "gamma", "verdict", "conclusion", "means", "n")
    key = word(name, *IDS), word(reach, POSITIVE, SURE)
    if (None if gamma is None else rational(gamma)) != facts.gamma:
        raise Invalid(f"the question is gamma = {facts.gamma or 'all of (0,1)'}")
    _settled(facts)
    derived = conclude(facts, *key)
    require([*rest[:3], integer(rest[3])] == [*derived], f"derived: {' / '.join(map(str, derived))}")
    facts.theorems[key] = derived


def derive(facts: Facts, name: str, reach: str = POSITIVE) -> bool:
    """Whether a hypothesis holds for the question. Raises Hole where that is not proved yet."""
    _settled(facts)
    model, counted = facts.model, facts.exceeded(PAPER, facts.gamma)
    if name == "shutdown-terminal":
        return not model.rows[model.s_term]
    if name == "alternatives":
        return bool(model.others)
    if name == "nonnegative":
        return facts.known(name, model.nonnegative or all(map(model.bounded_below, range(len(model.states)))))
    if name == "ood":
        sure = {x for x, won in facts.won.items() if model.s_new in won} | {model.s_term}
        return model.training.isdisjoint(facts.reachable() if reach == POSITIVE else sure)
    if name == "gamma-star":
        return bool(counted)
    if name == "goals-symmetric":
        return all(map(facts.symmetric, counted))
    if name == "training-closed":
        return facts.coordinates().isdisjoint({model.s_term, *counted})
    if name == "almost-sure-reach":
        return not lost(facts)
    return facts.known(name, model.ties != "shutdown-first" or not model.others)


def _settled(facts: Facts) -> None:
    if holes := facts.unsettled():
        raise Hole("it rests on what is not proved: " + "; ".join(holes))


def lost(facts: Facts) -> list[str]:
    """Reachable and recurrent, but not reached with probability 1."""
    return [x for x in facts.reachable() if x in facts.won and facts.recurrent(x) and not _sure(facts, x)]


def _sure(facts: Facts, x: str) -> bool:
    return facts.model.s_new in facts.won[x]


def conclude(facts: Facts, name: str, reach: str) -> Verdict:
    """The verdict on one theorem under one reading of S_reach."""
    counted = facts.exceeded(PAPER, facts.gamma)
    if name in ("proposition-1", "proposition-2"):
        wrong = lost(facts) if (name, reach) == (IDS[0], POSITIVE) else []
        found = [x for x in facts.won if facts.recurrent(x) and _sure(facts, x)]
        proved = None if wrong else (PAPER, len(found)) if found else ("vacuous", 0)
        return _verdict(bool(found or wrong), proved, "graph" if wrong else "", len(wrong))
    works = all(derive(facts, h) for h in ("shutdown-terminal", "nonnegative", "strict"))
    if name == "proposition-3":
        stated, sharp = all(derive(facts, h) for h in THIRD), facts.exceeded(SHARP, facts.gamma)
        asked = [(gamma, x) for gamma, x in facts.survived if facts.gamma in (None, gamma)]
        fails = any(x in facts.exceeded(PAPER, gamma) for gamma, x in asked)
        proved = (PAPER, len(counted)) if stated and works else (SHARP, len(sharp)) if sharp and works else None
        proved = proved or (None if counted else ("vacuous", 0))
        return _verdict(stated, proved, "swap" if fails else "", len(counted))
    second = _theorem2(facts, reach, works, counted)
    if name == "theorem-2":
        return second  # Theorem 1: retargeting implies the count, so a refuting orbit shows that there is none
    return {"proved": "verified", "fails": "inapplicable"}.get(second[1], "undecided"), *second[1:]


def _verdict(stated: bool, proved: tuple[str, int] | None, fails: str, n: int) -> Verdict:
    if proved:
        return "verified" if stated else "inapplicable", "proved", *proved
    if fails:
        return "refuted" if stated else "inapplicable", "fails", fails, n
    return "undecided" if stated else "inapplicable", "undecided", "none", n


def _theorem2(facts: Facts, reach: str, works: bool, counted: list[str]) -> Verdict:
    """The least that orbits must show is n = |N|, or 1 where no x is counted."""
    sharp = [x for x in facts.exceeded(SHARP, facts.gamma) if works and facts.keeps_theta(x)]
    n, orbits = len(counted), [orbit for orbit in facts.orbits if facts.gamma in (None, orbit[0])]
    linear = max((count for interval, count in facts.linear if facts.covers(interval)), default=0)
    stated, shown = all(derive(facts, h, reach) for h in STATED), [(len(sharp), SHARP), (linear, LINEAR)]
    needed = [(len(facts.exceeded(PAPER, gamma)) or int(not counted), off, avoid) for gamma, off, avoid in orbits]
    fails = any(least * off > avoid for least, off, avoid in needed)
    most, means = max(shown, key=lambda pair: pair[0])  # the first of equals
    proved = (means, most) if most and not stated else None
    if stated and works and all(map(facts.keeps_theta, counted)):
        proved = PAPER, n
    elif stated:
        proved = next(((means, n) for most, means in shown if most >= n and (facts.gamma or means == LINEAR)), None)
    contradicted = proved and facts.gamma and any(proved[1] * off > avoid for _, off, avoid in orbits)
    require(not contradicted, "a counted orbit contradicts what is proved: report this")
    return _verdict(stated, proved, "orbit" if fails else "", max(1, n))
