"""Layer: exact values, the questions: the values of a policy, and V* with an optimal policy, by policy iteration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from exact.conversion import flint
from exact.digits import shown
from exact.errors import NotADiscount, NotAPolicy
from exact.evaluate.solve import Values, solved
from exact.mdp import UNDEFINED, Mdp, Policy, Rewards

Allowed = Mapping[int, tuple[int, ...]]  # state of the region -> the actions that may be taken there; () where terminal
_Choice = dict[int, int]  # an action for each state of the region

_SMALL = 24  # states, up to which exact policy iteration is quicker than loading numpy


def every_action(mdp: Mdp) -> Allowed:
    """All states with all their actions."""
    return {state: tuple(range(len(rows))) for state, rows in enumerate(mdp.rows)}


def values(mdp: Mdp, policy: Policy, rewards: Rewards, gamma: Fraction) -> list[Fraction]:
    """(d,) expected discounted return of the policy from each state. Raises NotAPolicy, NotADiscount."""
    task = _Task(mdp, rewards, gamma, every_action(mdp))
    return task.spread(task.solved(task.first(policy)))


def optimal(
    mdp: Mdp, rewards: Rewards, gamma: Fraction, start: Policy | None = None, allowed: Allowed | None = None
) -> tuple[list[Fraction], Policy]:
    """(V*, an optimal policy), exact; 0 and UNDEFINED outside the region. `start` is where the search begins.

    The policy takes the action of `start` wherever that is optimal, otherwise the first optimal one.
    Raises NotADiscount; NotAPolicy if `start` has an action that is not allowed, or an allowed one leaves the region.
    """
    task = _Task(mdp, rewards, gamma, every_action(mdp) if allowed is None else allowed)
    first = task.first(start)
    choice = first if len(first) <= _SMALL else task.guessed(first)
    while True:
        value = task.solved(choice)
        best = task.best(value)
        improved = choice | {s: actions[0] for s, actions in best.items() if choice[s] not in actions}
        if improved == choice:
            break
        choice = improved
    preferred = {s: first[s] if first[s] in actions else actions[0] for s, actions in best.items()}
    return task.spread(value), task.policy(choice | preferred)


def action_values(mdp: Mdp, value: Sequence[Fraction], rewards: Rewards, gamma: Fraction, state: int) -> list[Fraction]:
    """Q(state, a) = theta(state) + gamma sum_t P(t | state, a) value(t) for each action, in their order."""
    return [rewards[state] + gamma * sum((p * value[t] for t, p in row), Fraction(0)) for row in mdp.rows[state]]


class _Task:
    """One region, one reward vector, one gamma."""

    def __init__(self, mdp: Mdp, rewards: Rewards, gamma: Fraction, allowed: Allowed) -> None:
        if not 0 < gamma < 1:
            raise NotADiscount(f"gamma = {shown(gamma)} is not a discount", "it lies strictly between 0 and 1", "gamma")
        self.mdp, self.gamma = mdp, gamma
        self.allowed = {state: allowed[state] for state in sorted(allowed)}
        self.rewards = {state: flint(rewards[state]) for state in self.allowed}
        for state, actions in self.allowed.items() if len(allowed) < len(mdp) else ():
            for action in actions:
                if any(successor not in allowed for successor, _ in mdp.rows[state][action]):
                    raise NotAPolicy(f"{mdp.actions[state][action]} leaves the region", "", mdp.states[state])

    def first(self, start: Policy | None) -> _Choice:
        """The given policy, or the first allowed action of every state."""
        if start is None:
            return {state: min(actions, default=UNDEFINED) for state, actions in self.allowed.items()}
        for state, actions in self.allowed.items():
            if start[state] not in (actions or (UNDEFINED,)):
                raise NotAPolicy("the policy has no allowed action", "give it one", self.mdp.states[state])
        return {state: start[state] for state in self.allowed}

    def policy(self, choice: _Choice) -> Policy:
        """The choice as a policy of the whole MDP."""
        return tuple(choice.get(state, UNDEFINED) for state in range(len(self.mdp)))

    def spread(self, value: Values) -> list[Fraction]:
        """Values of the region as values of all states."""
        return [value[state] if state in self.allowed else Fraction(0) for state in range(len(self.mdp))]

    def solved(self, choice: _Choice) -> Values:
        """(I - gamma P)^-1 theta, exactly."""
        rows = self.mdp.integer_rows
        return solved({s: None if a == UNDEFINED else rows[s][a] for s, a in choice.items()}, self.rewards, self.gamma)

    def best(self, value: Values) -> dict[int, list[int]]:
        """The actions that are best for these values, in the states with a choice (Bellman's equation)."""
        found: dict[int, list[int]] = {}
        for state, actions in self.allowed.items():
            if len(actions) > 1:
                rows = self.mdp.integer_rows[state]
                expected = {action: value.expected(rows[action]) for action in sorted(actions)}
                highest = max(expected.values())
                found[state] = [action for action, worth in expected.items() if worth == highest]
        return found

    def guessed(self, choice: _Choice) -> _Choice:
        """Where the exact iteration starts."""
        from exact.evaluate.guess import guessed  # numpy takes longer to load than a small question takes to answer

        return guessed(self.mdp, self.allowed, self.rewards, self.gamma, choice)
