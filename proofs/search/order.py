"""The order of the search: what is open is asked for, stage by stage, until nothing is, or the means are exhausted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from exact.graph import reachable
from exact.mdp import Rewards
from exact.orbit import count_orbit, number_of_arrangements
from proofs.claims.checked import SWAPS_NEED, Uncertified, restricted
from proofs.claims.types import PAPER, POSITIVE, SHARP, SURE
from proofs.search import orbits, swaps, theta, thresholds
from proofs.search.judge import Judge
from proofs.search.linear.asking import Asking

Tell = Callable[[str], None]


def search(judge: Judge, tell: Tell = lambda _: None, brief: Iterable[Rewards] | None = None) -> Uncertified:
    """Offer the judge whatever settles the question. Returns what was computed but cannot be certified.

    brief: only what the verdicts need, and not what a report says beside them: the question's orbit where it refutes
    nothing, how much is proved of a conclusion that fails, which swaps fail. Orbits of these rewards are tried first.
    """
    instance = judge.instance
    seen = sorted(reachable(instance.mdp, [instance.shutdown_state]) - {instance.s_term})
    tell("thresholds")
    thresholds.settle(judge, tell)
    tell("hypotheses about goals")
    theta.hypotheses(judge)
    aside = Uncertified()
    if brief is None:
        aside = orbits.question_orbit(judge, tell)
    else:
        _refute(judge, brief)
    theta.preferences(judge)
    gamma, enough = instance.question.gamma, ("proved",) if brief is None else ("proved", "fails")
    named = bool(instance.question.permutations) and brief is None
    linear = gamma is not None and (named or not _settled(judge, *enough))
    if linear and gamma is not None:
        _linear(judge, gamma, tell, named)
    if not _settled(judge, "proved", "fails"):
        tell("counterexamples")
        orbits.refute(judge)
    if judge.theorem("proposition-3").conclusion == "undecided":
        tell("Proposition 3")
        swaps.third_proposition(judge, tell)
    if not linear and brief is None:
        tell("swaps")
        names = instance.mdp.states
        left = [x for x in seen if not (judge.swap_works(names[x]) or _fails(judge, names[x]))]
        swaps.survivors(judge, left, tell)
    return aside


def _linear(judge: Judge, gamma: Fraction, tell: Tell, named: bool) -> None:
    """What the exact swap theorem leaves open of the swaps, and of the permutations that the question names."""
    instance, ask, names = judge.instance, Asking(judge.instance, gamma), judge.instance.mdp.states
    tell("linear claims")
    counted = judge.past(SHARP) if all(judge.hypotheses()[name] for name in SWAPS_NEED) else ()
    left = swaps.leave_theta(judge, ask, counted, tell)
    seen = reachable(instance.mdp, [instance.shutdown_state]) - {instance.s_term}
    possible = [x for x in sorted(seen) if names[x] not in left and not _fails(judge, names[x])]
    if named or not all(judge.swap_works(names[x]) for x in possible):
        beyond = 0 if named else judge.proved(gamma)
        swaps.conditions(judge, ask, swaps.candidates(instance, possible), tell, beyond)
    if ask.left:
        judge.note(f"linear claims: {ask.left} questions were left open by the bound of {ask.most} steps")


def _refute(judge: Judge, tried: Iterable[Rewards]) -> None:
    """Offer the smallest orbit, of the question's rewards, of these or of 0, that refutes Theorem 2 at the question."""
    instance, gamma, asked = judge.instance, judge.instance.question.gamma, judge.instance.question.rewards
    if gamma is None or _settled(judge, "proved"):
        return
    n, states = max(1, len(judge.past(PAPER))), len(instance.mdp)
    padded = {(*values, *[Fraction(0)] * (states - len(values))) for values in ((), asked or (), *tried)}
    for rewards in sorted(padded, key=_size):
        if len(rewards) == states and number_of_arrangements(rewards) <= orbits.LARGEST_ORBIT:
            count = count_orbit(instance, rewards, gamma)
            if n * count.shutdown > count.avoid and judge.offer(orbits.listed_orbit(instance, rewards, gamma)):
                return


def _size(rewards: Rewards) -> tuple[int, Fraction, Rewards]:
    """By the goals in the orbit; then by how simple they are."""
    return number_of_arrangements(rewards), sum(map(abs, rewards), Fraction(0)), rewards


def _fails(judge: Judge, state: str) -> bool:
    """Its swap fails at the question, by the exact swap theorem: 1[x] + 1[s_term] is in Theta and survives it."""
    if not judge.instance.question.gamma or not judge.hypotheses()["shutdown-terminal"]:
        return False
    return not (judge.unsettled(SHARP) or state in judge.past(SHARP) or restricted(judge.instance))


def _settled(judge: Judge, *words: str) -> bool:
    """Theorem 2's conclusion is one of the words, under both readings."""
    return all(judge.theorem("theorem-2", reach).conclusion in words for reach in (POSITIVE, SURE))
