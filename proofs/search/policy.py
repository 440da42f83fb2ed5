"""One stationary policy, and its closed forms as claims to offer to the kernel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from exact.closed_form import value_at
from exact.closed_form.chain import reached
from exact.graph import reachable
from exact.instance import Instance
from exact.mdp import UNDEFINED, Policy, keyed
from proofs.claims.types import ClosedForm


def chosen(instance: Instance, actions: Mapping[str, str], where: str) -> Policy:
    """Actions by state; states not named take their first action, s_new its first that is not a_sd.

    Raises UnknownState, UnknownAction.
    """
    mdp = instance.mdp
    policy = [UNDEFINED if mdp.is_terminal(s) else 0 for s in range(len(mdp))]
    policy[instance.shutdown_state] = next(iter(instance.alternatives), instance.shutdown_action)
    for name, action in keyed(actions, where, '{"new": "go"}').items():
        state = mdp.state(name, where)
        policy[state] = mdp.action(state, action, where)
    return tuple(policy)


def visited(instance: Instance, policy: Policy) -> list[int]:
    """The states that it can be in after the start; policy: as of `chosen`."""
    rows = instance.mdp.rows
    acting = [s for s in reached(instance.mdp, policy, instance.shutdown_state) if rows[s]]
    return sorted({t for s in acting for t, _ in rows[s][policy[s]]})


def closed_forms(instance: Instance, policy: Policy) -> Iterator[ClosedForm]:
    """M_{s_new} for the reward 1 of each reachable state alone; then for the question's rewards, if there are any."""
    mdp, start, asked = instance.mdp, instance.shutdown_state, instance.question.rewards
    visited = set(reached(mdp, policy, start))
    named = mdp.name_policy(tuple(a if s in visited else UNDEFINED for s, a in enumerate(policy)))
    goals = [{x: Fraction(1)} for x in sorted(reachable(mdp, [start]))]
    goals += [] if asked is None else [{s: r for s, r in enumerate(asked) if r}]
    for rewards in goals:
        above, below = value_at(mdp, policy, start, rewards).coefficients()
        yield ClosedForm(named, {mdp.states[s]: r for s, r in rewards.items()}, below, {mdp.states[start]: above})
