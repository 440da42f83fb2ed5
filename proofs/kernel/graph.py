"""What depends only on which transitions are possible: reachability, and reaching with probability 1."""

from collections.abc import Callable, Iterable, Mapping, Set
from typing import NamedTuple

from proofs.kernel.poly import Pay, Polynomial, bits


class Step(NamedTuple):
    """P(t | s, a) = weights[t] / scale, in lowest terms; t with probability 0 are left out."""

    scale: int
    weights: Mapping[str, int]
    chances: Mapping[str, Polynomial] = {}  # in a family, where the weights are those at one point


Rows = Mapping[str, Mapping[str, Step]]  # rows[s][a]; a state without actions is terminal


def difference(step: Step, own: Step, pay: Pay) -> Step:
    """Of two steps, times both of their scales; pay: told of 20 products for each entry, for its memory."""
    weights = {t: weight * own.scale for t, weight in step.weights.items()}
    for t, weight in own.weights.items():
        weights[t] = weights.get(t, 0) - weight * step.scale
    pay(20 * len(weights), bits(weights.values()))
    return Step(1, weights)


def edges(rows: Rows) -> int:
    """How many transitions are possible."""
    return sum(len(step.weights) for actions in rows.values() for step in actions.values())


def cut(rows: Rows, kept: Set[str]) -> Rows:
    """These states alone, with the actions that cannot leave them."""
    return {
        s: {a: step for a, step in actions.items() if kept >= step.weights.keys()}
        for s, actions in rows.items()
        if s in kept
    }


def closed(rows: Rows, start: str) -> Rows:
    """The states that start can reach, which is none where it is not among them."""
    return cut(rows, reachable(successors(rows), rows.keys() & {start}))


def successors(rows: Rows) -> dict[str, set[str]]:
    """Where each state's actions can lead."""
    return {s: {t for step in actions.values() for t in step.weights} for s, actions in rows.items()}


def predecessors(after: Mapping[str, Set[str]]) -> dict[str, set[str]]:
    """From where each state can be reached, given where each can lead."""
    before: dict[str, set[str]] = {s: set() for s in after}
    for s, reached in after.items():
        for t in reached:
            before[t].add(s)
    return before


def reachable(after: Mapping[str, Set[str]], sources: Iterable[str]) -> frozenset[str]:
    """The states reachable from the sources, the sources included."""
    found = set(sources)
    waiting = list(found)
    while waiting:
        new = after[waiting.pop()] - found
        waiting += new
        found |= new
    return frozenset(found)


def surely_reaching(rows: Rows, x: str, pay: Callable[[], object]) -> frozenset[str]:
    """R_x: x and the states from which some policy reaches x with probability 1 (docs/theory.md, section 3).

    Each round keeps the states that can reach x by steps whose successors were all kept so far; `pay` is called for it.
    """
    kept, found = frozenset[str](), frozenset(rows)
    while kept != found:
        pay()
        kept, found = found, reachable(predecessors(successors(cut(rows, found))), [x])
    return kept
