"""An MDP as nodes and arrows to draw: a node for each state, and for each action that can end in several others.

An action that leads to one state is one arrow; so is one that otherwise stays where it is, with its probability: the
rest is what stays. Nothing else is left out but by request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from exact.instance import Instance
from exact.instance.shown import Chances
from proofs.claims.checked import Checked
from proofs.report.figures.labels import name_text, width_of
from proofs.report.figures.part import ACTIONS, WHOLE, Part
from proofs.report.figures.style import TYPE

MORE = "more"  # the role of a state that leads on to others that are not drawn
SHUTDOWN, TRAINED, PLAIN = "shutdown", "trained", "plain"
DOT = 4.0  # points across the node of an action
RING = 2.0  # points between the two outlines of a recurrent state
_LONGEST = 24  # characters of a name


@dataclass(frozen=True)
class Node:
    """wide, high: points. roles: of "new", "term", "terminal", "recurrent", "training", MORE. An action has no name."""

    key: str
    name: str
    wide: float
    high: float
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Arrow:
    """Between two nodes, by their keys. heads: at how many of its ends, the target's first."""

    source: str
    target: str
    label: str = ""
    look: str = PLAIN
    heads: int = 1


@dataclass(frozen=True)
class Moves:
    """What is drawn. stays: some arrow's probability is less than 1 because the rest stays."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    stays: bool
    part: Part


def moves(checked: Checked, part: Part = WHOLE, chances: Chances | None = None) -> Moves:
    """chances: what is written as probabilities, where not numbers."""
    instance = checked.instance
    mdp = instance.mdp
    shown = part.states(instance)
    states = [_state(checked, s, shown) for s in sorted(shown)]
    if ACTIONS in part.leave_out:
        return Moves(tuple(states), tuple(_merged_moves(instance, shown)), False, part)
    dots, arrows = [], []
    stays = False
    for s in sorted(shown):
        for a, row in enumerate(mdp.rows[s]):
            said = [str(p) for _, p in row] if chances is None else chances(s, a)
            ways = list(zip((t for t, _ in row), said, strict=True))
            others = [(t, p) for t, p in ways if t != s]
            look, name = _look(instance, s, a), name_text(mdp.actions[s][a], _LONGEST)
            if not shown & {t for t, _ in others or ways}:
                continue
            if len(others) <= 1:
                target, p = others[0] if others else ways[0]
                stays = stays or p != "1"
                arrows.append(Arrow(f"s{s}", f"s{target}", name if p == "1" else f"{name} {p}", look))
                continue
            dot = f"s{s}a{a}"
            dots.append(Node(dot, "", DOT, DOT))
            arrows.append(Arrow(f"s{s}", dot, name, look, 0))
            arrows += [Arrow(dot, f"s{t}", p, look) for t, p in ways if t in shown]
    return Moves((*states, *dots), tuple(_stacked(arrows)), stays, part)


def _state(checked: Checked, s: int, shown: Collection[int]) -> Node:
    instance = checked.instance
    name = instance.mdp.states[s]
    roles = {
        "new": s == instance.shutdown_state,
        "term": s == instance.s_term,
        "terminal": instance.mdp.is_terminal(s),
        "recurrent": checked.states[name].recurrent,
        "training": s in instance.training,
        MORE: any(t not in shown for row in instance.mdp.rows[s] for t, _ in row),
    }
    found = frozenset(role for role, holds in roles.items() if holds)
    text = name_text(name, _LONGEST)
    high = (2.5 if found & {"new", "term", MORE} else 1.9) * TYPE + (2 * RING if "recurrent" in found else 0)
    return Node(f"s{s}", text, max(width_of(text, TYPE) + TYPE + 2 * RING, high), high, found)


def _look(instance: Instance, s: int, a: int) -> str:
    if (s, a) == (instance.shutdown_state, instance.shutdown_action):
        return SHUTDOWN
    return TRAINED if instance.trained.get(s) == a and len(instance.mdp.rows[s]) > 1 else PLAIN


def _stacked(arrows: list[Arrow]) -> Iterator[Arrow]:
    """Arrows of one look between the same two nodes are one, their labels one above the other."""
    same: dict[tuple[str, str, str], list[str]] = {}
    for arrow in arrows:
        same.setdefault((arrow.source, arrow.target, arrow.look), []).append(arrow.label)
    heads = {(arrow.source, arrow.target, arrow.look): arrow.heads for arrow in arrows}
    for ends, labels in same.items():
        yield Arrow(ends[0], ends[1], "\n".join(labels), ends[2], heads[ends])


def _merged_moves(instance: Instance, shown: Collection[int]) -> Iterator[Arrow]:
    """One arrow for all moves between two different states, one with two heads if there are some both ways."""
    looks: dict[tuple[int, int], str] = {}
    for s in shown:
        for a, row in enumerate(instance.mdp.rows[s]):
            for t in (t for t, _ in row if t != s and t in shown):
                if looks.get((s, t), PLAIN) == PLAIN:
                    looks[s, t] = _look(instance, s, a)
    for (s, t), look in looks.items():
        arrow = Arrow(f"s{s}", f"s{t}", look=look)
        if looks.get((t, s)) != look:
            yield arrow
        elif s < t:
            yield replace(arrow, heads=2)
