"""The three conditions of Def. 4 for each swap and each named permutation: at one gamma, and on all of (0, 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise

from exact.instance import Instance
from proofs.analysis import Analysis
from proofs.findings import Failure, Findings, Survivor, Universal
from proofs.linear import MOST_PROGRAMS, linear_stage
from proofs.swaps import swap
from proofs.universal.claim import Always, Answer, NotAlways
from proofs.universal.decide import decide
from proofs.universal.parametric import Piece, pieces
from proofs.universal.retarget import Retargeting, between, largest
from proofs.universal.row import Property
from proofs.universal.space import Permutation

Tell = Callable[[str], None]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Everywhere:
    """Each condition on (0, 1). pairs: those of candidates i < j that are both good on some common interval."""

    single: dict[tuple[Permutation, Property], list[Piece]]
    pairs: dict[Pair, list[Piece]]


@dataclass(frozen=True)
class Step:
    """Between low and high the three conditions are proved for all of these permutations together."""

    low: Fraction
    high: Fraction
    permutations: tuple[Permutation, ...]


@dataclass(frozen=True)
class Conditions:
    """at_gamma: None if there is no gamma; everywhere: None if it was not asked for."""

    instance: Instance
    candidates: tuple[Permutation, ...]
    at_gamma: Retargeting | None
    everywhere: Everywhere | None

    def findings(self) -> Findings:
        """What was proved, for `verify` to put into a certificate."""
        found = Findings(linear=self.at_gamma)
        if self.everywhere is not None:
            claims = list(self.everywhere.single.items())
            pairs = self.everywhere.pairs.items()
            claims += [((between(self.candidates[i], self.candidates[j]), "never-both"), p) for (i, j), p in pairs]
            others = [x for x in range(len(self.instance.mdp)) if x != self.instance.s_term]
            swaps = {swap(self.instance, x): x for x in others}
            for asked, phi, answer in [(asked, phi, piece.answer) for (phi, asked), of in claims for piece in of]:
                if isinstance(answer, Always):
                    found.universal.append(Universal(asked, phi, answer))
                elif isinstance(answer, NotAlways) and phi in swaps:
                    found.survivors.append(Survivor.of(swaps[phi], answer))
                elif isinstance(answer, NotAlways):
                    found.failures.append(Failure.of(asked, phi, answer))
        return found

    def steps(self) -> list[Step]:
        """The largest n proved on each interval, in order; neighbours with the same permutations are put together."""
        if self.everywhere is None:
            return []
        known = [*self.everywhere.single.values(), *self.everywhere.pairs.values()]
        ends = sorted({Fraction(0), Fraction(1), *(end for given in known for p in given for end in (p.low, p.high))})
        steps: list[Step] = []
        for low, high in pairwise(ends):
            chosen = self._together(self.everywhere, low, high)
            if steps and steps[-1].permutations == chosen:
                steps[-1] = replace(steps[-1], high=high)
            else:
                steps.append(Step(low, high, chosen))
        return steps

    def _together(self, found: Everywhere, low: Fraction, high: Fraction) -> tuple[Permutation, ...]:
        good = [i for i, phi in enumerate(self.candidates) if _both(found, phi, low, high)]
        apart = {pair for pair in combinations(good, 2) if not _always(found.pairs.get(pair, []), low, high)}
        return tuple(self.candidates[i] for i in largest(good, apart))


def conditions(instance: Instance, everywhere: bool, tell: Tell = lambda _: None) -> Conditions:
    """Decide them. Without a gamma only on all of (0, 1), if that is asked for."""
    analysis, gamma = Analysis(instance), instance.question.gamma
    swaps = [swap(instance, x) for x in analysis.candidates if x in analysis.reachable]
    candidates = tuple(dict.fromkeys([*swaps, *instance.question.permutations]))
    at_gamma = None
    if gamma is not None:
        tell(f"gamma = {gamma}")
        at_gamma = _completed(instance, linear_stage(analysis, gamma), gamma)
    return Conditions(instance, candidates, at_gamma, _everywhere(instance, candidates, tell) if everywhere else None)


def _completed(instance: Instance, found: Retargeting, gamma: Fraction) -> Retargeting:
    """Condition 2 for the permutations for which Condition 1 fails, too."""
    single: dict[tuple[Permutation, Property], Answer] = dict(found.single)
    for phi, asked in found.single:
        if asked == "retargets" and isinstance(single[phi, asked], NotAlways):
            single[phi, "stays"] = decide(instance, "stays", phi, gamma, MOST_PROGRAMS)
    return replace(found, single=single)


def _everywhere(instance: Instance, candidates: Sequence[Permutation], tell: Tell) -> Everywhere:
    found = Everywhere({}, {})
    for number, phi in enumerate(candidates):
        tell(f"all gamma: permutation {number + 1} of {len(candidates)}")
        for asked in _SINGLE:
            found.single[phi, asked] = pieces(instance, asked, phi)
    for i, j in combinations(range(len(candidates)), 2):
        if any(True for _ in _common(found, candidates[i], candidates[j])):
            tell(f"all gamma: permutations {i + 1} and {j + 1}")
            found.pairs[i, j] = pieces(instance, "never-both", between(candidates[i], candidates[j]))
    return found


_SINGLE: tuple[Property, ...] = ("retargets", "stays")


def _common(found: Everywhere, one: Permutation, other: Permutation) -> Iterator[tuple[Fraction, Fraction]]:
    """Intervals on which both meet Conditions 1 and 2."""
    given = [found.single[phi, asked] for phi in (one, other) for asked in _SINGLE]
    ends = sorted({end for entries in given for piece in entries for end in (piece.low, piece.high)})
    for low, high in pairwise(ends):
        if all(_always(entries, low, high) for entries in given):
            yield low, high


def _both(found: Everywhere, phi: Permutation, low: Fraction, high: Fraction) -> bool:
    return all(_always(found.single[phi, asked], low, high) for asked in _SINGLE)


def _always(given: Sequence[Piece], low: Fraction, high: Fraction) -> bool:
    return any(isinstance(piece.answer, Always) and piece.low <= low and high <= piece.high for piece in given)
