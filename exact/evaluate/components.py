"""Layer: exact values, the graph of a policy: which states have to be solved together, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def components(successors: Mapping[int, Sequence[int]]) -> Iterator[list[int]]:
    """The strongly connected components of a graph, each after all those that it leads to (Tarjan)."""
    search = _Search(successors)
    for root in successors:
        if root not in search.order:
            yield from search.explore(root)


class _Search:
    """order: when each state was first met. earliest: the first state of the path that it is known to lead back to."""

    def __init__(self, successors: Mapping[int, Sequence[int]]) -> None:
        self.successors = successors
        self.order: dict[int, int] = {}
        self.earliest: dict[int, int] = {}
        self.unfinished: list[int] = []  # met, but its component is not complete
        self.path: list[tuple[int, Iterator[int]]] = []

    def explore(self, root: int) -> Iterator[list[int]]:
        """The components of the states that the root leads to and that were not met before."""
        self._enter(root)
        while self.path:
            state, rest = self.path[-1]
            fresh = self._fresh(state, rest)
            if fresh is not None:
                self._enter(fresh)
                continue
            self.path.pop()
            if self.path:
                self._leads_back(self.path[-1][0], self.earliest[state])
            if self.earliest[state] == self.order[state]:
                yield self._finished(state)

    def _enter(self, state: int) -> None:
        self.order[state] = self.earliest[state] = len(self.order)
        self.unfinished.append(state)
        self.path.append((state, iter(self.successors[state])))

    def _fresh(self, state: int, rest: Iterator[int]) -> int | None:
        """The next successor that was not met before; None after the last one."""
        for successor in rest:
            if successor not in self.order:
                return successor
            self._leads_back(state, self.earliest[successor])
        return None

    def _leads_back(self, state: int, earliest: int) -> None:
        if earliest < self.earliest[state]:
            self.earliest[state] = earliest

    def _finished(self, state: int) -> list[int]:
        """Take the component of the state, whose states are the last unfinished ones."""
        component = [self.unfinished.pop()]
        while component[-1] != state:
            component.append(self.unfinished.pop())
        self.earliest.update(dict.fromkeys(component, len(self.successors)))  # nothing leads back through it
        return component
