"""Permutations of the states and what they do to goals (Defs. 1-3): (phi theta)(s) = theta(phi^-1 s)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exact.errors import NotAGoalSet
from exact.mdp import Mdp, Rewards

if TYPE_CHECKING:
    from exact.instance.model import Instance

Permutation = tuple[int, ...]  # (d,) phi(s) for each state s


def check_permutation(mdp: Mdp, phi: Permutation) -> None:
    """Raises NotAGoalSet unless phi permutes the states."""
    if sorted(phi) != list(range(len(mdp))):
        raise NotAGoalSet(f"{phi} is no permutation of the states", "give phi(s) for each state s")


def identity(mdp: Mdp) -> Permutation:
    """It moves nothing."""
    return tuple(range(len(mdp)))


def swap(instance: Instance, state: int) -> Permutation:
    """It exchanges `state` and s_term (Prop. 3), and leaves the others."""
    exchanged = {state: instance.s_term, instance.s_term: state}
    return tuple(exchanged.get(s, s) for s in range(len(instance.mdp)))


def inverse(phi: Permutation) -> Permutation:
    """phi^-1."""
    return tuple(sorted(range(len(phi)), key=phi.__getitem__))


def moved(phi: Permutation, theta: Rewards) -> Rewards:
    """phi theta."""
    return tuple(theta[source] for source in inverse(phi))


def between(first: Permutation, second: Permutation) -> Permutation:
    """second^-1 first: where it sends a goal of the orbit, the two images are one (Def. 4, Condition 3)."""
    back = inverse(second)
    return tuple(back[target] for target in first)


def cycles(mdp: Mdp, phi: Permutation) -> list[list[str]]:
    """Its cycles of two or more states, by names: the reward of each moves to the next one."""
    found, seen = [], set[int]()
    for start in range(len(phi)):
        cycle, state = list[str](), start
        while state not in seen:
            seen.add(state)
            cycle.append(mdp.states[state])
            state = phi[state]
        if len(cycle) > 1:
            found.append(cycle)
    return found
