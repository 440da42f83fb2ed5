"""Positions of states: the instance's, or those that actions called by directions say: right leads one to the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from exact.instance import Instance
from exact.instance.model import Place
from exact.mdp import Row

DIRECTIONS = {
    **dict.fromkeys(("right", "east", "e"), (1, 0)),
    **dict.fromkeys(("left", "west", "w"), (-1, 0)),
    **dict.fromkeys(("up", "north", "n"), (0, 1)),
    **dict.fromkeys(("down", "south", "s"), (0, -1)),
}


def places(instance: Instance) -> dict[int, Place]:
    """Those of the instance; else of the states that such actions join, part below part.

    Empty where the actions contradict each other or are few.
    """
    if instance.positions:
        return dict(instance.positions)
    near: dict[int, list[tuple[int, int, int]]] = {}
    for s, t, dx, dy in _moves(instance):
        near.setdefault(s, []).append((t, dx, dy))
        near.setdefault(t, []).append((s, -dx, -dy))
    if 2 * len(near) < len(instance.mdp):
        return {}
    found: dict[int, Place] = {}
    for first in near:
        if first in found:
            continue
        part = _part(first, near)
        if len(set(part.values())) < len(part):
            return {}
        left, top = min(x for x, _ in part.values()), max(y for _, y in part.values())
        below = min((y for _, y in found.values()), default=Fraction(1)) - 1
        found |= {s: (Fraction(x - left), below + y - top) for s, (x, y) in part.items()}
    for s, around in near.items():
        for t, dx, dy in around:
            if found[t] != (found[s][0] + dx, found[s][1] + dy):
                return {}
    return found


def _moves(instance: Instance) -> Iterator[tuple[int, int, int, int]]:
    """(s, t, dx, dy) of each action with such a name, where it leads to t rather than to any other state."""
    for s, rows in enumerate(instance.mdp.rows):
        for action, row in zip(instance.mdp.actions[s], rows, strict=True):
            if (step := DIRECTIONS.get(action.lower())) and (t := _mainly(row, s)) is not None:
                yield s, t, *step


def _mainly(row: Row, s: int) -> int | None:
    ordered = sorted(((p, t) for t, p in row if t != s), reverse=True)
    single = ordered and (len(ordered) == 1 or ordered[0][0] > ordered[1][0])
    return ordered[0][1] if single else None


def _part(first: int, near: Mapping[int, list[tuple[int, int, int]]]) -> dict[int, tuple[int, int]]:
    """The states joined to this one, from it."""
    part, waiting = {first: (0, 0)}, [first]
    while waiting:
        s = waiting.pop()
        for t, dx, dy in near[s]:
            if t not in part:
                part[t] = part[s][0] + dx, part[s][1] + dy
                waiting.append(t)
    return part
