"""Opinions: "these actions are optimal", as conditions on a value vector W.

W is superharmonic, W(s) >= r(s) + gamma P_a W for all actions, so W >= V*. It is attained (equal to some action's
value; at a chosen state, to the chosen action's) wherever the chosen actions and, elsewhere, any actions can lead.
There some policy has the value W, so W <= V*, and W = V*. Hence such a W exists iff the chosen actions are optimal.
Elsewhere W may exceed V*, which saves disjunctions: G_T is in general no polyhedron (reading `return`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from exact.graph import closure
from proofs.opinions.script import Script, any_of, total, weighted

Allowed = Mapping[int, Sequence[int]]  # state -> the actions that may be taken there


@dataclass(frozen=True)
class Choice:
    """`action` is optimal in `state`; strict: no other action is. `role` begins the assertions' names."""

    state: int
    action: int
    strict: bool
    role: str


@dataclass(frozen=True)
class Task:
    """What the values are of: rewards[s] and gamma are terms, `prefix` begins the symbols of the values."""

    script: Script
    allowed: Allowed
    rewards: Sequence[str]
    gamma: str
    prefix: str

    def action_value(self, values: Mapping[int, str], state: int, action: int) -> str:
        """r(s) + gamma sum_t P(t | s, a) W(t)."""
        expected = weighted((p, values[t]) for t, p in self.script.mdp.rows[state][action])
        return total([self.rewards[state], f"(* {self.gamma} {expected})"])

    def reachable(self, sources: Iterable[int], chosen: Mapping[int, Sequence[int]]) -> list[int]:
        """Where the chosen actions, and any allowed ones in other states, can lead; the sources included. Ascending."""

        def onward(state: int) -> list[int]:
            return [t for a in chosen.get(state, self.allowed[state]) for t, _ in self.script.mdp.rows[state][a]]

        return sorted(closure(sources, onward))

    def declare(self, states: Iterable[int]) -> dict[int, str]:
        """One value symbol for each state."""
        return {state: self.script.real(f"{self.prefix}_{self.script.state(state)}") for state in states}


def require_optimal(task: Task, choices: Sequence[Choice]) -> dict[int, str]:
    """Assert that every choice is optimal for task.rewards; the values, where the choices can lead."""
    chosen: dict[int, list[int]] = {}
    for choice in choices:
        chosen.setdefault(choice.state, []).append(choice.action)
    values = task.declare(task.reachable(chosen, {}))
    attained = set(task.reachable(chosen, chosen))
    for choice in choices:
        _preferred(task, values, choice)
    for state in values:
        if state not in chosen:
            _best(task, values, state, state in attained)
    return values


def require_values(task: Task, sources: Iterable[int]) -> dict[int, str]:
    """Assert that the values are V* wherever the sources can lead, and return them."""
    values = task.declare(task.reachable(sources, {}))
    for state in values:
        _best(task, values, state, True)
    return values


def _preferred(task: Task, values: Mapping[int, str], choice: Choice) -> None:
    script, state = task.script, choice.state
    name = f"{choice.role}_{script.state(state)}_{script.action(state, choice.action)}"
    script.claim(name, f"(= {values[state]} {task.action_value(values, state, choice.action)})")
    relation = ">" if choice.strict else ">="
    for other in task.allowed[state]:
        if other != choice.action:
            formula = f"({relation} {values[state]} {task.action_value(values, state, other)})"
            script.claim(f"{name}_vs_{script.action(state, other)}", formula)


def _best(task: Task, values: Mapping[int, str], state: int, attained: bool) -> None:
    """W(state) is at least every action's value; attained: it is one of them."""
    script, actions = task.script, task.allowed[state]
    name, symbol = f"{task.prefix}_{script.state(state)}", values[state]
    if not actions:
        script.claim(f"{name}_ends", f"(= {symbol} {task.rewards[state]})")
        return
    worth = {action: task.action_value(values, state, action) for action in actions}
    if attained and len(actions) == 1:
        script.claim(f"{name}_{script.action(state, actions[0])}", f"(= {symbol} {worth[actions[0]]})")
        return
    for action, value in worth.items():
        script.claim(f"{name}_from_{script.action(state, action)}", f"(>= {symbol} {value})")
    if attained:
        script.claim(f"{name}_attained", any_of([f"(= {symbol} {value})" for value in worth.values()]))
