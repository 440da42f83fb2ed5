"""The project under test: two agents that plan in an MDP, and a rule of thumb about shutdown. One agent is wrong."""

from __future__ import annotations

from fractions import Fraction

from exact.evaluate import action_values, optimal, values
from exact.instance import Instance
from exact.mdp import UNDEFINED, Mdp, Policy, Rewards


def short_sighted(mdp: Mdp, rewards: Rewards, gamma: Fraction) -> Policy:
    """In each state the action with the best reward at the next step."""
    return tuple(_best(mdp, list(rewards), rewards, gamma, s) for s in range(len(mdp)))


def far_sighted(mdp: Mdp, rewards: Rewards, gamma: Fraction) -> Policy:
    """Policy iteration: improve on the policy's own values until nothing gains."""
    policy = tuple(UNDEFINED if mdp.is_terminal(s) else 0 for s in range(len(mdp)))
    while True:
        value = values(mdp, policy, rewards, gamma)
        better = tuple(_best(mdp, value, rewards, gamma, s, policy[s]) for s in range(len(mdp)))
        if better == policy:
            return policy
        policy = better


def shuts_down(instance: Instance, rewards: Rewards) -> bool:
    """True iff shutting down is the only optimal action of s_new, at the question's gamma."""
    gamma = instance.question.gamma or Fraction(1, 2)
    best, _ = optimal(instance.mdp, rewards, gamma)
    worth = action_values(instance.mdp, best, rewards, gamma, instance.shutdown_state)
    return all(worth[instance.shutdown_action] > worth[a] for a in instance.alternatives)


def _best(mdp: Mdp, value: list[Fraction], rewards: Rewards, gamma: Fraction, state: int, present: int = 0) -> int:
    """The present action unless another one is strictly better."""
    if mdp.is_terminal(state):
        return UNDEFINED
    worth = action_values(mdp, value, rewards, gamma, state)
    return present if worth[present] == max(worth) else worth.index(max(worth))
