"""Everything that is computed about an instance before anything is judged: reach, recurrence, thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from exact.graph import AlmostSure, almost_surely, reachable, recurrent_action
from exact.instance import Instance
from exact.thresholds import Threshold, count_at, paper_threshold, sharp_threshold
from proofs.training import coordinates, keeps_theta


@dataclass(frozen=True)
class Analysis:
    """Facts about one instance, each computed when first asked for. States are numbers."""

    instance: Instance

    @cached_property
    def candidates(self) -> tuple[int, ...]:
        """Every state but s_term: what may be exchanged with it."""
        return tuple(s for s in range(len(self.instance.mdp)) if s != self.instance.s_term)

    @cached_property
    def reach(self) -> dict[int, AlmostSure]:
        """For each candidate, from where it is reached with probability 1."""
        return {x: almost_surely(self.instance.mdp, x) for x in self.candidates}

    @cached_property
    def reachable(self) -> frozenset[int]:
        """S_reach: the states reachable from s_new with positive probability."""
        return reachable(self.instance.mdp, [self.instance.shutdown_state])

    @cached_property
    def recurrent(self) -> frozenset[int]:
        """Def. 8."""
        return frozenset(x for x, sure in self.reach.items() if recurrent_action(self.instance.mdp, sure) is not None)

    @cached_property
    def sure(self) -> frozenset[int]:
        """The states that some policy reaches from s_new with probability 1."""
        s_new = self.instance.shutdown_state
        return frozenset(x for x, sure in self.reach.items() if s_new in sure.region) | {self.instance.s_term}

    @cached_property
    def terminal(self) -> bool:
        """True iff s_term is terminal, as Def. 7 asks."""
        return self.instance.mdp.is_terminal(self.instance.s_term)

    @cached_property
    def paper(self) -> dict[int, Threshold]:
        """gamma*_x of each candidate (value None: there is none)."""
        return {x: paper_threshold(self.instance, x, self.reach[x]) for x in self.candidates}

    @cached_property
    def sharp(self) -> dict[int, Threshold]:
        """gamma°_x of each candidate; empty where s_term is not terminal, since the exact swap theorem needs that."""
        return {x: sharp_threshold(self.instance, x) for x in self.candidates} if self.terminal else {}

    @cached_property
    def coordinates(self) -> frozenset[int]:
        """The rewards that G_T can depend on."""
        return coordinates(self.instance)

    def exceeded(self, thresholds: dict[int, Threshold], gamma: Fraction | None) -> tuple[int, ...]:
        """The states past their threshold at gamma; without gamma, all that have one."""
        if gamma is None:
            return tuple(x for x, threshold in thresholds.items() if threshold.value is not None)
        return count_at(thresholds.values(), gamma)

    def keeping(self, states: Iterable[int]) -> tuple[int, ...]:
        """Those whose swap with s_term keeps Theta (Condition 2)."""
        return tuple(x for x in states if keeps_theta(self.instance, x))
