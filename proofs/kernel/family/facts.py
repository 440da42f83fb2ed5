"""What has been proved of a family, box by box."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from proofs.kernel.errors import expect
from proofs.kernel.facts import PAPER, Facts
from proofs.kernel.family.boxes import Box, cover, local
from proofs.kernel.family.model import FamilyModel
from proofs.kernel.limits import BOXES
from proofs.kernel.poly import Polynomial, bits

Key = tuple[str, str]  # a kind of threshold, a state
Found = dict[Box, dict[Key, Fraction]]
Point = tuple[Fraction, ...]


@dataclass
class FamilyFacts:
    """`facts` are those of the graph, which is the same at every point; `asked` the ends of the question's gammas."""

    model: FamilyModel
    facts: Facts
    asked: tuple[Fraction, Fraction]
    counted: Found = field(default_factory=dict)  # box, (kind, x) -> beyond which gamma x is counted on all of the box
    uncounted: Found = field(default_factory=dict)  # up to which gamma it is not
    failing: list[tuple[Point, Fraction]] = field(default_factory=list)  # where Theorem 2's conclusion fails
    used: list[str] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    _looked_at: dict[frozenset[Box], bool] = field(default_factory=dict)
    _local: dict[Box, dict[tuple[str, str], Mapping[str, Polynomial]]] = field(default_factory=dict)

    @classmethod
    def of(cls, model: FamilyModel, asked: object = None) -> "FamilyFacts":
        """Nothing proved yet, for the family's question or other gammas, as a file writes them."""
        return cls(model, Facts.of(model), model.asked if asked is None else model.gammas(asked))

    @cached_property
    def states(self) -> list[str]:
        """The x that the paper can count at all: recurrent, and reached with probability 1 (a matter of the graph)."""
        return self.facts.unsettled(PAPER)

    def longest(self, box: Box) -> int:
        """The bits of the longest number in the rows on a box."""
        rows = self.rows(box).values()
        return bits(x for row in rows for p in row.values() for c in p.values() for x in (c.numerator, c.denominator))

    def rows(self, box: Box) -> dict[tuple[str, str], Mapping[str, Polynomial]]:
        """P(t | s, a) in the box's local coordinates."""
        if box not in self._local:
            self.facts.pay(50 * self.model.coefficients, bits(x.denominator for side in box for x in side))
            self._local = {box: {}}
            for s, actions in self.model.rows.items():
                for a, step in actions.items():
                    self._local[box][s, a] = {t: local(p, box) for t, p in step.chances.items()}
        return self._local[box]

    def note_counted(self, box: Box, key: Key, gamma: Fraction) -> None:
        """Keep the least discount beyond which it is counted."""
        self._keep(self.counted, box, key, min(gamma, self.counted.get(box, {}).get(key, gamma)))

    def note_uncounted(self, box: Box, key: Key, gamma: Fraction) -> None:
        """Keep the largest discount up to which it is not."""
        self._keep(self.uncounted, box, key, max(gamma, self.uncounted.get(box, {}).get(key, gamma)))

    def _keep(self, found: Found, box: Box, key: Key, gamma: Fraction) -> None:
        expect(len(self.counted) + len(self.uncounted) < BOXES, f"there are {BOXES} boxes already")
        found.setdefault(box, {})[key] = gamma

    def sure(self, kind: str, x: str, box: Box) -> bool:
        """x is counted at every gamma of the question (paper: gamma > g; sharp: gamma >= g), on all of the box."""
        beyond = self.counted.get(box, {}).get((kind, x))
        low = self.asked[0]
        return beyond is not None and (beyond <= low if kind == "sharp" or not low else beyond < low)

    def out(self, kind: str, x: str, box: Box) -> bool:
        """x is not counted at the least gamma of the question, anywhere on the box."""
        return self.uncounted.get(box, {}).get((kind, x), Fraction(0)) >= self.asked[0] > 0

    def least(self, kind: str, states: list[str]) -> int:
        """So many of the states are counted at least, at every gamma and point of the family; 0 without a cover."""
        boxes = self._boxes(kind, self.counted) | self._boxes(kind, self.uncounted)
        if not self._covers(boxes):
            return 0
        return min(sum(self.sure(kind, x, box) for x in states) for box in boxes)

    def _boxes(self, kind: str, found: Found) -> frozenset[Box]:
        """Those that claims of one kind are about."""
        return frozenset(box for box, known in found.items() if any(of == kind for of, _ in known))

    def _covers(self, boxes: frozenset[Box]) -> bool:
        """True iff they cover the family's box; looked at again when there are more."""
        if boxes not in self._looked_at:
            self._looked_at = {boxes: cover(boxes, self.model.box)}
        return self._looked_at[boxes]

    def everywhere(self, kind: str, states: list[str]) -> list[str]:
        """Those that are counted at every gamma and point."""
        return [x for x in states if self.least(kind, [x])]

    def most(self, kind: str, states: list[str]) -> int:
        """At some point, and the least gamma, no more than so many are counted."""
        boxes = self._boxes(kind, self.uncounted)
        return min((sum(not self.out(kind, x, box) for x in states) for box in boxes), default=len(states))
