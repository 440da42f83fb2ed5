"""Theta: all the ways to go on from some states, one action for each state that can be met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exact.evaluate import Allowed
from exact.graph import closure
from exact.mdp import UNDEFINED, Mdp

Chosen = dict[int, int]  # state -> action, UNDEFINED where it has none


@dataclass(frozen=True)
class World:
    """The MDP that a reading of Def. 6 looks at: all of it, or what stays in S_train."""

    mdp: Mdp
    allowed: Allowed

    def followed(self, sources: Iterable[int], fixed: Mapping[int, int]) -> tuple[Chosen, int | None]:
        """What is met from the sources while no choice has to be made, and the first state that needs one.

        `fixed` says what is done in some states; a lone action is taken.
        """
        chosen: Chosen = {}
        open_state: int | None = None
        todo = list(sources)
        while todo:
            state = todo.pop()
            if state in chosen or state == open_state:
                continue
            actions = self.allowed[state]
            if state in fixed or len(actions) < 2:
                chosen[state] = fixed.get(state, actions[0] if actions else UNDEFINED)
                todo += self.successors(state, chosen[state])
            elif open_state is None or state < open_state:
                open_state = state
        return chosen, open_state

    def successors(self, state: int, action: int) -> list[int]:
        """Where the action can lead; nowhere if it is UNDEFINED."""
        return [] if action == UNDEFINED else [t for t, _ in self.mdp.rows[state][action]]

    def completions(self, sources: Iterable[int], fixed: Mapping[int, int], most: int) -> list[Chosen] | None:
        """Every way to go on from the sources: policies on just the states that they meet. None if more than `most`."""
        start, found = list(sources), list[Chosen]()
        pending = [dict(fixed)]
        while pending:
            if len(pending) + len(found) > most:  # each pending one ends in a way of its own
                return None
            decided = pending.pop()
            chosen, state = self.followed(start, decided)
            if state is None:
                found.append(chosen)
            else:
                pending += [{**decided, state: action} for action in reversed(self.allowed[state])]
        return found

    def met(self, sources: Iterable[int]) -> frozenset[int]:
        """The states that allowed actions can lead to from the sources, these included."""
        return frozenset(closure(sources, lambda s: (t for a in self.allowed[s] for t in self.successors(s, a))))
