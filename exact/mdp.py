"""The MDP as exact data: immutable, validated, hashable. States and actions are numbered in the order given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from exact.digits import count_digits, shown
from exact.errors import BadInstance, DuplicateState, NotStochastic, UnknownAction, UnknownState
from exact.rational import Exact, common_denominator, rational

if TYPE_CHECKING:
    from exact.mdp_arrays import Change

Row = tuple[tuple[int, Fraction], ...]  # ((successor, probability), ...), successors ascending, probabilities > 0
Policy = tuple[int, ...]  # the number of the action in each state, UNDEFINED where there is none
Rewards = tuple[Fraction, ...]  # theta: reward per visit of each state, in the order of the states
UNDEFINED = -1


class IntegerRow(NamedTuple):
    """P(successors[i] | s, a) = weights[i] / scale, with the least scale; the weights sum to it."""

    scale: int
    successors: tuple[int, ...]
    weights: tuple[int, ...]

    def total(self, value: Mapping[int, int]) -> int:
        """scale * sum_t P(t) value(t)."""
        if len(self.successors) == 1:
            return self.weights[0] * value[self.successors[0]]
        return sum([weight * value[t] for t, weight in zip(self.successors, self.weights, strict=True)])


@dataclass(frozen=True)
class Mdp:
    """states: (d,) names; actions[s]: names; rows[s][a]: P(. | s, a). A state with no action is terminal."""

    states: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[Row, ...], ...]

    def __post_init__(self) -> None:
        if not self.states:
            raise BadInstance("there is no state", 'list them: states = ["new", "term"]', "states")
        for name in self.states:
            _check_name(name, "states")
        check_distinct(self.states, "states")
        if not len(self.states) == len(self.actions) == len(self.rows):
            raise BadInstance("states, actions and rows differ in length", "give one entry for each state")
        for state, rows in enumerate(self.rows):
            if len(rows) != len(self.actions[state]) or len(set(self.actions[state])) != len(rows):
                raise BadInstance("each action needs its own name and row", "", self.states[state])
            for action, row in zip(self.actions[state], rows, strict=True):
                _check_name(action, self.states[state])
                self._check_row(row, f"{self.states[state]}.{action}")

    def _check_row(self, row: Row, where: str) -> None:
        targets = [target for target, _ in row]
        if targets != sorted(set(targets)) or not all(0 <= target < len(self.states) for target in targets):
            raise BadInstance("successors must be numbers of states, ascending", "", where)
        for target, probability in row:
            if not 0 < probability.numerator <= probability.denominator:
                raise NotStochastic(f"probability {shown(probability)} of {self.states[target]}", "use (0, 1]", where)
        _sums_to_one(row, where)

    @classmethod
    def from_dict(cls, states: Sequence[str], transitions: Mapping[str, Mapping[str, Mapping[str, Exact]]]) -> Mdp:
        """Build from {state: {action: {successor: probability}}}, probabilities as int, Fraction or exact string.

        states: the names, in the order of the coordinates of goals; one without actions is terminal. Each row sums to
        1; entries of probability 0 are dropped. Raises an ExactError whose `where` is like `r1.go.r2`.

        >>> Mdp.from_dict(["new", "term"], {"new": {"off": {"term": 1}}}).actions
        (('off',), ())
        """
        if isinstance(states, str):
            raise BadInstance("a list of states was expected", f'write ["{states}"]', "states")
        numbers = {name: number for number, name in enumerate(states)}
        for name in keyed(transitions, "transitions", '{"new": {"off": {"term": 1}}}'):
            if name not in numbers:
                raise UnknownState(f'"{name}" is no state', suggestion(name, states), str(name))
        ways = [keyed(transitions.get(name, {}), str(name), '{"off": {"term": 1}}') for name in states]
        rows = tuple(
            tuple(_row(numbers, row, f"{name}.{action}") for action, row in named.items())
            for name, named in zip(states, ways, strict=True)
        )
        return cls(tuple(states), tuple(map(tuple, ways)), rows)

    @classmethod
    def from_arrays(
        cls,
        P: object,  # noqa: N803  # the field's name for it
        states: Sequence[str] | None = None,
        actions: Sequence[str] | None = None,
        rationalize: Exact | None = None,
    ) -> Mdp:
        """Build from P[s, a, t]: an array of shape (S, A, S), or nested lists. See exact.mdp_arrays.mdp_of.

        Floats are refused unless `rationalize` says how they are made exact: the largest denominator (1000), or how far
        the simplest fraction may be ("2^-40"). What that changes is listed in `changes`, and warned of.

        >>> mdp = Mdp.from_arrays([[[0, 1], ["1/3", "2/3"]], []], states=["new", "term"], actions=["off", "try"])
        >>> mdp.actions, mdp.rows[0][1]
        ((('off', 'try'), ()), ((0, Fraction(1, 3)), (1, Fraction(2, 3))))
        """
        from exact.mdp_arrays import mdp_of

        return mdp_of(P, states, actions, rationalize)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The floats that `from_arrays` replaced by other numbers. Not a field: a copy does not have them."""
        noted: tuple[Change, ...] = self.__dict__.get("_changes", ())
        return noted

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.states)}

    @cached_property
    def integer_rows(self) -> tuple[tuple[IntegerRow, ...], ...]:
        """The rows over their least common denominators."""
        return tuple(tuple(map(_integers, rows)) for rows in self.rows)

    @cached_property
    def row_digits(self) -> tuple[int, ...]:
        """(d,) digits of the largest denominator that is common to one row of the state; 0 for terminal states."""
        scales = (max((row.scale for row in rows), default=0) for rows in self.integer_rows)
        return tuple(count_digits(scale) if scale else 0 for scale in scales)

    def __getstate__(self) -> dict[str, object]:
        return {"states": self.states, "actions": self.actions, "rows": self.rows}  # what is derived from them is not

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
        defined = ((state, action) for state, action in enumerate(policy) if action != UNDEFINED)
        return {self.states[state]: self.actions[state][action] for state, action in defined}

    def without(self, state: int, action: int) -> Mdp:
        """The same MDP with one action taken away."""
        actions, rows = list(self.actions), list(self.rows)
        actions[state] = tuple(name for a, name in enumerate(self.actions[state]) if a != action)
        rows[state] = tuple(row for a, row in enumerate(self.rows[state]) if a != action)
        smaller = object.__new__(Mdp)  # not validated again: its rows are valid, and each still has its name
        smaller.__dict__.update(states=self.states, actions=tuple(actions), rows=tuple(rows))
        return smaller


def suggestion(name: str, known: Sequence[str]) -> str:
    """What to write instead of an unknown name."""
    word = str(name)
    close = get_close_matches(word, known, n=1) if len(word) <= 100 else []  # slow on long names
    if close:
        return f'did you mean "{close[0]}"?'
    return f"known: {', '.join(known[:12])}{', ...' if len(known) > 12 else ''}" if known else "there are none"


def check_distinct(states: Sequence[str], where: str) -> None:
    """Raises DuplicateState."""
    for name, times in Counter(states).items():
        if times > 1:
            raise DuplicateState(f'state "{name}" is listed twice', "list each state once", where)


def keyed(given: object, where: str, shape: str) -> Mapping[Any, Any]:
    """A dictionary, such as shape. Raises BadInstance."""
    if not isinstance(given, Mapping):
        raise BadInstance(f"a dictionary was expected, not {type(given).__name__}", f"write {shape}", where)
    return given


def _check_name(name: object, where: str) -> None:
    """Raises BadInstance for a name that is no text."""
    if not isinstance(name, str):
        raise BadInstance(f"{name!r} is no name", f'names are texts: "{name}"', where)


def _row(numbers: Mapping[str, int], row: Mapping[str, Exact], where: str) -> Row:
    entries: list[tuple[int, Fraction]] = []
    for name, value in keyed(row, where, '{"term": 1}').items():
        if name not in numbers:
            raise UnknownState(f'"{name}" is no state', suggestion(name, list(numbers)), where)
        probability = rational(value, f"{where}.{name}")
        if not 0 <= probability.numerator <= probability.denominator:
            raise NotStochastic(f"probability {shown(probability)}", "it must lie in [0, 1]", f"{where}.{name}")
        if probability:
            entries.append((numbers[name], probability))
    entries.sort()
    _sums_to_one(entries, where)
    return tuple(entries)


def _sums_to_one(row: Sequence[tuple[int, Fraction]], where: str) -> None:
    """Raises NotStochastic, or TooLarge where the denominators have no common one of a size that is handled."""
    scale, _, weights = _integers(row, where)
    if sum(weights) != scale:
        total = shown(Fraction(sum(weights), scale))
        raise NotStochastic(f"the probabilities sum to {total}", "they must sum to 1", where)


def _integers(row: Sequence[tuple[int, Fraction]], where: str = "") -> IntegerRow:
    scale = common_denominator((probability for _, probability in row), where)
    weights = tuple(probability.numerator * (scale // probability.denominator) for _, probability in row)
    return IntegerRow(scale, tuple(successor for successor, _ in row), weights)
