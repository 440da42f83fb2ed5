"""The three conditions of Def. 4 for each swap and each named permutation: at one gamma, and on all of (0, 1).

Where the question is an interval of gammas, on it instead.

What is found is offered to the kernel: `certified` tells an answer that is proved from one that was only computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from exact.digits import exact_text
from exact.graph import reachable
from exact.instance import Instance
from exact.instance.gammas import EVERYWHERE
from exact.permutation import Permutation, between
from proofs.claims.checked import Checked
from proofs.claims.types import Cycles, Interval, Retargeting, SwapFails, Universal
from proofs.search import swaps
from proofs.search.goals import moves, named
from proofs.search.linear.asked import Always, Answer, NotAlways, Property
from proofs.search.linear.asking import MOST_PROGRAMS, Asking
from proofs.search.linear.decide import decide
from proofs.search.linear.pieces import Open
from proofs.search.linear.retarget import Retargeting as AtGamma
from proofs.search.linear.retarget import retargeting
from proofs.search.linear.throughout import Step, Throughout, throughout
from proofs.verify import Tell, Trial

A = TypeVar("A")


@dataclass(frozen=True)
class Conditions:
    """at_gamma: None without a gamma; everywhere: None if it was not asked for. checked: what is proved of both."""

    at_gamma: AtGamma | None
    everywhere: Throughout | None
    steps: tuple[Step, ...]
    checked: Checked

    @property
    def instance(self) -> Instance:
        """The one that was asked about."""
        return self.checked.instance

    def certified(self, kind: Property, phi: Permutation, answer: Answer | Open) -> bool:
        """The kernel has accepted the claim that says so."""
        cycles = moves(self.instance, phi)
        if isinstance(answer, Always):
            return (kind, cycles, (answer.low, answer.high)) in self._universal
        if not isinstance(answer, NotAlways):
            return False
        wanted = swaps.BROKEN[kind], cycles, answer.gamma, named(self.instance, answer.rewards)
        known = self.checked.of(SwapFails)
        return any((claim.how, claim.permutation, claim.gamma, claim.rewards) == wanted for claim in known)

    def retargets(self, ends: Interval, permutations: tuple[Permutation, ...]) -> bool:
        """The kernel has accepted Def. 4 for these permutations; nothing is asked of none."""
        wanted = Retargeting(ends, tuple(moves(self.instance, phi) for phi in permutations))
        return not permutations or wanted in self.checked.of(Retargeting)

    def proves(self, step: Step) -> bool:
        """The kernel has accepted it."""
        return self.retargets((step.low, step.high), step.permutations)

    @cached_property
    def _universal(self) -> set[tuple[str, Cycles, Interval]]:
        return {(claim.property, claim.permutation, claim.interval) for claim in self.checked.of(Universal)}


def conditions(instance: Instance, everywhere: bool, tell: Tell = lambda _: None) -> Conditions:
    """Decide them. Without a gamma only on all of (0, 1), if that is asked for, or on the question's interval.

    Raises EnginesDisagree.
    """
    seen = sorted(reachable(instance.mdp, [instance.shutdown_state]))
    candidates, gamma = swaps.candidates(instance, seen), instance.question.gamma
    trial = Trial(instance, everywhere=True)
    at_gamma = found = None
    if gamma is not None:
        tell(f"gamma = {exact_text(gamma)}")
        at_gamma = _completed(instance, retargeting(Asking(instance, gamma), candidates, tell))
        swaps.offer_conditions(trial, at_gamma, (gamma, gamma))
        _offer_other_pairs(trial, at_gamma)
    if everywhere or instance.question.interval is not None:
        found = throughout(instance, candidates, tell, gammas=instance.question.interval or EVERYWHERE)
        swaps.offer_throughout(trial, found)
    steps = () if found is None else tuple(found.steps())
    return Conditions(at_gamma, found, steps, trial.result())


def conditions_of(
    single: Mapping[tuple[Permutation, Property], A],
    pairs: Mapping[tuple[int, int], A],
    permutations: Sequence[Permutation],
) -> Iterator[tuple[Property, tuple[Permutation, ...], Permutation, A]]:
    """Each condition: of one permutation, or of two; the permutation that it is decided by, and the answer."""
    for (phi, kind), answer in single.items():
        yield kind, (phi,), phi, answer
    for (i, j), answer in pairs.items():
        both = permutations[i], permutations[j]
        yield "never-both", both, between(*both), answer


def _completed(instance: Instance, found: AtGamma) -> AtGamma:
    """Condition 2 for the permutations for which Condition 1 fails, too."""
    single: dict[tuple[Permutation, Property], Answer] = dict(found.single)
    for (phi, kind), answer in found.single.items():
        if kind == "retargets" and isinstance(answer, NotAlways):
            single[phi, "stays"] = decide(instance, "stays", phi, answer.gamma, MOST_PROGRAMS)
    return replace(found, single=single)


def _offer_other_pairs(trial: Trial, found: AtGamma) -> None:
    """Condition 3 is printed for all pairs, also outside the largest set."""
    for kind, both, phi, answer in conditions_of({}, found.pairs, found.good):
        if isinstance(answer, Always) and not set(both) <= set(found.permutations):
            swaps.offer(trial, kind, phi, answer)
