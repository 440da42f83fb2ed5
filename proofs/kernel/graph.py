"""What depends only on which transitions are possible: reachability, and reaching with probability 1."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple


class Step(NamedTuple):
    """P(t | s, a) = weights[t] / scale, in lowest terms; t with probability 0 are left out."""

    scale: int
    weights: Mapping[str, int]


Rows = Mapping[str, Mapping[str, Step]]  # rows[s][a]; a state without actions is terminal
Before = Mapping[str, Sequence[tuple[int, str, Step]]]  # for each state, the steps to it: a number, from where


def edges(rows: Rows) -> int:
    """How many transitions are possible."""
    return sum(len(step.weights) for actions in rows.values() for step in actions.values())


def reachable(rows: Rows, sources: Iterable[str]) -> set[str]:
    """The states reachable by any actions, the sources included."""
    found = set(sources)
    waiting = list(found)
    while waiting:
        after = {t for step in rows[waiting.pop()].values() for t in step.weights}
        waiting += after - found
        found |= after
    return found


def predecessors(rows: Rows) -> Before:
    """The steps, by where they can lead."""
    before: dict[str, list[tuple[int, str, Step]]] = {state: [] for state in rows}
    every = [(s, step) for s, actions in rows.items() for step in actions.values()]
    for number, (s, step) in enumerate(every):
        for t in step.weights:
            before[t].append((number, s, step))
    return before


def surely_reaching(before: Before, x: str, pay: Callable[[], object]) -> frozenset[str]:
    """R_x: x and the states from which some policy reaches x with probability 1 (docs/theory.md, section 3).

    Each round keeps the states that can reach x by steps whose successors were all kept so far; `pay` is called for it.
    """
    kept = frozenset(before)
    while True:
        pay()
        found = attracted(before, x, kept)
        if found == kept:
            return kept
        kept = found


def attracted(before: Before, x: str, kept: frozenset[str]) -> frozenset[str]:
    """The states that can reach x by steps that cannot leave `kept`."""
    found = {x}
    waiting = [x]
    leaving: set[int] = set()  # the numbers of steps that can leave: each is looked at once
    while waiting:
        for number, s, step in before[waiting.pop()]:
            if s in found or s not in kept or number in leaving:
                continue
            if not kept.issuperset(step.weights):
                leaving.add(number)
            else:
                found.add(s)
                waiting.append(s)
    return frozenset(found)
