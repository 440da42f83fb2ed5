"""Single reward vectors that settle something: counted orbits, goals that survive a swap, ties, negative goals."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from exact.mdp import Rewards
from exact.orbit import OrbitCount
from proofs.universal.claim import Always, NotAlways
from proofs.universal.retarget import Retargeting, between
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

    @classmethod
    def of(cls, state: int, answer: NotAlways) -> Survivor:
        """From the answer to a universal claim about the swap."""
        how = "leaves-theta" if answer.decision == "avoid" else "still-shutdown"
        return cls(Goal(answer.rewards, answer.gamma), state, how)


BROKEN: dict[Property, str] = {"retargets": "still-shutdown", "stays": "leaves-theta", "never-both": "meets"}


@dataclass(frozen=True)
class Failure:
    """A goal of Theta that prefers shutdown and for which a permutation breaks a condition of Def. 4."""

    goal: Goal
    permutation: Permutation
    how: str  # a value of BROKEN
    decided: str  # f of the permuted goal

    @classmethod
    def of(cls, asked: Property, permutation: Permutation, answer: NotAlways) -> Failure:
        """From the answer to a universal claim."""
        return cls(Goal(answer.rewards, answer.gamma), permutation, BROKEN[asked], answer.decision)


@dataclass(frozen=True)
class Universal:
    """A property of a permutation that is proved for every theta of Theta, on the interval of the answer."""

    asked: Property
    permutation: Permutation
    answer: Always

    @property
    def work(self) -> int:
        """What the kernel pays for the signs of its multipliers: nothing at a single gamma."""
        low, high, waiting, total = self.answer.low, self.answer.high, [self.answer.proof], 0
        bits = lcm(low.denominator, high.denominator).bit_length()
        while waiting and low < high:
            node = waiting.pop()
            sizes = [len(factor) for _, factor in node.get("multipliers", ())]
            total += sum(size**2 * (1 + size * bits // 1024) // 16 for size in sizes)
            waiting += [*node.get("cases", node.get("only", {})).values(), *(p for _, p in node.get("violations", ()))]
        return total

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
    failures: list[Failure] = field(default_factory=list)  # what refutes others, on intervals
    negative: Goal | None = None
    tied: Goal | None = None
    tried: int = 0  # reward vectors whose orbits were counted in search of a counterexample

    def recounted(self) -> tuple[list[CountedOrbit], list[Survivor], int]:
        """The orbits and survivors that the kernel looks at before its bound on work, and what is left of it."""
        orbits, survivors, left = list[CountedOrbit](), list[Survivor](), WITNESS_WORK
        for orbit in self.orbits:
            if orbit.work <= left:
                orbits.append(orbit)
                left -= orbit.work
        for survivor in dict.fromkeys(self.survivors):
            if survivor.goal.work(1) <= left:
                survivors.append(survivor)
                left -= survivor.goal.work(1)
        return orbits, survivors, left

    def failed(self) -> list[Failure]:
        """Every condition of Def. 4 that a goal breaks, for any permutation; those of swaps are in `survivors` too."""
        found, linear = list[Failure](), self.linear
        if linear is not None:
            answers = [(asked, phi, answer) for (phi, asked), answer in linear.single.items()]
            good = linear.good
            answers += [("never-both", between(good[i], good[j]), answer) for (i, j), answer in linear.pairs.items()]
            found = [Failure.of(asked, phi, answer) for asked, phi, answer in answers if isinstance(answer, NotAlways)]
        return list(dict.fromkeys(found + self.failures))

    def shown(self, asked: Property, permutation: Permutation, gamma: Fraction | None) -> bool:
        """A condition of Def. 4 is proved for the question by a universal claim."""
        known = self.linear.single if self.linear is not None else {}
        found = [Universal(of, phi, answer) for (phi, of), answer in known.items() if isinstance(answer, Always)]
        return any(
            entry.asked == asked and entry.permutation == permutation and entry.covers(gamma)
            for entry in (*found, *self.universal)
        )
