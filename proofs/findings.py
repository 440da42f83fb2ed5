"""Single reward vectors that settle something: counted orbits, goals that survive a swap, ties, negative goals."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from exact.mdp import Rewards
from exact.orbit import OrbitCount
from proofs.universal.retarget import Retargeting


@dataclass(frozen=True)
class Goal:
    """A reward vector at a discount."""

    rewards: Rewards
    gamma: Fraction


@dataclass(frozen=True)
class CountedOrbit:
    """A goal and the count of its orbit inside Theta."""

    goal: Goal
    count: OrbitCount

    def refutes(self, n: int) -> bool:
        """True iff fewer than n times as many goals of the orbit avoid shutdown as accept it (Thm. 1)."""
        return n * self.count.shutdown > self.count.avoid


@dataclass(frozen=True)
class Survivor:
    """A goal of Theta that prefers shutdown and that the swap of `state` and s_term does not retarget inside Theta."""

    goal: Goal
    state: int
    how: str  # "still-shutdown" | "leaves-theta"


@dataclass
class Findings:
    """What was found; the question's own orbit first, if there is one."""

    orbits: list[CountedOrbit] = field(default_factory=list)
    survivors: list[Survivor] = field(default_factory=list)
    linear: Retargeting | None = None  # Def. 4 decided at the question's gamma
    negative: Goal | None = None
    tied: Goal | None = None
    tried: int = 0  # reward vectors whose orbits were counted in search of a counterexample
