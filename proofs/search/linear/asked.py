"""Linear search, the statement: which property of Theta, at which gamma; the answers, and the judge of a goal.

FORMAT.md, "Linear claims": a property is about every theta of Theta (for all but `nonnegative`: for which A0 is
preferred), and about what a permutation phi makes of it. The judge is exact and knows one theta at one gamma only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from exact import goals
from exact.errors import NotAGoalSet
from exact.instance import Instance
from exact.mdp import Rewards
from exact.permutation import Permutation, check_permutation, cycles, identity, moved

Property = Literal["retargets", "stays", "never-both", "not-optimal", "exceeds", "pays", "nonnegative", "strict"]
Proof = Mapping[str, Any]  # FORMAT.md's tree, ready for JSON

OF_THETA: tuple[Property, ...] = ("nonnegative", "strict")  # properties of Theta alone: phi is the identity


@dataclass(frozen=True)
class Asked:
    """Does every theta of Theta have the property? Raises NotAGoalSet if phi is no permutation, or has no place."""

    instance: Instance
    kind: Property
    permutation: Permutation

    def __post_init__(self) -> None:
        check_permutation(self.instance.mdp, self.permutation)
        if self.kind in OF_THETA and self.permutation != identity(self.instance.mdp):
            raise NotAGoalSet(f"{self.kind} is about Theta alone", "ask for the identity")

    def cycles(self) -> list[list[str]]:
        """phi as FORMAT.md writes it."""
        return cycles(self.instance.mdp, self.permutation)


@dataclass(frozen=True)
class Always:
    """No counterexample on [low, high], by FORMAT.md's tree. lps: linear programs solved on the way.

    more: where one tree does not do, those for the intervals that follow, up to the end of what was asked about.
    """

    low: Fraction
    high: Fraction
    proof: Proof
    lps: int = 0
    more: tuple[Always, ...] = ()


@dataclass(frozen=True)
class NotAlways:
    """A counterexample, judged by itself: theta is in Theta, and the property fails for it.

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


def counterexample(asked: Asked, theta: Rewards, gamma: Fraction, lps: int = 0) -> NotAlways | None:
    """theta as a counterexample at gamma, None if it is none. Exact, by `exact.goals` alone."""
    instance, image = asked.instance, moved(asked.permutation, theta)
    if goals.violation(instance, theta, gamma) is not None:
        return None
    if asked.kind != "nonnegative" and goals.decision(instance, theta, gamma) != "shutdown":
        return None
    decided, left = goals.decision(instance, image, gamma), goals.violation(instance, image, gamma)
    found = NotAlways(gamma, theta, decided, left, lps)
    return found if _fails(asked, found, image) else None


def _fails(asked: Asked, found: NotAlways, image: Rewards) -> bool:
    """Does the property fail for this theta of Theta (for which A0 is preferred)?"""
    theta, s_term = found.rewards, asked.instance.s_term
    match asked.kind:
        case "retargets":
            return found.decision != "avoid"
        case "stays":
            return found.violation is not None
        case "never-both":
            return found.violation is None and found.decision == "shutdown"
        case "not-optimal":
            return _shuts(asked.instance, "shutdown-first", image, found.gamma)
        case "exceeds":
            return theta[s_term] <= theta[asked.permutation[s_term]]
        case "pays":
            return theta[s_term] <= 0 or theta[asked.permutation[s_term]] < 0
        case "nonnegative":
            return any(reward < 0 for reward in theta)
        case "strict":
            return not _shuts(asked.instance, "uniform", theta, found.gamma)


def _shuts(instance: Instance, ties: str, theta: Rewards, gamma: Fraction) -> bool:
    """Is shutdown optimal (ties `shutdown-first`), or the only optimal action (`uniform`)?"""
    return goals.decision(replace(instance, ties=ties), theta, gamma) == "shutdown"
