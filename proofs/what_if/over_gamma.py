"""Theorem 2 at every gamma: the stretches of (0, 1) between thresholds, with n, n° and the verdict on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from exact.algebraic import Algebraic
from exact.digits import shown
from exact.evaluate.pieces import between
from exact.graph import reachable
from exact.instance import Instance
from exact.instance.gammas import EVERYWHERE
from proofs.claims import types as c
from proofs.claims.accepted import joined
from proofs.claims.checked import STATED, Checked
from proofs.claims.phases import Stretch
from proofs.search import swaps, theta, thresholds
from proofs.search.linear.asking import Asking
from proofs.search.order import search
from proofs.search.phases import offer_phases
from proofs.verify import Tell, Trial, proved

UNDECIDED = "undecided"


def phases(instance: Instance, tell: Tell = lambda _: None) -> Checked:
    """The thresholds of every state, the phases of the question's rewards, and what Theorem 2 says over gamma.

    Where thresholds do not decide that: claims about all of (0, 1), then about one gamma of each stretch.
    """
    trial, rewards = Trial(instance, everywhere=True), instance.question.rewards
    thresholds.settle(trial, tell)
    if rewards is not None:
        offer_phases(trial, rewards, tell)
    parts = _open(trial)
    for kind in theta.HYPOTHESES:
        gammas = [_point(instance, part.low, part.high) for part in parts if part.hypotheses[kind] is None]
        if gammas:
            tell(f"{kind} over gamma")
        if gammas and not theta.ask(trial, kind, EVERYWHERE):
            for gamma in gammas:
                theta.ask(trial, kind, gamma)
    parts = _open(trial) if parts else []
    if any(part.there is None and all(part.hypotheses[name] for name in STATED) for part in parts):
        tell("linear claims")
        seen = sorted(reachable(instance.mdp, [instance.shutdown_state]))
        swaps.conditions(trial, Asking(instance, EVERYWHERE), swaps.candidates(instance, seen), tell)
        parts = _open(trial)
    for part in parts:
        if part.there is None:
            _refute(trial, _point(instance, part.low, part.high), tell)
    return trial.result()


def _open(trial: Trial) -> list[Stretch]:
    """Where more than thresholds is needed."""
    return [part for part in over_gamma(trial.result()) if part.verdict == UNDECIDED and part.n is not None]


def _refute(trial: Trial, gamma: Fraction, tell: Tell) -> None:
    """What decides the verdict at one gamma."""
    tell(f"Theorem 2 at gamma = {shown(gamma)}")
    there, one = Trial(trial.instance.at(gamma)), Algebraic.of(gamma)
    known = list(_holding(trial.claims, one, one))
    for claim in known:
        there.offer(claim)
    search(there, tell, brief=())
    for claim in there.claims[len(known) :]:
        trial.offer(claim)


def over_gamma(checked: Checked) -> list[Stretch]:
    """Ascending, from accepted claims alone: what the kernel derives from them at a gamma of each stretch.

    What it derives there depends on gamma only by which thresholds are passed, if it is given no claim that does not
    hold on the whole stretch.
    """
    ends = sorted({Algebraic.of(0), Algebraic.of(1), *checked.roots.values()})
    return [_stretch(checked, low, high) for low, high in pairwise(ends)]


def _stretch(checked: Checked, low: Algebraic, high: Algebraic) -> Stretch:
    gamma = _point(checked.instance, low, high)
    instance, one = checked.instance.at(gamma), Algebraic.of(gamma)
    throughout, here = (list(_holding(checked.claims, *ends)) for ends in ((low, high), (one, one)))
    found = proved(instance, throughout)
    n, n_sharp = (None if known is None else len(known) for known in map(found.counted.get, (c.PAPER, c.SHARP)))
    more = found.main.verdict == UNDECIDED and len(here) > len(throughout)
    there = proved(instance, here) if more else found
    known = there if there.main.verdict != found.main.verdict else None
    return Stretch(low, high, n, n_sharp, found.main.verdict, dict(found.hypotheses), known)


def _point(instance: Instance, low: Algebraic, high: Algebraic) -> Fraction:
    """The question's gamma, if it is between, else a simple one."""
    asked = instance.question.gamma
    return asked if asked is not None and low < asked < high else between(low, high)


def _holding(claims: Sequence[c.Claim], low: Algebraic, high: Algebraic) -> Iterator[c.Claim]:
    """Those that say something of every gamma from low to high."""
    together = defaultdict[object, list[c.Interval]](list)
    for claim in claims:
        if isinstance(claim, c.Universal):
            together[claim.property, claim.permutation].append(claim.interval)
    for claim in claims:
        match claim:
            case c.Threshold() | c.NoThreshold():
                spans = [(Fraction(0), Fraction(1))]
            case c.Universal():
                spans = joined(together[claim.property, claim.permutation])
            case c.Retargeting():
                spans = [claim.interval]
            case c.Orbit() | c.Member() | c.SwapFails():
                spans = [(claim.gamma, claim.gamma)]
            case _:
                spans = []
        if any(a <= low and high <= b for a, b in spans):
            yield claim
