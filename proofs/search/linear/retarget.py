"""Linear search, together: which permutations meet the three conditions of Def. 4, and how many of them at once.

f is then (Theta, A0 ->^n A1)-retargetable with n the size of the set found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from exact.permutation import Permutation, between
from proofs.search.linear.asked import Always, Answer, Property, Undecided

Ask = Callable[[Property, Permutation], Answer]
ALONE: tuple[Property, ...] = ("retargets", "stays")  # Conditions 1 and 2, of each permutation by itself


@dataclass(frozen=True)
class Retargeting:
    """permutations: n of them, all three conditions proved for all of them together.

    single: (permutation, condition) -> the answer, for every candidate until one condition was not proved.
    pairs: (i, j) -> Condition 3 for the i-th and j-th of the candidates (`good`) that met the other two.
    complete: no larger set of the candidates works (False where something was undecided).
    """

    permutations: tuple[Permutation, ...]
    n: int
    single: dict[tuple[Permutation, Property], Answer]
    pairs: dict[tuple[int, int], Answer]
    good: tuple[Permutation, ...]
    complete: bool

    @property
    def failures(self) -> dict[tuple[Permutation, Property], Answer]:
        """The conditions that were not proved, with a theta where there is one."""
        return {key: answer for key, answer in self.single.items() if not isinstance(answer, Always)}


def retargeting(
    ask: Ask, permutations: Sequence[Permutation], tell: Callable[[str], None] = lambda _: None, beyond: int = 0
) -> Retargeting:
    """The largest set of these permutations with the three conditions of Def. 4.

    ask: answers for a property. tell: hears what is being looked at. beyond: a set of at most so many is not wanted.
    """
    candidates = tuple(dict.fromkeys(permutations))
    single: dict[tuple[Permutation, Property], Answer] = {}
    for number, phi in enumerate(candidates):
        tell(f"linear claims: permutation {number + 1} of {len(candidates)}")
        for kind in ALONE:
            single[phi, kind] = ask(kind, phi)
            if not isinstance(single[phi, kind], Always):
                break
    good = tuple(phi for phi in candidates if all(isinstance(single.get((phi, kind)), Always) for kind in ALONE))
    wanted = good if len(good) > beyond else ()
    pairs: dict[tuple[int, int], Answer] = {}
    for i, j in combinations(range(len(wanted)), 2):
        tell(f"linear claims: pair {len(pairs) + 1} of {len(wanted) * (len(wanted) - 1) // 2}")
        pairs[i, j] = ask("never-both", between(good[i], good[j]))
    chosen = largest(range(len(wanted)), [pair for pair, answer in pairs.items() if not isinstance(answer, Always)])
    complete = not any(isinstance(answer, Undecided) for answer in (*single.values(), *pairs.values()))
    return Retargeting(tuple(good[i] for i in chosen), len(chosen), single, pairs, good, complete)


def largest(members: Sequence[int], apart: Collection[tuple[int, int]]) -> tuple[int, ...]:
    """A largest set of members without any of the pairs i < j: a maximum clique of the complement."""
    if not apart:
        return tuple(members)
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(members)
    graph.add_edges_from(pair for pair in combinations(members, 2) if pair not in apart)
    clique, _ = networkx.max_weight_clique(graph, weight=None)
    return tuple(sorted(clique))
