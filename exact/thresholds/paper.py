"""gamma*_x of Prop. 3: reached and revisited with probability 1, and discounted visits above 1."""

from __future__ import annotations

from exact.algebraic import Algebraic
from exact.instance import Instance
from exact.thresholds.count import Count
from exact.thresholds.crossing import first_crossing, guessed
from exact.thresholds.model import Threshold
from exact.thresholds.region import regions


def paper_threshold(instance: Instance, state: int) -> Threshold:
    """The least gamma* over the reach-and-revisit policies of x = `state`.

    No value unless x is recurrent and s_new reaches it with probability 1. The policies are those that stay where x
    can be reached with probability 1; one that is optimal for visits of x then also reaches and revisits it.
    """
    region = regions(instance).paper(state)
    if region is None:
        return Threshold("paper", state, None)
    count = Count(region, frozenset({state}))
    at_once = count.at_once()
    if at_once is not None:  # x is visited at t = 1 and again: v_x starts at 1 and grows
        policy = count.from_start(count.shortest(), at_once)
        return Threshold("paper", state, Algebraic.of(0), policy, count.visits(policy))
    best = guessed(count) or first_crossing(count, count.shortest())
    return Threshold("paper", state, best.value, best.policy, best.visits, best.bounds, best.ties)
