"""Universal claims together: which permutations meet the three conditions of Def. 4, and how many of them at once.

Def. 4 for given permutations at one gamma: f is (Theta, A0 ->^n A1)-retargetable with n the size of the set found.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from exact.instance import Instance
from proofs.swaps import swap
from proofs.universal.claim import Always, Answer, Undecided
from proofs.universal.decide import AGREE, MOST, decide
from proofs.universal.row import Property
from proofs.universal.space import Permutation


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
    instance: Instance,
    gamma: Fraction,
    permutations: Sequence[Permutation] | None = None,
    most: int = MOST,
    agree: bool = AGREE,
) -> Retargeting:
    """The largest set of these permutations (default: all swaps with s_term) with the three conditions of Def. 4."""
    candidates = swaps(instance) if permutations is None else tuple(dict.fromkeys(permutations))
    work = _Work(instance, gamma, most, agree)
    good = tuple(phi for phi in candidates if work.alone(phi))
    for i, j in combinations(range(len(good)), 2):
        work.together(i, j, good)
    apart = [pair for pair, answer in work.pairs.items() if not isinstance(answer, Always)]
    chosen = largest(range(len(good)), apart)
    answers = (*work.single.values(), *work.pairs.values())
    complete = not any(isinstance(answer, Undecided) for answer in answers)
    return Retargeting(tuple(good[i] for i in chosen), len(chosen), work.single, work.pairs, good, complete)


def swaps(instance: Instance) -> tuple[Permutation, ...]:
    """The exchanges of s_term with each other state."""
    return tuple(swap(instance, x) for x in range(len(instance.mdp)) if x != instance.s_term)


def between(first: Permutation, second: Permutation) -> Permutation:
    """second^-1 first: where it sends a goal of the orbit, the two images are one (Condition 3)."""
    inverse = sorted(range(len(second)), key=second.__getitem__)
    return tuple(inverse[target] for target in first)


@dataclass
class _Work:
    instance: Instance
    gamma: Fraction
    most: int
    agree: bool
    single: dict[tuple[Permutation, Property], Answer] = field(default_factory=dict)
    pairs: dict[tuple[int, int], Answer] = field(default_factory=dict)

    def alone(self, phi: Permutation) -> bool:
        """Conditions 1 and 2."""
        asked: Property
        for asked in ("retargets", "stays"):
            answer = self.single[phi, asked] = self._decide(asked, phi)
            if not isinstance(answer, Always):
                return False
        return True

    def together(self, i: int, j: int, good: Sequence[Permutation]) -> None:
        """Condition 3."""
        self.pairs[i, j] = self._decide("never-both", between(good[i], good[j]))

    def _decide(self, asked: Property, phi: Permutation) -> Answer:
        return decide(self.instance, asked, phi, self.gamma, self.most, self.agree)


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
