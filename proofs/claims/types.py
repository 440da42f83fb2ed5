"""The claims of kernel/FORMAT.md as data. What a claim says is believed only if the kernel has accepted it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

Poly = Annotated[tuple[int, ...], "polynomial"]  # in gamma, low degree first
Names = tuple[str, ...]
Rewards = Mapping[str, Fraction]  # states that are not named have 0
Interval = tuple[Fraction, Fraction]
Cycles = tuple[Names, ...]  # a permutation: the reward of each state moves to the next of its cycle
Proof = Mapping[str, Any]  # FORMAT.md's tree, ready for JSON
Nodes = Annotated[tuple[Proof, ...], "nodes"]
Sides = tuple[tuple[Fraction, ...], ...]  # of a box: [low, high] for each parameter
Point = Annotated[Mapping[str, Fraction], "point"]  # of a family's box, by parameters
Claims = Annotated[tuple[Any, ...], "claims"]
PAPER, SHARP, BOTH = "paper", "sharp", "both"
Kind = Annotated[str, PAPER, SHARP]
How = Annotated[str, "still-shutdown", "leaves-theta", "meets", "still-optimal", "no-greater"]
POSITIVE, SURE = "positive-probability", "probability-1"  # the readings of "reachable" (Def. 7, Prop. 1)


@dataclass(frozen=True)
class ClosedForm:
    """M_s = values[s] / denominator under the policy (Def. 9)."""

    policy: Mapping[str, str]
    rewards: Rewards
    denominator: Poly
    values: Mapping[str, Poly]


@dataclass(frozen=True)
class Bounds:
    """Of the policy's values, in units: lower, and how far above it the upper one is; states in the region's order."""

    unit: int
    lower: tuple[int, ...]
    gap: tuple[int, ...]


@dataclass(frozen=True)
class Threshold:
    """gamma*_x (paper), gamma°_x (sharp) or both: the root of the polynomial in the interval, where N / D is 1.

    polynomial None: N - D itself. bounds None: the threshold is 0. ties: a common denominator of the policy's values
    where the advantage of another action vanishes at the root without vanishing everywhere, unless it is D.
    """

    kind: Annotated[str, PAPER, SHARP, BOTH]
    state: str
    policy: Mapping[str, str]
    numerator: Poly
    denominator: Poly
    polynomial: Poly | None
    interval: Interval
    bounds: Bounds | None = None
    ties: Poly | None = None

    @property
    def kinds(self) -> Names:
        """The kinds of thresholds that it is about."""
        return (PAPER, SHARP) if self.kind == BOTH else (self.kind,)


@dataclass(frozen=True)
class NoThreshold:
    """gamma°_x does not exist; bound: in units, states that are not named have 0."""

    state: str
    unit: int
    bound: Mapping[str, int]


@dataclass(frozen=True)
class Values:
    """V* of the states with actions, in units; training: in S_train alone, under the reading `on-training`."""

    unit: int
    whole: tuple[int, ...]
    training: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Orbit:
    """An orbit, counted inside Theta."""

    gamma: Fraction
    rewards: Rewards
    size: int
    outside: int
    shutdown: int
    avoid: int
    tie: int


@dataclass(frozen=True)
class ListedOrbit(Orbit):
    """goals: the values of each of its vectors, in lexicographic order."""

    goals: tuple[Values, ...]


@dataclass(frozen=True)
class Flow:
    """What a policy that begins with an action of A1 visits after it, discounted, in units; not named: 0."""

    action: str
    policy: Mapping[str, str]
    unit: int
    visits: Mapping[str, int]


@dataclass(frozen=True)
class OrbitTree(Orbit):
    """alike: classes of states that no verdict tells apart; nodes: FORMAT.md's tree, ready for JSON."""

    alike: Cycles
    flows: tuple[Flow, ...]
    nodes: Nodes


@dataclass(frozen=True)
class RootIn:
    """The only root of the polynomial in the interval; it changes its sign there."""

    polynomial: Poly
    interval: Interval


End = Annotated[RootIn | str, "end"]  # of an interval of gammas: "0", "1", or a root
Place = Annotated[tuple[str, str], "place"]  # a state and one of its actions


@dataclass(frozen=True)
class Phase:
    """The policy is optimal, wherever s_new can get, for every gamma between the ends. denominator: of its values.

    squares: polynomials whose even powers divide what other actions gain. before, after: an action that gains beyond
    the end, so that V* is another function there.
    """

    rewards: Rewards
    policy: Mapping[str, str]
    denominator: Poly
    low: End
    high: End
    squares: tuple[Poly, ...] = ()
    before: Place | None = None
    after: Place | None = None


@dataclass(frozen=True)
class Blackwell(Phase):
    """The last phase, up to 1: its lower end is the Blackwell discount factor."""


@dataclass(frozen=True)
class SwapFails:
    """A goal of Theta that prefers shutdown, and a permutation that breaks a condition for it; how: see FORMAT.md."""

    gamma: Fraction
    rewards: Rewards
    permutation: Cycles
    how: How
    goal: Values
    image: Values


@dataclass(frozen=True)
class Member:
    """A goal that lies in Theta."""

    gamma: Fraction
    rewards: Rewards
    goal: Values


@dataclass(frozen=True)
class Universal:
    """A property of a permutation, or of Theta, for every goal of Theta and every gamma of an interval."""

    property: str
    permutation: Cycles
    interval: Interval
    proof: Proof


@dataclass(frozen=True)
class Retargeting:
    """Def. 4 holds with these permutations on an interval."""

    interval: Interval
    permutations: tuple[Cycles, ...]


@dataclass(frozen=True)
class OnBox:
    """Of a family: values on a box, (a, b_1, ...) by state: (a + sum_i b_i u_i) / unit, u_i from 0 to 1 along it."""

    kind: Kind
    state: str
    box: Sides
    discount: Fraction
    unit: int
    values: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Counted(OnBox):
    """x is counted there for every gamma > discount (sharp: from it on): the values lie below the policy's."""

    policy: Mapping[str, str]


@dataclass(frozen=True)
class NotCounted(OnBox):
    """x is counted nowhere there for any gamma <= discount: the values lie above every policy's."""


@dataclass(frozen=True)
class At:
    """Of a family: Theorem 2's conclusion fails at a point and a gamma, by claims about the instance there."""

    point: Point
    gamma: Fraction
    claims: Claims


@dataclass(frozen=True)
class Unexplained:
    """A claim of a kind that is not explained here. content: its keys and values as JSON, the keys sorted."""

    kind: str
    content: str


OfFamily = Counted | NotCounted | At
Claim = (
    ClosedForm
    | Threshold
    | NoThreshold
    | ListedOrbit
    | OrbitTree
    | Phase
    | Blackwell
    | SwapFails
    | Member
    | Universal
    | Retargeting
    | OfFamily
    | Unexplained
)


@dataclass(frozen=True)
class Certificate:
    """instance, sha256: of the file that it is about; gamma: of its question; digest: of its own bytes.

    About a family, gamma is an interval.
    """

    instance: str
    sha256: str
    gamma: Fraction | Interval | None
    claims: tuple[Claim, ...]
    digest: str
