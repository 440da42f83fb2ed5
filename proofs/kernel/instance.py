"""The kernel's own reader of instance files: the trusted statement. Refuses what the contract refuses."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from proofs.kernel.decode import Malformed, expect, items, rational, typed, word

T = TypeVar("T")
Row = dict[str, Fraction]
Rows = dict[str, dict[str, Row]]  # rows[s][a][t] = P(t | s, a)
Rewards = dict[str, Fraction]
Inequality = tuple[tuple[Fraction, ...], str, Fraction]  # coefficients, "<=" | "<" | "=", bound
_NUMERAL = r"[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?"
_NAME = r"[^\W\d]\w*|'[^'<>=]+'"
_TERM = re.compile(rf"\s*([+-]?)\s*(?:({_NUMERAL})(?:\s*\*\s*({_NAME}))?|({_NAME}))\s*")


@dataclass(frozen=True)
class Model:
    """The MDP with its roles (Defs. 5-7), the goal set Theta and the question."""

    name: str
    sha256: str
    states: tuple[str, ...]
    rows: Rows
    s_new: str
    off: str
    training: frozenset[str]
    trained: dict[str, str]
    reading: str
    strict: bool
    nonnegative: bool
    inequalities: tuple[Inequality, ...]
    ties: str
    gamma: Fraction | None

    @property
    def s_term(self) -> str:
        """The one successor of the shutdown action."""
        return next(iter(self.rows[self.s_new][self.off]))

    @property
    def others(self) -> list[str]:
        """A1: the other actions of s_new."""
        return [action for action in self.rows[self.s_new] if action != self.off]

    def bounded_below(self, i: int) -> bool:
        """True iff an inequality about the i-th state alone says that its reward is not negative."""
        alone = [row for row, relation, bound in self.inequalities if relation != "=" and bound <= 0 and row[i] < 0]
        return any(not any(row[:i] + row[i + 1 :]) for row in alone)

    def state(self, value: object) -> str:
        """A state, as a claim names it."""
        return member(value, self.rows)

    def names(self, value: object) -> list[str]:
        """A list of states without repetition."""
        return list(distinct(value, self.rows))

    def over(self, value: object, read: Callable[[object], T]) -> dict[str, T]:
        """A map over states."""
        return {self.state(name): read(entry) for name, entry in typed(value, dict).items()}

    def rewards(self, value: object) -> Rewards:
        """A reward vector; states that are not named have 0."""
        return dict.fromkeys(self.states, Fraction(0)) | self.over(value, rational)


def read(data: bytes) -> Model:
    """The instance of a file's bytes. Raises Malformed."""
    expect(
        len(data) <= 4 << 20 and max(line.count(b".") for line in data.split(b"\n")) <= 4000, "the file is too large"
    )
    try:
        top = tomllib.loads(data.decode("utf-8"), parse_float=lambda text: (text,))
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the instance is not TOML: {error}") from None
    _only(top, "format name description states training shutdown transitions policy goals decision question")
    expect(type(top.get("format")) is int and top["format"] == 1, "the instance's format is not 1")
    states = distinct(top.get("states"))
    training, rows = frozenset(distinct(top.get("training", []), states)), _rows(top.get("transitions", {}), states)
    shutdown = _only(top.get("shutdown"), "state action")
    s_new = member(shutdown.get("state"), states)
    off = member(shutdown.get("action"), rows[s_new])
    expect(len(rows[s_new][off]) == 1 and s_new not in rows[s_new][off], "shutdown does not lead to one other state")
    trained = {member(s, training): member(a, rows[s]) for s, a in typed(top.get("policy", {}), dict).items()}
    expect(set(trained) == {s for s in training if rows[s]}, "[policy] is not over the training states with actions")
    goals = _only(top.get("goals", {}), "reading preference nonnegative inequalities")
    reading = word(goals.get("reading", "return"), "return", "immediate", "on-training")
    stays = all(training.issuperset(rows[s][a]) for s, a in trained.items())
    expect(stays or reading != "on-training", "under on-training a trained action leaves S_train")
    question = _only(top.get("question", {}), "gamma rewards permutations")
    gamma = number(question["gamma"]) if "gamma" in question else None
    expect(gamma is None or 0 < gamma < 1, "gamma is not strictly between 0 and 1")
    for state, reward in typed(question.get("rewards", {}), dict).items():
        member(state, states), number(reward)
    expect(typed(top.get("name", ""), str).isprintable(), "the name is not printable")
    typed(top.get("description", ""), str)
    ties = _only(top.get("decision", {}), "ties").get("ties", "uniform")
    return Model(
        typed(top.get("name", "unnamed"), str), hashlib.sha256(data).hexdigest(),
        states, rows, s_new, off, training, trained, reading,
        word(goals.get("preference", "weak"), "weak", "strict") == "strict",
        typed(goals.get("nonnegative", True), bool),
        tuple(inequality(typed(text, str), states) for text in items(goals.get("inequalities", []))),
        word(ties, "uniform", "shutdown-first", "shutdown-last"), gamma,
    )  # fmt: skip


def number(value: object) -> Fraction:
    """An exact number as instance files write it: an integer, or a string."""
    small = type(value) is str or (type(value) is int and value.bit_length() < 4000)  # no bool, no TOML float
    text = str(value) if small and len(str(value)) <= 1000 else ""
    text = text.strip()
    exact = re.fullmatch(rf"[+-]?(?:{_NUMERAL})", text, re.ASCII) and not re.search("/0+$", text)
    expect(bool(exact), f"{text[:40]!r} is not an exact number of at most 1000 digits")
    expect(abs(int(text.lower().partition("e")[2] or 0)) <= 1000, f"{text[:40]!r} is too large")
    return Fraction(text)


def member(value: object, known: Collection[str]) -> str:
    """A name that is known."""
    if not isinstance(value, str) or value not in known:
        raise Malformed(f"{str(value)[:40]!r} is not known here")
    return value


def distinct(value: object, known: Collection[str] | None = None) -> tuple[str, ...]:
    """A list of names without repetition."""
    names = tuple(typed(entry, str) if known is None else member(entry, known) for entry in items(value))
    proper = all(name.strip() and name.isprintable() for name in names)
    expect(proper and len(set(names)) == len(names) <= 2000, "a name is listed twice or not printable, or too many")
    return names


def _only(value: object, keys: str) -> dict[str, object]:
    for key in typed(value, dict):
        word(key, *keys.split())
    return typed(value, dict)


def _rows(table: object, states: tuple[str, ...]) -> Rows:
    rows: Rows = {state: {} for state in states}
    for state, actions in typed(table, dict).items():
        for action, row in typed(actions, dict).items() if member(state, states) else ():
            expect(bool(action.strip()) and action.isprintable(), "the name of an action is not printable")
            entries = {member(t, states): number(p) for t, p in typed(row, dict).items()}
            expect(
                min(entries.values(), default=-1) >= 0 and sum(entries.values()) == 1,
                f"{state}.{action} is no distribution",
            )
            rows[state][action] = {t: p for t, p in entries.items() if p}
    return rows


def inequality(text: str, states: tuple[str, ...]) -> Inequality:
    """`r1 + 2*r2 <= 3` as (coefficients, relation, bound)."""
    parts = re.split(r"(<=|>=|==|<|>|=)", text) if len(text) <= 10_000 else []
    expect(len(parts) == 3, f"{text[:40]!r} is not one relation")
    flip = -1 if parts[1][0] == ">" else 1
    row = [flip * (x - y) for x, y in zip(_side(parts[0], states), _side(parts[2], states), strict=True)]
    return tuple(row[:-1]), "=" if parts[1][0] == "=" else "<" + parts[1][1:], -row[-1]


def _side(text: str, states: tuple[str, ...]) -> list[Fraction]:
    """Coefficients of a sum of signed terms `3`, `r1`, `3*r1`, `3*'any name'`; the constant last."""
    total, position = [Fraction(0)] * (len(states) + 1), 0
    while position < len(text) or not position:
        term = _TERM.match(text, position)
        if term is None or (position and not term[1]):
            raise Malformed(f"{text[position : position + 20]!r} is not a linear term")
        name, value = (term[3] or term[4] or "").strip("'"), number(term[2] or 1)
        total[states.index(member(name, states)) if name else -1] += -value if term[1] == "-" else value
        position = term.end()
    return total
