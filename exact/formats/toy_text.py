"""Gymnasium's toy-text environments, and every object with a table `.P` like theirs.

`P[state][action]` lists (probability, successor, reward, terminated). An episode that ends on entering a state makes
the state terminal; theta counts visits, so rewards are kept where they depend on the state entered alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exact.conversion import exact_value
from exact.errors import NotAModel, NotStochastic
from exact.formats.entered import entered
from exact.formats.imported import Imported, check_states, merged, merging, ranges
from exact.formats.repair import Repair, repaired
from exact.instance.model import Place
from exact.mdp import Mdp, Row

_SHAPE = "P[state][action] is a list of (probability, successor, reward, terminated)"


@dataclass(frozen=True)
class _Outcome:
    probability: Fraction
    spelled: str
    successor: int
    reward: Fraction
    ends: bool


_Table = list[list[list[_Outcome]]]  # by state and action


def from_toy_text(environment: Any, name: str = "toy-text") -> Imported:
    """The MDP of an environment with a table `.P`. Raises NotAModel, NotStochastic, NotExact, TooLarge."""
    inner = getattr(environment, "unwrapped", environment)
    if not hasattr(inner, "P"):
        problem = f"{type(inner).__name__} has no table P of probabilities"
        raise NotAModel(problem, "from_environment explores what is deterministic")
    states, table = _table(inner.P)
    starts = _starts(inner, len(states))
    terminal, notes = _terminal(table, starts)
    rows, repairs = _rows(table, terminal)
    actions = [tuple(map(str, _keys(inner.P[key]))) if s not in terminal else () for s, key in enumerate(states)]
    names = tuple(map(str, states))
    paid = ((o.successor, o.reward, f"from {names[s]} by {a}") for s, a, row in _living(table, terminal) for o in row)
    rewards, said = entered(names, paid)
    repeated = sum(len({o.successor for o in row}) < len(row) for _, _, row in _living(table, terminal))
    return Imported(
        mdp=Mdp(names, tuple(actions), tuple(map(tuple, rows))),
        name=name,
        rewards=rewards,
        initial=starts[0] if len(starts) == 1 else None,
        positions=_grid(inner, len(states)),
        repairs=tuple(repairs),
        notes=(*merging(repeated), *notes, *said),
        rows=sum(map(len, table)),
    )


def _table(source: Any) -> tuple[list[Hashable], _Table]:
    try:
        states = _keys(source)
        check_states(len(states))
        numbers = {state: number for number, state in enumerate(states)}
        found = [
            [_outcomes(source[state][action], numbers, f"{state}.{action}") for action in _keys(source[state])]
            for state in states
        ]
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise NotAModel(f"P cannot be read ({type(error).__name__}: {error})", _SHAPE) from None
    return states, found


def _keys(source: Any) -> list[Hashable]:
    """The numbers of a list, or the keys of a mapping."""
    return list(source.keys()) if hasattr(source, "keys") else list(range(len(source)))


def _outcomes(row: Sequence[Any], numbers: dict[Hashable, int], where: str) -> list[_Outcome]:
    found = []
    for entry in row:
        if len(entry) != 4:
            raise NotAModel(f"an outcome of {len(entry)} parts", _SHAPE, where)
        probability, successor, reward, ends = entry
        if successor not in numbers:
            raise NotAModel(f"the successor {str(successor)[:40]} is no state", _SHAPE, where)
        chance = exact_value(probability, where)
        if chance.numerator < 0:
            raise NotStochastic(f"probability {probability}", "it must lie in [0, 1]", where)
        worth = exact_value(reward, where)
        if chance:
            found.append(_Outcome(chance, str(probability), numbers[successor], worth, bool(ends)))
    if not found:
        raise NotStochastic("no outcome is possible", _SHAPE, where)
    return found


def _terminal(table: _Table, starts: list[int]) -> tuple[set[int], list[str]]:
    """The states that end an episode: they loop on themselves, terminated, or every way in is terminated."""
    looping = {s for s, rows in enumerate(table) if rows and all(_loops(s, row) for row in rows)}
    entered = {o.successor for rows in table for row in rows for o in row if o.ends} - looping
    terminal = looping | entered
    for s in _visited(table, starts, terminal):
        for outcome in [o for row in table[s] for o in row]:
            if outcome.successor in entered and not outcome.ends:
                problem = f"the episode ends on some ways into state {outcome.successor}, not on the way from {s}"
                raise NotAModel(problem, "give the end a state of its own")
    notes = [f"terminal (terminated, looping on themselves): {ranges(sorted(looping))}"] if looping else []
    if entered:
        notes.append(f"terminal (every way in is terminated; their own actions are dropped): {ranges(sorted(entered))}")
    return terminal, notes


def _visited(table: _Table, starts: list[int], terminal: set[int]) -> list[int]:
    """The states in which an episode goes on; all that may, if it is not known where episodes begin."""
    if not starts:
        return [s for s in range(len(table)) if s not in terminal]
    found = [s for s in starts if s not in terminal]
    known = set(found) | terminal
    for s in found:
        new = {outcome.successor for row in table[s] for outcome in row} - known
        known |= new
        found += sorted(new)
    return found


def _loops(state: int, row: list[_Outcome]) -> bool:
    return all(outcome.successor == state and outcome.ends for outcome in row)


def _rows(table: _Table, terminal: set[int]) -> tuple[list[list[Row]], list[Repair]]:
    made: list[list[Row]] = [[] for _ in table]
    repairs: list[Repair] = []
    for state, action, row in _living(table, terminal):
        before = [outcome.probability for outcome in row]
        after = repaired(before, f"{state}.{action}")
        if list(after) != before:
            repairs.append(Repair(state, action, tuple(outcome.spelled for outcome in row), after, tuple(before)))
        made[state].append(merged([(o.successor, p) for o, p in zip(row, after, strict=True)]))
    return made, repairs


def _living(table: _Table, terminal: set[int]) -> Iterable[tuple[int, int, list[_Outcome]]]:
    return ((s, a, row) for s, rows in enumerate(table) if s not in terminal for a, row in enumerate(rows))


def _grid(environment: Any, size: int) -> dict[int, Place]:
    """Where a grid of that many cells has them, row by row, the first row on top; nothing if there is no such grid."""
    shape = getattr(getattr(environment, "desc", environment), "shape", ())
    if not isinstance(shape, tuple) or len(shape) != 2 or shape[0] * shape[1] != size:
        return {}
    return {state: (Fraction(state % int(shape[1])), Fraction(-(state // int(shape[1])))) for state in range(size)}


def _starts(environment: Any, size: int) -> list[int]:
    """Where episodes begin; nothing if the environment does not say."""
    chances = getattr(environment, "initial_state_distrib", None)
    return [] if chances is None or len(chances) != size else [state for state in range(size) if chances[state]]
