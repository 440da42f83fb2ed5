"""The parts of an instance that are said by names, whether a file says them or a caller. Errors name the place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from exact.errors import BadInstance, NotAPolicy, TooLarge
from exact.instance.inequality import inequality
from exact.instance.model import PREFERENCES, READINGS, Goals, Place
from exact.instance.tables import Table, boolean, choice, only, string, strings
from exact.limits import MOST_INEQUALITIES
from exact.mdp import Mdp

GOALS = ("reading", "preference", "nonnegative", "inequalities")
Numbers = Callable[[Any, str], Fraction]  # a number that is given, and its place -> its exact value


def trained(keys: Table, mdp: Mdp, training: Collection[int]) -> dict[int, int]:
    """pi* by numbers. Raises NotAPolicy where it is not one action for each training state that has any."""
    found: dict[int, int] = {}
    for name in keys:
        state = mdp.state(name, "policy")
        if state not in training:
            raise NotAPolicy(f"{name} is not in training", "name the actions of training states only", f"policy.{name}")
        found[state] = mdp.action(state, string(keys, name, "policy"), f"policy.{name}")
    for state in sorted(training):
        if state not in found and not mdp.is_terminal(state):
            name = mdp.states[state]
            raise NotAPolicy("the trained action is missing", f'add it: {name} = "..."', f"policy.{name}")
    return found


def goals(keys: Table, mdp: Mdp) -> Goals:
    """Def. 6. Raises BadInstance, NotAGoalSet, UnknownState, TooLarge."""
    only(keys, GOALS, "goals")
    texts = strings(keys, "inequalities", "goals")
    if len(texts) * len(mdp) > MOST_INEQUALITIES:
        problem = f"{len(texts)} inequalities over {len(mdp)} states"
        raise TooLarge(problem, f"at most {MOST_INEQUALITIES // len(mdp)} can be read", "goals.inequalities")
    return Goals(
        reading=choice(keys, "reading", "goals", READINGS),
        preference=choice(keys, "preference", "goals", PREFERENCES),
        nonnegative=boolean(keys, "nonnegative", "goals", True),
        inequalities=tuple(inequality(text, mdp, f"goals.inequalities[{k}]") for k, text in enumerate(texts)),
    )


def vector(mdp: Mdp, rewards: Mapping[str, Any], where: str, number: Numbers) -> tuple[Fraction, ...]:
    """theta: (d,) from rewards by name; unnamed states have 0. Raises UnknownState, NotExact."""
    found = [Fraction(0)] * len(mdp)
    for name, value in rewards.items():
        found[mdp.state(name, where)] = number(value, f"{where}.{name}")
    return tuple(found)


def permutation(mdp: Mdp, cycles: Sequence[object], where: str) -> tuple[int, ...]:
    """phi(s) for each state, from disjoint cycles: the reward of a state moves to the next of its cycle."""
    phi = list(range(len(mdp)))
    for cycle in cycles:
        if not isinstance(cycle, (list, tuple)) or len(cycle) < 2 or not all(isinstance(name, str) for name in cycle):
            raise BadInstance("a cycle is a list of at least two states", 'such as ["term", "r1"]', where)
        states = [mdp.state(name, where) for name in cycle]
        if any(phi[s] != s for s in states) or len(set(states)) < len(states):
            raise BadInstance("the cycles are not disjoint", "name each state once", where)
        for source, target in zip(states, [*states[1:], states[0]], strict=True):
            phi[source] = target
    return tuple(phi)


def positions(places: Mapping[str, Any], mdp: Mdp, number: Numbers) -> dict[int, Place]:
    """Where drawings put states. Raises BadInstance, UnknownState, NotExact."""
    found: dict[int, Place] = {}
    for name, place in places.items():
        where = f"positions.{name}"
        if not isinstance(place, (list, tuple)) or len(place) != 2:
            raise BadInstance("a position is a list of two numbers", "write [0, 1], the second upwards", where)
        across, up = (number(value, where) for value in place)
        found[mdp.state(name, "positions")] = across, up
    return found
