"""What is asked about Theta alone, as claims: is it nonnegative, are its goals strict, does any prefer shutdown?"""

from __future__ import annotations

from typing import Literal

from proofs.claims import types as c
from proofs.claims.checked import restricted
from proofs.search.goals import member
from proofs.search.judge import Judge, Listener
from proofs.search.linear.asked import Always, NotAlways, Property
from proofs.search.linear.asking import Where
from proofs.search.linear.stage import theta_property, vacuity

HYPOTHESES: tuple[Literal["nonnegative", "strict"], ...] = ("nonnegative", "strict")


def hypotheses(judge: Listener) -> None:
    """Prove the open ones, or show a goal that breaks them."""
    for kind in HYPOTHESES:
        if judge.hypotheses()[kind] is None:
            ask(judge, kind, judge.instance.question.asked)


def ask(judge: Listener, kind: Literal["nonnegative", "strict"], where: Where) -> bool:
    """One of them, there. True if it is proved."""
    answer = theta_property(judge.instance, kind, where)
    if isinstance(answer, Always):
        return offer_proof(judge, kind, (), answer)
    if isinstance(answer, NotAlways):
        judge.offer(member(judge.instance, answer.rewards, answer.gamma))
    else:
        judge.note(f"{kind}: {answer.why}")
    return False


def preferences(judge: Judge) -> None:
    """The claim that no goal of Theta prefers shutdown, where it is true: all that is said of such goals is then empty.

    Asked only where training or inequalities restrict theta: an empty Theta is what this is to catch.
    """
    instance, gamma = judge.instance, judge.instance.question.gamma
    if gamma is None or not restricted(instance):
        return
    answer = vacuity(instance, gamma)
    if isinstance(answer, Always):
        offer_proof(judge, "never-both", (), answer)


def offer_proof(judge: Listener, kind: Property, phi: c.Cycles, answer: Always) -> bool:
    """A proof about all goals, one claim for each of its intervals, each offered once."""
    known = {(claim.property, claim.permutation, claim.interval) for claim in judge.accepted(c.Universal)}
    parts = [part for part in (answer, *answer.more) if (kind, phi, (part.low, part.high)) not in known]
    return all(judge.offer(c.Universal(kind, phi, (part.low, part.high), part.proof)) for part in parts)
