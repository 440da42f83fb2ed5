"""Linear search, one question after another at one gamma: goals that refuted one are tried first, the work is bounded.

Work is counted, not timed, so that the same instance always gets the same answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exact.instance import Instance
from exact.instance.gammas import EVERYWHERE, Gammas
from exact.mdp import Rewards
from exact.permutation import Permutation
from proofs.search.linear.asked import Answer, Asked, NotAlways, Property, Undecided, counterexample
from proofs.search.linear.decide import decide
from proofs.search.linear.space import Space, copies_of
from proofs.search.linear.whole import everywhere

Where = Fraction | Gammas | None  # one gamma, every gamma of an interval, or every gamma of (0, 1)

MOST_PROGRAMS = 200  # linear programs for one question
MOST_WORK = 5_000_000_000  # for all questions together: for each program, the cube of its number of variables
REMEMBERED = 6  # goals that refuted something lately


def answered(instance: Instance, kind: Property, phi: Permutation, where: Where, most: int = MOST_PROGRAMS) -> Answer:
    """One property."""
    if isinstance(where, Fraction):
        return decide(instance, kind, phi, where, most)
    return everywhere(instance, kind, phi, *(where or EVERYWHERE), most=most)


class Asking:
    """Questions about permutations of one instance, at one place.

    left: how many were not answered because the bound on all the work was met.
    """

    def __init__(self, instance: Instance, where: Where, most: int = MOST_WORK) -> None:
        self.instance, self.where, self.most, self.left = instance, where, most, 0
        self._programs = most // Space(instance, copies_of(instance, True)).variables ** 3
        self._known: dict[tuple[Property, Permutation], Answer] = {}
        self._goals: list[tuple[Permutation, Rewards]] = []  # the latest one last, each with what it refuted

    def __call__(self, kind: Property, phi: Permutation) -> Answer:
        """Whether each goal has the property; the same question is answered once."""
        if (kind, phi) not in self._known:
            self._known[kind, phi] = self._seen(kind, phi) or self._solved(kind, phi)
        return self._known[kind, phi]

    def _solved(self, kind: Property, phi: Permutation) -> Answer:
        most = min(MOST_PROGRAMS, self._programs)
        if most <= 0:
            self.left += 1
            return Undecided("the bound on the work for linear claims was met")
        answer = answered(self.instance, kind, phi, self.where, most)
        self._programs -= answer.lps
        self.left += isinstance(answer, Undecided) and most < MOST_PROGRAMS
        if isinstance(answer, NotAlways):
            self._goals = [*self._goals[1 - REMEMBERED :], (phi, answer.rewards)]
        return answer

    def _seen(self, kind: Property, phi: Permutation) -> NotAlways | None:
        """A goal that is near at hand refutes it."""
        if not isinstance(self.where, Fraction):
            return None
        asked = Asked(self.instance, kind, phi)
        tried = (counterexample(asked, theta, self.where) for theta in dict.fromkeys(self._near(phi)))
        return next((found for found in tried if found is not None), None)

    def _near(self, phi: Permutation) -> Iterator[Rewards]:
        """1 on what phi moves (below gamma°_x that refutes the exchange), and the goals that refuted others lately.

        These as they are, and with the rewards of what they refuted exchanged for those of what phi moves.
        """
        changed = [s for s, t in enumerate(phi) if s != t]
        yield tuple(Fraction(s in changed) for s in range(len(phi)))
        for refuted, theta in reversed(self._goals):
            yield theta
            yield _exchanged(theta, [s for s, t in enumerate(refuted) if s != t], changed)


def _exchanged(theta: Rewards, these: list[int], those: list[int]) -> Rewards:
    """The states that are in one of the lists only change places in pairs."""
    found = list(theta)
    for s, t in zip([s for s in these if s not in those], [t for t in those if t not in these], strict=False):
        found[s], found[t] = found[t], found[s]
    return tuple(found)
