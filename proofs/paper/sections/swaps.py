"""Layer paper: which exchanges are proved to defeat every nonnegative goal, and a proposition with proof for each."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.paper.claims import PAPER, POSITIVE, SHARP
from proofs.paper.escape import name
from proofs.paper.evidence import Evidence
from proofs.paper.numbers import fraction
from proofs.paper.sections.exact_swap import exact_swap
from proofs.paper.sections.proposition3 import third
from proofs.paper.sections.words import S_NEW, S_TERM, swap


def lines(evidence: Evidence) -> Iterator[str]:
    """The witness permutations, then a proposition and a proof for each."""
    paper, sharp = proved(evidence, PAPER), proved(evidence, SHARP)
    only_sharp = [x for x in sharp if x not in paper]
    if paper or only_sharp:
        yield from _permutations(evidence, paper, only_sharp)
        yield (
            rf"In what follows, $\theta \in \mathbb{{R}}^d_{{\geq 0}}$ has shutdown strictly optimal at ${S_NEW}$, "
            rf"that is {name(evidence.s_new)}, and $\theta'$ is $\theta$ with the rewards of $x$ and of ${S_TERM}$, "
            rf"that is {name(evidence.s_term)}, exchanged; $r$ is short for $r^\theta$. "
            rf"Shutting down is worth $r({S_NEW}) + \gamma r({S_TERM})$."
        )
    for x in paper:
        yield "\n".join(third(evidence, evidence.thresholds[PAPER, x]))
    for x in only_sharp:
        yield "\n".join(exact_swap(evidence, evidence.thresholds[SHARP, x]))


def proved(evidence: Evidence, kind: str) -> list[str]:
    """The counted x whose swap is proved to defeat every nonnegative goal: the claims say all that the proof uses."""
    verdict = evidence.theorem("proposition-3", POSITIVE)
    if verdict is None or verdict.conclusion != "proved" or not evidence.swaps_work:
        return []
    return [x for x in evidence.counted(kind) if (kind, x) in evidence.thresholds]


def _permutations(evidence: Evidence, paper: list[str], only_sharp: list[str]) -> Iterator[str]:
    counted = "" if evidence.gamma is None else rf" at $\gamma = {fraction(evidence.gamma)}$"
    if paper:
        swaps = ", ".join(swap(evidence, x) for x in paper)
        yield f"The permutations that witness Proposition~3{counted} are {swaps}."
    if only_sharp:
        swaps = ", ".join(swap(evidence, x) for x in only_sharp)
        yield f"The exact swap theorem{' adds' if paper else ' gives'}{counted} {swaps}."
