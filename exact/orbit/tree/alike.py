"""Which states an orbit's verdicts cannot tell apart: those that nothing sees, and those that may be exchanged.

A verdict on theta depends on the rewards that the decision in s_new sees, and on those that Theta sees. All others only
multiply. Where the exchange of two states that Theta does not see leaves the MDP as it is, but for the names of
actions, goals that differ by that exchange have the same verdict.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from exact.goals import coordinates
from exact.graph import reachable
from exact.instance.model import Instance
from exact.mdp import Row


@dataclass(frozen=True)
class Alike:
    """classes: all states, each in one; unseen: the class that nothing sees, or (); by_theta: what Theta sees."""

    classes: tuple[tuple[int, ...], ...]
    unseen: tuple[int, ...]
    by_theta: tuple[int, ...]


def alike(instance: Instance) -> Alike:
    """The classes of an instance's states."""
    by_decision, by_theta = seen_by_decision(instance), seen_by_theta(instance)
    unseen = tuple(s for s in range(len(instance.mdp)) if s not in by_decision and s not in by_theta)
    classes: list[list[int]] = []
    for s in sorted(by_decision | by_theta):
        own = next((c for c in classes if _exchangeable(instance, c[0], s, by_theta)), None)
        if own is None:
            classes.append([s])
        else:
            own.append(s)
    found = tuple(map(tuple, classes))
    return Alike(tuple(sorted((*found, unseen) if unseen else found)), unseen, tuple(sorted(by_theta)))


def seen_by_decision(instance: Instance) -> frozenset[int]:
    """The states whose rewards can matter to it: those that can be visited from t = 1 on."""
    return reachable(instance.mdp, {t for row in instance.mdp.rows[instance.shutdown_state] for t, _ in row})


def seen_by_theta(instance: Instance) -> frozenset[int]:
    """The states whose rewards can matter to Theta, signs aside: an orbit's vectors have the same signs."""
    return coordinates(instance).union(*(inequality.seen for inequality in instance.goals.inequalities))


def _exchangeable(instance: Instance, x: int, y: int, by_theta: frozenset[int]) -> bool:
    """The exchange maps every state's rows to those of its image; neither is s_new or s_term, or seen by Theta."""
    mdp, apart = instance.mdp, {instance.shutdown_state, instance.s_term} | by_theta
    if x in apart or y in apart:
        return False
    moved = {x: y, y: x}

    def image(row: Row) -> Row:
        return tuple(sorted((moved.get(t, t), p) for t, p in row))

    return all(Counter(map(image, rows)) == Counter(mdp.rows[moved.get(s, s)]) for s, rows in enumerate(mdp.rows))
