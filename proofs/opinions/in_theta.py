"""Opinions: "theta is in Theta" and "theta is not in Theta" as named assertions, for each reading of Def. 6.

A spelling of Def. 6 of its own, on purpose: a second opinion that took it from `exact.goals` or from the linear search
would share their errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exact.errors import NotAPolicy
from exact.instance import Inequality, Instance
from proofs.opinions.script import Script, any_of, number, weighted
from proofs.opinions.values import Allowed, Choice, Task, require_optimal, require_values


@dataclass(frozen=True)
class Setting:
    """An instance with the script under way and gamma's term."""

    script: Script
    instance: Instance
    gamma: str

    def task(self, rewards: Sequence[str], prefix: str, allowed: Allowed | None = None) -> Task:
        """The values of these rewards, over all actions or the allowed ones."""
        everything = {state: range(len(rows)) for state, rows in enumerate(self.instance.mdp.rows)}
        actions = everything if allowed is None else allowed
        return Task(self.script, actions, rewards, self.gamma, prefix)


def require_in_theta(setting: Setting, rewards: Sequence[str], prefix: str) -> None:
    """Assert that the rewards lie in Theta: nonnegative, the further inequalities, and G_T."""
    instance, script = setting.instance, setting.script
    if instance.goals.nonnegative:
        for state, reward in enumerate(rewards):
            script.claim(f"nonnegative_{script.state(state)}", f"(>= {reward} 0.0)")
    for position, inequality in enumerate(instance.goals.inequalities):
        script.comment(f"inequality {position}: {inequality.text}")
        script.claim(f"inequality_{position}", _inequality(inequality, rewards))
    if instance.goals.reading == "immediate":
        for name, preferred, other in _immediate(setting, rewards):
            script.claim(name, f"({_relation(instance)} {preferred} {other})")
    elif instance.trained:
        strict = instance.goals.preference == "strict"
        choices = [Choice(s, a, strict, "trained") for s, a in sorted(instance.trained.items())]
        require_optimal(setting.task(rewards, prefix, _allowed(instance)), choices)


def require_outside_theta(setting: Setting, rewards: Sequence[str], prefix: str) -> None:
    """Assert that the rewards do not lie in Theta: one of its conditions fails. The values are V*, so this is exact."""
    instance = setting.instance
    broken = [f"(< {reward} 0.0)" for reward in rewards if instance.goals.nonnegative]
    broken += [f"(not {_inequality(inequality, rewards)})" for inequality in instance.goals.inequalities]
    relation = _relation(instance)
    if instance.goals.reading == "immediate":
        broken += [f"(not ({relation} {left} {right}))" for _, left, right in _immediate(setting, rewards)]
    elif instance.trained:
        broken += [f"(not ({relation} {left} {right}))" for left, right in _compared(setting, rewards, prefix)]
    setting.script.claim("outside_theta", any_of(broken))


def _compared(setting: Setting, rewards: Sequence[str], prefix: str) -> list[tuple[str, str]]:
    """(Q*(s, pi*(s)), Q*(s, a)) for each training state and other action."""
    instance = setting.instance
    task = setting.task(rewards, prefix, _allowed(instance))
    values = require_values(task, sorted(instance.trained))
    return [
        (task.action_value(values, state, trained), task.action_value(values, state, other))
        for state, trained in sorted(instance.trained.items())
        for other in task.allowed[state]
        if other != trained
    ]


def _relation(instance: Instance) -> str:
    return ">" if instance.goals.preference == "strict" else ">="


def _immediate(setting: Setting, rewards: Sequence[str]) -> list[tuple[str, str, str]]:
    """(name, expected next reward of the trained action, and of another) under the reading `immediate`."""
    script, found = setting.script, []
    for state, trained in sorted(setting.instance.trained.items()):
        worth = [weighted((p, rewards[t]) for t, p in row) for row in script.mdp.rows[state]]
        name = f"trained_{script.state(state)}_{script.action(state, trained)}"
        for other, value in enumerate(worth):
            if other != trained:
                found.append((f"{name}_vs_{script.action(state, other)}", worth[trained], value))
    return found


def _inequality(inequality: Inequality, rewards: Sequence[str]) -> str:
    left = weighted(zip(inequality.coefficients, rewards, strict=True))
    return f"({inequality.relation} {left} {number(inequality.bound)})"


def _allowed(instance: Instance) -> Allowed | None:
    """All actions under `return`; under `on-training` those that stay in S_train. Raises NotAPolicy."""
    if instance.goals.reading != "on-training":
        return None
    mdp, inside = instance.mdp, instance.training
    allowed = {
        state: tuple(a for a, row in enumerate(mdp.rows[state]) if all(t in inside for t, _ in row)) for state in inside
    }
    for state, action in instance.trained.items():
        if action not in allowed[state]:
            raise NotAPolicy("the trained action can leave training", "", f"policy.{mdp.states[state]}")
    return allowed
