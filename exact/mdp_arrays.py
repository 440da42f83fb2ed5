"""An MDP from arrays or nested lists of probabilities; floats only where the caller says how they are made exact."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational, Real

from exact.conversion import exact_value
from exact.digits import exact_text, shown
from exact.errors import BadInstance, DuplicateState, NotExact, NotStochastic, TooLarge
from exact.limits import MOST_STATES
from exact.linear.simplest import near
from exact.mdp import Mdp
from exact.rational import Exact, rational

_POWER = re.compile(r"2\^-([1-9][0-9]{0,3})")
_REMEDY = 'give Fractions or integers, or rationalize=1000 (the largest denominator), or rationalize="2^-40"'
_SHAPE = "P[s][a][t] is the probability of t after a in s: shape (S, A, S)"
_TOLD = 3  # changes that the warning shows


Rounding = Callable[[Fraction], Fraction]  # how a float becomes a fraction


@dataclass(frozen=True)
class Change:
    """One probability: as it was written, what it was exactly, and what was taken, which differs only for floats."""

    state: str
    action: str
    successor: str
    written: str
    given: Fraction
    taken: Fraction

    def __str__(self) -> str:
        where = f"P({self.successor} | {self.state}, {self.action})"
        return f"{where}: {self.written} is taken as {shown(self.taken)}"


class Rationalized(UserWarning):
    """Floats were replaced by other numbers; changes: each of them. The same are the MDP's `changes`."""

    def __init__(self, changes: tuple[Change, ...], total: int) -> None:
        first = "; ".join(map(str, changes[:_TOLD]))
        more = "; ..." if len(changes) > _TOLD else ""
        super().__init__(f"{len(changes)} of {total} probabilities were changed (see .changes): {first}{more}")
        self.changes, self.total = changes, total

    def __reduce__(self) -> tuple[type[Rationalized], tuple[tuple[Change, ...], int]]:
        return Rationalized, (self.changes, self.total)


def mdp_of(
    given: object,
    states: Sequence[str] | None = None,
    actions: Sequence[str] | None = None,
    rationalize: Exact | None = None,
) -> Mdp:
    """P[s][a][t] -> Mdp. An action whose row is all zeros (or empty) is not there; a state without actions is terminal.

    given: an array of shape (S, A, S), or lists, in which states may have fewer actions. states: names, by default s0,
    s1, ...; actions: names for all states, by default a0, a1, .... rationalize: None, a largest denominator (an integer
    >= 1), or a distance ("2^-40", "1e-9", a Fraction < 1) within which the simplest fraction is taken. Every row sums
    to 1 exactly afterwards. Raises NotExact, NotStochastic, BadInstance, DuplicateState, TooLarge.
    """
    table = _lists(given)
    named = _names(states, "s", len(table), "states")
    width = max(map(len, table))
    acting = _names(actions, "a", width, "actions")
    taken, changes = dict[str, dict[str, dict[str, Exact]]](), list[Change]()
    exact = None if rationalize is None else _rounding(rationalize)
    for state, rows in zip(named, table, strict=True):
        taken[state] = {}
        for action, row in zip(acting, rows, strict=False):
            entries = _row(row, named, state, action, exact)
            if entries:
                taken[state][action] = {entry.successor: entry.taken for entry in entries}
                changes += [entry for entry in entries if entry.given != entry.taken]
    made = Mdp.from_dict(named, taken)
    made.__dict__["_changes"] = tuple(changes)
    if changes:
        total = sum(len(row) for rows in made.rows for row in rows)
        warnings.warn(Rationalized(tuple(changes), total), stacklevel=3)
    return made


def _rounding(rationalize: object) -> Rounding:
    power = _POWER.fullmatch(rationalize.strip()) if isinstance(rationalize, str) else None
    value = Fraction(1, 2 ** int(power[1])) if power else rational(rationalize, "rationalize")
    if value <= 0 or (value > 1 and value.denominator != 1):
        problem = f"{exact_text(value)} is neither a largest denominator nor a distance"
        raise NotExact(problem, 'write 1000, or "2^-40"', "rationalize")
    return lambda given: given.limit_denominator(value.numerator) if value >= 1 else near(given, value)


def _row(row: Sequence[object], names: Sequence[str], state: str, action: str, exact: Rounding | None) -> list[Change]:
    """Its probabilities, without the zeros."""
    where = f"{state}.{action}"
    if len(row) not in (0, len(names)):
        raise BadInstance(f"{len(row)} probabilities for {len(names)} states", _SHAPE, where)
    numbers = ((t, value, *_number(value, f"{where}.{t}", exact)) for t, value in zip(names, row, strict=False))
    kept = [Change(state, action, t, str(value), given, taken) for t, value, given, taken in numbers if given or taken]
    given, taken = (sum(parts, Fraction(0)) for parts in ([c.given for c in kept], [c.taken for c in kept]))
    if taken != 1 and any(c.given != c.taken for c in kept):
        close = abs(given - 1) < Fraction(1, 1000)
        remedy = "they must sum to 1: try another rationalize=" if close else "as they were given they do not sum to 1"
        raise NotStochastic(f"rationalized, the probabilities sum to {shown(taken)}", remedy, where)
    return kept


def _number(value: object, where: str, exact: Rounding | None) -> tuple[Fraction, Fraction]:
    """As it is given, and as it is taken. Raises NotExact for a float where none is allowed."""
    if not isinstance(value, Real) or isinstance(value, Rational):
        number = rational(value, where)
        return number, number
    if exact is None:
        raise NotExact(f"{value!s} is a float, which is not exact", _REMEDY, where)
    given = exact_value(value, where)
    return given, exact(given)


def _lists(given: object) -> list[list[list[object]]]:
    """Three levels of lists, of arrays too. Raises BadInstance, TooLarge."""
    shape = getattr(given, "shape", None)
    if shape is not None and (len(shape) != 3 or shape[0] != shape[2]):
        swapped = len(shape) == 3 and shape[1] == shape[2]
        remedy = f"{_SHAPE}; transpose it by P.transpose(1, 0, 2)" if swapped else _SHAPE
        raise BadInstance(f"an array of shape {tuple(shape)}", remedy, "P")
    table = given.tolist() if hasattr(given, "tolist") else given
    if isinstance(table, Sequence) and len(table) > MOST_STATES:
        raise TooLarge(f"{len(table)} states", f"an instance has at most {MOST_STATES}", "P")
    read = [[_level(row, "P") for row in _level(rows, "P")] for rows in _level(table, "P")]
    if not read:
        raise BadInstance("there is no state", _SHAPE, "P")
    return read


def _level(given: object, where: str) -> list[object]:
    """One level; None is an empty one."""
    listed = given.tolist() if hasattr(given, "tolist") else given
    if listed is None:
        return []
    if isinstance(listed, str) or not isinstance(listed, Sequence):
        raise BadInstance(f"a list was expected, not {type(given).__name__}", _SHAPE, where)
    return list(listed)


def _names(given: Sequence[str] | None, letter: str, count: int, where: str) -> list[str]:
    names = [f"{letter}{k}" for k in range(count)] if given is None else [str(name) for name in given]
    if len(names) != count:
        raise BadInstance(f"{len(names)} names for {count} {where}", "give one name for each", where)
    if len(set(names)) < count:
        raise DuplicateState("a name is given twice", "give each its own name", where)
    return names
