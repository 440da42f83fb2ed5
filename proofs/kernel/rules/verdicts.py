"""`hypothesis` and `theorem`: what Theorem 2 states and leaves silent, and the verdicts that follow (FORMAT.md)."""

from collections.abc import Callable

from proofs.kernel.decode import fields, integer, one_of, rational, require, typed
from proofs.kernel.facts import LINEAR, PAPER, SHARP, Facts

STATED = ("shutdown-terminal", "alternatives", "nonnegative", "ood", "gamma-star", "goals-symmetric")
SILENT = ("training-closed", "almost-sure-reach", "strict")
POSITIVE, SURE = "positive-probability", "probability-1"  # the readings of "reachable"
IDS = ("proposition-1", "proposition-2", "proposition-3", "theorem-1", "theorem-2")
KEYS = [(name, reach) for name in IDS for reach in (POSITIVE, SURE)]
Verdict = tuple[str, str, str, int]  # verdict, conclusion, means, n


def hypothesis(facts: Facts, claim: dict[str, object]) -> None:
    """Compare with what is derived."""
    name, holds = fields(claim, "id", "holds")
    asked, claimed = one_of(name, STATED + SILENT), typed(holds, bool)
    require(claimed is derive(facts, asked), f"{name} is {str(not claimed).lower()}")


def theorem(facts: Facts, claim: dict[str, object]) -> None:
    """Compare with what is derived for the question."""
    name, reach, gamma, *said, number = fields(claim, "id", "reach", "gamma", "verdict", "conclusion", "means", "n")
    key, n = (one_of(name, IDS), one_of(reach, (POSITIVE, SURE))), integer(number)
    asked = None if gamma is None else rational(gamma)
    require(asked == facts.gamma, f"the question is gamma = {facts.gamma or 'all of (0,1)'}")
    derived = conclude(facts, *key)
    require([*said, n] == [*derived], f"derived: {' / '.join(map(str, derived))}")
    facts.theorems[key] = derived


def derive(facts: Facts, name: str, reach: str = POSITIVE) -> bool:
    """Whether a hypothesis holds for the question. Raises Hole where that is not proved yet."""
    model, counted = facts.model, facts.exceeded(PAPER, facts.gamma)
    found = model.reached if reach == POSITIVE else {model.s_term, *facts.sure()}
    tests: dict[str, Callable[[], bool]] = {
        "shutdown-terminal": lambda: not model.rows[model.s_term],
        "alternatives": lambda: bool(model.others),
        "nonnegative": lambda: facts.known(name, model.bounded_below()),
        "ood": lambda: model.training.isdisjoint(found),
        "gamma-star": lambda: bool(counted),
        "goals-symmetric": lambda: all(map(facts.symmetric, counted)),
        "training-closed": lambda: facts.coordinates().isdisjoint([model.s_term, *counted]),
        "almost-sure-reach": lambda: not lost(facts),
        "strict": lambda: facts.known(name, model.ties != "shutdown-first" or not model.others),
    }
    return tests[name]()


def lost(facts: Facts) -> set[str]:
    """Reachable and recurrent, but not reached with probability 1."""
    return {x for x in facts.model.reached.difference(facts.sure()) if x in facts.won and facts.recurrent(x)}


def conclude(facts: Facts, name: str, reach: str) -> Verdict:
    """The verdict on one theorem under one reading of S_reach."""
    counted = facts.exceeded(PAPER, facts.gamma)
    if name in ("proposition-1", "proposition-2"):
        wrong = lost(facts) if (name, reach) == (IDS[0], POSITIVE) else set()
        found = [x for x in facts.sure() if facts.recurrent(x)]
        proved = None if wrong else (PAPER, len(found)) if found else ("vacuous", 0)
        return _verdict(bool(found or wrong), proved, "graph" if wrong else "", len(wrong))
    works, n = all(derive(facts, h) for h in ("shutdown-terminal", "nonnegative", "strict")), len(counted)
    sharp = facts.exceeded(SHARP, facts.gamma) if works else []
    if name == "proposition-3":
        stated = all(derive(facts, h) for h in ("shutdown-terminal", "nonnegative", "gamma-star"))
        fails = any(facts.gamma in (None, at) and x in facts.exceeded(PAPER, at) for at, x in facts.survived)
        proved = (PAPER, n) if stated and works else (SHARP, len(sharp)) if sharp else None if n else ("vacuous", 0)
        if not proved and all(facts.shown("retargets", x) for x in counted):
            proved = LINEAR, n
        return _verdict(stated, proved, "swap" if fails else "", n)
    second = _theorem2(facts, reach, works, counted, [x for x in sharp if facts.keeps_theta(x)])
    if name == "theorem-2":
        return second  # Theorem 1: retargeting implies the count, so a refuting orbit shows that there is none
    return {"proved": "verified", "fails": "inapplicable"}.get(second[1], "undecided"), *second[1:]


def _verdict(stated: bool, proved: tuple[str, int] | None, fails: str, n: int) -> Verdict:
    conclusion, verdict = ("proved", "verified") if proved else ("fails", "refuted") if fails else ("undecided",) * 2
    return verdict if stated else "inapplicable", conclusion, *(proved or (fails or "none", n))


def _theorem2(facts: Facts, reach: str, works: bool, counted: list[str], sharp: list[str]) -> Verdict:
    """The least that orbits must show is n = |N|, or 1 where no x is counted."""
    n, orbits = len(counted), [orbit for orbit in facts.orbits if facts.gamma in (None, orbit[0])]
    fails = any((len(facts.exceeded(PAPER, gamma)) or not n) * off > avoid for gamma, off, avoid in orbits)
    linear = max((count for interval, count in facts.linear if facts.covers(interval)), default=0)
    stated, shown = all(derive(facts, h, reach) for h in STATED), [(SHARP, len(sharp)), (LINEAR, linear)]
    if stated and works and all(map(facts.keeps_theta, counted)):
        shown = [(PAPER, n)]
    elif stated:
        shown = [(means, n) for means, most in shown if most >= n and (facts.gamma or means == LINEAR)]
    proved = max(shown, key=lambda pair: pair[1], default=(LINEAR, 0))  # the first of equals
    require(not any(facts.gamma and proved[1] * off > on for _, off, on in orbits), "an orbit contradicts the proof")
    return _verdict(stated, proved if proved[1] else None, "orbit" if fails else "", max(1, n))
