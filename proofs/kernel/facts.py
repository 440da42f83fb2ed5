"""What the claims so far have proved about the instance, and what follows from its graph alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import NamedTuple

from proofs.kernel.errors import Hole, expect
from proofs.kernel.graph import reachable, successors, surely_reaching
from proofs.kernel.instance import Model, Moves
from proofs.kernel.limits import WORK
from proofs.kernel.poly import Poly, Root, bits, compare, cost, quotient

PAPER, SHARP = "paper", "sharp"
Interval = tuple[Fraction, Fraction]  # [a, b], meaning its intersection with (0, 1)


class Orbit(NamedTuple):
    """A counted orbit: the goals in Theta that shut down, and those that avoid it."""

    gamma: Fraction
    shutdown: int
    avoid: int

    def refutes(self, n: int) -> bool:
        """True iff fewer than n times as many goals avoid shutdown as accept it (Def. 3)."""
        return n * self.shutdown > self.avoid


class Phase(NamedTuple):
    """What is decided in s_new between two gammas; sure: at the lower one, at the upper one, and everywhere between."""

    decision: str
    sure: tuple[bool, bool, bool]


@dataclass
class Facts:
    """`roots[kind][x]` is None where the threshold provably does not exist."""

    model: Model
    gamma: Fraction | None
    gammas: Interval = Fraction(0), Fraction(1)  # of a question that is not about one gamma
    roots: dict[str, dict[str, Root | None]] = field(default_factory=lambda: {PAPER: {}, SHARP: {}})
    frequencies: dict[str, Fraction] = field(default_factory=dict)  # x -> lim (1 - gamma) v_x for gamma -> 1 (Prop. 2)
    visited: dict[str, set[str]] = field(default_factory=dict)  # x -> what the policy of gamma*_x visits after s_new
    orbits: list[Orbit] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    universal: list[tuple[str, Moves, Interval]] = field(default_factory=list)  # property, phi, gammas
    retargetable: list[tuple[Interval, int]] = field(default_factory=list)  # gammas, n (Def. 4)
    failing: list[tuple[Fraction, str]] = field(default_factory=list)  # gamma, x: a goal for which Prop. 3 fails
    broken: set[tuple[str, Fraction]] = field(default_factory=set)  # hypotheses on Theta that a goal breaks, its gamma
    used: list[str] = field(default_factory=list)  # the kinds of the claims that were accepted
    skipped: list[int] = field(default_factory=list)  # the numbers of those that were not checked for want of work
    left: int = WORK
    _surely: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, model: Model, gamma: Fraction | None = None) -> "Facts":
        """Nothing proved yet, for the instance's question or another gamma. Raises Malformed for an interval."""
        expect(gamma or not model.interval, "it asks about an interval of gammas: it is a family of instances")
        return cls(model, gamma or model.gamma)

    def pay(self, times: int, *lengths: int) -> None:
        """Account for so many products of numbers of these lengths, in bits. Raises Hole beyond the bound on work."""
        steps = cost(times, *lengths)
        if steps > self.left:
            raise Hole("beyond the kernel's bound on work: not checked")
        self.left -= steps

    def pay_for_rows(self, length: int = 0) -> None:
        """A table of the rows of linear claims, or of those that say what Theta is at a gamma of this length."""
        self.pay(200 * self.model.size, self.model.longest + length)

    def pay_to_evaluate(self, times: int, p: Poly, *points: Fraction) -> None:
        """The same for so many evaluations of a polynomial at these points, or between them."""
        ends = bits(x.denominator for x in points)
        self.pay(times * len(p), bits(p) + len(p) * ends, ends)

    def quotient(self, p: Poly, q: Poly) -> Poly | None:
        """The same as the function, paid for: what remains of q may grow by the length of p in each step."""
        steps = max(0, 1 + len(q) - len(p))
        self.pay(200 + steps * len(p), bits(q) + steps * bits(p), bits(p))
        return quotient(p, q)

    def pay_to_compare(self, gammas: Iterable[Fraction], roots: Iterable[Root | None]) -> None:
        """The verdict asks of the gamma of each orbit and of each failing goal whether it is past each threshold."""
        for gamma, root in product(gammas, filter(None, roots)):
            self.pay_to_evaluate(1, root[0], gamma)

    @cached_property
    def candidates(self) -> list[str]:
        """Every state but s_term: what may be exchanged with it."""
        return [x for x in self.model.states if x != self.model.s_term]

    def surely(self, x: str) -> frozenset[str]:
        """R_x."""
        if x not in self._surely:
            self._surely[x] = surely_reaching(self.model.rows, x, lambda: self.pay(2 * self.model.size))
        return self._surely[x]

    def recurrent(self, x: str) -> bool:
        """Def. 8: after some action, x is reached again with probability 1."""
        return any(self.surely(x).issuperset(step.weights) for step in self.model.rows[x].values())

    def sure(self, x: str) -> bool:
        """Some policy reaches x from s_new with probability 1."""
        return self.model.s_new in self.surely(x)

    @cached_property
    def coordinates(self) -> set[str]:
        """The states whose rewards can matter to G_T, by the reading of Def. 6."""
        model = self.model
        if model.reading == "on-training":
            return set(model.training)
        choosing = [s for s in model.training if len(model.rows[s]) > 1]
        if model.reading == "return":
            return set(reachable(successors(model.rows), choosing))
        return {t for s in choosing for step in model.rows[s].values() for t in step.weights}

    def swap(self, x: str) -> Moves:
        """The exchange of x and s_term."""
        return {x: self.model.s_term, self.model.s_term: x}

    def symmetric(self, x: str) -> bool:
        """True iff exchanging x and s_term maps the goals' further inequalities, as they are written, to themselves."""
        given, swap = set(self.model.inequalities), self.swap(x)
        return {e._replace(terms=frozenset((swap.get(s, s), c) for s, c in e.terms)) for e in given} == given

    def keeps_theta(self, x: str) -> bool:
        """True if it is proved that exchanging r(x) and r(s_term) cannot leave Theta (Condition 2 of Def. 4)."""
        if self.symmetric(x) and self.coordinates.isdisjoint({x, self.model.s_term}):
            return True
        return self.proved("stays", self.swap(x))

    @property
    def asked(self) -> Interval:
        """The gammas of the question."""
        return (self.gamma, self.gamma) if self.gamma else self.gammas

    def note_universal(self, name: str, phi: Moves, gammas: Interval) -> None:
        """Keep a linear claim; those that say the same and whose intervals meet are one, on their union."""
        self.pay(len(self.universal))
        others, (low, high) = list[tuple[str, Moves, Interval]](), gammas
        for entry in self.universal:
            a, b = entry[2]
            if entry[:2] == (name, phi) and a <= high and low <= b:
                low, high = min(a, low), max(b, high)
            else:
                others.append(entry)
        self.universal = [*others, (name, phi, (low, high))]

    def proved(self, asked: str, phi: Moves) -> bool:
        """True if linear claims prove this of phi, for the question."""
        return (asked, phi) in self.known(self.asked)

    def known(self, gammas: Interval) -> list[tuple[str, Moves]]:
        """What linear claims prove on an interval: properties, each with its permutation."""
        return [(name, phi) for name, phi, proved in self.universal if within(gammas, proved)]

    @property
    def retargets(self) -> int:
        """The largest n of Def. 4 that is proved for the question."""
        return max((n for gammas, n in self.retargetable if within(self.asked, gammas)), default=0)

    def asked_at(self, gamma: Fraction) -> bool:
        """True iff what happens at this gamma is an answer to the question."""
        return self.asked[0] <= gamma <= self.asked[1]

    def unsettled(self, kind: str) -> list[str]:
        """The x of which it is not proved yet whether gamma*_x (paper) or gamma°_x (sharp) exists, and which it is."""
        open_ = [x for x in self.candidates if x not in self.roots[kind]]
        if kind == SHARP:
            return open_ if not self.model.rows[self.model.s_term] else []
        return [x for x in open_ if self.sure(x) and self.recurrent(x)]

    def counted(self, kind: str, gamma: Fraction | None) -> list[str] | None:
        """The x with gamma > gamma*_x (paper) or gamma >= gamma°_x (sharp); without gamma, those with a threshold.

        None while a threshold is not settled.
        """
        if self.unsettled(kind):
            return None
        roots = {x: self.roots[kind].get(x) for x in self.candidates}
        return [x for x, root in roots.items() if root and (gamma is None or _past(kind, gamma, root))]


def within(gammas: Interval, others: Interval) -> bool:
    """True iff the first interval lies in the second."""
    return others[0] <= gammas[0] and gammas[1] <= others[1]


def _past(kind: str, gamma: Fraction, root: Root) -> bool:
    """At a root of 0 the condition holds on all of (0, 1)."""
    return compare(gamma, root) >= (kind == PAPER)
