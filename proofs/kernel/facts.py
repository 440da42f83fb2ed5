"""What the claims so far have proved about the instance, and what follows from its graph alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from proofs.kernel.decode import Hole
from proofs.kernel.instance import Model, Rewards
from proofs.kernel.poly import Poly, Root, compare
from proofs.kernel.value import Decision

PAPER, SHARP, LINEAR = "paper", "sharp", "linear"
Interval = tuple[Fraction, Fraction]  # [a, b] within (0, 1)


@dataclass(frozen=True)
class Form:
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
    theorems: dict[tuple[str, str], tuple[str, str, str, int]] = field(default_factory=dict)
    refuted: set[tuple[str, Fraction]] = field(default_factory=set)  # hypotheses that a goal breaks, at its gamma
    holes: list[str] = field(default_factory=list)
    settled: bool = False
    last: tuple[Fraction, Decision] | None = None
    work: int = 1_000_000  # what is left for single reward vectors and for signs on intervals

    def pay(self, amount: int) -> None:
        """Raises Hole beyond the bound on work."""
        self.work -= amount
        if self.work < 0:
            raise Hole("beyond the bound on work: not recounted")

    def decision(self, gamma: Fraction, vectors: int) -> Decision:
        """Theta and the decision-maker at gamma, paid for by reward vectors. Raises Hole beyond the bound on work."""
        d = len(self.model.states)
        self.pay((vectors * d**2 + d**4 // 8) * (1 + gamma.denominator.bit_length() // 64))
        if self.last is None or self.last[0] != gamma:
            self.last = gamma, Decision(self.model, gamma)
        return self.last[1]

    def recurrent(self, x: str) -> bool:
        """Def. 8, for an x whose R_x is proved."""
        return any(self.won[x].issuperset(row) for row in self.model.rows[x].values())

    def reachable(self, sources: Iterable[str] = ()) -> set[str]:
        """The states reachable by any actions; from s_new (S_reach) if no sources are given."""
        waiting = list(sources) or [self.model.s_new]
        found = set(waiting)
        while waiting:
            for row in self.model.rows[waiting.pop()].values():
                fresh = set(row) - found
                found |= fresh
                waiting += fresh
        return found

    def coordinates(self) -> set[str]:
        """The states whose rewards can matter to G_T, by the reading of Def. 6."""
        model = self.model
        choosing = [state for state in model.training if len(model.rows[state]) > 1]
        if model.reading == "immediate":
            return {t for state in choosing for row in model.rows[state].values() for t in row}
        return set(model.training) if model.reading != "return" else self.reachable(choosing) if choosing else set()

    def keeps_theta(self, x: str) -> bool:
        """True if it is proved that exchanging r(x) and r(s_term) cannot leave Theta (Condition 2 of Def. 4)."""
        s_term = self.model.s_term
        if any(p == "stays" and phi == {x: s_term, s_term: x} and self.covers(ab) for p, phi, ab in self.universal):
            return True
        return self.symmetric(x) and self.coordinates().isdisjoint({x, s_term})

    def symmetric(self, x: str) -> bool:
        """True iff exchanging x and s_term maps the goals' further inequalities, as they are written, to themselves."""
        states, given = self.model.states, set(self.model.inequalities)
        order = [states.index({x: self.model.s_term, self.model.s_term: x}.get(s, s)) for s in states]
        return {(tuple(row[k] for k in order), relation, bound) for row, relation, bound in given} == given

    def covers(self, interval: Interval) -> bool:
        """True iff the question lies in the interval; without gamma, it is all of (0, 1)."""
        low, high = (Fraction(0), Fraction(1)) if self.gamma is None else (self.gamma, self.gamma)
        return interval[0] <= low and high <= interval[1]

    def candidates(self) -> list[str]:
        """Every state but s_term: what may be exchanged with it."""
        return [x for x in self.model.states if x != self.model.s_term]

    def exceeded(self, kind: str, gamma: Fraction | None) -> list[str]:
        """The x with gamma > gamma*_x (paper) or gamma >= gamma°_x (sharp); without gamma, those with a threshold."""
        least = 1 if kind == PAPER else 0
        found = [(x, root) for x, root in self.roots[kind].items() if root is not None]
        return [x for x, root in found if root[2] == 0 or gamma is None or compare(gamma, root) >= least]

    def known(self, hypothesis: str, holds: bool) -> bool:
        """A hypothesis on Theta that holds by the form of the instance, or fails by a goal. Raises Hole if neither."""
        if not holds and not any(name == hypothesis and self.gamma in (None, at) for name, at in self.refuted):
            raise Hole(f"no member of Theta is shown that breaks {hypothesis}")
        return holds

    def unsettled(self) -> list[str]:
        """The facts about single states that every verdict rests on and no claim has proved. Once settled, it stays."""
        if self.settled:
            return []
        holes = [f"no reach claim for {x}" for x in self.candidates() if x not in self.won]
        for x in [] if holes else self.candidates():
            if x not in self.roots[PAPER] and self.recurrent(x) and self.model.s_new in self.won[x]:
                holes.append(f"gamma*_{x} is not proved")
            if x not in self.roots[SHARP] and not self.model.rows[self.model.s_term]:
                holes.append(f"gamma°_{x} is not settled")
        self.settled = not holes
        return holes
