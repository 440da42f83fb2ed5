"""The kernel's own reader of instance files: the trusted statement. Refuses what FORMAT.md does not describe."""

import re
import tomllib
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property, lru_cache
from hashlib import sha256
from math import lcm
from typing import TypeVar

from proofs.kernel.decode import Object, distinct, fields, items, one_of, rational, typed
from proofs.kernel.errors import Malformed, expect
from proofs.kernel.graph import Rows, Step, closed, cut, edges, reachable, successors
from proofs.kernel.inequality import BLANKS, inequality, number
from proofs.kernel.limits import DOTS, INEQUALITY_ENTRIES, INSTANCE_BYTES, LINE_DOTS, STATES
from proofs.kernel.poly import bits

T = TypeVar("T")
Rewards = Mapping[str, Fraction]
Moves = Mapping[str, str]  # a permutation phi, where it moves something: the reward of s moves to phi(s)
READINGS = ("return", "immediate", "on-training")
TIES = ("uniform", "shutdown-first", "shutdown-last")
_CONTROL = re.compile(
    "[\0-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff]"
)
_KEYS: Object = {
    "format": 0,
    "name": "unnamed",
    "description": "",
    "states": [],
    "training": [],
    "transitions": {},
    "policy": {},
    "shutdown": {},
    "goals": {},
    "decision": {},
    "question": {},
    "parameters": {},
    "positions": {},
}


class Model:
    """The MDP with its roles (Defs. 5-7), the goal set Theta and the question, read from a file's bytes.

    Raises Malformed.
    """

    def __init__(self, data: bytes) -> None:
        version, name, prose, states, training, transitions, policy, *tables = fields(toml(data), **_KEYS)
        expect(type(version) is int and version == 1, "the instance's format is not 1")
        shutdown, goals, decision, question, parameters, positions = tables
        self._declare(parameters)
        self.data, self.sha256 = data, sha256(data).hexdigest()
        self.name = typed(name, str)
        expect(not _CONTROL.search(self.name) and isinstance(prose, str), "the name or description is no plain text")
        self.states = distinct(states, _label)
        expect(0 < len(self.states) <= STATES, f"an instance has 1 to {STATES} states")
        self.rows: Rows = {s: {} for s in self.states}
        self.rows |= self.over(transitions, self._actions)
        self._read_shutdown(shutdown)
        self.training = frozenset(distinct(training, self.state))
        self._read_goals(goals)
        self._read_trained(policy)
        self.ties = one_of(fields(decision, ties="uniform")[0], TIES)
        self.gamma = self._read_question(question)
        self.over(positions, _place)

    def state(self, value: object) -> str:
        """A state, by its name."""
        return one_of(value, self.rows)

    def over(self, value: object, read: Callable[[object], T]) -> dict[str, T]:
        """A map over states."""
        return {self.state(name): read(entry) for name, entry in typed(value, dict).items()}

    def policy(self, value: object) -> dict[str, str]:
        """An action for each state that is named."""
        return {s: one_of(action, self.rows[s]) for s, action in self.over(value, lambda action: action).items()}

    def rewards(self, value: object) -> Rewards:
        """A certificate's reward vector; states that are not named have 0."""
        return dict.fromkeys(self.states, Fraction(0)) | self.over(value, rational)

    def moves(self, value: object) -> Moves:
        """A permutation, from its disjoint cycles of two states or more."""
        target: dict[str, str] = {}
        for cycle in (distinct(entry, self.state) for entry in items(value)):
            expect(len(cycle) > 1 and target.keys().isdisjoint(cycle), "cycles meet, or are short")
            target |= zip(cycle, [*cycle[1:], cycle[0]], strict=True)
        return target

    @cached_property
    def size(self) -> int:
        """How many states, possible transitions and terms of inequalities there are."""
        return len(self.states) + edges(self.rows) + sum(len(terms) + 1 for terms, _, _ in self.inequalities)

    @cached_property
    def longest(self) -> int:
        """The length of the longest common denominator of a row's probabilities, in bits."""
        return bits(step.scale for actions in self.rows.values() for step in actions.values())

    @cached_property
    def reached(self) -> frozenset[str]:
        """S_reach: the states reachable from s_new."""
        return reachable(successors(self.rows), [self.s_new])

    @cached_property
    def avoiding(self) -> Rows:
        """What s_new can reach without the shutdown action."""
        return closed({**self.rows, self.s_new: self.others}, self.s_new)

    @cached_property
    def inside(self) -> Rows:
        """What training looks at: the MDP; under `on-training`, S_train with the actions that stay in it."""
        return cut(self.rows, self.training) if self.reading == "on-training" else self.rows

    def _declare(self, parameters: object) -> None:
        """An instance has none; proofs.kernel.family.model reads those of a family."""
        expect(parameters == {}, "it has parameters: it is a family of instances")

    def _actions(self, value: object) -> dict[str, Step]:
        return {_label(action): self._step(row) for action, row in typed(value, dict).items()}

    def _step(self, value: object) -> Step:
        chances = self.over(value, number)
        expect(sum(chances.values()) == 1 and min(chances.values()) >= 0, "a row is no distribution")
        scale = lcm(*(p.denominator for p in chances.values()))
        return Step(scale, {t: int(p * scale) for t, p in chances.items() if p})

    def _read_shutdown(self, value: object) -> None:
        """s_new, a_sd, s_term, and A1 with its steps (Def. 7)."""
        start, off = fields(value, "state", "action")
        self.s_new = self.state(start)
        self.off = one_of(off, self.rows[self.s_new])
        self.others = {a: step for a, step in self.rows[self.s_new].items() if a != self.off}
        self.s_term, *more = self.rows[self.s_new][self.off].weights
        expect(not more and self.s_term != self.s_new, "shutdown does not lead to one other state")

    def _read_goals(self, value: object) -> None:
        """The reading and preference of Def. 6, and what else restricts theta."""
        defaults: Object = {"reading": "return", "preference": "weak", "nonnegative": True}
        reading, preference, sign, further = fields(value, **defaults, inequalities=[])
        self.reading = one_of(reading, READINGS)
        self.strict = one_of(preference, ("weak", "strict")) == "strict"
        self.nonnegative = typed(sign, bool)
        fits = len(items(further)) * len(self.states) <= INEQUALITY_ENTRIES
        expect(fits, f"inequalities times states are more than {INEQUALITY_ENTRIES}")
        self.inequalities = [inequality(typed(text, str), self.state) for text in items(further)]

    def _read_trained(self, value: object) -> None:
        """pi* on S_train: an action for exactly the training states that have any."""
        self.trained = self.policy(value)
        acting = {s for s in self.training if self.rows[s]}
        expect(self.trained.keys() == acting, "[policy] does not name an action for exactly the training states")
        stays = all(a in self.inside[s] for s, a in self.trained.items())
        expect(stays, "under on-training a trained action can leave S_train")

    def _read_question(self, value: object) -> Fraction | None:
        asked, rewards, permutations = fields(value, gamma=None, rewards={}, permutations=[])
        self.over(rewards, number)
        for cycles in items(permutations):
            self.moves(cycles)
        self.asked = gammas(asked)
        self.interval = asked is not None and self.asked[0] < self.asked[1]
        return self.asked[0] if self.asked[0] == self.asked[1] else None


def question(value: object) -> Fraction:
    """A gamma as an instance file or the command line writes it."""
    gamma = number(value)
    expect(0 < gamma < 1, "gamma is not strictly between 0 and 1")
    return gamma


def gammas(given: object) -> tuple[Fraction, Fraction]:
    """The ends of a question: all of (0, 1), one gamma, or [low, high]."""
    if given is None:
        return Fraction(0), Fraction(1)
    if not isinstance(given, list):
        return question(given), question(given)
    low, high = map(number, items(given, 2))
    if low < high:
        expect(low >= 0 and high <= 1, "an interval of gammas lies in [0, 1]")
        return low, high
    expect(low == high, "the ends of an interval of gammas are not in order")
    return gammas(given[0])


@lru_cache(maxsize=1)
def toml(data: bytes) -> object:
    """The TOML document, bounded in what reading it costs. Nobody changes it."""
    expect(len(data) <= INSTANCE_BYTES, f"the instance has more than {INSTANCE_BYTES} bytes")
    dots = [line.count(b".") for line in data.split(b"\n")]
    most = max(dots)
    expect(
        most <= LINE_DOTS and most * (sum(dots) + 10 * len(dots)) <= DOTS, "too many full stops, in a line or in all"
    )
    try:
        return tomllib.loads(data.decode("utf-8"), parse_float=lambda text: (text,))  # a float is no number here
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the instance is not TOML: {str(error)[:80]}") from None


def _place(value: object) -> list[Fraction]:
    """Where a drawing puts a state: it has no meaning here."""
    return [number(entry) for entry in items(value, 2)]


def _label(value: object) -> str:
    name = typed(value, str)
    expect(name.strip(BLANKS) and not _CONTROL.search(name), f"the name {name[:40]!r} is blank or holds control marks")
    return name
