"""Instances changed in one place: actions and states added, terminal states made absorbing, s_term made terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from exact.errors import NoShutdown
from exact.instance import Instance, parse_instance
from exact.mdp import Mdp, Row

LOOP = "stay"


def readable(instance: Instance, name: str) -> Instance:
    """The instance as a file under another name reads; `source` is the file. Raises what the reader of files raises."""
    return parse_instance(replace(instance, name=name).source)


def with_action(instance: Instance, state: int, name: str, row: Row) -> Instance:
    """One more action, the last one of its state. The name is changed if it is taken."""
    mdp = instance.mdp
    actions, rows = list(mdp.actions), list(mdp.rows)
    actions[state] = (*actions[state], fresh(name, actions[state]))
    rows[state] = (*rows[state], row)
    return replace(instance, mdp=Mdp(mdp.states, tuple(actions), tuple(rows)))


def with_terminals(instance: Instance, names: Sequence[str]) -> Instance:
    """More states, without actions, unknown to goals and question."""
    mdp, more = instance.mdp, len(names)
    states = list(mdp.states)
    for name in names:
        states.append(fresh(name, states))
    longer = Mdp(tuple(states), (*mdp.actions, *[()] * more), (*mdp.rows, *[()] * more))
    zeros = (Fraction(0),) * more
    given = tuple(replace(entry, coefficients=entry.coefficients + zeros) for entry in instance.goals.inequalities)
    asked = instance.question
    fixed = tuple(range(len(mdp), len(longer)))
    question = replace(
        asked,
        rewards=None if asked.rewards is None else asked.rewards + zeros,
        permutations=tuple(phi + fixed for phi in asked.permutations),
    )
    return replace(instance, mdp=longer, goals=replace(instance.goals, inequalities=given), question=question)


def looping(instance: Instance, states: Sequence[int]) -> Instance:
    """Terminal states that get one action, back to themselves: their reward is received at every step."""
    changed, trained = instance, dict(instance.trained)
    for state in states:
        changed = with_action(changed, state, LOOP, ((state, Fraction(1)),))
        if state in instance.training:
            trained[state] = 0
    return replace(changed, trained=trained)


def absorbing(instance: Instance) -> Instance:
    """Every terminal state loops."""
    return looping(instance, [s for s in range(len(instance.mdp)) if instance.mdp.is_terminal(s)])


def visited_once(instance: Instance) -> Instance:
    """s_term is terminal: its loops are taken away. Raises NoShutdown if it has other actions."""
    mdp, term = instance.mdp, instance.s_term
    if any(row != ((term, Fraction(1)),) for row in mdp.rows[term]):
        raise NoShutdown(f"{mdp.states[term]} goes on to other states", "then it cannot be visited only once")
    while not mdp.is_terminal(term):
        mdp = mdp.without(term, 0)
    return replace(instance, mdp=mdp, trained={s: a for s, a in instance.trained.items() if s != term})


def fresh(name: str, known: Sequence[str]) -> str:
    """The name, or with a number if it is taken."""
    chosen, number = name, 2
    while chosen in known:
        chosen, number = f"{name}-{number}", number + 1
    return chosen
