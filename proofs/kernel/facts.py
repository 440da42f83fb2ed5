"""What the claims so far have proved about the instance, and what follows from its graph alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from proofs.kernel.decode import Hole
from proofs.kernel.instance import Model, Rewards, reachable
from proofs.kernel.poly import Poly, Root, compare
from proofs.kernel.value import Decision

PAPER, SHARP, LINEAR = "paper", "sharp", "linear"
Interval = tuple[Fraction, Fraction]  # [a, b] within (0, 1)
_decision = lru_cache(maxsize=1)(Decision)


class Form(NamedTuple):
    """A proved closed form: M_s = values[s] / denominator under the policy."""

    policy: Mapping[str, str]
    rewards: Rewards
    denominator: Poly
    values: Mapping[str, Poly]


@dataclass
class Facts:
    """`roots[kind][x]` is None where the threshold provably does not exist."""

    model: Model
    gamma: Fraction | None
    won: dict[str, frozenset[str]] = field(default_factory=dict)  # x -> R_x
    forms: dict[str, Form] = field(default_factory=dict)
    roots: dict[str, dict[str, Root | None]] = field(default_factory=lambda: {PAPER: {}, SHARP: {}})
    orbits: list[tuple[Fraction, int, int]] = field(default_factory=list)  # gamma, shutdown, avoid
    universal: list[tuple[str, Mapping[str, str], Interval]] = field(default_factory=list)  # property, phi, gammas
    linear: list[tuple[Interval, int]] = field(default_factory=list)  # gammas, n: retargetable by n permutations
    survived: list[tuple[Fraction, str]] = field(default_factory=list)  # gamma, x: the swap with s_term fails there
    refuted: set[tuple[str, Fraction]] = field(default_factory=set)  # hypotheses that a goal breaks, at its gamma
    theorems: dict[tuple[str, str], tuple[str, str, str, int]] = field(default_factory=dict)
    holes: list[str] = field(default_factory=list)
    settled: bool = False  # all that `unsettled` names is proved; it stays so
    work: int = 1_000_000  # what is left for single reward vectors and for signs on intervals

    def pay(self, amount: int) -> None:
        """Raises Hole beyond the bound on work."""
        self.work -= amount
        if self.work < 0:
            raise Hole("beyond the bound on work: not recounted")

    def decision(self, gamma: Fraction, vectors: int = 1) -> Decision:
        """Theta and the decision-maker at gamma, paid for by reward vectors. Raises Hole beyond the bound on work."""
        d = len(self.model.states)
        self.pay((vectors * d**2 + d**4 // 8) * (1 + gamma.denominator.bit_length() // 64))
        return _decision(self.model, gamma)

    def recurrent(self, x: str) -> bool:
        """Def. 8, for an x whose R_x is proved."""
        return any(self.won[x].issuperset(row) for row in self.model.rows[x].values())

    def sure(self) -> list[str]:
        """The x that are reached from s_new with probability 1, of those whose R_x is proved."""
        return [x for x, won in self.won.items() if self.model.s_new in won]

    def coordinates(self) -> set[str]:
        """The states whose rewards can matter to G_T, by the reading of Def. 6."""
        model = self.model
        choosing = [s for s in model.training if len(model.rows[s]) > 1]
        if model.reading == "immediate":
            return {t for s in choosing for row in model.rows[s].values() for t in row}
        return reachable(model.rows, choosing) if model.reading == "return" else set(model.training)

    def keeps_theta(self, x: str) -> bool:
        """True if it is proved that exchanging r(x) and r(s_term) cannot leave Theta (Condition 2 of Def. 4)."""
        return self.shown("stays", x) or (self.symmetric(x) and self.coordinates().isdisjoint({x, self.model.s_term}))

    def shown(self, asked: str, x: str) -> bool:
        """True if a linear claim proves this of the swap of x and s_term, for the question."""
        swap = {x: self.model.s_term, self.model.s_term: x}
        return any(of == asked and phi == swap and self.covers(gammas) for of, phi, gammas in self.universal)

    def symmetric(self, x: str) -> bool:
        """True iff exchanging x and s_term maps the goals' further inequalities, as they are written, to themselves."""
        states, given = self.model.states, set(self.model.inequalities)
        order = [states.index({x: self.model.s_term, self.model.s_term: x}.get(s, s)) for s in states]
        return {(tuple(row[k] for k in order), relation, bound) for row, relation, bound in given} == given

    def covers(self, interval: Interval) -> bool:
        """True iff the question lies in the interval; without gamma, it is all of (0, 1)."""
        return interval[0] <= (self.gamma or 0) and (self.gamma or 1) <= interval[1]

    def exceeded(self, kind: str, gamma: Fraction | None) -> list[str]:
        """The x with gamma > gamma*_x (paper) or gamma >= gamma°_x (sharp); without gamma, those with a threshold.

        Raises Hole while a threshold is not settled.
        """
        if not self.settled and (hole := next(self.unsettled(), "")):
            raise Hole(f"it rests on what is not proved: {hole}")
        self.settled = True
        low = 1 if kind == PAPER else 0
        return [x for x, r in self.roots[kind].items() if r and (not r[2] or gamma is None or compare(gamma, r) >= low)]

    def known(self, hypothesis: str, holds: bool) -> bool:
        """A hypothesis on Theta that holds by the form of the instance, or fails by a goal. Raises Hole if neither."""
        if not holds and not any(name == hypothesis and self.gamma in (None, at) for name, at in self.refuted):
            raise Hole(f"no member of Theta is shown that breaks {hypothesis}")
        return holds

    def unsettled(self) -> Iterator[str]:
        """The facts about single states that every verdict rests on and no claim has proved."""
        model, candidates = self.model, [x for x in self.model.states if x != self.model.s_term]
        yield from (f"no reach claim for {x}" for x in candidates if x not in self.won)
        revisited = [x for x in self.sure() if self.recurrent(x)]
        yield from (f"gamma*_{x} is not proved" for x in revisited if x not in self.roots[PAPER])
        if not model.rows[model.s_term]:
            yield from (f"gamma°_{x} is not settled" for x in candidates if x not in self.roots[SHARP])
