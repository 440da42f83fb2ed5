"""An imported MDP -> an instance: names, and the shutdown (Def. 7)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import count
from pathlib import Path

from exact.errors import BadInstance, NoShutdown, UnknownState
from exact.formats.explicit import INIT, SHUTDOWN
from exact.formats.imported import Imported
from exact.instance import Instance, Question
from exact.instance.read import read_file
from exact.instance.tables import readable
from exact.mdp import Mdp, suggestion

OFF, TERM = "off", "term"
_SHAPE = 'write states = ["start", "hole"] in their order, or [states] with "0" = "start"'


def with_shutdown(found: Imported, shutdown: str | None = None) -> Instance:
    """The instance. shutdown: a state, which gets the action `off` to a new state `term`, or `STATE:ACTION` for an
    action that is there; None where the source says it.

    A state called `init` or `shutdown` that turns out not to be s_new or s_term is called by its number: these are
    labels of roles. Raises NoShutdown, UnknownState, UnknownAction, DuplicateState, TooLarge.
    """
    mdp, rewards, places = found.mdp, found.rewards, dict(found.positions)
    if shutdown is None:
        if found.shutdown is None:
            raise NoShutdown("the source names no shutdown", f"give --shutdown STATE; {_known(found)}")
        place = found.shutdown
    elif shutdown in mdp.states or ":" not in shutdown:
        state = mdp.state(shutdown, "--shutdown")
        mdp, place = _switched_off(mdp, state), (state, len(mdp.rows[state]))
        rewards = None if rewards is None else (*rewards, Fraction(0))
        if places:  # beside the grid
            places[mdp.state(TERM)] = min(x for x, _ in places.values()) - 1, places[state][1]
    else:
        name, _, action = shutdown.rpartition(":")
        state = mdp.state(name, "--shutdown")
        place = state, mdp.action(state, action, "--shutdown")
    name, prose, question = found.name, found.description, Question(None, rewards)
    made = Instance(mdp, *place, question=question, name=name, description=prose, positions=places)
    return replace(made, mdp=replace(mdp, states=_by_role(made)))


def _by_role(instance: Instance) -> tuple[str, ...]:
    names, roles = list(instance.mdp.states), {INIT: instance.shutdown_state, SHUTDOWN: instance.s_term}
    for number, name in enumerate(names):
        if roles.get(name, number) != number:
            names[number] = next(free for free in _numbered(number) if free not in names)
    return tuple(names)


def _numbered(number: int) -> Iterator[str]:
    return (f"{number}{'_' * more}" for more in count())


def _known(found: Imported) -> str:
    """Where it might be."""
    if found.initial is not None:
        return f"episodes begin in {found.mdp.states[found.initial]}"
    return suggestion("", found.mdp.states)


def _switched_off(mdp: Mdp, state: int) -> Mdp:
    """A new action `off` in the state, to a new terminal state `term`."""
    name = mdp.states[state]
    if mdp.is_terminal(state):
        raise NoShutdown(f"{name} is terminal", "the agent must be able to go on there (Def. 7)", "--shutdown")
    if TERM in mdp.states or OFF in mdp.actions[state]:
        taken = f'the state "{TERM}"' if TERM in mdp.states else f'the action "{OFF}" of {name}'
        raise NoShutdown(f"{taken} is there already", "give STATE:ACTION, or --names with other names", "--shutdown")
    actions, rows = list(mdp.actions), list(mdp.rows)
    actions[state] = (*actions[state], OFF)
    rows[state] = (*rows[state], ((len(mdp), Fraction(1)),))
    return Mdp((*mdp.states, TERM), (*actions, ()), (*rows, ()))


def renamed(found: Imported, names: Path | Mapping[str, object]) -> Imported:
    """Better names: `states` and `actions`, each a list by number or a table from the old names; or a file of them.

    Raises BadInstance, UnknownState, DuplicateState; OSError passes.
    """
    place = str(names) if isinstance(names, Path) else "names"
    document = _document(names) if isinstance(names, Path) else dict(names)
    states, actions = (_names(document.pop(key, {}), f"{place}: {key}") for key in ("states", "actions"))
    if document:
        raise BadInstance(f'unknown key "{next(iter(document))}"', "the keys are states and actions", place)
    mdp = found.mdp
    for kind, new, old in (("state", states, mdp.states), ("action", actions, sorted(set(sum(mdp.actions, ()))))):
        for name in new:
            if name not in old:
                raise UnknownState(f'"{name}" is no {kind}', suggestion(name, old), place)
    named = tuple(tuple(actions.get(name, name) for name in names) for names in mdp.actions)
    return replace(found, mdp=Mdp(tuple(states.get(name, name) for name in mdp.states), named, mdp.rows))


def _document(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(read_file(file).decode("utf-8"))
    except ValueError as error:
        raise BadInstance(f"not TOML: {error}", _SHAPE, str(file)) from None


def _names(given: object, where: str) -> dict[str, str]:
    table = {str(number): name for number, name in enumerate(given)} if isinstance(given, list) else given
    if not isinstance(table, dict) or not all(isinstance(name, str) for name in table.values()):
        raise BadInstance("names were expected", _SHAPE, where)
    readable(table.values(), "a state or an action", where)
    return table
