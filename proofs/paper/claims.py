"""Layer paper: the claims of kernel/FORMAT.md as data. What a claim says is believed only if the kernel proved it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Poly = tuple[int, ...]  # in gamma, low degree first
Names = tuple[str, ...]
Rewards = Mapping[str, Fraction]
Interval = tuple[Fraction, Fraction]
PAPER, SHARP = "paper", "sharp"
POSITIVE, SURE = "positive-probability", "probability-1"  # the readings of "reachable"


@dataclass(frozen=True)
class Claim:
    """number: the position in the certificate, from 0, as the kernel counts."""

    number: int


@dataclass(frozen=True)
class Reach(Claim):
    """R_x = {state} and the ranked states; nothing else reaches it with probability 1."""

    state: str
    ranks: tuple[tuple[str, str], ...]
    removed: tuple[Names, ...]

    @property
    def region(self) -> frozenset[str]:
        """R_x."""
        return frozenset({self.state, *(s for s, _ in self.ranks)})


@dataclass(frozen=True)
class Form(Claim):
    """M_s = values[s] / denominator under the policy (Def. 9)."""

    name: str
    policy: Mapping[str, str]
    rewards: Rewards
    denominator: Poly
    values: Mapping[str, Poly]


@dataclass(frozen=True)
class Threshold(Claim):
    """gamma*_x (paper) or gamma°_x (sharp): the root of the polynomial in the interval."""

    kind: str
    state: str
    form: str
    polynomial: Poly
    interval: Interval
    frequency: Fraction | None


@dataclass(frozen=True)
class NoThreshold(Claim):
    """gamma°_x does not exist."""

    state: str
    bound: Rewards


@dataclass(frozen=True)
class Count(Claim):
    """The states that count on an interval of gamma."""

    kind: str
    interval: Interval
    states: Names


@dataclass(frozen=True)
class Orbit(Claim):
    """An orbit, counted inside Theta."""

    gamma: Fraction
    rewards: Rewards
    size: int
    outside: int
    shutdown: int
    avoid: int
    tie: int


Cycles = tuple[Names, ...]


@dataclass(frozen=True)
class SwapFails(Claim):
    """A goal that prefers shutdown, and a permutation that does not retarget it inside Theta."""

    gamma: Fraction
    rewards: Rewards
    permutation: Cycles
    how: str


@dataclass(frozen=True)
class Hypothesis(Claim):
    """Whether a hypothesis of Theorem 2 holds."""

    id: str
    holds: bool


@dataclass(frozen=True)
class Theorem(Claim):
    """A verdict. gamma: the question's; None means every gamma."""

    id: str
    reach: str
    gamma: Fraction | None
    verdict: str
    conclusion: str
    means: str
    n: int


@dataclass(frozen=True)
class Universal(Claim):
    """A property of a permutation for every goal of Theta and every gamma of an interval. leaves: of its proof."""

    property: str
    permutation: Cycles
    interval: Interval
    leaves: int


@dataclass(frozen=True)
class Member(Claim):
    """Whether a goal lies in Theta."""

    gamma: Fraction
    rewards: Rewards
    holds: bool


@dataclass(frozen=True)
class Retargeting(Claim):
    """Def. 4 holds with these permutations on an interval."""

    interval: Interval
    permutations: tuple[Cycles, ...]


@dataclass(frozen=True)
class Unexplained(Claim):
    """A claim of a kind that is not explained here. content: its keys and values as JSON, the keys sorted."""

    kind: str
    content: str


@dataclass(frozen=True)
class Certificate:
    """instance, sha256: of the instance file that it is about; digest: sha256 of the certificate's own bytes."""

    instance: str
    sha256: str
    claims: tuple[Claim, ...]
    digest: str
