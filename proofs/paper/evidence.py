"""Layer paper: an instance with the claims that the kernel has proved of it, and what can be read off them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from exact.algebraic import Algebraic
from exact.instance import Instance
from exact.rational_function import RationalFunction
from proofs.paper.claims import (
    PAPER,
    SHARP,
    Claim,
    Count,
    Form,
    Hypothesis,
    NoThreshold,
    Orbit,
    Reach,
    SwapFails,
    Theorem,
    Threshold,
)
from proofs.paper.roots import root, visits

SWAPS_NEED = ("shutdown-terminal", "nonnegative", "strict")
STATED = ("shutdown-terminal", "alternatives", "nonnegative", "ood", "gamma-star", "goals-symmetric")
C = TypeVar("C", bound=Claim)


@dataclass(frozen=True)
class Source:
    """Which files a text is about, and how to check them again. made: the certificate was made for the text."""

    instance_file: str
    certificate_file: str
    digest: str  # sha256 of the certificate
    gamma: str | None = None  # as given on the command line
    made: bool = False


@dataclass(frozen=True)
class Evidence:
    """claims: only those that the kernel proved. status: VALID or HOLEY, with the kernel's holes."""

    instance: Instance
    claims: Sequence[Claim]
    status: str
    holes: Sequence[str]
    source: Source

    def of(self, kind: type[C]) -> list[C]:
        """The claims of one kind, in order."""
        return [claim for claim in self.claims if isinstance(claim, kind)]

    @property
    def gamma(self) -> Fraction | None:
        """The question's."""
        return self.instance.question.gamma

    @property
    def s_term(self) -> str:
        """The name of s_term."""
        return self.instance.mdp.states[self.instance.s_term]

    @property
    def s_new(self) -> str:
        """The name of s_new."""
        return self.instance.mdp.states[self.instance.shutdown_state]

    @cached_property
    def candidates(self) -> list[str]:
        """Every state but s_term."""
        return [s for s in self.instance.mdp.states if s != self.s_term]

    @cached_property
    def regions(self) -> Mapping[str, frozenset[str]]:
        """R_x of each x that has a `reach` claim."""
        return {claim.state: claim.region for claim in self.of(Reach)}

    def row(self, state: str, action: str) -> Mapping[str, Fraction]:
        """P(. | s, a), by names."""
        mdp = self.instance.mdp
        number = mdp.state(state)
        return {mdp.states[t]: p for t, p in mdp.rows[number][mdp.action(number, action)]}

    def is_recurrent(self, x: str) -> bool:
        """Def. 8: an action of x keeps to R_x. x has a `reach` claim."""
        actions = self.instance.mdp.actions[self.instance.mdp.state(x)]
        return any(self.regions[x].issuperset(self.row(x, action)) for action in actions)

    def is_sure(self, x: str) -> bool:
        """x is reached from s_new with probability 1 by some policy. x has a `reach` claim."""
        return self.s_new in self.regions[x]

    @cached_property
    def thresholds(self) -> Mapping[tuple[str, str], Threshold]:
        """By kind and state."""
        return {(claim.kind, claim.state): claim for claim in self.of(Threshold)}

    @cached_property
    def roots(self) -> Mapping[tuple[str, str], Algebraic | None]:
        """The thresholds as numbers."""
        return {key: root(claim) for key, claim in self.thresholds.items()}

    @cached_property
    def absent(self) -> frozenset[str]:
        """The x for which gamma°_x provably does not exist."""
        return frozenset(claim.state for claim in self.of(NoThreshold))

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The closed forms by name."""
        return {claim.name: claim for claim in self.of(Form)}

    def visits(self, claim: Threshold) -> RationalFunction:
        """The count that crosses 1 at the threshold: v_x, or v_x + v_{s_term}."""
        form = self.forms[claim.form]
        return visits(form, self.row(self.s_new, form.policy[self.s_new]))

    @cached_property
    def holds(self) -> Mapping[str, bool]:
        """The hypotheses by their ids."""
        return {claim.id: claim.holds for claim in self.of(Hypothesis)}

    @property
    def swaps_work(self) -> bool:
        """What Prop. 3 and the exact swap theorem need of the question is proved to hold."""
        return all(self.holds.get(name, False) for name in SWAPS_NEED)

    def counted(self, kind: str) -> list[str]:
        """The x that count at the question's gamma, by its `count` claim; without a gamma, those with a threshold."""
        if self.gamma is None:
            return [x for x in self.candidates if (kind, x) in self.thresholds]
        fitting = (c for c in self.of(Count) if c.kind == kind and c.interval[0] <= self.gamma <= c.interval[1])
        found = next(fitting, None)
        return [] if found is None else [x for x in self.candidates if x in found.states]

    def is_complete(self, kind: str) -> bool:
        """True iff every x is settled, so that the number of states past their threshold is exact."""
        if kind == SHARP:
            return all((kind, x) in self.thresholds or x in self.absent for x in self.candidates)
        known = (x in self.regions and self._is_settled(x) for x in self.candidates)
        return all(known)

    def _is_settled(self, x: str) -> bool:
        return (PAPER, x) in self.thresholds or not (self.is_recurrent(x) and self.is_sure(x))

    def theorem(self, name: str, reach: str) -> Theorem | None:
        """The verdict on a theorem under one reading of "reachable"."""
        fitting = (claim for claim in self.of(Theorem) if (claim.id, claim.reach) == (name, reach))
        return next(fitting, None)

    def survivors(self) -> list[SwapFails]:
        """The goals on which a permutation fails."""
        return self.of(SwapFails)

    def refuting(self, n: int) -> list[Orbit]:
        """The counted orbits with n * shutdown > avoid."""
        return [orbit for orbit in self.of(Orbit) if n * orbit.shutdown > orbit.avoid]
