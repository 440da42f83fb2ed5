"""Layer: shares, the question: how much of Theta within the cube shuts down, and by which way that is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from exact.errors import NotAGoalSet, TooLarge
from exact.instance.model import Goals, Instance
from exact.orbit.tree.alike import seen_by_decision, seen_by_theta
from exact.share.coupled import coupled
from exact.share.general import by_volumes, check_volume
from exact.share.parts import growth, maximal
from exact.share.policies import over_shutdown, visit_counts
from exact.share.ranges import UNIT, Range, alone, ranges_of
from exact.share.sample import Sample, drawn

SAMPLES = 100_000


@dataclass(frozen=True)
class Share:
    """value: exact, or None; then `sample` says what is known. seen: the states whose rewards the decision sees.

    why: the reason for a sample. ranges: of each reward that is drawn uniformly. reach: the state that is asked about.
    """

    instance: Instance
    gamma: Fraction
    ranges: tuple[Range, ...]
    seen: tuple[int, ...]
    value: Fraction | None = None
    sample: Sample | None = None
    why: str = ""
    reach: int | None = None


def share(
    instance: Instance, gamma: Fraction, reach: int | None = None, samples: int | None = None, seed: int = 1
) -> Share:
    """The share for which f(A0) > f(A1); with `reach`: whose optimal policies all reach that state for certain.

    theta is uniform on Theta within the ranges: of each reward what the goals bound it to, [0, 1] where they do not.
    samples: draw so many, and try no volume. Raises NotAGoalSet where no range or no volume is left.
    """
    ranges, seen = ranges_of(instance), tuple(sorted(seen_by_decision(instance)))
    why = "a sample was asked for"
    if samples is None:
        try:
            return Share(instance, gamma, ranges, seen, value=exact_share(instance, gamma, reach), reach=reach)
        except TooLarge as error:
            why = error.problem
    chosen = _for_a_sample(instance, gamma, ranges)
    found = drawn(chosen, gamma, ranges, SAMPLES if samples is None else samples, seed, reach)
    return Share(instance, gamma, ranges, seen, sample=found, why=why, reach=reach)


def exact_share(instance: Instance, gamma: Fraction, reach: int | None = None) -> Fraction:
    """The share as a volume: by the structure of one cone in the cube where the question is of this kind.

    Raises NotAGoalSet, and TooLarge where the volume is out of reach.
    """
    chosen, ranges = _drawn_from(instance), ranges_of(instance)
    if chosen is not instance:
        check_volume(instance, gamma, ranges)
    unit = all(ranges[x] == UNIT for x in seen_by_decision(instance))
    plain = not chosen.trained and all(alone(i) is not None for i in chosen.goals.inequalities)
    if reach is None and unit and plain and instance.mdp.is_terminal(instance.s_term):
        return _volume(chosen, gamma)
    return by_volumes(chosen, gamma, ranges, reach)


def _drawn_from(instance: Instance) -> Instance:
    """Without what cannot matter to the decision. Raises NotAGoalSet for an equality of several rewards."""
    for inequality in instance.goals.inequalities:
        if inequality.relation == "=" and alone(inequality) is None:
            remedy = "write the goals without it: one reward less"
            raise NotAGoalSet("goals drawn at random never satisfy an equality of several rewards", remedy, "goals")
    linked = _linked(instance, set(seen_by_decision(instance)))
    taught = seen_by_theta(replace(instance, goals=replace(instance.goals, inequalities=())))
    if not taught.isdisjoint(linked):
        return instance
    kept = [i for i in instance.goals.inequalities if alone(i) is not None or not linked.isdisjoint(i.seen)]
    goals = Goals(nonnegative=instance.goals.nonnegative, inequalities=tuple(kept))
    return replace(instance, training=frozenset(), trained={}, goals=goals)


def _for_a_sample(instance: Instance, gamma: Fraction, ranges: Sequence[Range]) -> Instance:
    """The same; but where it is not known that Theta has a volume, all of it, so that every goal drawn is in Theta."""
    chosen = _drawn_from(instance)
    try:
        check_volume(instance, gamma, ranges)
    except TooLarge:
        return instance
    return chosen


def _linked(instance: Instance, states: set[int]) -> set[int]:
    """With those that inequalities of several rewards bind to them, directly or through others."""
    joint = [i.seen for i in instance.goals.inequalities if alone(i) is None]
    while more := [x for group in joint if not states.isdisjoint(group) for x in group if x not in states]:
        states |= set(more)
    return states


def _volume(instance: Instance, gamma: Fraction) -> Fraction:
    """Exactly, where Theta and the decision are independent. Raises TooLarge."""
    rows = over_shutdown(visit_counts(instance, gamma), instance.s_term, instance.ties)
    if rows is None:
        return Fraction(0)
    rows = maximal(rows)
    try:
        return growth(rows).mean()
    except TooLarge:
        return coupled(rows)
