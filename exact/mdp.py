"""The MDP as exact data: immutable, validated, hashable. States and actions are numbered in the order given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property

from exact.errors import BadInstance, DuplicateState, NotStochastic, UnknownAction, UnknownState
from exact.rational import Exact, rational

Row = tuple[tuple[int, Fraction], ...]  # ((successor, probability), ...), successors ascending, probabilities > 0
Policy = tuple[int, ...]  # the number of the action in each state, UNDEFINED where there is none
Rewards = tuple[Fraction, ...]  # theta: reward per visit of each state, in the order of the states
UNDEFINED = -1


@dataclass(frozen=True)
class Mdp:
    """states: (d,) names; actions[s]: names; rows[s][a]: P(. | s, a). A state with no action is terminal."""

    states: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[Row, ...], ...]

    def __post_init__(self) -> None:
        if not self.states:
            raise BadInstance("there is no state", 'list them: states = ["new", "term"]', "states")
        for position, name in enumerate(self.states):
            if name in self.states[:position]:
                raise DuplicateState(f'state "{name}" is listed twice', "list each state once", "states")
        if not len(self.states) == len(self.actions) == len(self.rows):
            raise BadInstance("states, actions and rows differ in length", "give one entry for each state")
        for state, rows in enumerate(self.rows):
            if len(rows) != len(self.actions[state]) or len(set(self.actions[state])) != len(rows):
                raise BadInstance("each action needs its own name and row", "", self.states[state])
            for action, row in enumerate(rows):
                self._check_row(row, f"{self.states[state]}.{self.actions[state][action]}")

    def _check_row(self, row: Row, where: str) -> None:
        targets = [target for target, _ in row]
        if targets != sorted(set(targets)) or not all(0 <= target < len(self.states) for target in targets):
            raise BadInstance("successors must be numbers of states, ascending", "", where)
        for target, probability in row:
            if not 0 < probability <= 1:
                raise NotStochastic(f"probability {probability} of {self.states[target]}", "use (0, 1]", where)
        total = sum((probability for _, probability in row), Fraction(0))
        if total != 1:
            raise NotStochastic(f"the probabilities sum to {total}", "they must sum to 1", where)

    @classmethod
    def from_dict(cls, states: Sequence[str], transitions: Mapping[str, Mapping[str, Mapping[str, Exact]]]) -> Mdp:
        """Build from {state: {action: {successor: probability}}}, probabilities as int, Fraction or exact string.

        Entries of probability 0 are dropped. Raises an ExactError whose `where` is like `r1.go.r2`.
        """
        numbers = {name: number for number, name in enumerate(states)}
        for name in transitions:
            if name not in numbers:
                raise UnknownState(f'"{name}" is no state', suggestion(name, states), name)
        actions = tuple(tuple(transitions.get(name, {})) for name in states)
        rows = tuple(
            tuple(_row(numbers, row, f"{name}.{action}") for action, row in transitions.get(name, {}).items())
            for name in states
        )
        return cls(tuple(states), actions, rows)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.states)}

    def __len__(self) -> int:
        return len(self.states)

    def state(self, name: str, where: str = "") -> int:
        """The number of a state. Raises UnknownState."""
        if name not in self._numbers:
            raise UnknownState(f'"{name}" is no state', suggestion(name, self.states), where)
        return self._numbers[name]

    def action(self, state: int, name: str, where: str = "") -> int:
        """The number of an action of a state. Raises UnknownAction."""
        if name not in self.actions[state]:
            offered = suggestion(name, self.actions[state])
            raise UnknownAction(f'"{name}" is no action of {self.states[state]}', offered, where)
        return self.actions[state].index(name)

    def is_terminal(self, state: int) -> bool:
        """True iff the state has no action: the episode ends there (theory: visited at most once)."""
        return not self.rows[state]

    def name_policy(self, policy: Policy) -> dict[str, str]:
        """{state: action} by names, for the states where the policy is defined."""
        return {
            self.states[state]: self.actions[state][action]
            for state, action in enumerate(policy)
            if action != UNDEFINED
        }

    def without(self, state: int, action: int) -> Mdp:
        """The same MDP with one action taken away."""
        keep = [[a for a in range(len(self.rows[s])) if (s, a) != (state, action)] for s in range(len(self))]
        actions = tuple(tuple(self.actions[s][a] for a in keep[s]) for s in range(len(self)))
        return Mdp(self.states, actions, tuple(tuple(self.rows[s][a] for a in keep[s]) for s in range(len(self))))


def suggestion(name: str, known: Sequence[str]) -> str:
    """What to write instead of an unknown name."""
    close = get_close_matches(name, known, n=1) if len(name) <= 100 else []  # slow on long names
    if close:
        return f'did you mean "{close[0]}"?'
    return f"known: {', '.join(known[:12])}{', ...' if len(known) > 12 else ''}" if known else "there are none"


def _row(numbers: Mapping[str, int], row: Mapping[str, Exact], where: str) -> Row:
    entries: list[tuple[int, Fraction]] = []
    for name, value in row.items():
        if name not in numbers:
            raise UnknownState(f'"{name}" is no state', suggestion(name, list(numbers)), where)
        probability = rational(value, f"{where}.{name}")
        if not 0 <= probability <= 1:
            raise NotStochastic(f"probability {probability}", "it must lie in [0, 1]", f"{where}.{name}")
        if probability:
            entries.append((numbers[name], probability))
    total = sum((probability for _, probability in entries), Fraction(0))
    if total != 1:
        raise NotStochastic(f"the probabilities sum to {total}", "they must sum to 1", where)
    return tuple(sorted(entries))
