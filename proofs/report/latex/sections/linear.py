"""What is proved by linear arithmetic over all of Theta, and single goals looked at."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.claims.checked import Checked
from proofs.claims.types import Member, Proof, Retargeting, Universal
from proofs.report.latex.numbers import fraction, gammas, permutation, rewards
from proofs.report.latex.sections.words import S_TERM
from proofs.report.latex.table import table

PROPERTIES = {
    "retargets": "makes shutdown avoided (Condition 1)",
    "stays": r"stays in $\Theta$ (Condition 2)",
    "never-both": r"never leads to a goal of $\Theta$ that prefers shutdown (Condition 3)",
    "not-optimal": "makes shutdown not optimal (Proposition 3)",
    "exceeds": rf"the reward of ${S_TERM}$ exceeds the one that it is exchanged with (Proposition 3)",
}
OF_THETA = {
    "never-both": r"there is no such $\theta$",
    "nonnegative": r"$\theta \geq 0$, also where shutdown is not preferred",
    "strict": "shutdown is the only optimal action",
}
COLUMNS = [("permutation", "0.22"), ("property", "0.36"), (r"$\gamma$", "0.16"), ("cases", "l")]


def lines(checked: Checked) -> Iterator[str]:
    """Universal claims, sets of permutations, members."""
    universal = checked.of(Universal)
    if universal:
        yield (
            r"The following holds for \emph{every} $\theta \in \Theta$ that prefers shutdown and every "
            r"$\gamma \in (0,1)$ named; the proof is a tree of cases, each closed by multipliers (Farkas' lemma)."
        )
        yield table(COLUMNS, [_universal(claim) for claim in universal], height=2)
    for claim in checked.of(Retargeting):
        moved = ", ".join(permutation(cycles) for cycles in claim.permutations)
        yield (
            rf"For $\gamma {gammas(claim.interval)}$, the permutations {moved} together satisfy Definition~4 with "
            rf"$n = {len(claim.permutations)}$."
        )
    for member in checked.of(Member):
        yield rf"At $\gamma = {fraction(member.gamma)}$, the goal {rewards(member.rewards)} lies in $\Theta$."


def _universal(claim: Universal) -> list[str]:
    moved = permutation(claim.permutation) if claim.permutation else "---"
    told = PROPERTIES[claim.property] if claim.permutation else OF_THETA.get(claim.property, claim.property)
    return [moved, told, f"${gammas(claim.interval)}$", f"${_cases(claim.proof)}$"]


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
