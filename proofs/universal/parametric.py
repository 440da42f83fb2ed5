"""Universal claims on an interval of gamma: proved pieces, refuted pieces, and what is left.

A rational gamma in the middle of what is open is decided; its answer is carried as far as it holds; the rest stays open
for the next round.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from fractions import Fraction

from exact.algebraic import Algebraic
from exact.errors import NotADiscount
from exact.evaluate import optimal
from exact.instance import Instance
from exact.linear.simplest import Interval, simplest
from proofs.universal.carry import Carried, carry, write
from proofs.universal.central import central
from proofs.universal.claim import Always, Claim, NotAlways, Proof, counterexample
from proofs.universal.decide import AGREE, MOST, Search
from proofs.universal.extent import extent
from proofs.universal.relaxation import Branch, Relaxation
from proofs.universal.row import Property
from proofs.universal.signs import GRAIN, Reach
from proofs.universal.space import Permutation

MOST_PIECES = 100
NARROW = 4 * GRAIN  # a gap no wider is left open: an end that no rational interval can have lies in it
_COARSE = Fraction(1, 16)  # a gap no wider is not searched on where a counterexample reaches only a little of it
_NEAR = 1 << 12  # the part of a gap within which an end is looked at


@dataclass(frozen=True)
class Open:
    """Not settled on (low, high); why. root: the number that the gap is there for, if known."""

    why: str
    root: Algebraic | None = None


@dataclass(frozen=True)
class Piece:
    """Always: on [low, high]; NotAlways: its theta refutes at its gamma, and `throughout` at each strictly between.

    low = high: at that one gamma.
    """

    low: Fraction
    high: Fraction
    answer: Always | NotAlways | Open
    throughout: bool = True


def pieces(
    instance: Instance,
    asked: Property,
    permutation: Permutation,
    low: Fraction = Fraction(0),
    high: Fraction = Fraction(1),
    most: int = MOST,
    most_pieces: int = MOST_PIECES,
    agree: bool = AGREE,
) -> list[Piece]:
    """The claim on (low, high), in order, without overlaps but for ends; together they cover it.

    most: linear programs for each gamma; beyond most_pieces the rest is Open. Raises NotADiscount.
    """
    if not 0 <= low < high <= 1:
        raise NotADiscount(f"({low}, {high}) holds no discount", "0 <= low < high <= 1", "gamma")
    return _Cover(Claim(instance, asked, permutation), most, most_pieces, agree).run(low, high)


@dataclass
class _Cover:
    claim: Claim
    most: int
    most_pieces: int
    agree: bool
    found: list[Piece] = field(default_factory=list)
    stops: dict[Fraction, Algebraic] = field(default_factory=dict)  # an end -> the root that it stands beside

    def run(self, low: Fraction, high: Fraction) -> list[Piece]:
        """Gap by gap; then the ends that no piece includes."""
        gaps = [(low, high)]
        while gaps:
            start, end = gaps.pop()
            if end - start <= NARROW or len(self.found) >= self.most_pieces:
                self._close(start, end)
                continue
            reached = self._settle(self._look(start, end), start, end)
            gaps += [gap for gap in ((reached.high, end), (start, reached.low)) if gap[0] < gap[1]]
        self.found.sort(key=lambda piece: (piece.low, piece.high))
        return self._with_ends()

    def _close(self, start: Fraction, end: Fraction) -> None:
        """A gap that is not searched further: one proof for all of it, or it stays open."""
        search = Search(Relaxation(self.claim, (start + end) / 2, self.agree), self.most)
        carried = None
        if end - start <= NARROW and isinstance(search.run(), Always):
            carried = self._with_room(search, start, end)
        if carried is not None and carried.width() == end - start:
            self._write(search, carried)
        else:
            self.found.append(Piece(start, end, self._open(start, end)))

    def _look(self, start: Fraction, end: Fraction) -> Fraction:
        """Where to look in a gap: first right beside an end at which another piece had to stop, else in the middle."""
        beside = (end - start) / _NEAR
        if end in self.stops and beside > GRAIN:
            return simplest(Interval(end - beside, end, low_open=True, high_open=True))
        if start in self.stops and beside > GRAIN:
            return simplest(Interval(start, start + beside, low_open=True, high_open=True))
        return _middle(start, end)

    def _open(self, start: Fraction, end: Fraction) -> Open:
        root = self.stops.get(start) or self.stops.get(end)
        if end - start > NARROW:
            return Open(f"not reached within {self.most_pieces} pieces", root)
        near = f"around {root.decimal(6)}, a root of {list(root.polynomial)}" if root else "too narrow a gap"
        return Open(f"{near}: no rational interval settles it", root)

    def _settle(self, gamma: Fraction, start: Fraction, end: Fraction) -> Reach:
        """Decide gamma, carry the answer on inside [start, end]; what it covers."""
        search = Search(Relaxation(self.claim, gamma, self.agree), self.most)
        answer = search.run()
        if isinstance(answer, Always):
            return self._carried(search, answer, start, end)
        if isinstance(answer, NotAlways):
            return self._refuted(search, answer, start, end)
        self.found.append(Piece(start, end, Open(answer.why)))
        return Reach(start, end)

    def _refuted(self, search: Search, found: NotAlways, start: Fraction, end: Fraction) -> Reach:
        """The goal that was found, or one without avoidable ties, as far as it refutes: whichever reaches further."""
        candidates = [found]
        theta = search.relaxation.inner(_settled(search, found), 2 * max(map(abs, found.rewards)) or Fraction(1))
        if theta is not None and (other := counterexample(self.claim, theta, found.gamma, found.lps)) is not None:
            candidates.append(other)
        reached = [(extent(self.claim, candidate, start, end), candidate) for candidate in candidates]
        best = max(reached, key=lambda pair: pair[0].high - pair[0].low)
        little = 8 * (best[0].high - best[0].low) < end - start
        if little and end - start <= _COARSE:
            self.found.append(Piece(start, end, found, throughout=False))
            return Reach(start, end)
        self._add(*best)
        return best[0]

    def _add(self, reached: Reach, answer: Always | NotAlways) -> None:
        self.found.append(Piece(reached.low, reached.high, answer))
        self._add_stops(reached)

    def _carried(self, search: Search, answer: Always, start: Fraction, end: Fraction) -> Reach:
        """The tree with polynomials for multipliers; if there are none, what holds at this gamma alone."""
        gamma = answer.low
        best = carry(search.leaves, [leaf.multipliers for leaf in search.leaves], gamma, start, end)
        if best is None or best.reach.low > start or best.reach.high < end:
            other = self._with_room(search, start, end)
            best = max((c for c in (best, other) if c is not None), key=Carried.width, default=None)
        if best is None:
            alone = Reach(gamma, gamma, Algebraic.of(gamma))
            self._add(alone, answer)
            return alone
        self._write(search, best)
        return best.reach

    def _with_room(self, search: Search, start: Fraction, end: Fraction) -> Carried | None:
        """The tree carried on with other multipliers than the linear programs gave."""
        gamma = search.relaxation.gamma
        multipliers = [central(search.relaxation.rows_of(leaf.branch), gamma) for leaf in search.leaves]
        return carry(search.leaves, multipliers, gamma, start, end)

    def _write(self, search: Search, carried: Carried) -> None:
        for lifted, leaf in zip(carried.leaves, search.leaves, strict=True):
            write(lifted, leaf.node)
        tree: Proof = copy.deepcopy(search.root)
        for low, high in carried.parts:
            self.found.append(Piece(low, high, Always(low, high, tree, search.lps)))
        self._add_stops(carried.reach)

    def _add_stops(self, reached: Reach) -> None:
        for place, root in ((reached.low, reached.below), (reached.high, reached.above)):
            if root is not None:
                self.stops[place] = root

    def _with_ends(self) -> list[Piece]:
        """Points between pieces that neither of them includes are decided by themselves."""
        result: list[Piece] = []
        for piece in self.found:
            if result and _missed(result[-1], piece):
                answer = Search(Relaxation(self.claim, piece.low, self.agree), self.most).run()
                settled = answer if isinstance(answer, (Always, NotAlways)) else Open(answer.why)
                result.append(Piece(piece.low, piece.low, settled))
            result.append(piece)
        return result


def _settled(search: Search, found: NotAlways) -> Branch:
    """The branch that fixes an optimal action of the counterexample everywhere: every solution is another."""
    relaxation, branch = search.relaxation, search.refuting or Branch()
    choices = list(branch.choices)
    for name, actions in relaxation.looked_at(branch).items():
        image = name.startswith("image")
        rewards = relaxation.claim.image(found.rewards) if image else found.rewards
        allowed = relaxation.space.copies[name].actions
        _, policy = optimal(relaxation.claim.instance.mdp, rewards, found.gamma, allowed=allowed)
        taken = {(c, s) for c, s, _ in choices}
        choices += [(name, s, policy[s]) for s in sorted(actions) if (name, s) not in taken]
    return replace(branch, choices=tuple(choices))


def _missed(before: Piece, after: Piece) -> bool:
    """Do they meet in a point that belongs to neither?"""
    points = any(piece.low == piece.high or isinstance(piece.answer, Always) for piece in (before, after))
    return before.high == after.low and not points


def _middle(start: Fraction, end: Fraction) -> Fraction:
    """A short rational near the middle."""
    third = (end - start) / 3
    return simplest(Interval(start + third, end - third))
