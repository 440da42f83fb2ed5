"""Universal claims, the statement, what the answers are, and the judge of a counterexample (Defs. 4-7, one theta)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exact import goals
from exact.errors import NotAGoalSet
from exact.instance import Instance
from exact.mdp import Rewards
from proofs.universal.row import Property
from proofs.universal.space import Permutation

Proof = Mapping[str, Any]  # FORMAT.md's tree, ready for JSON


@dataclass(frozen=True)
class Claim:
    """For every theta of Theta for which A0 is preferred: phi retargets it, or keeps it in Theta, or never both."""

    instance: Instance
    asked: Property
    permutation: Permutation

    def __post_init__(self) -> None:
        if sorted(self.permutation) != list(range(len(self.instance.mdp))):
            raise NotAGoalSet(f"{self.permutation} is no permutation of the states", "give phi(s) for each state s")

    def image(self, theta: Rewards) -> Rewards:
        """phi theta."""
        sources = sorted(range(len(theta)), key=self.permutation.__getitem__)
        return tuple(theta[source] for source in sources)

    def cycles(self) -> list[list[str]]:
        """phi as FORMAT.md writes it."""
        return cycles_of(self.instance, self.permutation)


def cycles_of(instance: Instance, permutation: Permutation) -> list[list[str]]:
    """A permutation as FORMAT.md writes it: its cycles of two or more states."""
    found, seen = [], set[int]()
    for start in range(len(permutation)):
        cycle = []
        while start not in seen:
            seen.add(start)
            cycle.append(instance.mdp.states[start])
            start = permutation[start]
        if len(cycle) > 1:
            found.append(cycle)
    return found


@dataclass(frozen=True)
class Always:
    """No counterexample on [low, high], by FORMAT.md's tree. lps: linear programs solved on the way."""

    low: Fraction
    high: Fraction
    proof: Proof
    lps: int = 0


@dataclass(frozen=True)
class NotAlways:
    """A counterexample, checked one by one: theta is in Theta, A0 is preferred, and phi theta is as described.

    decision: f for phi theta; violation: why phi theta is not in Theta (None if it is).
    """

    gamma: Fraction
    rewards: Rewards
    decision: str
    violation: goals.Violation | None
    lps: int = 0


@dataclass(frozen=True)
class Undecided:
    """Neither was found within the bounds; why."""

    why: str
    lps: int = 0


Answer = Always | NotAlways | Undecided


def counterexample(claim: Claim, theta: Rewards, gamma: Fraction, lps: int = 0) -> NotAlways | None:
    """theta as a counterexample at gamma, None if it is none. Exact, by `exact.goals` alone."""
    instance, image = claim.instance, claim.image(theta)
    if goals.violation(instance, theta, gamma) is not None or goals.decision(instance, theta, gamma) != "shutdown":
        return None
    left = goals.violation(instance, image, gamma)
    decided = goals.decision(instance, image, gamma)
    fails = {
        "retargets": decided != "avoid",
        "stays": left is not None,
        "never-both": left is None and decided == "shutdown",
    }
    return NotAlways(gamma, theta, decided, left, lps) if fails[claim.asked] else None
