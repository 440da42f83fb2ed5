"""Values layer: V* of every goal of an orbit, exactly, in the order of the arrangements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from flint import fmpz_mat

from exact.conversion import over_common_denominator
from exact.evaluate import Allowed, every_action
from exact.goals import training_actions
from exact.instance.model import Instance
from exact.mdp import Mdp, Rewards
from exact.orbit.arrangements import arrangements
from exact.orbit.optimum import optimum


@dataclass(frozen=True)
class Valued:
    """One goal. rewards: (d,) and V*: of the states with actions, all in 1 / unit. training: under `on-training`."""

    unit: int
    rewards: tuple[int, ...]
    whole: tuple[int, ...]
    training: tuple[int, ...] | None


def valued_orbit(instance: Instance, rewards: Rewards, gamma: Fraction) -> Iterator[Valued]:
    """Each distinct arrangement of the rewards, in lexicographic order."""
    whole, scale = over_common_denominator(rewards)
    return map(valued(instance, gamma, scale, max(map(abs, whole))), arrangements(whole))


def valued(instance: Instance, gamma: Fraction, scale: int, size: int) -> Callable[[Sequence[int]], Valued]:
    """V* of one goal after the other, each given as scale * theta, integers of at most `size`."""
    everything = _Values(instance.mdp, gamma, every_action(instance.mdp), size)
    cut = instance.goals.reading == "on-training"
    inside = _Values(instance.mdp, gamma, training_actions(instance), size) if cut else None

    def values(theta: Sequence[int]) -> Valued:
        whole, taught = everything(theta), (1, []) if inside is None else inside(theta)
        return _reduced(scale, theta, whole, taught, cut)

    return values


class _Values:
    """V* of one goal after the other."""

    def __init__(self, mdp: Mdp, gamma: Fraction, allowed: Allowed, size: int) -> None:
        self._acting = [s for s in sorted(allowed) if allowed[s]]
        self._optimum = optimum(mdp, gamma, allowed, size)
        self._node = self._optimum.start

    def __call__(self, theta: Sequence[int]) -> tuple[int, list[int]]:
        """(m, m V*) of the states with actions."""
        self._node, _ = self._optimum.optimal(theta, self._node)
        visits, unit = self._node.visits
        worth = visits * fmpz_mat([[entry] for entry in theta])
        return unit, [int(worth[s, 0]) for s in self._acting]


def _reduced(
    scale: int, theta: Sequence[int], whole: tuple[int, list[int]], taught: tuple[int, list[int]], cut: bool
) -> Valued:
    """All over one unit, the least that does."""
    common = lcm(whole[0], taught[0])
    values = [v * (common // whole[0]) for v in whole[1]]
    inside = [v * (common // taught[0]) for v in taught[1]]
    paid = [r * common for r in theta]
    factor = gcd(scale * common, *values, *inside, *paid)
    shrunk = [tuple(v // factor for v in given) for given in (paid, values, inside)]
    return Valued(scale * common // factor, shrunk[0], shrunk[1], shrunk[2] if cut else None)
