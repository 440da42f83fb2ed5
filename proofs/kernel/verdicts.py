"""What the facts say of each theorem (FORMAT.md, "Verdicts")."""

from typing import NamedTuple

from proofs.kernel.errors import require
from proofs.kernel.facts import PAPER, SHARP, Facts, Orbit
from proofs.kernel.hypotheses import POSITIVE, READINGS, STATED, hypotheses, lost
from proofs.kernel.poly import ALWAYS

LINEAR, PAYS = "linear", "pays"
IDS = ("proposition-1", "proposition-2", "proposition-3", "theorem-1", "theorem-2")
SWAPS_NEED = ("shutdown-terminal", "nonnegative", "strict")  # the exact swap theorem's premises, and Prop. 3's
PROP3_STATES = ("shutdown-terminal", "nonnegative", "gamma-star")
Bound = tuple[int, str]  # n, and by what means it is proved


class Verdict(NamedTuple):
    """conclusion is about the paper's n; proved: the largest n proved at all; refuted: the least that an orbit refutes.

    n: what `means` proves; else the n that fails or is open.
    """

    verdict: str  # "verified" | "refuted" | "inapplicable" | "undecided"
    conclusion: str  # "proved" | "fails" | "undecided"
    means: str
    n: int
    proved: Bound | None = None
    refuted: int | None = None


class Case:
    """The facts under one reading of "reachable"."""

    def __init__(self, facts: Facts, reach: str) -> None:
        self.facts, self.reach = facts, reach
        self.holds = hypotheses(facts, reach)
        self.paper = facts.counted(PAPER, facts.gamma)
        self.swaps_work = all(self.holds[name] for name in SWAPS_NEED)
        sharp = facts.counted(SHARP, facts.gamma) if self.swaps_work else None
        self.sharp = sharp or []

    def stated(self, names: tuple[str, ...]) -> bool | None:
        """All of these hypotheses hold; one fails (False); or that is open (None)."""
        values = [self.holds[name] for name in names]
        return False if False in values else None if None in values else True


def verdicts(facts: Facts) -> dict[tuple[str, str], Verdict]:
    """By theorem and reading of "reachable"."""
    answers = [_answers(Case(facts, reach)) for reach in READINGS]
    rows = zip(IDS, zip(*answers, strict=True), strict=True)
    return {(name, reach): answer for name, row in rows for reach, answer in zip(READINGS, row, strict=True)}


def _answers(case: Case) -> list[Verdict]:
    second = theorem2(case)
    return [proposition1(case), proposition2(case), proposition3(case), theorem1(second), second]


def proposition1(case: Case) -> Verdict:
    """A state that is reached and recurrent has a reach-and-revisit policy."""
    facts = case.facts
    wrong = lost(facts) if case.reach == POSITIVE else []
    if wrong:
        return Verdict("refuted", "fails", "graph", len(wrong))
    return _over([x for x in facts.candidates if facts.sure(x) and facts.recurrent(x)])


def proposition2(case: Case) -> Verdict:
    """The visit count of a reach-and-revisit policy grows beyond all bounds: it has a pole at 1."""
    facts = case.facts
    if missing := facts.unsettled(PAPER):
        return Verdict("undecided", "undecided", "none", len(missing))
    return _over(list(facts.frequencies))


def _over(states: list[str]) -> Verdict:
    """A claim about each of these states, all of them proved."""
    if not states:
        return Verdict("inapplicable", "proved", "vacuous", 0)
    return Verdict("verified", "proved", PAPER, len(states))


def proposition3(case: Case) -> Verdict:
    """For every counted x: r(s_term) > r(x), and after the exchange shutdown is not optimal."""
    facts, stated = case.facts, case.stated(PROP3_STATES)
    if case.paper is None:
        return answer(stated, "undecided", "none", 0)
    at = [(gamma, x) for gamma, x in facts.failing if facts.asked_at(gamma)]
    fails = any(x in (facts.counted(PAPER, gamma) or []) for gamma, x in at)
    proof = _proof3(case, bool(stated))
    return answer3(stated, proof, fails, len(case.paper))


def answer3(stated: bool | None, proof: Bound | None, fails: bool, n: int) -> Verdict:
    """n: of the states that Proposition 3 speaks of."""
    consistent(proof and fails, "a goal contradicts Proposition 3")
    if proof:
        return answer(stated, "proved", proof[1], proof[0])
    word, means = ("fails", "swap") if fails else ("undecided", "none")
    return answer(stated, word, means, n)


def _proof3(case: Case, stated: bool) -> Bound | None:
    """How many states it is proved for, and how."""
    facts, paper = case.facts, case.paper or []
    if stated and case.swaps_work:
        return len(paper), PAPER
    if case.sharp:
        return len(case.sharp), SHARP
    if not paper:
        return 0, "vacuous"
    asked = ("not-optimal", "exceeds", "pays")
    beaten, exceeding, paid = ({x for x in facts.candidates if facts.proved(name, facts.swap(x))} for name in asked)
    rest = set(paper) - (beaten & exceeding)
    if rest and (facts.model.rows[facts.model.s_term] or any(facts.visited[x] - paid for x in rest)):
        return None
    return len(paper), PAYS if rest else LINEAR


def theorem2(case: Case) -> Verdict:
    """In every orbit inside Theta at least n times as many goals avoid shutdown as accept it (Defs. 3, 4)."""
    stated, orbits = case.stated(STATED), _speaking(case)
    proofs = _proofs(case, bool(stated))
    strongest = max(proofs, key=lambda bound: bound[0], default=None)  # the first of equals
    refuted = min((orbit.avoid // orbit.shutdown + 1 for orbit, _ in orbits if orbit.shutdown), default=None)
    least = max(1, len(case.paper or []))
    enough = next((bound for bound in proofs if bound[0] >= least), None) if case.paper is not None else None
    fails = any(orbit.refutes(n) for orbit, n in orbits)
    consistent(enough and fails, "an orbit contradicts Theorem 2")
    beaten = case.facts.gamma is not None and strongest and refuted and refuted <= strongest[0]
    consistent(beaten, "an orbit refutes an n that is proved")
    if enough:
        found = answer(stated, "proved", enough[1], enough[0])
    else:
        found = answer(stated, *(("fails", "orbit") if fails else ("undecided", "none")), least)
    return found._replace(proved=strongest, refuted=refuted)


def _proofs(case: Case, stated: bool) -> list[Bound]:
    """What is proved for the question, in the order of means: the paper's own argument first."""
    facts, paper, always = case.facts, case.paper or [], case.facts.gamma is None
    keeping = [x for x in case.sharp if facts.keeps_theta(x)]
    found: list[Bound] = []
    if case.swaps_work and all(map(facts.keeps_theta, paper)) and (stated or always):
        found.append((len(paper), PAPER if stated else SHARP))  # n(gamma) at each gamma, if none is asked about
    if always:  # what counts at every gamma
        keeping = [x for x in keeping if facts.roots[SHARP][x] == ALWAYS]
    found.append((len(keeping), SHARP))
    found.append((facts.retargets, LINEAR))
    return [bound for bound in found if bound[0]]


def _speaking(case: Case) -> list[tuple[Orbit, int]]:
    """The orbits at gammas of the question where the paper counts some x, each with the n that it must not refute.

    Where the paper counts no x at all, the n is 1 at every gamma.
    """
    found: list[tuple[Orbit, int]] = []
    for orbit in case.facts.orbits if case.paper is not None else ():
        n = len(case.facts.counted(PAPER, orbit.gamma) or []) or int(not case.paper)
        if n and case.facts.asked_at(orbit.gamma):
            found.append((orbit, n))
    return found


def consistent(contradiction: object, problem: str) -> None:
    """Two proofs that contradict each other would be an error of the kernel. Raises Invalid."""
    require(not contradiction, f"{problem}: please report this")


def theorem1(second: Verdict) -> Verdict:
    """Def. 4 implies the count; the permutations are Theorem 2's. A refuting orbit shows that there are none."""
    words = {"proved": "verified", "fails": "inapplicable", "undecided": "undecided"}
    return second._replace(verdict=words[second.conclusion])


def answer(stated: bool | None, conclusion: str, means: str, n: int) -> Verdict:
    """stated: all that the theorem states as premises holds."""
    if stated is False:
        return Verdict("inapplicable", conclusion, means, n)
    if stated is None or conclusion == "undecided":
        return Verdict("undecided", conclusion, means, n)
    return Verdict("verified" if conclusion == "proved" else "refuted", conclusion, means, n)
