"""An instance: an MDP, the training set, the shutdown action, the goal set Theta and the question. Defs. 5-7."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from exact.digits import shown
from exact.errors import NoShutdown
from exact.instance.gammas import EVERYWHERE, Asked, Gammas, asked, when
from exact.instance.size import check_size
from exact.instance.write import write_instance
from exact.mdp import Mdp, Rewards

Place = tuple[Fraction, Fraction]  # across, up
READINGS = ("return", "immediate", "on-training")  # of "highest expected reward" in Def. 6
PREFERENCES = ("weak", "strict")
TIES = ("uniform", "shutdown-first", "shutdown-last")


@dataclass(frozen=True)
class Inequality:
    """sum_s coefficients[s] * theta(s)  (relation)  bound, with relation one of "<=", "<", "="."""

    coefficients: tuple[Fraction, ...]
    relation: str
    bound: Fraction
    text: str = field(default="", compare=False)

    def holds(self, rewards: Rewards) -> bool:
        """True iff the reward vector satisfies it."""
        value = sum((c * r for c, r in zip(self.coefficients, rewards, strict=True) if c), Fraction(0))
        if self.relation == "=":
            return value == self.bound
        return value < self.bound or (self.relation == "<=" and value == self.bound)

    def describe(self, names: Sequence[str]) -> str:
        """One line for people, with the names of the states."""
        terms = (f"{shown(c)}*{name}" for c, name in zip(self.coefficients, names, strict=True) if c)
        return f"{' + '.join(terms) or '0'} {self.relation} {shown(self.bound)}"

    @property
    def seen(self) -> tuple[int, ...]:
        """The states whose rewards it sees."""
        return tuple(state for state, c in enumerate(self.coefficients) if c)


@dataclass(frozen=True)
class Goals:
    """Theta: the reading and preference that define G_T (Def. 6), and what else restricts theta."""

    reading: str = "return"
    preference: str = "weak"
    nonnegative: bool = True
    inequalities: tuple[Inequality, ...] = ()


@dataclass(frozen=True)
class Question:
    """Where to look: a discount, a reward vector whose orbit is counted, permutations. All optional.

    interval: gammas that are asked about all at once; then `gamma` is None, and the instance a family (exact.family).
    """

    gamma: Fraction | None = None
    rewards: Rewards | None = None
    permutations: tuple[tuple[int, ...], ...] = ()  # phi(s) for each state s; asked about in linear claims
    interval: Gammas | None = None

    def about(self, given: Asked | None) -> Question:
        """The same, asked about one gamma or an interval; None: all of (0, 1). Raises NotADiscount, NotExact."""
        found = None if given is None else asked(given)
        if isinstance(found, tuple):
            return replace(self, gamma=None, interval=found)
        return replace(self, gamma=found, interval=None)

    @property
    def asked(self) -> Fraction | Gammas | None:
        """Its gamma, or its interval; None: all of (0, 1)."""
        return self.interval or self.gamma

    @property
    def gammas(self) -> str:
        """In words."""
        return when(self.interval or EVERYWHERE if self.gamma is None else (self.gamma, self.gamma))


@dataclass(frozen=True)
class Instance:
    """Everything that an instance file says. States and actions by their numbers in `mdp`."""

    mdp: Mdp
    shutdown_state: int  # s_new
    shutdown_action: int  # a_sd
    training: frozenset[int] = frozenset()  # S_train
    trained: Mapping[int, int] = field(default_factory=dict)  # pi*: state of S_train -> action
    goals: Goals = Goals()
    ties: str = "uniform"
    question: Question = Question()
    name: str = "unnamed"
    description: str = ""
    positions: Mapping[int, Place] = field(default_factory=dict)  # where drawings put a state; decides nothing

    def __post_init__(self) -> None:
        ends = (self.question.gamma,) if self.question.interval is None else self.question.interval
        for gamma in ends:
            check_size(self.mdp, gamma, self.question.rewards)
        row = self.mdp.rows[self.shutdown_state][self.shutdown_action]
        if len(row) != 1 or row[0][0] == self.shutdown_state:
            name = self.mdp.states[self.shutdown_state]
            action = self.mdp.actions[self.shutdown_state][self.shutdown_action]
            remedy = "the shutdown action leads with probability 1 to one terminal state (Def. 7)"
            raise NoShutdown(f'"{action}" of {name} does not lead to one other state', remedy, "shutdown.action")

    @cached_property
    def s_term(self) -> int:
        """The state that the shutdown action leads to."""
        return self.mdp.rows[self.shutdown_state][self.shutdown_action][0][0]

    @cached_property
    def alternatives(self) -> tuple[int, ...]:
        """A1: the other actions of s_new."""
        return tuple(a for a in range(len(self.mdp.rows[self.shutdown_state])) if a != self.shutdown_action)

    @property
    def file(self) -> bytes | None:
        """The bytes of the file that it was read from. Not a field: a copy with other fields was not read from it."""
        noted: bytes | None = self.__dict__.get("_file")
        return noted

    @cached_property
    def source(self) -> bytes:
        """The text of the instance: the bytes of the file that was read; else its canonical text, by write_instance.

        Raises NotExact or NotAGoalSet where no file can say it.
        """
        return write_instance(self).encode() if self.file is None else self.file

    @cached_property
    def sha256(self) -> str:
        """The digest of `source`, by which certificates name the instance. Raises what `source` does."""
        return hashlib.sha256(self.source).hexdigest()

    def with_file(self, file: bytes) -> Instance:
        """The same instance, with the bytes of the file that says it."""
        made = replace(self)
        made.__dict__["_file"] = file
        return made

    def at(self, gamma: Asked | None) -> Instance:
        """The same instance, asked at another discount, or interval of them ("9/10:1"); None: all of (0, 1).

        `source` stays the file's. Raises NotADiscount, TooLarge.
        """
        made = replace(self, question=self.question.about(gamma))
        return made if self.file is None else made.with_file(self.file)

    def __str__(self) -> str:
        from exact.instance.shown import text

        return text(self)

    def _repr_html_(self) -> str:
        """A table of the states, for notebooks."""
        from exact.instance.shown import html

        return html(self)

    def __hash__(self) -> int:
        return hash((self.mdp, self.shutdown_state, self.shutdown_action, self.training, self.name))
