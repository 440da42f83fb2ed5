"""The paper's silent assumption, found automatically: where training leaks, Theorem 2's text is false, and shown so."""

from __future__ import annotations

from random import Random

from exact.instance import parse_instance
from exact.instance.write import write_instance
from proofs.cli.judge import judge
from proofs.verification import verify
from tests.proofs.matrix.leaks import closed, leaking
from tests.reference import brute_orbit


def refuted(seed: int) -> bool:
    """Verify one random instance with the kernel; a refutation is counted anew by brute force, and mended."""
    data = write_instance(leaking(Random(seed))).encode()
    instance = parse_instance(data)
    found = verify(instance)
    judge(data, found)
    if found.main.verdict != "refuted":
        return False
    failing = {entry.id for entry in found.hypotheses if not entry.holds}
    assert failing - {"almost-sure-reach"} == {"training-closed"}
    orbit = next(orbit for orbit in found.findings.orbits if orbit.refutes(found.main.n))
    tally = brute_orbit.count(instance, orbit.goal.rewards, orbit.goal.gamma)
    assert found.main.n * tally["shutdown"] > tally["avoid"]
    assert verify(closed(instance)).main.verdict == "verified"
    return True


def test_training_closed_is_found_on_random_instances() -> None:
    """Several of 40 random leaks refute the conclusion; each orbit recounted, and each verified without the leak."""
    assert sum(map(refuted, range(40))) >= 5
