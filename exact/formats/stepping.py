"""A deterministic environment that can only be reset and stepped -> its MDP, by breadth-first search.

An environment cannot be put into a state, so each state is reached anew: reset, then the shortest known actions.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from exact.conversion import exact_value
from exact.errors import NotAModel
from exact.formats.entered import entered
from exact.formats.imported import Imported, check_states
from exact.mdp import Mdp

_LONGEST_NAME = 40


@dataclass
class _Explored:
    """What is known: observations by number, actions that lead there, and for each state and action what follows."""

    seen: dict[Hashable, int] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    paths: list[tuple[int, ...]] = field(default_factory=list)
    after: dict[tuple[int, int], tuple[int, Fraction]] = field(default_factory=dict)  # -> successor, reward
    ends: dict[int, bool] = field(default_factory=lambda: {0: False})  # whether the episode ends on entering a state

    def number(self, observation: Any, path: tuple[int, ...]) -> int:
        """Its number; new ones are noted with the way to them."""
        key = _key(observation)
        if key not in self.seen:
            check_states(len(self.seen) + 1)
            self.seen[key] = len(self.seen)
            self.shown.append(str(observation))
            self.paths.append(path)
        return self.seen[key]


def from_environment(
    reset: Callable[[], Any],
    step: Callable[[Any], Any],
    actions: Iterable[Any],
    name: str = "environment",
    tries: int = 10,
) -> Imported:
    """The MDP of a deterministic environment whose observation is its whole state.

    reset() gives an observation, or Gymnasium's pair (observation, info); step(action) an observation, or Gymnasium's
    tuple (observation, reward, terminated, truncated, info), of which all after the reward may be missing. Each step is
    made `tries` times at least: chance that shows more seldom is not noticed. Raises NotAModel where a step goes
    differently, or where an episode is cut off by a time limit.
    """
    offered = list(actions)
    known, queue = _Explored(), 0
    known.number(_first(reset()), ())
    while queue < len(known.paths):
        if not known.ends[queue]:
            for action in range(len(offered)):
                for _ in range(tries):
                    _try(known, reset, step, offered, (*known.paths[queue], action))
        queue += 1
    found = _imported(known, [str(action) for action in offered], name)
    return found.noted(f"each step was made {tries} times or more, and went the same way each time")


def _try(
    known: _Explored, reset: Callable[[], Any], step: Callable[[Any], Any], offered: list[Any], path: tuple[int, ...]
) -> None:
    """Walk a path whose last step may be new."""
    state = known.number(_first(reset()), ())
    if state:
        raise NotAModel("reset() begins in different states", "fix its seed, or let it begin in one state")
    for position, action in enumerate(path):
        observation, reward, ends = _stepped(step(offered[action]), f"after {position + 1} steps")
        successor = known.number(observation, path[: position + 1])
        if known.after.setdefault((state, action), (successor, reward)) != (successor, reward):
            where = f"{known.shown[state][:_LONGEST_NAME]} and action {offered[action]}"
            problem = f"what follows {where} differs from time to time"
            raise NotAModel(problem, "only deterministic ones can be explored")
        if known.ends.setdefault(successor, ends) != ends:
            problem = f"the episode ends on some ways into {known.shown[successor][:_LONGEST_NAME]} only"
            raise NotAModel(problem, "the observation must be the whole state")
        state = successor


def _first(answer: Any) -> Any:
    """Gymnasium's reset() gives (observation, info)."""
    return answer[0] if isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], dict) else answer


def _stepped(answer: Any, where: str) -> tuple[Any, Fraction, bool]:
    """(observation, reward, terminated); a bare observation has reward 0 and goes on."""
    if not isinstance(answer, tuple) or len(answer) < 2 or len(answer) > 5:
        return answer, Fraction(0), False
    terminated, truncated = (bool(answer[k]) if len(answer) > k else False for k in (2, 3))
    if truncated and len(answer) == 5:
        remedy = "step the environment without it (env.unwrapped)"
        raise NotAModel("an episode is cut off by a time limit", remedy, where)
    return answer[0], exact_value(answer[1], where), terminated


def _key(observation: Any) -> Hashable:
    """Something hashable that is equal for equal observations."""
    if hasattr(observation, "tolist"):
        return _key(observation.tolist())
    if isinstance(observation, dict):
        return tuple(sorted((key, _key(value)) for key, value in observation.items()))
    if isinstance(observation, (list, tuple)):
        return tuple(map(_key, observation))
    if not isinstance(observation, Hashable):
        raise NotAModel(f"an observation of type {type(observation).__name__}", "give numbers, texts, tuples, arrays")
    return observation


def _imported(known: _Explored, actions: list[str], name: str) -> Imported:
    size = len(known.paths)
    short = all(text.strip() and text.isprintable() and len(text) <= _LONGEST_NAME for text in known.shown)
    names = known.shown if short and len(set(known.shown)) == size else list(map(str, range(size)))
    living = [not known.ends[state] for state in range(size)]
    rows = tuple(
        tuple(((known.after[state, a][0], Fraction(1)),) for a in range(len(actions))) if living[state] else ()
        for state in range(size)
    )
    offered = tuple(tuple(actions) if alive else () for alive in living)
    paid = ((t, reward, f"from {names[s]} by {actions[a]}") for (s, a), (t, reward) in known.after.items())
    rewards, said = entered(names, paid)
    notes = (f"{size} states were explored from {names[0]}", *said)
    return Imported(Mdp(tuple(names), offered, rows), name, "explored by stepping", rewards, 0, notes=notes)
