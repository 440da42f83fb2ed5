"""Layer: shares, the question: how much of Theta within the cube shuts down, and by which way that is found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from exact.digits import shown
from exact.errors import NotAGoalSet, TooLarge
from exact.instance.model import Goals, Inequality, Instance
from exact.orbit.tree.alike import seen_by_theta
from exact.share.coupled import coupled
from exact.share.parts import growth, maximal
from exact.share.policies import Decision, over_shutdown
from exact.share.sample import Range, Sample, drawn

SAMPLES = 100_000
SAMPLED = "a sample says where it lies"
UNIT: Range = (Fraction(0), Fraction(1))


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
    ranges, seen = ranges_of(instance), seen_by_decision(instance, gamma)
    why = "which states optimal policies reach is not one polytope"
    if samples is not None:
        why = "a sample was asked for"
    elif reach is None:
        try:
            return Share(instance, gamma, ranges, seen, value=exact_share(instance, gamma))
        except TooLarge as error:
            why = error.problem
    chosen = _free(instance) if _independent(instance, seen) else instance
    for inequality in chosen.goals.inequalities:
        if inequality.relation == "=" and _alone(inequality) is None:
            remedy = "write the goals without it: one reward less"
            raise NotAGoalSet("goals drawn at random never satisfy an equality of several rewards", remedy, "goals")
    found = drawn(chosen, gamma, ranges, SAMPLES if samples is None else samples, seed, reach)
    return Share(instance, gamma, ranges, seen, sample=found, why=why, reach=reach)


def exact_share(instance: Instance, gamma: Fraction) -> Fraction:
    """The share for which f(A0) > f(A1), as a volume. Raises NotAGoalSet, and TooLarge where that is out of reach."""
    ranges, seen = ranges_of(instance), seen_by_decision(instance, gamma)
    if not instance.mdp.is_terminal(instance.s_term):
        raise TooLarge("the shutdown state is not terminal", SAMPLED)
    if not _independent(instance, seen):
        raise TooLarge("the decision sees rewards that training or an inequality sees", SAMPLED)
    if any(ranges[x] != UNIT for x in seen):
        raise TooLarge("a reward that the decision sees has another range than [0, 1]", SAMPLED)
    return _volume(instance, Decision(instance, gamma))


def seen_by_decision(instance: Instance, gamma: Fraction) -> tuple[int, ...]:
    """The states whose rewards can matter to it."""
    return tuple(sorted(Decision(instance, gamma).region | {instance.s_term}))


def ranges_of(instance: Instance) -> tuple[Range, ...]:
    """What nonnegative and the inequalities of one reward bound each reward to: [0, 1] where an end is left open.

    Raises NotAGoalSet if nothing is left of one.
    """
    lows: dict[int, Fraction] = (
        dict.fromkeys(range(len(instance.mdp)), Fraction(0)) if instance.goals.nonnegative else {}
    )
    highs: dict[int, Fraction] = {}
    for inequality in instance.goals.inequalities:
        if (x := _alone(inequality)) is not None:
            c = inequality.coefficients[x]
            if c > 0 or inequality.relation == "=":
                highs[x] = min(inequality.bound / c, highs.get(x, inequality.bound / c))
            if c < 0 or inequality.relation == "=":
                lows[x] = max(inequality.bound / c, lows.get(x, inequality.bound / c))
    found = tuple((lows.get(x, Fraction(0)), highs.get(x, Fraction(1))) for x in range(len(instance.mdp)))
    for name, (low, high) in zip(instance.mdp.states, found, strict=True):
        if low > high:
            problem = f"no reward of {name} is at least {shown(low)} and at most {shown(high)}"
            raise NotAGoalSet(problem, "a reward without two bounds is drawn from [0, 1]: bound it", "goals")
    return found


def _independent(instance: Instance, seen: tuple[int, ...]) -> bool:
    """Does Theta, but for the rewards' own ranges, see none of the rewards that the decision sees?"""
    bounding = {x for i in instance.goals.inequalities if _alone(i) is None for x, c in enumerate(i.coefficients) if c}
    taught = seen_by_theta(replace(instance, goals=replace(instance.goals, inequalities=())))
    return (bounding | taught).isdisjoint(seen)


def _free(instance: Instance) -> Instance:
    """The same decision, and Theta without what cannot matter to it."""
    return replace(instance, training=frozenset(), trained={}, goals=Goals(nonnegative=instance.goals.nonnegative))


def _alone(inequality: Inequality) -> int | None:
    """The one state that it bounds."""
    seen = [x for x, c in enumerate(inequality.coefficients) if c]
    return seen[0] if len(seen) == 1 else None


def _volume(instance: Instance, decision: Decision) -> Fraction:
    """Exactly, where Theta and the decision are independent. Raises TooLarge."""
    forms = decision.all_forms()
    rows = over_shutdown(forms, instance.s_term, instance.ties)
    if rows is None:
        return Fraction(0)
    rows = maximal(rows)
    try:
        return growth(rows).mean()
    except TooLarge:
        return coupled(rows)
