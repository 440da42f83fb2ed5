"""Is Theorem 2's conclusion proved for one n, refuted for it, or open? Whatever the instance's own n is."""

from __future__ import annotations

from exact.graph import reachable
from exact.instance import Instance
from exact.orbit import count_orbit, number_of_arrangements
from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, Retargeting
from proofs.search import swaps
from proofs.search.candidates import discounts, promising
from proofs.search.orbits import orbit
from proofs.verify import Trial, verify

PROVED, FAILS, OPEN = "proved", "fails", "open"
LARGEST_ORBIT, MOST_COUNTED = 1_000, 30_000  # goals in one orbit of the search, and in all of them


def outcome(checked: Checked, n: int) -> str:
    """What the kernel derives for this n."""
    if checked.main.proved is not None and checked.main.proved[0] >= n:
        return PROVED
    return FAILS if checked.main.refuted is not None and checked.main.refuted <= n else OPEN


def settled(instance: Instance, n: int) -> Checked:
    """Verify the instance; where its own n is another one, and this one open, look for a proof and for a refutation.

    The question has a gamma. Raises EnginesDisagree.
    """
    checked = verify(instance)
    if outcome(checked, n) != OPEN or n == max(1, len(checked.past(PAPER))):
        return checked
    trial = Trial(instance)
    for claim in checked.claims:
        trial.offer(claim)
    if not checked.of(Retargeting):
        _permutations(trial)
    if (trial.theorem("theorem-2").proved or (0, ""))[0] < n:
        _refute(trial, n)
    return trial.result(checked.aside)


def _permutations(trial: Trial) -> None:
    """Def. 4 by linear arithmetic: `verify` asks for it only where the paper's own n is open."""
    instance = trial.instance
    seen = sorted(reachable(instance.mdp, [instance.shutdown_state]))
    for gamma in discounts(instance):
        swaps.conditions(trial, gamma, swaps.candidates(instance, seen))


def _refute(trial: Trial, n: int) -> None:
    """An orbit in which fewer than n times as many goals of Theta avoid shutdown as accept it."""
    left = MOST_COUNTED
    for rewards in promising(trial, LARGEST_ORBIT):
        for gamma in discounts(trial.instance):
            left -= number_of_arrangements(rewards)
            if left < 0:
                return
            count = count_orbit(trial.instance, rewards, gamma)
            if n * count.shutdown > count.avoid and trial.offer(orbit(trial.instance, rewards, gamma)):
                return
