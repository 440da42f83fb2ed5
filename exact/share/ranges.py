"""Layer: shares, ranges: what each reward is drawn from."""

from __future__ import annotations

from fractions import Fraction

from exact.digits import shown
from exact.errors import NotAGoalSet
from exact.instance.model import Inequality, Instance

Range = tuple[Fraction, Fraction]
UNIT: Range = (Fraction(0), Fraction(1))


def ranges_of(instance: Instance) -> tuple[Range, ...]:
    """What nonnegative and the inequalities of one reward bound each reward to: [0, 1] where an end is left open.

    Raises NotAGoalSet if nothing is left of one.
    """
    lows, highs = dict[int, Fraction](), dict[int, Fraction]()
    if instance.goals.nonnegative:
        lows = dict.fromkeys(range(len(instance.mdp)), Fraction(0))
    for inequality in instance.goals.inequalities:
        if (x := alone(inequality)) is not None:
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


def alone(inequality: Inequality) -> int | None:
    """The one state that it bounds."""
    return inequality.seen[0] if len(inequality.seen) == 1 else None
