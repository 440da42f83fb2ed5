"""A smaller instance: without the states that nothing leads to."""

from __future__ import annotations

from dataclasses import replace

from exact.graph import reachable
from exact.instance.model import Inequality, Instance
from exact.mdp import Mdp, Row


def trimmed(instance: Instance) -> Instance:
    """Only what s_new and the training states can reach, s_term included; the states keep their order and names.

    Coefficients of inequalities for the other states are dropped, which reads their rewards as 0.
    """
    mdp = instance.mdp
    kept = sorted(reachable(mdp, {instance.shutdown_state, *instance.training}))
    place = {state: number for number, state in enumerate(kept)}

    def row(old: Row) -> Row:
        return tuple((place[target], p) for target, p in old)

    def restricted(old: Inequality) -> Inequality:
        return Inequality(tuple(old.coefficients[s] for s in kept), old.relation, old.bound)

    rows = tuple(tuple(map(row, mdp.rows[s])) for s in kept)
    rewards = instance.question.rewards
    return replace(
        instance,
        mdp=Mdp(tuple(mdp.states[s] for s in kept), tuple(mdp.actions[s] for s in kept), rows),
        shutdown_state=place[instance.shutdown_state],
        training=frozenset(place[s] for s in instance.training),
        trained={place[s]: action for s, action in instance.trained.items()},
        goals=replace(instance.goals, inequalities=tuple(map(restricted, instance.goals.inequalities))),
        question=replace(
            instance.question, rewards=None if rewards is None else tuple(rewards[s] for s in kept), permutations=()
        ),
    )
