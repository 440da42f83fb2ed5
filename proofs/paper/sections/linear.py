"""Layer paper: what is proved by linear arithmetic over all of Theta, and single goals looked at."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.paper.claims import Interval, Member, Retargeting, Universal
from proofs.paper.evidence import Evidence
from proofs.paper.numbers import fraction, interval, permutation, rewards
from proofs.paper.table import table

PROPERTIES = {
    "retargets": "makes shutdown avoided (Condition 1)",
    "stays": r"stays in $\Theta$ (Condition 2)",
    "never-both": r"never leads to a goal of $\Theta$ that prefers shutdown (Condition 3)",
}


def lines(evidence: Evidence) -> Iterator[str]:
    """Universal claims, sets of permutations, membership."""
    universal = evidence.of(Universal)
    if universal:
        yield (
            r"The following holds for \emph{every} $\theta \in \Theta$ that prefers shutdown and every "
            r"$\gamma \in (0,1)$ named; the proof is a tree of cases, each closed by multipliers (Farkas' lemma)."
        )
        columns = [("permutation", "0.24"), ("property", "0.34"), (r"$\gamma$", "0.16"), ("cases", "l")]
        yield table(columns, [_universal(claim) for claim in universal], height=2)
    for claim in evidence.of(Retargeting):
        moved = ", ".join(permutation(cycles) for cycles in claim.permutations)
        yield (
            rf"For $\gamma {_gammas(claim.interval)}$, the permutations {moved} together satisfy Definition~4 with "
            rf"$n = {len(claim.permutations)}$."
        )
    for member in evidence.of(Member):
        lies = "lies" if member.holds else "does not lie"
        yield rf"At $\gamma = {fraction(member.gamma)}$, the goal {rewards(member.rewards)} {lies} in $\Theta$."


def _universal(claim: Universal) -> list[str]:
    told = PROPERTIES.get(claim.property, "---")
    return [permutation(claim.permutation), told, f"${_gammas(claim.interval)}$", f"${claim.leaves}$"]


def _gammas(ends: Interval) -> str:
    low, high = ends
    if low == high:
        return f"= {fraction(low)}"
    return r"\in (0, 1)" if low == 0 and high == 1 else rf"\in {interval(ends)}"
