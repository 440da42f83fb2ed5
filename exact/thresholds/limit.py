"""Does some policy's count reach 1 at a discount below 1 at all? A policy that does, or W that shows that none does."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from exact.conversion import over_common_denominator
from exact.evaluate import optimal
from exact.mdp import Policy
from exact.thresholds.approximate import exactly
from exact.thresholds.count import Count, Pair
from exact.thresholds.model import Superharmonic

_FIRST_STEP = 4  # gamma = 1 - 2^-4, 1 - 2^-8, 1 - 2^-16, ...
_UNITS = (1, 1 << 8, 1 << 24, 1 << 40)
_MOST_REPAIRS = 20


def guessed_limit(count: Count) -> Superharmonic | None:
    """W from rounded-up value iteration in doubles, checked in integers; None if that does not end in one."""
    if count.region.is_small:
        return None
    from exact.thresholds.guess import raised

    for unit in _UNITS:
        worth = {s: unit * count.theta(s) for s in count.region.allowed}
        for _ in range(_MOST_REPAIRS):
            found = raised(count, unit, worth)
            if found is None:
                break
            wrong = _violated(count, unit, found)
            if not wrong:
                if _at_most_once(count, unit, found):
                    return Superharmonic(unit, {s: w for s, w in found.items() if w})
                break
            worth = found | {s: found[s] + 1 for s, _ in wrong}
    return None


def policy_or_limit(count: Count) -> Policy | Superharmonic:
    """A policy whose count reaches 1 at some gamma, or else W, both exact.

    Near 1 the optimal policy is Blackwell optimal, so one of the two turns up.
    """
    region, step, policy = count.region, _FIRST_STEP, count.shortest()
    while True:
        gamma = 1 - Fraction(1, 1 << step)
        value, policy = optimal(region.mdp, count.rewards, gamma, policy, region.allowed)
        if max(_expected(count, (region.start, a), value) for a in region.allowed[region.start]) >= 1:
            return policy
        step *= 2
        try:
            limit = exactly(count, policy, Fraction(1))
        except ZeroDivisionError:  # infinite
            continue
        numerators, unit = over_common_denominator(limit.values())
        worth = dict(zip(limit, numerators, strict=True))
        if not _violated(count, unit, worth) and _at_most_once(count, unit, worth):
            return Superharmonic(unit, {s: w for s, w in worth.items() if w})


def _violated(count: Count, unit: int, worth: Mapping[int, int]) -> list[Pair]:
    """Where W_s < theta_s + sum_t P(t|s,a) W_t. At terminal states W is theta."""
    pairs = [(s, a) for s in count.region.nonterminal for a in count.region.allowed[s]]
    return [(s, a) for s, a in pairs if worth[s] < count.theta(s) * unit + _expected(count, (s, a), worth)]


def _at_most_once(count: Count, unit: int, worth: Mapping[int, int]) -> bool:
    """True iff sum_t P(t|s_new,a) W_t <= 1 on A1: then no count that starts below 1 reaches it at a gamma < 1."""
    start = count.region.start
    return all(_expected(count, (start, a), worth) <= unit for a in count.region.allowed[start])


def _expected(count: Count, pair: Pair, worth: Mapping[int, int] | list[Fraction]) -> Fraction:
    scale, successors, weights = count.region.mdp.integer_rows[pair[0]][pair[1]]
    return Fraction(sum(w * worth[t] for t, w in zip(successors, weights, strict=True))) / scale
