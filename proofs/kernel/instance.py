"""The kernel's own reader of instance files: the trusted statement. Refuses what the contract refuses."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction

from proofs.kernel.decode import boolean, items, mapping, string, word
from proofs.kernel.errors import Malformed

Row = dict[str, Fraction]
Rows = dict[str, dict[str, Row]]  # rows[s][a][t] = P(t | s, a)
Rewards = dict[str, Fraction]
Inequality = tuple[tuple[Fraction, ...], str, Fraction]  # coefficients, "<=" | "<" | "=", bound; scaled to compare
READINGS, TIES = ("return", "immediate", "on-training"), ("uniform", "shutdown-first", "shutdown-last")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?)", re.ASCII)
_FACTOR = r"(?:[0-9.]+(?:[eE][+-]?[0-9]+)?(?:/[0-9]+)?|[^\W\d]\w*|'[^']*')"
_TERM = re.compile(rf"\s*([+-]?)\s*({_FACTOR}(?:\s*\*\s*{_FACTOR})*)\s*")
_RELATION = re.compile(r"(<=|>=|==|<|>|=)(?=(?:[^']*'[^']*')*[^']*$)")  # not inside quotes


@dataclass(frozen=True)
class Model:
    """The MDP with its roles (Defs. 5-7), the goal set Theta and the question."""

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
    inequalities: frozenset[Inequality]
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


def number(value: object) -> Fraction:
    """An exact number as instance files write it: an integer, or a string."""
    if type(value) not in (int, str):  # no bool, and no TOML float
        raise Malformed(f"{str(value)[:40]} is not an exact number")
    text = str(value).strip()
    if len(text) > 1000 or not _NUMBER.fullmatch(text):
        raise Malformed(f"{text[:40]!r} is not an exact number")
    if abs(int(text.lower().partition("e")[2] or 0)) > 1000 or re.search(r"/0+$", text):
        raise Malformed(f"{text[:40]!r} divides by zero or is too large")
    return Fraction(text)


def read(data: bytes) -> Model:
    """The instance of a file's bytes. Raises Malformed."""
    if len(data) > 4 << 20:
        raise Malformed("the instance file is too large")
    try:
        top = tomllib.loads(data.decode("utf-8"), parse_float=lambda text: (text,))
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the instance is not TOML: {error}") from None
    known = "format name description states training shutdown transitions policy goals decision question"
    _only(top, known)
    if top.get("format") != 1 or type(top["format"]) is not int:
        raise Malformed("the instance's format is not 1")
    states = _names(top.get("states"))
    training = frozenset(_member(name, states) for name in _names(top.get("training", [])))
    rows = _rows(mapping(top.get("transitions", {})), states)
    shutdown = _only(top.get("shutdown"), "state action")
    s_new = _member(shutdown.get("state"), states)
    off = _member(shutdown.get("action"), rows[s_new])
    if len(rows[s_new][off]) != 1 or s_new in rows[s_new][off]:
        raise Malformed("the shutdown action does not lead to one other state")
    trained = {_member(s, training): _member(a, rows[s]) for s, a in mapping(top.get("policy", {})).items()}
    if set(trained) != {s for s in training if rows[s]}:
        raise Malformed("[policy] does not name one action for exactly the training states that have any")
    goals = _only(top.get("goals", {}), "reading preference nonnegative inequalities")
    reading = word(goals.get("reading", "return"), *READINGS)
    if reading == "on-training" and any(not training.issuperset(rows[s][a]) for s, a in trained.items()):
        raise Malformed("under on-training a trained action leaves S_train")
    question = _only(top.get("question", {}), "gamma rewards")
    gamma = number(question["gamma"]) if "gamma" in question else None
    if gamma is not None and not 0 < gamma < 1:
        raise Malformed("gamma is not strictly between 0 and 1")
    for state, reward in mapping(question.get("rewards", {})).items():
        _member(state, states), number(reward)
    for key in ("name", "description"):
        string(top.get(key, ""))
    return Model(
        sha256=hashlib.sha256(data).hexdigest(),
        states=states,
        rows=rows,
        s_new=s_new,
        off=off,
        training=training,
        trained=trained,
        reading=reading,
        strict=word(goals.get("preference", "weak"), "weak", "strict") == "strict",
        nonnegative=boolean(goals.get("nonnegative", True)),
        inequalities=frozenset(inequality(string(t), states) for t in items(goals.get("inequalities", []))),
        ties=word(_only(top.get("decision", {}), "ties").get("ties", "uniform"), *TIES),
        gamma=gamma,
    )


def _only(value: object, keys: str) -> dict[str, object]:
    table = mapping(value)
    if not set(table) <= set(keys.split()):
        raise Malformed(f"unknown key {next(iter(set(table) - set(keys.split())))!r}")
    return table


def _names(value: object) -> tuple[str, ...]:
    names = tuple(string(entry) for entry in items(value))
    if len(set(names)) != len(names) or len(names) > 2000:
        raise Malformed("a state is listed twice, or there are too many")
    return names


def _member(value: object, known: object) -> str:
    if not isinstance(value, str) or value not in known:  # type: ignore[operator]  # tuple, dict or frozenset
        raise Malformed(f"{str(value)[:40]!r} is not known here")
    return value


def _rows(table: dict[str, object], states: tuple[str, ...]) -> Rows:
    rows: Rows = {state: {} for state in states}
    for state, actions in table.items():
        for action, row in mapping(actions).items():
            entries = {_member(t, states): number(p) for t, p in mapping(row).items()}
            if any(p < 0 for p in entries.values()) or sum(entries.values()) != 1:
                raise Malformed(f"{state}.{action} is not a distribution")
            rows[_member(state, states)][action] = {t: p for t, p in entries.items() if p}
    return rows


def inequality(text: str, states: tuple[str, ...]) -> Inequality:
    """`r1 + 2*r2 <= 3` as (coefficients, relation, bound), scaled so that equal half-spaces compare equal."""
    parts = _RELATION.split(text) if len(text) <= 10_000 else []
    if len(parts) != 3:
        raise Malformed(f"{text[:40]!r} is not one relation")
    left, right = _side(parts[0], states), _side(parts[2], states)
    flip = -1 if parts[1][0] == ">" else 1
    row = [flip * (x - y) for x, y in zip(left, right, strict=True)]
    return scaled(row[:-1], "=" if parts[1][0] == "=" else "<" + parts[1][1:], -row[-1])


def scaled(row: list[Fraction], relation: str, bound: Fraction) -> Inequality:
    """Scaled so that equal half-spaces compare equal; an equation leads with 1."""
    lead = next((x for x in row if x), Fraction(1))
    unit = lead if relation == "=" else abs(lead)
    return tuple(x / unit for x in row), relation, bound / unit


def _side(text: str, states: tuple[str, ...]) -> list[Fraction]:
    """Coefficients of a sum of terms `3`, `r1`, `3*r1`, `r1*3`; the constant last."""
    total, position = [Fraction(0)] * (len(states) + 1), 0
    while position < len(text) or not position:
        term = _TERM.match(text, position)
        if term is None or (position and not term[1]):
            raise Malformed(f"{text[position : position + 20]!r} is not a linear term")
        factors: list[str] = re.findall(_FACTOR, term[2])
        names = [f.strip("'") for f in factors if f[0] not in "0123456789."]
        if len(names) > 1:
            raise Malformed("a product of two states is not linear")
        value = Fraction(-1 if term[1] == "-" else 1)
        for top, _, bottom in (f.partition("/") for f in factors if f[0] in "0123456789."):
            value *= number(top) / (number(bottom or 1) or _zero())
        total[states.index(_member(names[0], states)) if names else -1] += value
        position = term.end()
    return total


def _zero() -> Fraction:
    raise Malformed("division by zero in an inequality")
