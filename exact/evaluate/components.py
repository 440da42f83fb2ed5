"""Layer: exact values, the graph of a policy: which states have to be solved together, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def components(successors: Mapping[int, Sequence[int]]) -> Iterator[list[int]]:
    """The strongly connected components of a graph, each after all those that it leads to (Gabow's algorithm)."""
    met: dict[int, int] = {}  # state -> when it was first met
    finished: set[int] = set()  # whose component is complete
    unfinished: list[int] = []  # the others, as they were met
    firsts: list[int] = []  # of the parts of `unfinished`, each strongly connected as far as is known
    path: list[tuple[int, Iterator[int]]] = []

    def enter(state: int) -> None:
        met[state] = len(met)
        unfinished.append(state)
        firsts.append(state)
        path.append((state, iter(successors[state])))

    for root in successors:
        if root not in met:
            enter(root)
        while path:
            state, rest = path[-1]
            successor = next(rest, None)
            if successor is None:
                path.pop()
                if firsts[-1] == state:
                    firsts.pop()
                    yield _taken(unfinished, state, finished)
            elif successor not in met:
                enter(successor)
            elif successor not in finished:
                while met[firsts[-1]] > met[successor]:  # the path leads back: what lies between is one part
                    firsts.pop()


def _taken(unfinished: list[int], first: int, finished: set[int]) -> list[int]:
    """The states from `first` on, the last one first."""
    component = [unfinished.pop()]
    while component[-1] != first:
        component.append(unfinished.pop())
    finished.update(component)
    return component
