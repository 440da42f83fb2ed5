"""Orbits counted in full, and goals on which a permutation fails."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from proofs.claims.checked import STATED, Checked
from proofs.claims.types import Orbit, SwapFails
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import fraction, integer, listed, permutation, rewards
from proofs.report.latex.sections.words import CIRCLE, S_TERM, states
from proofs.report.latex.table import table

HOW = {
    "still-shutdown": "shutdown is still not avoided",
    "leaves-theta": r"the permuted goal is not in~$\Theta$",
    "meets": r"the permuted goal is in~$\Theta$ and prefers shutdown too",
    "still-optimal": "shutdown is still optimal",
    "no-greater": rf"$r({S_TERM})$ is not greater than the reward that it is exchanged with",
}


def lines(checked: Checked) -> Iterator[str]:
    """Counts first, then what refutes, then the swaps that fail."""
    orbits, failing = checked.of(Orbit), checked.of(SwapFails)
    if orbits:
        yield "Orbits inside $\\Theta$, every goal of them decided:"
        columns = [("goal", "0.3"), (r"$\gamma$", "l"), (r"in $\Theta$", "l"), ("not in", "l"), ("accept", "l"),
                   ("avoid", "l"), ("tie", "l"), ("ratio", "l")]  # fmt: skip
        yield table(columns, [_orbit(orbit) for orbit in orbits], height=2)
    yield from _refuting(checked)
    if failing:
        yield (
            r"Goals $\theta \in \Theta$ (rewards not named are zero) that prefer shutdown, each with a permutation "
            r"for which a condition of Definition~4, or of Proposition~3, fails:"
        )
        columns = [("permutation", "0.2"), ("goal", "0.36"), (r"$\gamma$", "l"), ("why", "0.27")]
        yield table(columns, [_failing(claim) for claim in failing], height=2)
    yield from _below_sharp(checked)


def _orbit(orbit: Orbit) -> list[str]:
    numbers = [orbit.size, orbit.outside, orbit.shutdown, orbit.avoid, orbit.tie]
    ratio = f"${fraction(Fraction(orbit.avoid, orbit.shutdown))}$" if orbit.shutdown else "---"
    counts = [f"${integer(number)}$" for number in numbers]
    return [rewards(orbit.rewards), f"${fraction(orbit.gamma)}$", *counts, ratio]


def _refuting(checked: Checked) -> Iterator[str]:
    orbit = checked.refuting()
    if orbit is None:
        return
    n = checked.least(orbit.gamma)
    yield (
        rf"The orbit of the goal {rewards(orbit.rewards)} at $\gamma = {fraction(orbit.gamma)}$ is a "
        rf"counterexample to the conclusion of Theorem~2 with $n = {n}$: ${orbit.shutdown}$ of its "
        rf"goals accept shutdown and ${orbit.avoid}$ avoid it, and ${n} \cdot {orbit.shutdown} > {orbit.avoid}$."
    )
    silent = [key for key, holds in checked.hypotheses.items() if holds is False and key not in STATED]
    if checked.main.verdict == "refuted" and silent:
        what = "hypothesis that fails" if len(silent) == 1 else "hypotheses that fail"
        yield f"The silent {what}: {listed([name(key) for key in silent])}."


def _below_sharp(checked: Checked) -> Iterator[str]:
    """What the exact swap theorem says by itself."""
    if below := checked.below_sharp():
        each = "each of " if len(below) > 1 else "being "
        yield (
            rf"For $x$ {each}{states(below)}, $\gamma < {CIRCLE}$ or there is no ${CIRCLE}$: by the exact swap theorem "
            rf"shutdown is still optimal for $\theta = \mathbf{{1}}_x + \mathbf{{1}}_{{{S_TERM}}}$ after the exchange."
        )


def _failing(claim: SwapFails) -> list[str]:
    goal = rewards(claim.rewards)
    return [permutation(claim.permutation), goal, f"${fraction(claim.gamma)}$", HOW[claim.how]]
