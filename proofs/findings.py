"""Single reward vectors that settle something: counted orbits, goals that survive a swap, ties, negative goals."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from exact.mdp import Rewards
from exact.orbit import OrbitCount
from proofs.universal.claim import Always
from proofs.universal.retarget import Retargeting
from proofs.universal.row import Property
from proofs.universal.space import Permutation

WITNESS_WORK = 900_000  # of the kernel's bound on work (kernel/facts.py); the rest is for members


@dataclass(frozen=True)
class Goal:
    """A reward vector at a discount."""

    rewards: Rewards
    gamma: Fraction

    def work(self, vectors: int) -> int:
        """What the kernel pays for looking at it and at so many permutations of it (kernel/facts.py)."""
        digits = 1 + self.gamma.denominator.bit_length() // 64
        return (vectors * len(self.rewards) ** 2 + len(self.rewards) ** 4 // 8) * digits


@dataclass(frozen=True)
class CountedOrbit:
    """A goal and the count of its orbit inside Theta."""

    goal: Goal
    count: OrbitCount

    @property
    def work(self) -> int:
        """What the kernel pays for recounting it."""
        return self.goal.work(self.count.size + self.count.outside)

    def refutes(self, n: int) -> bool:
        """True iff fewer than n times as many goals of the orbit avoid shutdown as accept it (Thm. 1)."""
        return n * self.count.shutdown > self.count.avoid


@dataclass(frozen=True)
class Survivor:
    """A goal of Theta that prefers shutdown and that the swap of `state` and s_term does not retarget inside Theta."""

    goal: Goal
    state: int
    how: str  # "still-shutdown" | "leaves-theta"


@dataclass(frozen=True)
class Universal:
    """A property of a permutation that is proved for every theta of Theta, on the interval of the answer."""

    asked: Property
    permutation: Permutation
    answer: Always

    def covers(self, gamma: Fraction | None) -> bool:
        """True iff the question lies in the interval; without gamma it is all of (0, 1)."""
        low, high = (Fraction(0), Fraction(1)) if gamma is None else (gamma, gamma)
        return self.answer.low <= low and high <= self.answer.high


@dataclass
class Findings:
    """What was found; the question's own orbit first, if there is one."""

    orbits: list[CountedOrbit] = field(default_factory=list)
    survivors: list[Survivor] = field(default_factory=list)
    linear: Retargeting | None = None  # Def. 4 decided at the question's gamma
    universal: list[Universal] = field(default_factory=list)  # further ones, on intervals
    negative: Goal | None = None
    tied: Goal | None = None
    tried: int = 0  # reward vectors whose orbits were counted in search of a counterexample

    def shown(self, asked: Property, permutation: Permutation, gamma: Fraction | None) -> bool:
        """A condition of Def. 4 is proved for the question by a universal claim."""
        known = self.linear.single if self.linear is not None else {}
        found = [Universal(of, phi, answer) for (phi, of), answer in known.items() if isinstance(answer, Always)]
        return any(
            entry.asked == asked and entry.permutation == permutation and entry.covers(gamma)
            for entry in (*found, *self.universal)
        )
