"""Graph layer: what depends only on which transitions are possible. Reachability, almost-sure reachability, recurrence.

Every answer carries its witness: a path, or a policy with ranks, or the order in which states were ruled out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar

from exact.mdp import Mdp, Row

S = TypeVar("S", bound=Hashable)
Step = tuple[int, int, int]  # (state, action, successor)


@dataclass(frozen=True)
class AlmostSure:
    """Which states reach `target` with probability 1 under some policy, and why or why not.

    ranks[s] = (rank, action), rank >= 1: every successor of the action is the target or has a rank, and one successor
    has a lower rank (the target counts as 0). removed: the other states in layers; each action of a state in a layer
    has a successor in an earlier layer, or has all its successors in the same layer. The target is never removed.
    ranks, {target} and removed partition the states.
    """

    target: int
    ranks: Mapping[int, tuple[int, int]]
    removed: tuple[frozenset[int], ...]

    @property
    def region(self) -> frozenset[int]:
        """Z: the target and every state that reaches it with probability 1."""
        return frozenset(self.ranks) | {self.target}


def closure(sources: Iterable[S], onward: Callable[[S], Iterable[S]]) -> set[S]:
    """The sources and all that they lead to; onward: where a state leads in one step."""
    found = set(sources)
    waiting = list(found)
    while waiting:
        fresh = set(onward(waiting.pop())) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def reachable(mdp: Mdp, sources: Iterable[int]) -> frozenset[int]:
    """The states that some policy visits with positive probability from the sources, these included."""
    return frozenset(_steps(mdp, sources))


def distances(mdp: Mdp, sources: Iterable[int]) -> dict[int, int]:
    """The fewest moves from a source to each state that is reachable, the sources at 0; the nearest first."""
    found: dict[int, int] = {}
    for state, step in _steps(mdp, sources).items():
        found[state] = 0 if step is None else found[step[0]] + 1
    return found


def path(mdp: Mdp, sources: Iterable[int], target: int) -> list[Step] | None:
    """A shortest path of positive probability from a source to the target, [] if it is one; None if there is none."""
    came = _steps(mdp, sources)
    if target not in came:
        return None
    steps: list[Step] = []
    while (step := came[steps[-1][0] if steps else target]) is not None:
        steps.append(step)
    return steps[::-1]


def _steps(mdp: Mdp, sources: Iterable[int]) -> dict[int, Step | None]:
    """The step by which each state that is reachable is first come to, None for the sources; the nearest first."""
    came: dict[int, Step | None] = dict.fromkeys(sources)
    queue = deque(came)
    while queue:
        state = queue.popleft()
        for action, row in enumerate(mdp.rows[state]):
            for successor, _ in row:
                if successor not in came:
                    came[successor] = (state, action, successor)
                    queue.append(successor)
    return came


def almost_surely(mdp: Mdp, target: int) -> AlmostSure:
    """The states that reach the target with probability 1 under some policy: a greatest fixpoint of least fixpoints.

    Each round keeps the states that can reach the target by actions that stay among the states kept so far.
    """
    kept = frozenset(range(len(mdp)))
    removed: list[frozenset[int]] = []
    ranks = attracted(mdp, target, kept)
    while layer := kept - ranks.keys() - {target}:
        removed.append(layer)
        kept -= layer
        ranks = attracted(mdp, target, kept)
    return AlmostSure(target, ranks, tuple(removed))


def attracted(mdp: Mdp, target: int, kept: frozenset[int]) -> dict[int, tuple[int, int]]:
    """{state: (distance to the target, first action of a shortest way)} by actions whose successors are all kept.

    Of the states of `kept` only, which holds the target; the target itself is left out.
    """
    before: dict[int, list[tuple[int, int]]] = {state: [] for state in kept}
    for state in sorted(kept - {target}):
        for action, row in enumerate(mdp.rows[state]):
            if stays(row, kept):
                for successor, _ in row:
                    before[successor].append((state, action))
    ranks: dict[int, tuple[int, int]] = {}
    queue = deque([target])
    while queue:
        reached = queue.popleft()
        rank = ranks[reached][0] if reached in ranks else 0
        for state, action in before[reached]:
            if state not in ranks:
                ranks[state] = (rank + 1, action)
                queue.append(state)
    return ranks


def stays(row: Row, region: Set[int]) -> bool:
    """True iff every successor lies in the region."""
    return all(successor in region for successor, _ in row)


def recurrent_action(mdp: Mdp, reach: AlmostSure) -> int | None:
    """An action of the target after which it is reached again with probability 1; None if there is none (Def. 8)."""
    region = reach.region
    return next((action for action, row in enumerate(mdp.rows[reach.target]) if stays(row, region)), None)
