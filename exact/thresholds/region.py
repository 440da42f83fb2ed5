"""Where a count is maximised: states and actions, closed under them; what the thresholds of one instance share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from exact.evaluate import Allowed, every_action
from exact.graph import almost_surely, recurrent_action, stays
from exact.graph import closure as led_to
from exact.instance import Instance
from exact.mdp import Mdp

if TYPE_CHECKING:
    from exact.evaluate.floats import Doubles
    from exact.thresholds.crossing import Crossing

_SMALL = 8  # states, up to which exact arithmetic is quicker than loading numpy


class Region:
    """The states that s_new (start) leads to by the allowed actions. What depends on no reward is kept here."""

    def __init__(self, mdp: Mdp, allowed: Allowed, start: int) -> None:
        inside = closure(mdp, allowed, start)
        self.mdp, self.start = mdp, start
        self.allowed: Allowed = {state: allowed[state] for state in sorted(inside)}
        self.nonterminal = tuple(state for state, actions in self.allowed.items() if actions)
        self.crossings: dict[frozenset[int], Crossing] = {}  # found so far, by the counted states

    @property
    def is_small(self) -> bool:
        """True where guesses do not pay."""
        return len(self.nonterminal) <= _SMALL

    @cached_property
    def doubles(self) -> Doubles:
        """The rows in floating point, for guesses."""
        from exact.evaluate.floats import Doubles

        return Doubles(self.mdp, self.allowed)


def closure(mdp: Mdp, allowed: Allowed, start: int) -> frozenset[int]:
    """The states that the allowed actions lead to from start, which is one of them."""
    rows = mdp.integer_rows
    return frozenset(led_to([start], lambda s: {t for a in allowed[s] for t in rows[s][a].successors}))


class Regions:
    """The regions of one instance."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._paper: dict[int, Region | None] = {}
        self._equal: dict[tuple[tuple[int, tuple[int, ...]], ...], Region] = {}

    @cached_property
    def sharp(self) -> Region:
        """What A1 leads to, with all actions but the shutdown."""
        mdp, s_new = self.instance.mdp, self.instance.shutdown_state
        return self._known(Region(mdp, {**every_action(mdp), s_new: self.instance.alternatives}, s_new))

    def paper(self, state: int) -> Region | None:
        """What s_new leads to by actions after which x = `state` is still reached with probability 1.

        None if x is not recurrent or s_new does not reach it so. States that lead to each other by such actions have
        the same region: who reaches one of them with probability 1 reaches all.
        """
        if state not in self._paper:
            mdp, s_new = self.instance.mdp, self.instance.shutdown_state
            reach = almost_surely(mdp, state)
            if recurrent_action(mdp, reach) is None:
                self._paper[state] = None
            else:
                inside = reach.region
                allowed = {s: tuple(a for a, row in enumerate(mdp.rows[s]) if stays(row, inside)) for s in inside}
                found = self._known(Region(mdp, allowed, s_new)) if s_new in inside else None
                self._paper.update(dict.fromkeys(closure(mdp, allowed, state), found))
        return self._paper[state]

    def _known(self, region: Region) -> Region:
        """One object for equal regions, so that both kinds share their results."""
        return self._equal.setdefault(tuple(region.allowed.items()), region)


_latest: list[Regions] = []


def regions(instance: Instance) -> Regions:
    """The regions of the instance; kept until another one is asked about, as all its states are asked in a row."""
    if not _latest or _latest[0].instance is not instance:
        _latest[:] = [Regions(instance)]
    return _latest[0]


def same_count(instance: Instance, state: int) -> bool:
    """True iff gamma*_x and gamma°_x, x = `state`, are thresholds of the same count: then s_term is out of the region.

    s_term must be terminal.
    """
    known = regions(instance)
    return known.paper(state) is known.sharp
