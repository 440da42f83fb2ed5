"""gamma°_x of theory.md, section 4: from there on exchanging r(x) and r(s_term) retargets every theta >= 0."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from exact.algebraic import Algebraic
from exact.errors import NoExchange, NoShutdown
from exact.evaluate import optimal
from exact.graph import attracted, reachable
from exact.instance import Instance
from exact.mdp import UNDEFINED, Policy
from exact.thresholds.count import Count, expectation, indicator
from exact.thresholds.crossing import first_crossing
from exact.thresholds.model import Threshold

_FIRST_STEP = 4  # gamma = 1 - 2^-4, 1 - 2^-8, 1 - 2^-16, ...


def sharp_threshold(instance: Instance, state: int) -> Threshold:
    """The least gamma with v_x + v_{s_term} >= 1 for some policy that starts in A1, x = `state`.

    A policy that comes back to s_new and shuts down there gains nothing over one that never does, so the shutdown
    action is left out. Raises NoShutdown if s_term is not terminal, NoExchange if x is s_term.
    """
    count = _count(instance, state)
    if not count.allowed[count.start]:
        return Threshold("sharp", state, None, bound={})
    at_once = count.at_once()
    if at_once is not None:
        return _everywhere(count, state, at_once)
    start, bound = _policy_or_bound(count, _toward(count, state))
    if start is None:
        return Threshold("sharp", state, None, bound=bound)
    best = first_crossing(count, start)
    return Threshold("sharp", state, best.value, best.policy, best.form, best.visits)


def _count(instance: Instance, state: int) -> Count:
    """Visits of x and s_term over what A1 leads to, with all actions but the shutdown."""
    mdp, s_new, s_term = instance.mdp, instance.shutdown_state, instance.s_term
    if not mdp.is_terminal(s_term):
        raise NoShutdown(f"{mdp.states[s_term]} is not terminal", "gamma° is about a shutdown that ends the episode")
    if state == s_term:
        raise NoExchange(f"{mdp.states[s_term]} cannot be exchanged with itself", "name another state")
    region = reachable(mdp.without(s_new, instance.shutdown_action), [s_new])
    allowed: dict[int, tuple[int, ...]] = {s: tuple(range(len(mdp.rows[s]))) for s in region}
    allowed[s_new] = instance.alternatives
    return Count(mdp, allowed, indicator(mdp, state, s_term), s_new)


def _everywhere(count: Count, state: int, action: int) -> Threshold:
    """The count is at least 1 at t = 1 already, so for every gamma; what the policy does later does not matter."""
    policy = _policy(count, {count.start: action})
    form = count.form(policy)
    return Threshold("sharp", state, Algebraic.of(0), policy, form, count.visits(policy, form))


def _policy(count: Count, wanted: Mapping[int, int]) -> Policy:
    """The wanted action where it is allowed, the first allowed one elsewhere."""
    chosen = {
        s: wanted[s] if wanted.get(s) in actions else min(actions) for s, actions in count.allowed.items() if actions
    }
    return tuple(chosen.get(s, UNDEFINED) for s in range(len(count.mdp)))


def _toward(count: Count, state: int) -> Policy:
    """Straight to x where that is possible: a start that spares policy iteration a round for each step of the way."""
    region = frozenset(count.allowed)
    ranks = attracted(count.mdp, state, region) if state in region else {}
    return _policy(count, {s: action for s, (_, action) in ranks.items()})


def _policy_or_bound(count: Count, policy: Policy) -> tuple[Policy | None, Mapping[int, Fraction] | None]:
    """A policy whose count reaches 1 at some gamma, or a bound that shows that none does.

    Near 1 the optimal policy is Blackwell optimal, so one of the two turns up.
    """
    step = _FIRST_STEP
    while True:
        value, policy = optimal(count.mdp, count.rewards, 1 - Fraction(1, 1 << step), policy, count.allowed)
        if count.best(value) >= 1:
            return policy, None
        bound = _undiscounted(count, policy)
        if bound is not None and bounds(count, bound):
            return None, bound
        step *= 2


def _undiscounted(count: Count, policy: Policy) -> Mapping[int, Fraction] | None:
    """The policy's values in the limit gamma -> 1, None if one of them is infinite."""
    form = count.form(policy)
    limits = {state: form.value(state).limit_at_one() for state in count.allowed}
    finite = {state: limit for state, limit in limits.items() if limit is not None}
    return finite if len(finite) == len(limits) else None


def bounds(count: Count, bound: Mapping[int, Fraction]) -> bool:
    """True iff W >= 0, W_s >= e_s + sum_t P(t | s, a) W_t for all allowed a, and sum_t P(t | s_new, a) W_t <= 1.

    Then no policy's count exceeds 1 undiscounted, and none that starts below 1 reaches it at a gamma < 1.
    """
    value = [bound.get(state, Fraction(0)) for state in range(len(count.mdp))]
    return count.best(value) <= 1 and all(
        value[state] >= count.rewards[state] + max((expectation(row, value) for row in _rows(count, state)), default=0)
        and value[state] >= 0
        for state in count.allowed
    )


def _rows(count: Count, state: int) -> list[tuple[tuple[int, Fraction], ...]]:
    return [count.mdp.rows[state][action] for action in count.allowed[state]]
