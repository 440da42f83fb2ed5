"""The kernel's own reader of instance files: the trusted statement. Refuses what the contract refuses."""

import re
import tomllib
from collections.abc import Callable, Iterable
from fractions import Fraction
from hashlib import sha256
from typing import TypeVar

from proofs.kernel.decode import Malformed, expect, fields, items, one_of, rational, typed

T = TypeVar("T")
Rows = dict[str, dict[str, dict[str, Fraction]]]  # rows[s][a][t] = P(t | s, a)
Rewards = dict[str, Fraction]
Inequality = tuple[tuple[Fraction, ...], str, Fraction]  # coefficients, "<=" | "<" | "=", bound
_NUMERAL = r"[0-9]+/0*[1-9][0-9]*|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?(?:1000|0?[0-9]{1,3}))?"
_NUMBER, _NAME = re.compile(rf"[+-]?(?:{_NUMERAL})", re.ASCII), r"[^\W\d]\w*|'[^'<>=]+'"
_TERM = re.compile(rf"\s*+([+-]?)\s*+(?:({_NUMERAL})(?:\s*\*\s*({_NAME}))?|({_NAME}))\s*+")  # no backtracking into \s


class Model:
    """The MDP with its roles (Defs. 5-7), the goal set Theta and the question, read from a file's bytes.

    `training` is S_train, `trained` pi*, `reached` S_reach; `others` is A1 with its rows, `avoiding` the MDP without
    a_sd; `inside` is what training looks at: on-training, S_train with the actions that stay in it. Raises Malformed.
    """

    def __init__(self, data: bytes) -> None:
        expect(len(data) <= 4 << 20 and max(line.count(b".") for line in data.split(b"\n")) <= 4000, "it is too large")
        try:
            top = tomllib.loads(data.decode("utf-8"), parse_float=lambda text: (text,))
        except (ValueError, RecursionError) as error:
            raise Malformed(f"the instance is not TOML: {error}") from None
        version, title, prose, states, training, transitions, policy, shutdown, goals, decision, question = fields(
            top, format=0, name="unnamed", description="", states=[], training=[], transitions={}, policy={},
            shutdown={}, goals={}, decision={}, question={},
        )  # fmt: skip
        expect(type(version) is int and version == 1, "the instance's format is not 1")
        self.name, self.sha256 = typed(title, str), sha256(data).hexdigest()
        expect(self.name.isprintable() and isinstance(prose, str), "the name or the description is no printable text")
        self.states = distinct(states, _label)
        self.rows: Rows = {state: {} for state in self.states}
        for state, actions in self.over(transitions, lambda actions: typed(actions, dict)).items():
            for action, row in actions.items():
                chances = self.over(row, number)
                expect(sum(chances.values()) == 1 and min(chances.values()) >= 0, f"{state}.{action}: no distribution")
                self.rows[state][_label(action)] = {t: p for t, p in chances.items() if p}
        start, off = fields(shutdown, "state", "action")
        self.s_new = self.state(start)
        self.off = one_of(off, self.rows[self.s_new])
        self.others = {a: row for a, row in self.rows[self.s_new].items() if a != self.off}
        self.avoiding = self.rows | {self.s_new: self.others}
        self.s_term, *more = self.rows[self.s_new][self.off]
        expect(not more and self.s_term != self.s_new, "shutdown does not lead to one other state")
        self.reached = reachable(self.rows, [self.s_new])
        self.training = frozenset(distinct(training, self.state))
        self.trained = {s: one_of(a, self.rows[s]) for s, a in self.over(policy, lambda name: name).items()}
        expect(self.trained.keys() == {s for s in self.training if self.rows[s]}, "[policy] does not match training")
        read, how, sign, further = fields(goals, reading="return", preference="weak", nonnegative=True, inequalities=[])
        self.reading = one_of(read, ("return", "immediate", "on-training"))
        self.strict, self.nonnegative = one_of(how, ("weak", "strict")) == "strict", typed(sign, bool)
        self.inequalities = tuple(self._inequality(typed(text, str)) for text in items(further))
        seen = self.training if self.reading == "on-training" else frozenset(self.states)
        self.inside = {s: {a: r for a, r in self.rows[s].items() if r.keys() <= seen} for s in self.states if s in seen}
        expect(all(a in self.inside[s] for s, a in self.trained.items()), "under on-training an action leaves S_train")
        self.ties = one_of(fields(decision, ties="uniform")[0], ("uniform", "shutdown-first", "shutdown-last"))
        gamma, rewards, _ = fields(question, gamma=None, rewards={}, permutations=[])
        self.over(rewards, number)
        self.gamma = None if gamma is None else number(gamma)
        expect(self.gamma is None or 0 < self.gamma < 1, "gamma is not strictly between 0 and 1")

    def state(self, value: object) -> str:
        """A state, by its name."""
        return one_of(value, self.rows)

    def over(self, value: object, read: Callable[[object], T]) -> dict[str, T]:
        """A map over states."""
        return {self.state(name): read(entry) for name, entry in typed(value, dict).items()}

    def rewards(self, value: object) -> Rewards:
        """A reward vector; states that are not named have 0."""
        return dict.fromkeys(self.states, Fraction(0)) | self.over(value, rational)

    def moves(self, value: object) -> dict[str, str]:
        """A permutation phi as {s: where the reward of s moves to}, from its cycles."""
        cycles = [distinct(cycle, self.state) for cycle in items(value)]
        target = {s: cycle[(k + 1) % len(cycle)] for cycle in cycles for k, s in enumerate(cycle)}
        expect(all(len(c) > 1 for c in cycles) and sum(map(len, cycles)) == len(target), "cycles meet or are short")
        return target

    def bounded_below(self) -> bool:
        """True iff the goals ask for theta >= 0, or each state has an inequality about it alone that says so."""
        rows = [row for row, how, bound in self.inequalities if not self.nonnegative and how != "=" and bound <= 0]
        alone = [i for row in rows for i, c in enumerate(row) if c < 0 and not any(row[:i] + row[i + 1 :])]
        return self.nonnegative or len(set(alone)) == len(self.states)

    def _inequality(self, text: str) -> Inequality:
        """`r1 + 2*r2 <= 3` as (coefficients, relation, bound)."""
        parts = re.split(r"(<=|>=|==|<|>|=)", text) if len(text) <= 10_000 else []
        expect(len(parts) == 3, f"{text[:40]!r} is not one relation")
        row = [Fraction(0)] * (len(self.states) + 1)  # the constant last
        for side, flip in ((parts[0], 1), (parts[2], -1)):
            terms = list(_TERM.finditer(side))
            whole = sum(len(term[0]) for term in terms) == len(side) and all(term[1] for term in terms[1:])
            expect(terms and whole, f"{side[:40]!r} is not a sum of terms like 3, r1, 3*r1 and 3*'any name'")
            for plus, factor, times, alone in (term.groups("") for term in terms):
                name = (times or alone).strip("'")
                row[self.states.index(self.state(name)) if name else -1] += flip * number(plus + (factor or "1"))
        less = -1 if parts[1][0] == ">" else 1
        return tuple(less * x for x in row[:-1]), "=" if parts[1][0] == "=" else "<" + parts[1][1:], -less * row[-1]


def number(value: object) -> Fraction:
    """An exact number as instance files write it: an integer, or a string."""
    text = str(value) if type(value) is str or (type(value) is int and value.bit_length() < 4000) else ""
    expect(len(text) <= 1000 and _NUMBER.fullmatch(text.strip()), f"{text[:40]!r} is no exact number, or is too long")
    return Fraction(text)


def distinct(value: object, read: Callable[[object], str]) -> list[str]:
    """A list of names without repetition."""
    names = [read(entry) for entry in items(value)]
    expect(len(set(names)) == len(names) <= 2000, "a name is listed twice, or there are too many")
    return names


def reachable(rows: Rows, sources: Iterable[str]) -> set[str]:
    """The states reachable by any actions, the sources included."""
    found = set(sources)
    waiting = list(found)
    while waiting:
        fresh = {t for row in rows[waiting.pop()].values() for t in row} - found
        found |= fresh
        waiting += fresh
    return found


def _label(value: object) -> str:
    name = typed(value, str)
    expect(name.strip() and name.isprintable(), f"the name {name[:40]!r} is blank or not printable")
    return name
