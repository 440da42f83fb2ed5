"""What has been proved of a family, box by box."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from proofs.kernel.errors import Hole
from proofs.kernel.facts import PAPER, SHARP, Facts
from proofs.kernel.family.boxes import Box, cover, length_at, local
from proofs.kernel.family.model import FamilyModel
from proofs.kernel.instance import gammas
from proofs.kernel.limits import BOXES
from proofs.kernel.poly import Polynomial

Key = tuple[str, str]  # a kind of threshold, a state
Found = dict[Box, dict[Key, Fraction]]
Point = tuple[Fraction, ...]


@dataclass
class FamilyFacts:
    """`facts` are those of the graph, which is the same at every point, and without parameters those of all goals."""

    model: FamilyModel
    facts: Facts
    counted: Found = field(default_factory=dict)  # box, (kind, x) -> beyond which gamma x is counted on all of the box
    uncounted: Found = field(default_factory=dict)  # up to which gamma it is not
    failing: dict[tuple[Point, Fraction], int] = field(default_factory=dict)  # where Theorem 2 fails for which n
    skipped: list[int] = field(default_factory=list)
    length: int = 0  # of the numbers in the rows on the box of the last claim
    _boxes: set[Box] = field(default_factory=set)
    _covers: dict[str, frozenset[Box] | None] = field(default_factory=dict)
    _local: dict[Box, dict[tuple[str, str], Mapping[str, Polynomial]]] = field(default_factory=dict)

    @classmethod
    def of(cls, model: FamilyModel, asked: object = None) -> "FamilyFacts":
        """Nothing proved yet, for the family's question or other gammas, as a file writes them."""
        return cls(model, Facts(model, None, model.asked if asked is None else gammas(asked)))

    @property
    def used(self) -> list[str]:
        """The kinds of the claims that were accepted."""
        return self.facts.used

    @property
    def asked(self) -> tuple[Fraction, Fraction]:
        """The ends of the question's gammas."""
        return self.facts.asked

    @cached_property
    def states(self) -> list[str]:
        """The x that the paper can count at all: recurrent, and reached with probability 1 (a matter of the graph)."""
        return self.facts.unsettled(PAPER)

    def rows(self, box: Box) -> dict[tuple[str, str], Mapping[str, Polynomial]]:
        """P(t | s, a) in the box's local coordinates; `length` is that of their numbers, but for a few bits."""
        if box not in self._local:
            self.length = max(length_at(p, *box) for p in self.model.chances)
            self.facts.pay(50 * self.model.coefficients, self.length, self.length)
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
        if box not in self._boxes and len(self._boxes) >= BOXES:
            raise Hole(f"there are claims about {BOXES} boxes already: not checked")
        self._boxes.add(box)
        found.setdefault(box, {})[key] = gamma
        self._covers.pop(key[0], None)

    def sure(self, kind: str, box: Box) -> set[str]:
        """Those counted at every gamma of the question (paper: gamma > g; sharp: gamma >= g), on all of the box."""
        low, found = self.asked[0], self.counted.get(box, {})
        at_once = kind == SHARP or not low
        return {x for (of, x), g in found.items() if of == kind and (g < low or (at_once and g == low))}

    def out(self, kind: str, box: Box) -> set[str]:
        """Those that are not counted at the least gammas of the question, anywhere on the box."""
        low, found = self.asked[0], self.uncounted.get(box, {})
        return {x for (of, x), g in found.items() if of == kind and g >= low}

    def cover(self, kind: str) -> frozenset[Box] | None:
        """The boxes that claims of one kind are about, if they cover the family's; else None."""
        if kind not in self._covers:
            boxes = self._about(kind, self.counted) | self._about(kind, self.uncounted)
            self._covers[kind] = boxes if cover(boxes, self.model.box) else None
        return self._covers[kind]

    def _about(self, kind: str, found: Found) -> frozenset[Box]:
        return frozenset(box for box, known in found.items() if any(of == kind for of, _ in known))

    def least(self, kind: str, states: Collection[str]) -> int | None:
        """So many of the states are counted at least, at every gamma and point of the family; None without a cover."""
        boxes = self.cover(kind)
        return None if boxes is None else min(len(self.sure(kind, box).intersection(states)) for box in boxes)

    def everywhere(self, kind: str, states: list[str]) -> list[str]:
        """Those that are counted at every gamma and point."""
        known = [self.sure(kind, box) for box in self.cover(kind) or ()]
        return [x for x in states if known and all(x in sure for sure in known)]

    def most(self, kind: str, states: list[str]) -> int:
        """At some point, and the least gamma, no more than so many are counted."""
        boxes = self._about(kind, self.uncounted)
        return min((len(set(states) - self.out(kind, box)) for box in boxes), default=len(states))
