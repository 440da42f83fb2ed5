"""The paper's silent assumption, found automatically: where training leaks, Theorem 2's text is false, and shown so."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from exact.instance import parse_instance
from exact.instance.write import write_instance
from proofs.verify import verify
from tests.proofs.what_if.leaks import closed, leaking
from tests.reference import brute_orbit


def refuted(seed: int) -> bool:
    """Verify one random instance; a refutation is counted anew by brute force, and mended."""
    instance = parse_instance(write_instance(leaking(Random(seed))).encode())
    found = verify(instance)
    if found.main.verdict != "refuted":
        return False
    failing = {name for name, holds in found.hypotheses.items() if not holds}
    assert failing - {"almost-sure-reach"} == {"training-closed"}
    orbit = found.refuting()
    assert orbit is not None
    rewards = tuple(orbit.rewards.get(s, Fraction(0)) for s in instance.mdp.states)
    tally = brute_orbit.count(instance, rewards, orbit.gamma)
    assert found.main.n * tally["shutdown"] > tally["avoid"]
    assert verify(closed(instance)).main.verdict == "verified"
    return True


def test_training_closed_is_found_on_random_instances() -> None:
    """Several of 40 random leaks refute the conclusion; each orbit recounted, and each verified without the leak."""
    assert sum(map(refuted, range(40))) >= 5
