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
from exact.mdp import Mdp, Row


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
    mdp, before = instance.mdp, [set[int]() for _ in instance.mdp.states]
    for s, rows in enumerate(mdp.rows):
        for row in rows:
            for t, _ in row:
                before[t].add(s)
    fixed = {instance.shutdown_state, instance.s_term} | by_theta
    for s in sorted(by_decision | by_theta):
        candidates = () if s in fixed else (c for c in classes if c[0] not in fixed)
        own = next((c for c in candidates if _exchangeable(mdp, c[0], s, before[c[0]] | before[s])), None)
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


def _exchangeable(mdp: Mdp, x: int, y: int, before: set[int]) -> bool:
    """The exchange maps every state's rows to those of its image; before: the states with rows that hold x or y."""
    moved = {x: y, y: x}

    def image(row: Row) -> Row:
        return tuple(sorted((moved.get(t, t), p) for t, p in row))

    near = sorted(before | {x, y}, key=lambda s: len(mdp.rows[s]))
    return all(Counter(map(image, mdp.rows[s])) == Counter(mdp.rows[moved.get(s, s)]) for s in near)
