"""Which exchanges are proved to defeat every nonnegative goal, and a lemma with its proof for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, SHARP
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import fraction
from proofs.report.latex.sections.exact_swap import exact_swap
from proofs.report.latex.sections.proposition3 import third
from proofs.report.latex.sections.words import S_NEW, S_TERM, claims, states, swap


def lines(checked: Checked) -> Iterator[str]:
    """The witness permutations, then a lemma and a proof for each; or the linear claims in their place."""
    if checked.swaps_work:
        paper = checked.past(PAPER)
        only_sharp = [x for x in checked.past(SHARP) if x not in paper]
        if paper or only_sharp:
            yield from _permutations(checked, paper, only_sharp)
            yield _notation(checked)
        for x in paper:
            yield "\n".join(third(checked, checked.thresholds[PAPER, x]))
        for x in only_sharp:
            yield "\n".join(exact_swap(checked, checked.thresholds[SHARP, x]))
    elif checked.theorem("proposition-3").means == "linear":
        yield _by_linear_claims(checked)


def _notation(checked: Checked) -> str:
    return (
        rf"In what follows, $\theta \in \mathbb{{R}}^d_{{\geq 0}}$ has shutdown strictly optimal at ${S_NEW}$, "
        rf"that is {name(checked.s_new)}, and $\theta'$ is $\theta$ with the rewards of $x$ and of ${S_TERM}$, "
        rf"that is {name(checked.s_term)}, exchanged; $r$ is short for $r^\theta$. "
        rf"Shutting down is worth $r({S_NEW}) + \gamma r({S_TERM})$."
    )


def _permutations(checked: Checked, paper: Sequence[str], only_sharp: Sequence[str]) -> Iterator[str]:
    counted = "" if checked.gamma is None else rf" at $\gamma = {fraction(checked.gamma)}$"
    if paper:
        swaps = ", ".join(swap(checked, x) for x in paper)
        yield f"The permutations that witness Proposition~3{counted} are {swaps}."
    if only_sharp:
        swaps = ", ".join(swap(checked, x) for x in only_sharp)
        yield f"The exact swap theorem{' adds' if paper else ' gives'}{counted} {swaps}."


def _by_linear_claims(checked: Checked) -> str:
    """Prop. 3 where its own argument does not apply."""
    given = [claim for asked in ("not-optimal", "exceeds") for claim in checked.covering(asked)]
    return (
        rf"The argument of Proposition~3 does not apply here. That $r({S_TERM}) > r(x)$ and that shutdown is not "
        rf"optimal after the exchange, for $x$ each of {states(checked.past(PAPER))} and every goal of $\Theta$ that "
        rf"prefers shutdown, is proved by linear arithmetic: {claims(checked, given)} of the certificate."
    )
