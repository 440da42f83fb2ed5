"""`theorem`: the verdicts that follow from what is proved, as FORMAT.md derives them."""

from __future__ import annotations

from proofs.kernel.decode import fields, integer, rational, word
from proofs.kernel.errors import Hole, Invalid
from proofs.kernel.facts import PAPER, SHARP, Facts
from proofs.kernel.rules.hypothesis import STATED, derive
from proofs.kernel.rules.threshold import settled

POSITIVE, SURE = "positive-probability", "probability-1"
IDS = ("proposition-1", "proposition-2", "proposition-3", "theorem-1", "theorem-2")
Verdict = tuple[str, str, str, int]  # verdict, conclusion, means, n
VERDICTS, CONCLUSIONS = ("verified", "refuted", "inapplicable", "undecided"), ("proved", "fails", "undecided")
MEANS = ("paper", "sharp", "orbit", "swap", "graph", "vacuous", "none")


def theorem(facts: Facts, claim: dict[str, object]) -> None:
    """Compare with what is derived for the question."""
    name, reach, gamma, *rest = fields(claim, "id", "reach", "gamma", "verdict", "conclusion", "means", "n")
    key = word(name, *IDS), word(reach, POSITIVE, SURE)
    claimed = word(rest[0], *VERDICTS), word(rest[1], *CONCLUSIONS), word(rest[2], *MEANS), integer(rest[3])
    if (None if gamma is None else rational(gamma)) != facts.gamma:
        raise Invalid(f"the question is gamma = {facts.gamma or 'all of (0,1)'}")
    if unsettled(facts):
        raise Hole("it rests on what is not proved: " + "; ".join(unsettled(facts)))
    if (derived := conclude(facts, *key)) != claimed:
        raise Invalid(f"derived: {' / '.join(map(str, derived))}")
    facts.theorems[key] = claimed


def unsettled(facts: Facts) -> list[str]:
    """The facts about single states that every verdict rests on and no claim has proved."""
    open_states = [x for x in facts.model.states if x != facts.model.s_term and x not in facts.won]
    kinds = [PAPER, SHARP] if facts.terminal() else [PAPER]
    holes = [f"a {kind} threshold is not proved" for kind in kinds if not settled(facts, kind)]
    return [f"no reach claim for {x}" for x in open_states] + holes


def conclude(facts: Facts, name: str, reach: str) -> Verdict:
    """The verdict on one theorem under one reading of S_reach."""
    if name == "proposition-1":
        return _proposition1(facts, reach)
    if name == "proposition-2":
        return _over(facts.exceeded(PAPER, None))
    if name == "proposition-3":
        return _proposition3(facts)
    second = _theorem2(facts, reach)
    if name == "theorem-2" or second[1] == "undecided":
        return second if name == "theorem-2" else ("undecided", "undecided", "none", second[3])
    return ("verified" if second[1] == "proved" else "inapplicable", *second[1:])


def _over(states: list[str]) -> Verdict:
    if not states:
        return "inapplicable", "proved", "vacuous", 0
    return "verified", "proved", PAPER, len(states)


def _proposition1(facts: Facts, reach: str) -> Verdict:
    """Reached (in the given sense) and recurrent imply a reach-and-revisit policy."""
    recurrent = [x for x in facts.won if facts.recurrent(x)]
    found = [x for x in recurrent if facts.model.s_new in facts.won[x]]
    lost = [x for x in recurrent if x in facts.reachable() and x not in found]
    return ("refuted", "fails", "graph", len(lost)) if lost and reach == POSITIVE else _over(found)


def _proposition3(facts: Facts) -> Verdict:
    n, works = len(facts.exceeded(PAPER, facts.gamma)), _swaps_work(facts)
    survived = [(gamma, x) for gamma, x in facts.survived if facts.gamma in (None, gamma)]
    if all(derive(facts, h) for h in ("shutdown-terminal", "nonnegative", "gamma-star")):
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
    sharp = facts.keeping(facts.exceeded(SHARP, facts.gamma)) if works else []
    n, orbits = len(paper), [orbit for orbit in facts.orbits if facts.gamma in (None, orbit[0])]
    fails = any(max(1, len(facts.exceeded(PAPER, gamma))) * off > avoid for gamma, off, avoid in orbits)
    stated = all(_ood(facts, reach) if h == "ood" else derive(facts, h) for h in STATED)
    proved = PAPER if works and facts.keeping(paper) == paper else SHARP if facts.gamma and len(sharp) >= n else ""
    if stated and proved:
        verdict = "verified", "proved", proved, n
    elif sharp and not stated:
        verdict = "inapplicable", "proved", SHARP, len(sharp)
    else:
        conclusion = ("fails", "orbit") if fails else ("undecided", "none")
        first = "inapplicable" if not stated else "refuted" if fails else "undecided"
        return first, *conclusion, n if stated else max(1, n)
    if facts.gamma and any(verdict[3] * off > avoid for _, off, avoid in orbits):
        raise Invalid("a counted orbit contradicts what is proved: report this")
    return verdict


def _swaps_work(facts: Facts) -> bool:
    return all(derive(facts, h) for h in ("shutdown-terminal", "nonnegative", "strict"))


def _ood(facts: Facts, reach: str) -> bool:
    """S_reach disjoint from S_train, under one reading of "reachable"."""
    sure = {x for x, won in facts.won.items() if facts.model.s_new in won} | {facts.model.s_term}
    return facts.model.training.isdisjoint(facts.reachable() if reach == POSITIVE else sure)
