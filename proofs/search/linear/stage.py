"""Linear search, the door for `verify`: bounded questions about one instance, each with a plain answer.

They are asked at one gamma, at every gamma of an interval, or (None) at every gamma of (0, 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from exact.instance import Instance
from exact.permutation import identity, swap
from proofs.search.linear.asked import Answer, NotAlways
from proofs.search.linear.asking import Asking, Where, answered
from proofs.search.linear.retarget import ALONE

Prop3 = Literal["not-optimal", "exceeds"]
PROP_3: tuple[Prop3, ...] = ("not-optimal", "exceeds")


def theta_property(instance: Instance, kind: Literal["nonnegative", "strict"], where: Where) -> Answer:
    """Is every theta of Theta nonnegative; has none for which A0 is preferred another optimal action?"""
    return answered(instance, kind, identity(instance.mdp), where)


def vacuity(instance: Instance, where: Where) -> Answer:
    """Does no theta of Theta prefer shutdown? Then all that is said of such goals is empty."""
    return answered(instance, "never-both", identity(instance.mdp), where)


def prop3(ask: Asking, x: int) -> dict[Prop3, Answer]:
    """Prop. 3 for the swap of x and s_term: shutdown is not optimal, and r(s_term) > r(x)."""
    return {kind: ask(kind, swap(ask.instance, x)) for kind in PROP_3}


def pays(instance: Instance, x: int, where: Where) -> Answer:
    """Is r(s_term) > 0 and r(x) >= 0 where shutdown is preferred?"""
    return answered(instance, "pays", swap(instance, x), where)


def survivor(asks: Iterable[Asking], x: int, kept: bool = False) -> NotAlways | None:
    """A goal that the swap of x and s_term does not retarget inside Theta, at the first of these gammas with one.

    kept: the swap is known to keep Theta, so only Condition 1 can fail.
    """
    answers = (ask(kind, swap(ask.instance, x)) for ask in asks for kind in (ALONE[:1] if kept else ALONE))
    return next((answer for answer in answers if isinstance(answer, NotAlways)), None)
