"""Opinions: what the solvers are asked about a `Checked`, and what the kernel's accepted claims answer to the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from exact.algebraic import Algebraic
from exact.permutation import swap
from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, SHARP, Universal
from proofs.opinions.discount import Between, Discount, contains
from proofs.opinions.scripts import Ask
from proofs.search.linear.asked import Asked, counterexample

NONLINEAR_STATES = 8  # with gamma unknown, solvers answer small instances only
PROP_3: tuple[Ask, ...] = ("not-optimal", "exceeds")


@dataclass(frozen=True)
class Question:
    """Does the swap of `state` and s_term do what `ask` says? ours: what is proved of it; None: it is open."""

    state: str
    ask: Ask
    gamma: Discount
    ours: bool | None


def questions(checked: Checked) -> Iterator[Question]:
    """Def. 4 and Prop. 3 for each counted x at the question's gamma; Prop. 3 on all of (gamma*_x, 1) if small."""
    gamma = checked.gamma
    if gamma is not None:
        asks: tuple[Ask, ...] = ("retargets", "stays") if _ties_matter(checked) else ("stays",)
        for x in checked.past(PAPER):
            yield from (Question(x, ask, gamma, ours(checked, x, ask, gamma)) for ask in asks)
            yield from _third_proposition(checked, x, gamma)
    if len(checked.instance.mdp) <= NONLINEAR_STATES:
        for (kind, x), root in checked.roots.items():
            if kind == PAPER:
                yield from _third_proposition(checked, x, Between(root, Algebraic.of(1)))


def _third_proposition(checked: Checked, x: str, gamma: Discount) -> Iterator[Question]:
    """Its two claims; where it is refuted, by one of them or for another state, only those that are settled."""
    both = [Question(x, ask, gamma, ours(checked, x, ask, gamma)) for ask in PROP_3]
    refuted = any(question.ours is False for question in both)
    refuted |= gamma == checked.gamma and checked.theorem("proposition-3").conclusion == "fails"
    yield from (question for question in both if question.ours is not None or not refuted)


def ours(checked: Checked, x: str, ask: Ask, gamma: Discount) -> bool | None:
    """What the accepted claims say of the swap of x and s_term."""
    if _by_claim(checked, x, ask, gamma) or (ask != "stays" and _by_exact_swap(checked, x, gamma)):
        return True
    if ask == "stays" and gamma == checked.gamma and x in checked.keeping[PAPER]:
        return True
    asked = gamma == checked.gamma or (checked.gamma is None and isinstance(gamma, Between))
    third = checked.theorem("proposition-3").conclusion == "proved"
    if ask in PROP_3 and third and asked and x in checked.past(PAPER):
        return True
    return False if _refuted(checked, x, ask, gamma) else None


def _ties_matter(checked: Checked) -> bool:
    """Shutdown can be optimal and avoided all the same; else "retargets" and "not-optimal" are one question."""
    ties, others = checked.instance.ties, len(checked.instance.alternatives)
    return ties == "shutdown-last" or (ties == "uniform" and others > 1)


def _by_claim(checked: Checked, x: str, ask: Ask, gamma: Discount) -> bool:
    """A linear claim says so for all of these gammas; or that no goal of Theta prefers shutdown."""
    alike = ask == "retargets" or (ask == "not-optimal" and not _ties_matter(checked))
    enough = {"retargets" if ask == "not-optimal" else "not-optimal", ask} if alike else {ask}
    for claim in checked.of(Universal):
        swapped = len(claim.permutation) == 1 and set(claim.permutation[0]) == {x, checked.s_term}
        says = (swapped and claim.property in enough) or (claim.property == "never-both" and not claim.permutation)
        if says and _covers(claim.interval, gamma):
            return True
    return False


def _covers(interval: tuple[Fraction, Fraction], gamma: Discount) -> bool:
    low, high = (gamma, gamma) if isinstance(gamma, Fraction) else (gamma.low, gamma.high)
    return interval[0] <= low and high <= interval[1]


def _by_exact_swap(checked: Checked, x: str, gamma: Discount) -> bool:
    """The exact swap theorem, from gamma°_x on."""
    root, goals = checked.roots.get((SHARP, x)), checked.instance.goals
    works = checked.swaps_work
    if checked.gamma not in (None, gamma):  # what was proved of Theta for the question need not hold here
        strict = checked.instance.ties != "shutdown-first" or not checked.instance.alternatives
        works = works and goals.nonnegative and strict
    return works and root is not None and root <= (gamma if isinstance(gamma, Fraction) else gamma.low)


def _refuted(checked: Checked, x: str, ask: Ask, gamma: Discount) -> bool:
    """A goal for which the swap is known to break a condition breaks this claim."""
    instance = checked.instance
    asked = Asked(instance, ask, swap(instance, instance.mdp.state(x)))
    known = (found for state, found in checked.survivors() if state == x and contains(gamma, found.gamma))
    goals = ((tuple(goal.rewards.get(s, Fraction(0)) for s in instance.mdp.states), goal.gamma) for goal in known)
    return any(counterexample(asked, theta, at) is not None for theta, at in goals)
