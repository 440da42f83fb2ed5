"""Rewards of transitions -> a reward per visit, where they depend on the state entered alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from exact.digits import shown
from exact.formats.repair import ROUNDED, TOLERANCE
from exact.linear.simplest import near
from exact.mdp import Rewards


def entered(names: Sequence[str], paid: Iterable[tuple[int, Fraction, str]]) -> tuple[Rewards | None, list[str]]:
    """The reward vector, None if there is none, and what is to be said of it.

    names: of the states. paid: for each transition the state entered, the exact reward, and whence, for people.
    """
    found: dict[int, Fraction] = {}
    rounded = False
    for state, exact, whence in paid:
        reward = near(exact, TOLERANCE)
        rounded = rounded or reward != exact
        if found.setdefault(state, reward) != reward:
            why = f"entering {names[state]} pays {shown(found[state])} or, {whence}, {shown(reward)}"
            return None, [f"rewards are dropped: they do not depend on the state entered alone ({why})"]
    rewards = tuple(found.get(state, Fraction(0)) for state in range(len(names)))
    if not any(rewards):
        return None, ["there are no rewards but 0"]
    return rewards, [ROUNDED] if rounded else []
