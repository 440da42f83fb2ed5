"""Counting layer: how many goals of Orbit_Theta(theta) shut down, avoid shutdown, or tie (Defs. 1-7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exact.conversion import over_common_denominator
from exact.digits import shown
from exact.errors import TooLarge
from exact.goals import check_length
from exact.instance.model import Instance
from exact.limits import MOST_VECTORS
from exact.mdp import Rewards
from exact.orbit.arrangements import arrangements, number_of_arrangements
from exact.orbit.verdict import verdict
from exact.rational import discount


@dataclass(frozen=True)
class OrbitCount:
    """size = shutdown + avoid + tie: the distinct permuted vectors inside Theta; outside: those that are not in it."""

    size: int
    outside: int
    shutdown: int  # |Orbit_{A0>A1}|
    avoid: int  # |Orbit_{A1>A0}|
    tie: int

    @property
    def ratio(self) -> Fraction | None:
        """|Orbit_{A1>A0}| / |Orbit_{A0>A1}|; None if no goal shuts down."""
        return Fraction(self.avoid, self.shutdown) if self.shutdown else None


def enumerable(rewards: Sequence[Fraction]) -> bool:
    """False iff `count_orbit` refuses to count: the orbit has more than 10! vectors.

    How many they are, `number_of_arrangements` says, and exact.digits writes numbers of any size.
    """
    return number_of_arrangements(rewards) <= MOST_VECTORS


def count_orbit(instance: Instance, rewards: Rewards, gamma: Fraction) -> OrbitCount:
    """Decide every distinct permutation of all d entries of theta exactly.

    Raises TooLarge beyond 10! vectors, NotADiscount, and NotAGoalSet if theta has another length than the states.
    """
    gamma = discount(gamma)
    check_length(instance.mdp, rewards)
    total = number_of_arrangements(rewards)
    if not enumerable(rewards):
        remedy = f"at most {MOST_VECTORS} are counted: let more rewards be equal"
        raise TooLarge(f"the orbit has {shown(total)} distinct vectors", remedy)
    tally = dict.fromkeys(("outside", "shutdown", "avoid", "tie"), 0)
    if instance.goals.nonnegative and min(rewards) < 0:  # a permutation changes nothing about it
        tally["outside"] = total
    else:
        tally.update(Counter(_verdicts(instance, rewards, gamma)))
    return OrbitCount(size=total - tally["outside"], **tally)


def _verdicts(instance: Instance, rewards: Rewards, gamma: Fraction) -> Iterator[str]:
    """The verdict on every vector of the orbit, scaled to integers: Q* and G_T do not mind a positive factor."""
    values, scale = over_common_denominator(rewards)
    return map(verdict(instance, gamma, scale, max(map(abs, values))), arrangements(values))
