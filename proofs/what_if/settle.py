"""Is Theorem 2's conclusion proved for one n, refuted for it, or open? Whatever the instance's own n is."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from exact.family import without_parameters
from exact.graph import reachable
from exact.instance import Instance
from exact.mdp import Rewards
from proofs.claims.accepted import Verdict
from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, Orbit, Retargeting
from proofs.families.search import verify_family
from proofs.families.session import CheckedFamily
from proofs.search import swaps
from proofs.search.candidates import discounts
from proofs.search.linear.asking import Asking
from proofs.search.orbits import beat
from proofs.search.order import search
from proofs.verify import Trial

PROVED, FAILS, OPEN = "proved", "fails", "open"
Found = Checked | CheckedFamily  # at one gamma or without any; over an interval of gammas


def outcome(theorem: Verdict, n: int) -> str:
    """What the kernel derives for this n."""
    if theorem.proved is not None and theorem.proved[0] >= n:
        return PROVED
    refuted = theorem.n if theorem.conclusion == FAILS and theorem.refuted is None else theorem.refuted
    return FAILS if refuted is not None and refuted <= n else OPEN


def everywhere(instance: Instance) -> CheckedFamily:
    """The verdicts over the interval of gammas that the instance is asked about."""
    return verify_family(without_parameters(instance))


def brief(instance: Instance, tried: Iterable[Rewards] = ()) -> Trial:
    """As much of `verify` as the verdicts need. tried: the orbits of these rewards come first."""
    trial = Trial(instance)
    search(trial, brief=tried)
    return trial


def refuting(checked: Found) -> set[Rewards]:
    """What may refute the conclusion for a variant of the instance: the rewards, without zeros, of the orbits here.

    And each with all of them equal: it has fewer goals.
    """
    orbits = [] if isinstance(checked, CheckedFamily) else checked.of(Orbit)
    found = {tuple(sorted(orbit.rewards.values())) for orbit in orbits}
    return found | {(Fraction(1),) * len(rewards) for rewards in found}


def settled(instance: Instance, n: int, tried: Iterable[Rewards] = ()) -> Found:
    """The verdicts on the instance, and on the conclusion for n: a proof and a refutation of it are looked for.

    Where the conclusion fails, how much of it is proved. The question has a gamma or an interval. Raises
    EnginesDisagree.
    """
    if instance.question.interval is not None:
        return everywhere(instance)
    trial = brief(instance, tried)
    known = trial.theorem("theorem-2")
    open_ = outcome(known, n) == OPEN
    if (open_ or known.conclusion == FAILS) and known.refuted != 1 and not trial.accepted(Retargeting):
        _permutations(trial)
    if open_ and n != max(1, len(trial.past(PAPER))) and outcome(trial.theorem("theorem-2"), n) == OPEN:
        beat(trial, dict.fromkeys(discounts(instance), n))
    return trial.result()


def _permutations(trial: Trial) -> None:
    """Def. 4 by linear arithmetic: `verify` asks for it only where the paper's own n is open."""
    instance = trial.instance
    seen = sorted(reachable(instance.mdp, [instance.shutdown_state]))
    for gamma in discounts(instance):
        swaps.conditions(trial, Asking(instance, gamma), swaps.candidates(instance, seen))
