"""gamma°_x of theory.md, section 4: from there on exchanging r(x) and r(s_term) retargets every theta >= 0."""

from __future__ import annotations

from exact.algebraic import Algebraic
from exact.errors import NoExchange, NoShutdown
from exact.instance import Instance
from exact.thresholds.count import Count
from exact.thresholds.crossing import first_crossing, guessed
from exact.thresholds.limit import guessed_limit, policy_or_limit
from exact.thresholds.model import Superharmonic, Threshold
from exact.thresholds.region import regions


def sharp_threshold(instance: Instance, state: int) -> Threshold:
    """The least gamma with v_x + v_{s_term} >= 1 for some policy that starts in A1, x = `state`.

    A policy that comes back to s_new and shuts down there gains nothing over one that never does, so the shutdown
    action is left out. Raises NoShutdown if s_term is not terminal, NoExchange if x is s_term.
    """
    count = _count(instance, state)
    if not instance.alternatives:
        return Threshold("sharp", state, None, limit=Superharmonic(1, {}))
    at_once = count.at_once()
    if at_once is not None:  # at least 1 at t = 1 already, for every gamma; what the policy does later does not matter
        policy = count.quiet(at_once)
        return Threshold("sharp", state, Algebraic.of(0), policy, count.visits(policy))
    best = guessed(count)
    if best is None:
        found = guessed_limit(count) or policy_or_limit(count)
        if isinstance(found, Superharmonic):
            return Threshold("sharp", state, None, limit=found)
        best = first_crossing(count, found)
    return Threshold("sharp", state, best.value, best.policy, best.visits, best.bounds, best.ties)


def _count(instance: Instance, state: int) -> Count:
    """Visits of x and s_term over what A1 leads to, with all actions but the shutdown."""
    mdp, s_term = instance.mdp, instance.s_term
    if not mdp.is_terminal(s_term):
        raise NoShutdown(f"{mdp.states[s_term]} is not terminal", "gamma° is about a shutdown that ends the episode")
    if state == s_term:
        raise NoExchange(f"{mdp.states[s_term]} cannot be exchanged with itself", "name another state")
    region = regions(instance).sharp
    return Count(region, frozenset({state, s_term}.intersection(region.allowed)))
