"""Layer: shares, samples: goals drawn by a seed, decided exactly one by one, and what they say of the share.

Each reward is a multiple of a 2^-32th of its range, uniformly and independently; those outside Theta are drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from random import Random

from flint import arb

from exact.algebraic.narrow import rational_ball
from exact.goals import ahead_of
from exact.graph import closure, stays
from exact.instance.model import Instance
from exact.mdp import Mdp
from exact.orbit.optimum import optimum
from exact.orbit.verdict import verdict
from exact.share.ranges import Range

STEPS = 1 << 32  # of each reward's range
DOUBT = Fraction(1, 200)  # the share lies beyond either end of the interval with at most this probability
FINE = 10**6  # the ends are multiples of 1/FINE


@dataclass(frozen=True)
class Sample:
    """drawn: goals of Theta; hits: those that do what is asked about; outside: goals drawn that are not in Theta."""

    drawn: int
    hits: int
    outside: int
    seed: int

    @property
    def interval(self) -> Range:
        """Clopper and Pearson's, at 99 %: its ends rounded outwards."""
        doubt = rational_ball(DOUBT)
        low = _last(lambda p: _tail(p, self.hits, self.drawn) < doubt) if self.hits else Fraction(0)
        if self.hits == self.drawn:
            return low, Fraction(1)
        high = _last(lambda p: 1 - _tail(p, self.hits + 1, self.drawn) >= doubt) if self.drawn else Fraction(1)
        return low, min(Fraction(1), high + Fraction(1, FINE))


def drawn(
    instance: Instance, gamma: Fraction, ranges: Sequence[Range], samples: int, seed: int, reach: int | None = None
) -> Sample:
    """So many draws. reach: ask whether every optimal policy gets from s_new to this state; else whether it shuts down.

    ranges: of each reward; one that nothing sees may be given as a point.
    """
    random = Random(seed)  # a simulation
    scale = STEPS * lcm(*(end.denominator for pair in ranges for end in pair))
    drawn_from = [(int(low * scale), int((high - low) * scale) // STEPS) for low, high in ranges]
    size = max(abs(int(end * scale)) for pair in ranges for end in pair)
    judge = verdict(instance, gamma, scale, size)
    reaches = None if reach is None else reaching(instance, gamma, size, reach)
    inside = hits = 0
    for _ in range(samples):
        theta = [low + step * (random.randrange(STEPS + 1) if step else 0) for low, step in drawn_from]
        found = judge(theta)
        if found != "outside":
            inside += 1
            hits += found == "shutdown" if reaches is None else reaches(theta)
    return Sample(inside, hits, samples - inside, seed)


def reaching(instance: Instance, gamma: Fraction, size: int, target: int) -> Callable[[Sequence[int]], bool]:
    """For scale * theta: does every policy that is optimal in deployment reach the target from s_new for certain?"""
    mdp, s_new = instance.mdp, instance.shutdown_state
    best = optimum(mdp, gamma, ahead_of(mdp, [s_new]), size)
    node, known = best.start, dict[tuple[object, int], bool]()

    def reaches(theta: Sequence[int]) -> bool:
        nonlocal node
        node, losses = best.optimal(theta, node)
        worse = node.losses.positive(losses)
        if (node, worse) not in known:
            ties = [slot for slot in node.slots if not worse & node.bits([slot])]
            actions = {s: [a, *(b for t, b in ties if t == s)] for s, a in enumerate(node.policy)}
            known[node, worse] = certain(mdp, actions, s_new, target)
        return known[node, worse]

    return reaches


def certain(mdp: Mdp, actions: Mapping[int, Sequence[int]], start: int, target: int) -> bool:
    """Does every policy of these actions reach the target from the start with probability 1?

    It does iff no states that can be visited before the target hold a way to stay among themselves for ever.
    """

    def onward(s: int) -> set[int]:
        return {t for a in actions[s] for t, _ in mdp.rows[s][a]} if s != target and mdp.rows[s] else set()

    kept = closure([start], onward) - {target}
    while True:
        ways = {s: [mdp.rows[s][a] for a in actions[s]] for s in kept if mdp.rows[s]}
        leaving = {s for s, rows in ways.items() if not any(stays(row, kept) for row in rows)}
        if not leaving:
            return not kept
        kept -= leaving


def _tail(p: Fraction, hits: int, drawn: int) -> arb:
    """The probability of at least so many hits, each of probability p: a ball that holds it."""
    return rational_ball(p).beta_lower(arb(hits), arb(drawn - hits + 1), True)


def _last(holds: Callable[[Fraction], bool]) -> Fraction:
    """The last multiple of 1/FINE up to which it holds for certain, as it does from 0 on."""
    low, high = 0, FINE
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(Fraction(middle, FINE)) else (low, middle)
    return Fraction(low, FINE)
