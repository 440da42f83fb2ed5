"""Exact values at one rational gamma: of one policy, and of the best by policy iteration. Rewards count from t = 0.

A region and its allowed actions may be given. Ball arithmetic only guesses where the exact iteration starts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flint import arb, arb_mat, ctx, fmpq, fmpq_mat

from exact.errors import NotADiscount, NotAPolicy
from exact.mdp import UNDEFINED, Mdp, Policy, Rewards

Allowed = Mapping[int, tuple[int, ...]]  # state of the region -> the actions that may be taken there; () where terminal
_Choice = tuple[int, ...]  # an action for each state of the region, in its order

_MOST_GUESSES = 60  # rounds of policy iteration in balls; exact iteration goes on from wherever they end
_GUARD_BITS = 64


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

    Raises NotADiscount; NotAPolicy if `start` has an action that is not allowed, or an allowed one leaves the region.
    """
    task = _Task(mdp, rewards, gamma, every_action(mdp) if allowed is None else allowed)
    choice = task.guessed(task.first(start))
    value = task.solved(choice)
    while (better := task.improved(choice, value)) != choice:
        choice, value = better, task.solved(better)
    return task.spread(value), task.policy(choice)


def action_values(mdp: Mdp, value: Sequence[Fraction], rewards: Rewards, gamma: Fraction, state: int) -> list[Fraction]:
    """Q(state, a) = theta(state) + gamma sum_t P(t | state, a) value(t) for each action, in their order."""
    return [rewards[state] + gamma * sum((p * value[t] for t, p in row), Fraction(0)) for row in mdp.rows[state]]


class _Task:
    """One region, one reward vector, one gamma, in FLINT's numbers; states by their place in the region."""

    def __init__(self, mdp: Mdp, rewards: Rewards, gamma: Fraction, allowed: Allowed) -> None:
        if not 0 < gamma < 1:
            raise NotADiscount(f"gamma = {gamma} is not a discount", "it lies strictly between 0 and 1", "gamma")
        self.mdp, self.allowed = mdp, allowed
        self.states = sorted(allowed)
        self.bits = gamma.denominator.bit_length() + _GUARD_BITS
        self.rewards = [_fmpq(rewards[state]) for state in self.states]
        place = {state: i for i, state in enumerate(self.states)}
        for state in self.states:
            for action in allowed[state]:
                if any(successor not in place for successor, _ in mdp.rows[state][action]):
                    raise NotAPolicy(f"{mdp.actions[state][action]} leaves the region", "", mdp.states[state])
        self.rows = [  # gamma P(. | s, a)
            {a: [(place[t], _fmpq(gamma * p)) for t, p in mdp.rows[state][a]] for a in allowed[state]}
            for state in self.states
        ]

    def first(self, start: Policy | None) -> _Choice:
        """The given policy, or the first allowed action of every state."""
        if start is None:
            return tuple(min(self.allowed[state], default=UNDEFINED) for state in self.states)
        for state in self.states:
            if start[state] not in (self.allowed[state] or (UNDEFINED,)):
                raise NotAPolicy("the policy has no allowed action", "give it one", self.mdp.states[state])
        return tuple(start[state] for state in self.states)

    def policy(self, choice: _Choice) -> Policy:
        """The choice as a policy of the whole MDP."""
        chosen = dict(zip(self.states, choice, strict=True))
        return tuple(chosen.get(state, UNDEFINED) for state in range(len(self.mdp)))

    def spread(self, value: list[fmpq]) -> list[Fraction]:
        """Values of the region as values of all states."""
        known = {state: Fraction(int(v.p), int(v.q)) for state, v in zip(self.states, value, strict=True)}
        return [known.get(state, Fraction(0)) for state in range(len(self.mdp))]

    def solved(self, choice: _Choice) -> list[fmpq]:
        """(I - gamma P)^-1 theta, exactly."""
        size = len(self.states)
        system = fmpq_mat(size, size, self._system(choice))
        return system.solve(fmpq_mat(size, 1, self.rewards)).entries()

    def _system(self, choice: _Choice) -> list[fmpq]:
        size = len(self.states)
        entries = [fmpq(0)] * (size * size)
        for i, action in enumerate(choice):
            entries[i * size + i] = fmpq(1)
            for j, p in self.rows[i][action] if action != UNDEFINED else ():
                entries[i * size + j] -= p
        return entries

    def improved(self, choice: _Choice, value: list[fmpq]) -> _Choice:
        """The best action of each state for these values; the present one where no other is strictly better."""
        return tuple(self._best(i, action, value) for i, action in enumerate(choice))

    def _best(self, place: int, present: int, value: list[fmpq]) -> int:
        if len(self.rows[place]) < 2:
            return present
        gains = {a: sum((p * value[j] for j, p in row), fmpq(0)) for a, row in self.rows[place].items()}
        best = max(gains, key=gains.__getitem__)
        return best if gains[best] > gains[present] else present

    def guessed(self, choice: _Choice) -> _Choice:
        """Policy iteration in balls: an action changes only where it is certainly better."""
        size = len(self.states)
        with ctx.workprec(self.bits):
            rewards = arb_mat(size, 1, self.rewards)
            rows = [{a: [(j, arb(p)) for j, p in row] for a, row in actions.items()} for actions in self.rows]
            for _ in range(_MOST_GUESSES):
                try:
                    value = arb_mat(size, size, self._system(choice)).solve(rewards).entries()
                except ZeroDivisionError:  # the precision does not show that the system is nonsingular
                    return choice
                better = tuple(_surely_best(rows[i], action, value) for i, action in enumerate(choice))
                if better == choice:
                    return choice
                choice = better
        return choice


def _surely_best(rows: Mapping[int, list[tuple[int, arb]]], present: int, value: list[arb]) -> int:
    if len(rows) < 2:
        return present
    gains = {action: sum((p * value[j] for j, p in row), arb(0)) for action, row in rows.items()}
    best = present
    for action, gain in gains.items():
        if gain > gains[best]:
            best = action
    return best


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
