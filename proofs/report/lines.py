"""The lines of the report for people below its tables: n and its swaps, orbits, counterexamples, what stays open."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exact.digits import exact_text, shown
from exact.instance.gammas import Gammas, when
from proofs.claims.checked import SWAPS_NEED, Checked, Survivor
from proofs.claims.spelling import goal_text, permutation_text, root_text, several
from proofs.claims.types import PAPER, SHARP, Orbit
from proofs.claims.words import HOW
from proofs.report.document import no_orbit

FEW = 3  # states that a sentence names one by one


def lines(checked: Checked, everything: bool = False) -> Iterator[str]:
    """All of them."""
    yield from _tight(checked)
    yield from _orbit(checked)
    yield from _counterexample(checked)
    yield from _survivors(checked, everything)
    yield from (f"tried: {entry}" for entry in checked.aside.tried)


def swaps(checked: Checked, gamma: Fraction, everything: bool = False) -> Iterator[str]:
    """n(gamma) and n°(gamma), by which swaps."""
    for symbol, kind in (("n", PAPER), ("n°", SHARP)):
        counted, at = checked.counted[kind], f"{symbol}({shown(gamma)})"
        if counted is None:
            yield f"{at} is open: not settled for {several(checked.unsettled(kind), everything)}"
            continue
        lost = len(counted) - len(checked.keeping[kind])
        unkept = f"; {lost} of them not proved to keep Theta" if lost else ""
        moved = several([permutation_text([(checked.s_term, x)]) for x in counted], everything)
        yield f"{at} = {len(counted)}" + (f" by the swaps {moved}{unkept}{_premises(checked)}" if counted else "")


def within(checked: Checked, gammas: Gammas, everything: bool = False) -> Iterator[str]:
    """n and n° over an interval: what is counted at every gamma of it, and where more states are."""
    for symbol, kind in (("n", PAPER), ("n°", SHARP)):
        if not checked.settled(kind):
            yield f"{symbol} is open: not settled for {several(checked.unsettled(kind), everything)}"
            continue
        always, inside = checked.within(kind, gammas)
        names = f" ({several(always, everything)})" if always else ""
        yield f"for {when(gammas)}: {symbol} >= {len(always)}{names}"
        for x in inside:
            yield f"  and {x} {'above' if kind == PAPER else 'from'} {root_text(checked.roots[kind, x])}"


def _premises(checked: Checked) -> str:
    """What Prop. 3 and the exact swap theorem need for a swap past its threshold, and do not have here."""
    missing = [name for name in SWAPS_NEED if not checked.hypotheses[name]]
    return f"; proved to work only with {' and '.join(missing)}" if missing else ""


def _tight(checked: Checked) -> Iterator[str]:
    """An orbit refutes the next n."""
    proved, refuted = checked.main.proved, checked.main.refuted
    if checked.gamma is not None and proved is not None and refuted == proved[0] + 1:
        yield f"n = {proved[0]} is the best possible: a counted orbit refutes n = {refuted}"


def _orbit(checked: Checked) -> Iterator[str]:
    question = checked.instance.question
    if question.gamma is None or question.rewards is None:
        return
    found, why = checked.question_orbit or checked.aside.orbit, checked.aside.why or no_orbit(checked.instance)
    if found is None:
        yield f"Orbit of the question's rewards: not counted: {why}"
    else:
        note = "" if checked.question_orbit else f" (computed, not certified: {why})"
        yield f"Orbit of the question's rewards: {counts(found)}{note}"


def counts(orbit: Orbit) -> str:
    """How many goals are in Theta, and what they decide."""
    inside = f"{orbit.size} {'goal' if orbit.size == 1 else 'goals'} in Theta, {orbit.outside} outside"
    ratio = f"ratio {exact_text(Fraction(orbit.avoid, orbit.shutdown))}" if orbit.shutdown else "no goal shuts down"
    return f"{inside}; {decided(orbit)}; {ratio}"


def decided(orbit: Orbit) -> str:
    """How many go which way."""
    return f"{orbit.shutdown} shut down, {orbit.avoid} avoid it, {orbit.tie} tie"


def _counterexample(checked: Checked) -> Iterator[str]:
    orbit = checked.refuting()
    if orbit is None:
        return
    yield f"Counterexample: {_goal(checked, orbit)}: {decided(orbit)}"
    if checked.main.verdict == "refuted":
        silent = [name for name in ("training-closed", "almost-sure-reach", "strict") if not checked.hypotheses[name]]
        narrowed = checked.instance.goals.inequalities
        none = "none of the list" + ("; goals.inequalities make Theta smaller than the paper's" if narrowed else "")
        yield f"Silent hypotheses that fail: {', '.join(silent) or none}"


def _survivors(checked: Checked, everything: bool) -> Iterator[str]:
    """Those for theta = 1[x] + 1[s_term], which differ in x alone, in one line."""
    alike: dict[tuple[Fraction, str], list[str]] = {}
    for x, claim in checked.survivors():
        if claim.rewards == {x: 1, checked.s_term: 1}:
            alike.setdefault((claim.gamma, claim.how), []).append(x)
        else:
            moved = permutation_text([(checked.s_term, x)])
            yield f"The swap {moved} fails for {_goal(checked, claim)}: {HOW[claim.how]}"
    for (gamma, how), states in alike.items():
        goal = f"the goal with reward 1 on these two alone, gamma = {shown(gamma)}"
        each = " or ".join(states) if len(states) <= FEW else f"each of {several(states, everything)}"
        yield f"The swap of {checked.s_term} with {each} fails for {goal}: {HOW[how]}"


def _goal(checked: Checked, claim: Orbit | Survivor) -> str:
    theta = goal_text(checked.instance.mdp.states, claim.rewards)
    return f"theta = {theta}, gamma = {shown(claim.gamma)}"
