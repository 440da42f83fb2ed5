"""The order of the search: what is open is asked for, stage by stage, until nothing is, or the means are exhausted."""

from __future__ import annotations

from collections.abc import Callable

from exact.graph import reachable
from proofs.claims.checked import Uncertified, restricted
from proofs.claims.types import POSITIVE, SHARP, SURE
from proofs.search import orbits, swaps, theta, thresholds
from proofs.search.judge import Judge

Tell = Callable[[str], None]


def search(judge: Judge, tell: Tell = lambda _: None) -> Uncertified:
    """Offer the judge whatever settles the question. Returns what was computed but cannot be certified."""
    instance = judge.instance
    seen = sorted(reachable(instance.mdp, [instance.shutdown_state]) - {instance.s_term})
    tell("thresholds")
    thresholds.settle(judge, tell)
    tell("hypotheses about goals")
    theta.hypotheses(judge)
    aside = orbits.question_orbit(judge, tell)
    theta.preferences(judge)
    gamma = instance.question.gamma
    linear = gamma is not None and (not _settled(judge, "proved") or bool(instance.question.permutations))
    if linear and gamma is not None:
        tell("linear claims")
        swaps.conditions(judge, gamma, swaps.candidates(instance, seen))
    if not _settled(judge, "proved", "fails"):
        tell("counterexamples")
        orbits.refute(judge)
    if judge.theorem("proposition-3").conclusion == "undecided":
        tell("Proposition 3")
        swaps.third_proposition(judge)
    if not linear:
        tell("swaps")
        swaps.survivors(judge, [x for x in seen if not _answered(judge, instance.mdp.states[x])])
    return aside


def _answered(judge: Judge, state: str) -> bool:
    """Whether its swap works is proved already, by the exact swap theorem: it does, or 1[x] + 1[s_term] survives."""
    if judge.swap_works(state):
        return True
    settled = bool(judge.instance.question.gamma and judge.hypotheses()["shutdown-terminal"]) and not judge.unsettled(
        SHARP
    )
    return settled and state not in judge.past(SHARP) and not restricted(judge.instance)


def _settled(judge: Judge, *words: str) -> bool:
    """Theorem 2's conclusion is one of the words, under both readings."""
    return all(judge.theorem("theorem-2", reach).conclusion in words for reach in (POSITIVE, SURE))
