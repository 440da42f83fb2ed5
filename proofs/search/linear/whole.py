"""Linear search for a proof on a whole interval of gamma: one tree, each leaf with polynomials for multipliers.

A branch is looked at for a few gammas. A solution at any of them is a counterexample, or a reason to split; if there is
none, multipliers at one gamma may hold on all of the interval, or a linear program finds some that do. Else the
interval is cut into a few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from exact.instance import Instance
from exact.linear import Feasible
from exact.permutation import Permutation
from proofs.search.linear.asked import Always, Answer, Asked, NotAlways, Property, Undecided
from proofs.search.linear.central import central
from proofs.search.linear.decide import MOST, Node, Search
from proofs.search.linear.lift import Given, lift
from proofs.search.linear.pieces import check_interval, pieces
from proofs.search.linear.relaxation import Branch, Refuted, Relaxation
from proofs.search.linear.spread import spread

PLACES = tuple(Fraction(n, d) for n, d in ((1, 2), (1, 10), (9, 10), (1, 100), (99, 100), (1, 4), (3, 4)))
MOST_PIECES = 8  # of the interval, where there is no single proof


def everywhere(
    instance: Instance,
    kind: Property,
    permutation: Permutation,
    low: Fraction = Fraction(0),
    high: Fraction = Fraction(1),
    most: int = MOST,
) -> Answer:
    """The property for every gamma of [low, high] inside (0, 1): Always proves it on all of it, by one tree or several.

    NotAlways: a goal at one of them. Raises NotADiscount, NotAGoalSet.
    """
    check_interval(low, high)
    asked = Asked(instance, kind, permutation)
    gammas = [low + place * (high - low) for place in PLACES] + [end for end in (low, high) if 0 < end < 1]
    search = _Whole(Relaxation(asked, gammas[0]), most, low=low, high=high, gammas=gammas)
    answer = search.explored()
    if answer is None:
        return Always(low, high, search.root, search.lps)
    if isinstance(answer, NotAlways):
        return answer
    found = [part.answer for part in pieces(instance, kind, permutation, low, high, most, MOST_PIECES)]
    proofs = [part for part in found if isinstance(part, Always)]
    if len(proofs) == len(found):
        return replace(proofs[0], more=tuple(proofs[1:]))
    return next((part for part in found if isinstance(part, NotAlways)), answer)


@dataclass
class _Whole(Search):
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(1)
    gammas: Sequence[Fraction] = ()
    relaxations: dict[Fraction, Relaxation] = field(default_factory=dict)

    def visit(self, branch: Branch, node: Node) -> NotAlways | Undecided | None:
        """As at one gamma, but the branch is closed only by multipliers for all of the interval."""
        for relaxation in map(self._at, self.gammas):
            answer = self.solution(relaxation, branch)
            if isinstance(answer, Feasible):
                return self.examine(relaxation, branch, node, answer)
            if any(self._closed(node, given, relaxation.gamma) for given in _known(relaxation, branch, answer)):
                return None
        found = spread(self.relaxation.rows_of(branch), self.low, self.high)
        if found is None:
            return Undecided("no polynomial multipliers for the whole interval were found", self.lps)
        found.write(node)
        return None

    def _at(self, gamma: Fraction) -> Relaxation:
        if gamma not in self.relaxations:
            self.relaxations[gamma] = Relaxation(self.relaxation.asked, gamma)
        return self.relaxations[gamma]

    def _closed(self, node: Node, given: Given, gamma: Fraction) -> bool:
        lifted = lift(given, gamma) if given else None
        if lifted is None or not lifted.refutes(self.low, self.high):
            return False
        lifted.write(node)
        return True


def _known(relaxation: Relaxation, branch: Branch, refuted: Refuted) -> Iterator[Given]:
    """Multipliers at the gamma of the relaxation: the linear program's own, and some that are far from 0."""
    yield refuted.multipliers
    yield central(relaxation.rows_of(branch), relaxation.gamma)
