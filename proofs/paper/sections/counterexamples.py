"""Layer paper: orbits counted in full, and goals on which a permutation fails."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from proofs.paper.claims import POSITIVE, Hypothesis, Orbit, SwapFails
from proofs.paper.escape import name
from proofs.paper.evidence import STATED, Evidence
from proofs.paper.numbers import fraction, listed, permutation, rewards
from proofs.paper.table import table

HOW = {
    "still-shutdown": "shutdown is still not avoided",
    "leaves-theta": r"the permuted goal is not in~$\Theta$",
    "meets": r"the permuted goal is in~$\Theta$ and prefers shutdown too",
}


def lines(evidence: Evidence) -> Iterator[str]:
    """Counts first, then what refutes, then the swaps that fail."""
    orbits = evidence.of(Orbit)
    if orbits:
        yield "Orbits inside $\\Theta$, every goal of them decided:"
        columns = [("goal", "0.3"), (r"$\gamma$", "l"), (r"in $\Theta$", "l"), ("not in", "l"), ("accept", "l"),
                   ("avoid", "l"), ("tie", "l"), ("ratio", "l")]  # fmt: skip
        yield table(columns, [_orbit(orbit) for orbit in orbits], height=2)
    yield from _refuting(evidence)
    if evidence.survivors():
        yield (
            r"Goals $\theta \in \Theta$ (rewards not named are zero) that prefer shutdown, each with a permutation "
            r"for which a condition of Definition~4 fails:"
        )
        columns = [("permutation", "0.2"), ("goal", "0.36"), (r"$\gamma$", "l"), ("why", "0.27")]
        yield table(columns, [_survivor(claim) for claim in evidence.survivors()], height=2)


def _orbit(orbit: Orbit) -> list[str]:
    numbers = [orbit.size, orbit.outside, orbit.shutdown, orbit.avoid, orbit.tie]
    ratio = f"${fraction(Fraction(orbit.avoid, orbit.shutdown))}$" if orbit.shutdown else "---"
    counts = [f"${number}$" for number in numbers]
    return [rewards(orbit.rewards), f"${fraction(orbit.gamma)}$", *counts, ratio]


def _refuting(evidence: Evidence) -> Iterator[str]:
    second = evidence.theorem("theorem-2", POSITIVE)
    if second is None or second.conclusion != "fails":
        return
    for orbit in evidence.refuting(max(1, second.n))[:1]:
        least = f"{max(1, second.n)} \\cdot {orbit.shutdown} > {orbit.avoid}"
        yield (
            rf"The orbit of the goal {rewards(orbit.rewards)} at $\gamma = {fraction(orbit.gamma)}$ is a "
            rf"counterexample to the conclusion of Theorem~2 with $n = {max(1, second.n)}$: ${orbit.shutdown}$ of its "
            rf"goals accept shutdown and ${orbit.avoid}$ avoid it, and ${least}$."
        )
        silent = [c.id for c in evidence.of(Hypothesis) if not c.holds and c.id not in STATED]
        if second.verdict == "refuted" and silent:
            what = "hypothesis" if len(silent) == 1 else "hypotheses"
            yield f"The silent {what} that fail{'s' if len(silent) == 1 else ''}: {listed([name(s) for s in silent])}."


def _survivor(claim: SwapFails) -> list[str]:
    goal = rewards(claim.rewards)
    return [permutation(claim.permutation), goal, f"${fraction(claim.gamma)}$", HOW[claim.how]]
