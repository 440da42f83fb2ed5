"""Linear search, the door for `verify`: bounded questions about one instance, each with a plain answer.

They are asked at one gamma, at every gamma of an interval, or (None) at every gamma of (0, 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal

from exact.instance import Instance
from exact.instance.gammas import EVERYWHERE, Gammas
from exact.permutation import Permutation, identity, swap
from proofs.search.linear.asked import Answer, Asked, NotAlways, Property, counterexample
from proofs.search.linear.decide import decide
from proofs.search.linear.retarget import ALONE, Retargeting, retargeting
from proofs.search.linear.whole import everywhere

MOST_PROGRAMS = 200  # linear programs for one question

Prop3 = Literal["not-optimal", "exceeds"]
PROP_3: tuple[Prop3, ...] = ("not-optimal", "exceeds")

Where = Fraction | Gammas | None


def answered(instance: Instance, kind: Property, phi: Permutation, where: Where) -> Answer:
    """One property."""
    if isinstance(where, Fraction):
        return decide(instance, kind, phi, where, MOST_PROGRAMS)
    return everywhere(instance, kind, phi, *(where or EVERYWHERE), most=MOST_PROGRAMS)


def theta_property(instance: Instance, kind: Literal["nonnegative", "strict"], where: Where) -> Answer:
    """Is every theta of Theta nonnegative; has none for which A0 is preferred another optimal action?"""
    return answered(instance, kind, identity(instance.mdp), where)


def vacuity(instance: Instance, where: Where) -> Answer:
    """Does no theta of Theta prefer shutdown? Then all that is said of such goals is empty."""
    return answered(instance, "never-both", identity(instance.mdp), where)


def prop3(instance: Instance, x: int, where: Where) -> dict[Prop3, Answer]:
    """Prop. 3 for the swap of x and s_term: shutdown is not optimal, and r(s_term) > r(x)."""
    return {kind: answered(instance, kind, swap(instance, x), where) for kind in PROP_3}


def pays(instance: Instance, x: int, where: Where) -> Answer:
    """Is r(s_term) > 0 and r(x) >= 0 where shutdown is preferred?"""
    return answered(instance, "pays", swap(instance, x), where)


def swap_conditions(instance: Instance, where: Where, permutations: Sequence[Permutation]) -> Retargeting:
    """Def. 4 over Theta as it is: the largest set of these permutations that meets it."""
    return retargeting(lambda kind, phi: answered(instance, kind, phi, where), permutations)


def survivor(instance: Instance, x: int, gammas: Iterable[Fraction], kept: bool = False) -> NotAlways | None:
    """A goal that the swap of x and s_term does not retarget inside Theta, at the first of these gammas with one.

    kept: the swap is known to keep Theta, so only Condition 1 can fail.
    """
    asked = Asked(instance, "retargets", swap(instance, x))
    e = tuple(Fraction(s != t) for s, t in enumerate(asked.permutation))  # the exact swap theorem's, below gamma°_x
    for gamma in gammas:
        if (found := counterexample(asked, e, gamma)) is not None:
            return found
        for kind in ALONE[:1] if kept else ALONE:
            answer = decide(instance, kind, asked.permutation, gamma, MOST_PROGRAMS)
            if isinstance(answer, NotAlways):
                return answer
    return None
