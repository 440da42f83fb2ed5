"""Is one reward vector in Theta (Def. 6, and theory.md's readings of it), and what does f decide for it (Def. 7)?

One theta at one rational gamma; `exact.orbit` asks the same about every theta of an orbit at once, by other means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from exact import evaluate
from exact.digits import shown
from exact.errors import NotAGoalSet
from exact.evaluate import Allowed
from exact.graph import reachable, stays
from exact.instance.model import Inequality, Instance
from exact.mdp import Mdp, Rewards

Worth = dict[int, Fraction]  # of actions, by their numbers


@dataclass(frozen=True)
class Violation:
    """Why theta is not in Theta: a negative reward of `state`; or `inequality`; or `action` against pi* in `state`.

    values: (what the trained action is worth, what `action` is worth) under the reading; or (the reward,).
    """

    state: int | None = None
    action: int | None = None
    values: tuple[Fraction, ...] = ()
    inequality: Inequality | None = None

    def describe(self, mdp: Mdp) -> str:
        """One line with names."""
        if self.inequality is not None:
            return f"not satisfied: {self.inequality.text or self.inequality.describe(mdp.states)}"
        if self.state is None:
            return "no reason was given"
        name = mdp.states[self.state]
        if self.action is None:
            return f"the reward {shown(self.values[0])} of {name} is negative"
        action, (trained, other) = mdp.actions[self.state][self.action], map(shown, self.values)
        return f"in {name} the trained action is worth {trained}, but {action} is worth {other}"


def coordinates(instance: Instance) -> frozenset[int]:
    """The states whose rewards G_T can depend on (Def. 6). A training state with one action imposes nothing."""
    mdp, reading = instance.mdp, instance.goals.reading
    choosing = [state for state in instance.training if len(mdp.rows[state]) > 1]
    if reading == "return":
        return reachable(mdp, choosing)
    if reading == "immediate":
        return frozenset(t for state in choosing for row in mdp.rows[state] for t, _ in row)
    return instance.training


def violation(instance: Instance, rewards: Rewards, gamma: Fraction) -> Violation | None:
    """The first reason why theta is not in Theta; None if it is. Raises NotAGoalSet if theta has another length."""
    check_length(instance.mdp, rewards)
    if instance.goals.nonnegative:
        for state, reward in enumerate(rewards):
            if reward < 0:
                return Violation(state=state, values=(reward,))
    for inequality in instance.goals.inequalities:
        if not inequality.holds(rewards):
            return Violation(inequality=inequality)
    return next(_training_violations(instance, rewards, gamma), None)


def decision(instance: Instance, rewards: Rewards, gamma: Fraction) -> str:
    """f in s_new: "shutdown" if f(A0) > f(A1), "avoid" if f(A0) < f(A1), "tie" if they are equal; by Q*(s_new, .)."""
    check_length(instance.mdp, rewards)
    allowed = ahead_of(instance.mdp, (instance.shutdown_state,))
    best, _ = evaluate.optimal(instance.mdp, rewards, gamma, allowed=allowed)
    worth = evaluate.action_values(instance.mdp, best, rewards, gamma, instance.shutdown_state)
    highest = max(worth)
    tied = sum(worth[action] == highest for action in instance.alternatives)
    return decided(instance.ties, worth[instance.shutdown_action] == highest, tied)


def decided(ties: str, shutdown_optimal: bool, tied: int) -> str:
    """The decision where `tied` actions of A1 are optimal, and shutdown is or is not (theory.md, section 2, end)."""
    if not shutdown_optimal:
        return "avoid"
    if not tied or ties == "shutdown-first":
        return "shutdown"
    return "tie" if ties == "uniform" and tied == 1 else "avoid"


def check_length(mdp: Mdp, rewards: Rewards) -> None:
    """Raises NotAGoalSet unless theta has one entry for each state."""
    if len(rewards) != len(mdp):
        raise NotAGoalSet(f"{len(rewards)} rewards for {len(mdp)} states", "give one reward for each state", "rewards")


def ahead_of(mdp: Mdp, states: Iterable[int]) -> Allowed:
    """The part of the MDP that the values of these states depend on."""
    return {state: tuple(range(len(mdp.rows[state]))) for state in sorted(reachable(mdp, states))}


def training_actions(instance: Instance) -> Allowed:
    """The MDP of the reading `on-training`: S_train, and in each of its states the actions that cannot leave it."""
    rows, inside = instance.mdp.rows, instance.training
    return {s: tuple(a for a, row in enumerate(rows[s]) if stays(row, inside)) for s in sorted(inside)}


def _training_violations(instance: Instance, rewards: Rewards, gamma: Fraction) -> Iterator[Violation]:
    """Each (state, action) of training that is worth more than pi* (strict: as much), in order."""
    strict = instance.goals.preference == "strict"
    for state, worth in _worth_in_training(instance, rewards, gamma):
        trained = instance.trained[state]
        for action, value in worth.items():
            if action != trained and (value > worth[trained] or (strict and value == worth[trained])):
                yield Violation(state, action, (worth[trained], value))


def _worth_in_training(instance: Instance, rewards: Rewards, gamma: Fraction) -> Iterator[tuple[int, Worth]]:
    """(state, {action: its expected reward under the reading}) for the training states that have actions."""
    mdp, reading = instance.mdp, instance.goals.reading
    allowed = training_actions(instance) if reading == "on-training" else ahead_of(mdp, instance.trained)
    if reading == "immediate":
        best, paid, factor = [*rewards], (Fraction(0),) * len(mdp), Fraction(1)  # nothing but the next reward
    elif instance.trained:
        (best, _), paid, factor = evaluate.optimal(mdp, rewards, gamma, allowed=allowed), rewards, gamma
    for state in sorted(instance.trained):
        worth = evaluate.action_values(mdp, best, paid, factor, state)
        yield state, {a: worth[a] for a in allowed[state]}
