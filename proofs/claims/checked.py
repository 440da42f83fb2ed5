"""What the kernel has accepted about one instance, and what it derives from it: all that reports say as certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product

from exact.algebraic import Algebraic
from exact.instance import Instance
from exact.instance.gammas import EVERYWHERE, Gammas
from proofs.claims.accepted import Accepted
from proofs.claims.roots import root
from proofs.claims.steps import Step, steps
from proofs.claims.types import PAPER, SHARP, Cycles, NoThreshold, Orbit, Rewards, SwapFails, Threshold

STATED = ("shutdown-terminal", "alternatives", "nonnegative", "ood", "gamma-star", "goals-symmetric")  # by the paper
SWAPS_NEED = ("shutdown-terminal", "nonnegative", "strict")  # the premises of Prop. 3 and of the exact swap theorem
VALID = "VALID"


@dataclass(frozen=True)
class About:
    """What the graph says of one state (Defs. 7 and 8; Prop. 1)."""

    reachable: bool
    reached_almost_surely: bool
    recurrent: bool


@dataclass(frozen=True)
class Survivor:
    """A goal of Theta that prefers shutdown, and the swap that breaks a condition for it; how: see FORMAT.md."""

    gamma: Fraction
    rewards: Rewards
    permutation: Cycles
    how: str


@dataclass(frozen=True)
class Uncertified:
    """What was computed beside the certificate: an orbit that is too large for it, or that was not counted at all."""

    orbit: Orbit | None = None  # without the values of its goals
    why: str = ""  # why the question's orbit is not certified, or not counted
    tried: tuple[str, ...] = ()  # what was tried for conclusions that stay open
    share: Fraction = Fraction(1)  # of the orbit that was counted, where that was interrupted


@dataclass(frozen=True)
class Decision:
    """f in s_new on a phase: "shutdown", "avoid" or "tie"; whether it is sure at the ends, and everywhere inside."""

    said: str
    at_low: bool
    at_high: bool
    inside: bool


@dataclass(frozen=True)
class Checked(Accepted):
    """Of one instance. counted, keeping: by kind, the x past their threshold at the question, and those of them whose
    swap keeps Theta; None while a threshold is open. Plain data: it can be pickled. States are named.
    """

    states: Mapping[str, About]
    counted: Mapping[str, tuple[str, ...] | None]
    keeping: Mapping[str, tuple[str, ...]]
    frequencies: Mapping[str, Fraction]
    aside: Uncertified = Uncertified()
    decisions: tuple[Decision, ...] = ()  # on each phase that was accepted, in the claims' order
    keepers: tuple[str, ...] = ()  # every x whose swap with s_term is proved to keep Theta, past a threshold or not

    @property
    def gamma(self) -> Fraction | None:
        """The question's."""
        return self.instance.question.gamma

    def gammas(self) -> Gammas:
        """Those of the question."""
        return EVERYWHERE if self.gamma is None else (self.gamma, self.gamma)

    def within(self, kind: str, gammas: Gammas) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The x past their threshold at every gamma of an interval; those that are so at some only, in order."""
        low, high = gammas
        roots = {x: value for (of, x), value in self.roots.items() if of == kind}
        at_low = kind == SHARP or not low
        always = [x for x, value in roots.items() if value < low or (at_low and value == low)]
        more = [
            x for x, value in roots.items() if x not in always and (value < high or (kind == SHARP and value == high))
        ]
        return tuple(always), tuple(sorted(more, key=roots.__getitem__))

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        """Every state but s_term: what may be exchanged with it."""
        return tuple(s for s in self.instance.mdp.states if s != self.s_term)

    @cached_property
    def thresholds(self) -> Mapping[tuple[str, str], Threshold]:
        """By kind ("paper", "sharp") and state, in this order."""
        known = {(kind, claim.state): claim for claim in self.of(Threshold) for kind in claim.kinds}
        keys = product((PAPER, SHARP), self.candidates)
        return {key: known[key] for key in keys if key in known}

    @cached_property
    def roots(self) -> Mapping[tuple[str, str], Algebraic]:
        """The thresholds as numbers."""
        return {key: root(claim) for key, claim in self.thresholds.items()}

    def steps(self, kind: str) -> list[Step]:
        """n(gamma) or n°(gamma), whatever the question's gamma: read off the thresholds."""
        return steps(self.roots, kind, {s: k for k, s in enumerate(self.instance.mdp.states)})

    @cached_property
    def absent(self) -> frozenset[str]:
        """The x for which gamma°_x provably does not exist."""
        return frozenset(claim.state for claim in self.of(NoThreshold))

    @property
    def swaps_work(self) -> bool:
        """What Prop. 3 and the exact swap theorem need of the question is proved to hold."""
        return all(self.hypotheses[name] for name in SWAPS_NEED)

    def settled(self, kind: str) -> bool:
        """True iff every x's threshold of this kind is proved, or proved not to exist."""
        return self.counted[kind] is not None

    def unsettled(self, kind: str) -> tuple[str, ...]:
        """The x of which it is open whether a threshold of this kind exists, or which it is."""
        left = [x for x in self.candidates if (kind, x) not in self.thresholds]
        if kind == PAPER:
            return tuple(x for x in left if self.states[x].reached_almost_surely and self.states[x].recurrent)
        terminal = self.instance.mdp.is_terminal(self.instance.s_term)
        return tuple(x for x in left if terminal and x not in self.absent)

    def row(self, state: str, action: str) -> Mapping[str, Fraction]:
        """P(. | s, a), by names."""
        mdp = self.instance.mdp
        number = mdp.state(state)
        return {mdp.states[t]: p for t, p in mdp.rows[number][mdp.action(number, action)]}

    @cached_property
    def question_orbit(self) -> Orbit | None:
        """The certified count of the question's own orbit."""
        question = self.instance.question
        if question.gamma is None or question.rewards is None:
            return None
        goal = Counter(filter(None, question.rewards))
        there = (orbit for orbit in self.of(Orbit) if orbit.gamma == question.gamma)
        return next((orbit for orbit in there if Counter(filter(None, orbit.rewards.values())) == goal), None)

    def refuting(self) -> Orbit | None:
        """An orbit that makes the conclusion of Theorem 2 fail, if it does."""
        if self.main.conclusion != "fails":
            return None
        asked = (orbit for orbit in self.of(Orbit) if self.gamma in (None, orbit.gamma))
        return next((orbit for orbit in asked if self.least(orbit.gamma) * orbit.shutdown > orbit.avoid), None)

    def least(self, gamma: Fraction) -> int:
        """The n that the conclusion of Theorem 2 is about at a gamma: |N(gamma)|, or 1 if N is empty."""
        n = sum(value < gamma for (kind, _), value in self.roots.items() if kind == PAPER)
        return n or int(not self.past(PAPER))

    def survivors(self) -> list[tuple[str, Survivor]]:
        """(x, a goal of Theta for which the exchange of x and s_term breaks a condition)."""
        found = [
            (x, Survivor(claim.gamma, claim.rewards, claim.permutation, claim.how))
            for claim in self.of(SwapFails)
            if [len(cycle) for cycle in claim.permutation] == [2] and self.s_term in claim.permutation[0]
            for x in claim.permutation[0]
            if x != self.s_term
        ]
        known = {x for x, _ in found}
        one = Fraction(1)
        below = [
            (x, Survivor(self.gamma or one, {x: one, self.s_term: one}, ((self.s_term, x),), "still-shutdown"))
            for x in self.below_sharp()
            if x not in known
        ]
        return found + below

    def below_sharp(self) -> list[str]:
        """The reachable x whose gamma°_x proves by itself that a goal survives at the question: 1[x] + 1[s_term].

        (The exact swap theorem's "only if"; that goal is in Theta where nothing but signs restricts it.)
        """
        if self.gamma is None or self.counted[SHARP] is None or not self.states or restricted(self.instance):
            return []
        known = [x for x in self.candidates if (SHARP, x) in self.thresholds or x in self.absent]
        return [x for x in known if self.states[x].reachable and x not in self.past(SHARP)]

    def past(self, kind: str) -> Sequence[str]:
        """The x counted at the question; none while that is open."""
        return self.counted[kind] or ()


def restricted(instance: Instance) -> bool:
    """Training or inequalities restrict theta, beyond its sign."""
    chosen = any(len(instance.mdp.rows[s]) > 1 for s in instance.training)
    return chosen or bool(instance.goals.inequalities)
