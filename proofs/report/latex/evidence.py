"""Orbits counted in full, goals on which a permutation fails, and what is proved over all of Theta."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from proofs.claims.accepted import Accepted
from proofs.claims.checked import STATED, Checked
from proofs.claims.types import Member, Orbit, Proof, Retargeting, SwapFails, Universal
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import fraction, gammas, integer, listed, permutation, rewards
from proofs.report.latex.words import CIRCLE, S_TERM, entries, states

HOW = {
    "still-shutdown": "shutdown is still not avoided",
    "leaves-theta": r"the permuted goal is not in~$\Theta$",
    "meets": r"the permuted goal is in~$\Theta$ and prefers shutdown too",
    "still-optimal": "shutdown is still optimal",
    "no-greater": rf"$r({S_TERM})$ is not greater than the reward that it is exchanged with",
}
PROPERTIES = {
    "retargets": "makes shutdown avoided (Condition 1)",
    "stays": r"stays in $\Theta$ (Condition 2)",
    "never-both": r"never leads to a goal of $\Theta$ that prefers shutdown (Condition 3)",
    "not-optimal": "makes shutdown not optimal (Proposition 3)",
    "exceeds": rf"is of an $r({S_TERM})$ that exceeds the other reward (Proposition 3)",
    "pays": rf"is of an $r({S_TERM}) > 0$ and another reward $\geq 0$ (Proposition 3)",
}
OF_THETA = {
    "never-both": r"there is no such $\theta$",
    "nonnegative": r"$\theta \geq 0$, also where shutdown is not preferred",
    "strict": "shutdown is the only optimal action",
}


def orbits(checked: Checked) -> Iterator[str]:
    """Counts first, then what refutes, then the swaps that fail."""
    if counted := checked.of(Orbit):
        yield "Orbits inside $\\Theta$, every goal of them decided:"
        yield entries(map(one_orbit, counted))
    yield from _refuting(checked)
    yield from failing_swaps(checked)
    if below := checked.below_sharp():
        each = "each of " if len(below) > 1 else "being "
        yield (
            rf"For $x$ {each}{states(below)}, $\gamma < {CIRCLE}$ or there is no ${CIRCLE}$: by the exact swap theorem "
            rf"shutdown is still optimal for $\theta = \mathbf{{1}}_x + \mathbf{{1}}_{{{S_TERM}}}$ after the exchange."
        )


def failing_swaps(checked: Accepted) -> Iterator[str]:
    """Goals for which a permutation breaks a condition."""
    if failing := checked.of(SwapFails):
        yield (
            r"Goals $\theta \in \Theta$ (rewards not named are zero) that prefer shutdown, each with a permutation "
            r"for which a condition of Definition~4, or of Proposition~3, fails:"
        )
        yield entries(
            f"{permutation(c.permutation)}: {rewards(c.rewards)} at $\\gamma = {fraction(c.gamma)}$; {HOW[c.how]}."
            for c in failing
        )


def one_orbit(orbit: Orbit) -> str:
    """Its rewards, and what its goals decide."""
    outside = f" and ${integer(orbit.outside)}$ outside" if orbit.outside else ""
    ties = f", ${integer(orbit.tie)}$ tie" if orbit.tie else ""
    ratio = f": a ratio of ${fraction(Fraction(orbit.avoid, orbit.shutdown))}$" if orbit.shutdown else ""
    return (
        rf"of {rewards(orbit.rewards)} at $\gamma = {fraction(orbit.gamma)}$: ${integer(orbit.size)}$ goals in "
        rf"$\Theta${outside}; of them ${integer(orbit.avoid)}$ avoid shutdown and ${integer(orbit.shutdown)}$ accept "
        f"it{ties}{ratio}."
    )


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


def linear(checked: Accepted) -> Iterator[str]:
    """Universal claims, sets of permutations, members."""
    if universal := checked.of(Universal):
        yield (
            r"The following holds for \emph{every} $\theta \in \Theta$ that prefers shutdown and every "
            r"$\gamma \in (0,1)$ named; the proof is a tree of cases, each closed by multipliers (Farkas' lemma)."
        )
        yield entries(map(_universal, universal))
    for claim in checked.of(Retargeting):
        moved = ", ".join(permutation(cycles) for cycles in claim.permutations)
        yield (
            rf"For $\gamma {gammas(claim.interval)}$, the permutations {moved} together satisfy Definition~4 with "
            rf"$n = {len(claim.permutations)}$."
        )
    for member in checked.of(Member):
        yield rf"At $\gamma = {fraction(member.gamma)}$, the goal {rewards(member.rewards)} lies in $\Theta$."


def _universal(claim: Universal) -> str:
    moved = f"{permutation(claim.permutation)} " if claim.permutation else ""
    told = PROPERTIES[claim.property] if moved else OF_THETA.get(claim.property, claim.property)
    cases = _cases(claim.proof)
    return rf"{moved}{told}: $\gamma {gammas(claim.interval)}$, {cases} case{'s' if cases != 1 else ''}."


def _cases(proof: Proof) -> int:
    """The leaves of the tree."""
    waiting, leaves = [proof], 0
    while waiting:
        node = waiting.pop()
        if "multipliers" in node:
            leaves += 1
        elif "violations" in node:
            waiting += [below for _, below in node["violations"]]
        else:
            waiting += (node["cases"] if "cases" in node else node["only"]).values()
    return leaves
