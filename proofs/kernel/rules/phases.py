"""`optimal-on-interval`, `blackwell`: one policy is best for all gammas between two roots (docs/theory.md, 9)."""

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from proofs.kernel.chain import Chain
from proofs.kernel.decode import Object, fields, items, one_of, polynomial, rational
from proofs.kernel.errors import expect, require
from proofs.kernel.facts import Facts, Phase
from proofs.kernel.goal import decided
from proofs.kernel.graph import cut, difference
from proofs.kernel.limits import BISECTIONS
from proofs.kernel.poly import Poly, minus, positive, sign, sign_changes, whole

Place = tuple[str, str]  # a state and an action


class End(NamedTuple):
    """Where an interval of gammas ends: 0 or 1 (without a polynomial), or the root of it between low and high."""

    root: Poly
    low: Fraction
    high: Fraction


def optimal_on_interval(facts: Facts, claim: Object) -> None:
    """Prove that the policy is optimal, at every state that s_new can reach, for each gamma of the interval."""
    _Phase(facts, claim)


def blackwell(facts: Facts, claim: Object) -> None:
    """The same up to 1, and below its lower end no policy that is optimal there is: the Blackwell discount factor."""
    phase = _Phase(facts, claim)
    require(phase.high == End((), Fraction(1), Fraction(1)), "the interval does not end at 1")
    require(phase.ends_here[0] or not phase.low.high, "it is not shown that the policy stops being optimal below")


class _Phase:
    """Gains: for each other action what it is worth more than the policy's, times D / gamma, which is positive."""

    def __init__(self, facts: Facts, claim: Object) -> None:
        names = ("rewards", "policy", "denominator", "low", "high")
        vector, chosen, below, low, high, squares, before, after = fields(
            claim, *names, squares=[], before=None, after=None
        )
        self.facts, model = facts, facts.model
        self.low, self.high = self._end(low), self._end(high)
        ordered = self.low.high <= self.high.low and self.low.low < self.high.high
        expect(ordered, "the ends are not in their order")
        denominator, self.policy = polynomial(below), model.policy(chosen)
        self.gains = undivided = self._gains(denominator, model.rewards(vector))
        for square in map(polynomial, items(squares)):
            require(len(square) > 1, "a number is no square to divide by")
            self.gains = {place: self._without(square, gain) for place, gain in self.gains.items()}
        require(self._positive(denominator, self.low.low, self.high.high), "the denominator may vanish")
        for (s, a), gain in self.gains.items():
            require(not gain or self._nonpositive(gain), f"{a} at {s} is not shown to be no better")
        self.ends_here = self._stops(before, self.low, self.low.low), self._stops(after, self.high, self.high.high)
        here = {place: gain for place, gain in undivided.items() if place[0] == model.s_new}
        untouched = here.items() <= self.gains.items()
        at_low, at_high = (not any(self._zeros(p, end) for p in here.values()) for end in (self.low, self.high))
        facts.phases.append(Phase(self._decision(), (at_low, at_high, untouched)))

    def _end(self, given: object) -> End:
        """An end, from "0", "1", or a polynomial with an interval that isolates one root of it."""
        if isinstance(given, str):
            return End((), *[Fraction(one_of(given, ("0", "1")))] * 2)
        coefficients, ends = fields(given, "polynomial", "interval")
        root, (low, high) = polynomial(coefficients), map(rational, items(ends, 2))
        expect(root and 0 <= low < high <= 1, "a root lies within [0, 1], in an interval of some length")
        self.facts.pay_to_evaluate(len(root), root, low, high)
        alone = sign(root, low) * sign(root, high) < 0 and sign_changes(root, low, high) == 1
        require(alone, "the interval does not isolate a root at which the polynomial changes its sign")
        return End(root, low, high)

    def _gains(self, denominator: Poly, theta: Mapping[str, Fraction]) -> dict[Place, Poly]:
        model = self.facts.model
        region = cut(model.rows, model.reached)
        chain = Chain(self.facts.pay, region, self.policy, region)
        self.facts.pay(2 * model.size, model.longest, model.longest)
        rivals = {
            (s, a): difference(step, own, self.facts.pay)
            for s, own in chain.steps.items()
            for a, step in region[s].items()
            if self.policy[s] != a
        }
        gains = chain.series(denominator, theta, rivals)
        return {place: tuple(whole(gain, self.facts.pay)[1]) for place, gain in gains.items()}

    def _without(self, square: Poly, gain: Poly) -> Poly:
        """What is left of a gain when as many even powers as possible are divided out."""
        divide = partial(self.facts.quotient, square)
        while (once := divide(gain)) and (twice := divide(once)):
            gain = twice
        return gain

    def _nonpositive(self, gain: Poly) -> bool:
        """Between the ends, and from each root to the side of its interval that lies inside."""
        less = minus((), gain)
        return (
            self._beside(self.low, less, self.low.high)
            and self._beside(self.high, less, self.high.low)
            and self._positive(less, self.low.high, self.high.low)
        )

    def _beside(self, end: End, p: Poly, side: Fraction) -> bool:
        """p > 0 from the root to this side of its interval: but for the root itself p has no zero there."""
        if not end.root:
            return True
        self.facts.pay_to_evaluate(1, p, side)
        above = sign(p, side) > 0
        while rest := self.facts.quotient(end.root, p):
            p = rest
        return above and not self._zeros(p, end)

    def _zeros(self, p: Poly, end: End) -> int:
        """So many zeros of p, or fewer, lie in the interval of the root; none in that of 0 and of 1."""
        self.facts.pay_to_evaluate(len(p), p, end.low, end.high)
        return sign_changes(p, end.low, end.high)

    def _positive(self, p: Poly, low: Fraction, high: Fraction) -> bool:
        """p > 0 between two rationals, by halving where Descartes' rule does not tell at once."""
        parts = [(low, high)]
        for _ in range(BISECTIONS):
            open_ = list[tuple[Fraction, Fraction]]()
            for a, b in parts:
                self.facts.pay_to_evaluate(len(p), p, a, b)
                middle = (a + b) / 2
                if sign(p, middle) <= 0:
                    return False
                if not positive(p, a, b, or_zero=True):
                    open_ += [(a, middle), (middle, b)]
            parts = open_
        return not parts

    def _stops(self, given: object, end: End, beyond: Fraction) -> bool:
        """An action gains beyond the root: V* is another function there, so that no policy is optimal on both sides."""
        if given is None:
            return False
        s, a = items(given, 2)
        state = one_of(s, self.facts.model.rows)
        place = state, one_of(a, self.facts.model.rows[state])
        require(end.root and place in self.gains, "there is no root here, or the policy takes this action")
        gains = self._beside(end, self.gains[place], beyond)
        require(gains, f"{place[1]} at {state} does not gain beyond the root")
        return True

    def _decision(self) -> str:
        """What the decision-maker does in s_new, on all of the interval but where a gain touches 0."""
        model = self.facts.model
        equal = {a for a in model.rows[model.s_new] if not self.gains.get((model.s_new, a), ())}
        return decided(model.ties, model.off in equal, len(equal - {model.off}))
