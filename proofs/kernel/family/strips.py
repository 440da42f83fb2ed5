"""`counted` and `not-counted`: where in a family, and from which gamma on, a state is counted (docs/theory.md)."""

from fractions import Fraction

from proofs.kernel.decode import Object, fields, integer, items, one_of, positive_integer, rational
from proofs.kernel.errors import expect, require
from proofs.kernel.facts import PAPER, SHARP
from proofs.kernel.family.boxes import Box, least, placed
from proofs.kernel.family.expression import plus, times
from proofs.kernel.family.facts import FamilyFacts
from proofs.kernel.limits import DEGREE
from proofs.kernel.poly import Polynomial, bits, length
from proofs.kernel.rules.thresholds import count_of


def counted(family: FamilyFacts, claim: Object) -> None:
    """Prove that x is counted on the box at every gamma beyond g: L lies below the policy's values there."""
    chosen, *rest = fields(claim, "policy", "kind", "state", "box", "discount", "unit", "values")
    bound, policy = _Bound(family, rest), family.model.policy(chosen)
    require(bound.gamma < 1, "the discount is not below 1")
    for s in bound.values:
        action = one_of(policy.get(s), bound.region[s])
        require(least(bound.gain(s, action), bound.axes) >= 0, f"the lower bound fails at {s}")
    first = one_of(policy.get(bound.start), bound.region[bound.start])
    require(least(bound.excess(first), bound.axes) >= 0, "the count may be below 1")
    family.note_counted(bound.box, (bound.kind, bound.x), bound.gamma)


def not_counted(family: FamilyFacts, claim: Object) -> None:
    """Prove that x is not counted on the box at any gamma up to g: U lies above the values of every policy there."""
    bound = _Bound(family, fields(claim, "kind", "state", "box", "discount", "unit", "values"))
    require(0 < bound.gamma < 1, "the discount is not between 0 and 1")
    for s, actions in bound.region.items():
        for a in actions:
            lowest = least(plus({}, bound.gain(s, a), Fraction(-1)), bound.axes)
            require(lowest >= 0, f"the upper bound fails at {s} for {a}")
    for a in bound.region[bound.start]:
        margin = least(plus({}, bound.excess(a), Fraction(-1)), bound.axes)
        require(margin > 0 or (margin == 0 and bound.kind == PAPER), f"the count may be above 1 after {a}")
    family.note_uncounted(bound.box, (bound.kind, bound.x), bound.gamma)


class _Bound:
    """Values in units on a box, in local coordinates; at a terminal state theta, at others that are not named 0."""

    def __init__(self, family: FamilyFacts, given: list[object]) -> None:
        kind, state, box, discount, unit, values = given
        model = family.model
        self.kind, self.x = one_of(kind, (PAPER, SHARP)), model.state(state)
        self.start, self.axes = model.s_new, len(model.box)
        self.theta, self.region = count_of(family.facts, self.kind, self.x)
        self.box = _box(box, model.box)
        self.gamma, self.unit = rational(discount), positive_integer(unit)
        expect(0 <= self.gamma <= 1, "a discount lies in [0, 1]")
        self.values = {s: self._affine(row) for s, row in model.over(values, lambda row: row).items()}
        require(all(map(self.region.get, self.values)), "a value is of a state that is terminal, or out of the region")
        self.rows = family.rows(self.box)
        longest = max((length(value) for value in self.values.values()), default=0)
        together = longest + bits([self.unit]) + bits([self.gamma.denominator]) + family.length
        family.facts.pay(80 * family.model.coefficients, together, together)

    def _affine(self, row: object) -> Polynomial:
        first, *rises = map(integer, items(row, 1 + self.axes))
        none = (0,) * self.axes
        units = [tuple(int(k == axis) for k in range(self.axes)) for axis in range(self.axes)]
        found = {none: first} | dict(zip(units, rises, strict=True))
        return {monomial: Fraction(value) for monomial, value in found.items() if value}

    def value(self, s: str) -> Polynomial:
        """The bound at s, in units."""
        return self.values.get(s, {}) if self.region[s] else self._constant(self.unit * self.theta[s])

    def _constant(self, value: int) -> Polynomial:
        return {(0,) * self.axes: Fraction(value)} if value else {}

    def after(self, a: str, s: str) -> Polynomial:
        """sum_t P(t | s, a) of the bound, in units."""
        total: Polynomial = {}
        for t, chance in self.rows[s, a].items():
            total = plus(total, times(chance, self.value(t), DEGREE + 1))
        return total

    def gain(self, s: str, a: str) -> Polynomial:
        """theta(s) + g sum_t P(t | s, a) of the bound, less the bound at s; in units."""
        paid = plus(self._constant(self.unit * self.theta[s]), self.after(a, s), self.gamma)
        return plus(paid, self.value(s), Fraction(-1))

    def excess(self, a: str) -> Polynomial:
        """By how much the count at s_new exceeds 1 after an action; in units."""
        return plus(self.after(a, self.start), self._constant(self.unit), Fraction(-1))


def _box(given: object, whole: Box) -> Box:
    """A box within the family's."""
    sides = [items(side, 2) for side in items(given, len(whole))]
    box = tuple((rational(low), rational(high)) for low, high in sides)
    inside = all(low <= a < b <= high for (a, b), (low, high) in zip(box, whole, strict=True))
    expect(inside, "a box lies within the family's, its ends in order")
    placed(box, whole)
    return box
