"""What is proved of a family of Theorem 2: at every point of its box and every gamma of the question."""

from proofs.kernel.facts import PAPER, SHARP
from proofs.kernel.family.facts import FamilyFacts
from proofs.kernel.hypotheses import READINGS, STATED, hypotheses
from proofs.kernel.verdicts import (
    LINEAR,
    PROP3_STATES,
    SWAPS_NEED,
    Bound,
    Case,
    Verdict,
    answer,
    answer3,
    consistent,
    proposition1,
    theorem1,
)

HALVES = ("not-optimal", "exceeds")  # of Proposition 3, as linear claims


def family_hypotheses(family: FamilyFacts, reach: str) -> dict[str, bool | None]:
    """Each at every point: those about the counted states are about all that can be, which the graph says."""
    facts, states = family.facts, family.states
    touched = facts.coordinates & {facts.model.s_term, *states}
    everywhere = family.everywhere(PAPER, states)
    lasting = touched & {facts.model.s_term, *everywhere}
    symmetric = all(map(facts.symmetric, everywhere))
    n = family.least(PAPER, states) or 0
    return hypotheses(facts, reach) | {
        "gamma-star": True if n else None if family.most(PAPER, states) else False,
        "goals-symmetric": True if all(map(facts.symmetric, states)) else None if symmetric else False,
        "training-closed": True if not touched else False if n and lasting else None,
    }


def family_verdicts(family: FamilyFacts) -> dict[tuple[str, str], Verdict]:
    """By theorem and reading of "reachable"; n is the least over the box and the question's gammas."""
    found: dict[tuple[str, str], Verdict] = {}
    for reach in READINGS:
        case = Case(family.facts, reach)
        case.holds = family_hypotheses(family, reach)
        case.swaps_work = all(case.holds[name] for name in SWAPS_NEED)
        second = _theorem2(family, case)
        found |= {("proposition-1", reach): proposition1(case), ("proposition-3", reach): _proposition3(family, case)}
        found |= {("theorem-1", reach): theorem1(second), ("theorem-2", reach): second}
    return found


def _proposition3(family: FamilyFacts, case: Case) -> Verdict:
    """The swaps of the states that are counted work, wherever they are: by the exact swap theorem, or linear claims."""
    facts, counts = family.facts, {PAPER: family.states, SHARP: family.facts.candidates}
    least = {kind: family.least(kind, states) or 0 for kind, states in counts.items()}
    proof = next(((n, kind) for kind, n in least.items() if case.swaps_work and n), None)
    if not proof and all(facts.proved(half, facts.swap(x)) for x in family.states for half in HALVES):
        proof = least[PAPER], LINEAR if family.states else "vacuous"
    beyond = {x: g for (kind, x), g in family.counted.get((), {}).items() if kind == PAPER}
    fails = any(facts.asked_at(gamma) and beyond.get(x, gamma) < gamma for gamma, x in facts.failing)
    return answer3(case.stated(PROP3_STATES), proof, fails, least[PAPER])


def _theorem2(family: FamilyFacts, case: Case) -> Verdict:
    """For every point: in every orbit inside Theta at least n times as many goals avoid shutdown as accept it."""
    facts, stated = family.facts, case.stated(STATED)
    n = family.least(PAPER, family.states) or 0
    keeping = [x for x in family.states if facts.keeps_theta(x)]
    kept = [x for x in facts.candidates if facts.keeps_theta(x)]
    sharp, paper = ((family.least(kind, x) or 0) * case.swaps_work for kind, x in ((SHARP, kept), (PAPER, keeping)))
    proofs: list[Bound] = [(paper, PAPER if stated else SHARP), (sharp, SHARP), (facts.retargets, LINEAR)]
    strongest = max((bound for bound in proofs if bound[0]), key=lambda bound: bound[0], default=None)
    enough = [bool(paper) and len(keeping) == len(family.states)]
    enough += [n >= max(1, len(family.states)) for n, _ in proofs[1:]]
    n_by = next((bound for bound, proved in zip(proofs, enough, strict=True) if proved), None)
    consistent(n_by and family.failing, "a point contradicts Theorem 2")
    if n_by:
        found = answer(stated, "proved", n_by[1], n_by[0])
    elif family.failing:
        found = answer(stated, "fails", "orbit", min(family.failing.values()))
    else:
        found = answer(stated, "undecided", "none", max(1, n))
    return found._replace(proved=strongest)
