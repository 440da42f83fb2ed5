"""The exact swap theorem for one x (theory.md, section 4), spelled out with this instance's numbers."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.claims.checked import Checked
from proofs.claims.types import SHARP, Threshold
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import fraction, root
from proofs.report.latex.sections.proposition3 import display, policy, rewards, value
from proofs.report.latex.sections.words import CIRCLE, S_TERM, label


def exact_swap(checked: Checked, claim: Threshold) -> Iterator[str]:
    """Statement and proof."""
    x = claim.state
    low, high = rewards(checked, x)
    below = r" For no smaller $\gamma$ is this so." if any(claim.interval) else ""
    yield rf"\begin{{lemma}}[Exact swap for {name(x)}]\label{{{label(checked, x)}}}"
    yield rf"Let $x$ be {name(x)} and ${CIRCLE} {root(checked.roots[SHARP, x])}$."
    yield r"For every $\gamma \in (0,1)$ with"
    yield rf"$\gamma \geq {CIRCLE}$ and every such $\theta$: ${high} > {low}$, and shutdown is not optimal for"
    yield rf"$\theta'$.{below}"
    yield r"\end{lemma}"
    yield r"\begin{proof}"
    yield policy(checked, claim)
    yield _joint(checked, claim)
    yield _argument(low, high)
    if any(claim.interval):
        yield _only_if()
    yield r"\end{proof}"


def _joint(checked: Checked, claim: Threshold) -> str:
    crossing = rf"is 1 at $\gamma = {CIRCLE}$" if any(claim.interval) else r"is at least 1 at $\gamma = 0$"
    gamma = checked.gamma
    at = "" if gamma is None else rf" (At $\gamma = {fraction(gamma)}$, $u + w {value(checked, claim)}$.)"
    shown = display(checked, claim, "u + w")
    return (
        rf"It starts in $A_1$. Let $u = v^\pi_x$ and $w = v^\pi_{{{S_TERM}}}$. Together they are"
        f"\n{shown}\n"
        rf"which is nondecreasing in $\gamma$ and {crossing}, so $u + w \geq 1$ for all the $\gamma$ named.{at}"
    )


def _argument(low: str, high: str) -> str:
    return (
        rf"Shutdown is strictly better than $\pi$ for $\theta$, so ${high} > u\,{low} + w\,{high} + \rho$ with "
        rf"$\rho \geq 0$ from the other states. Hence $(1-w)\,{high} > u\,{low} + \rho \geq 0$, so that $w < 1$ and "
        rf"${high} > 0$, and $(1-w)\,{high} > u\,{low} \geq (1-w)\,{low}$ gives ${high} > {low}$. "
        r"For $\theta'$, $\pi$ exceeds shutdown by $\gamma$ times "
        rf"\[ u\,{high} + w\,{low} + \rho - {low} \geq \rho + (1-w)\bigl({high} - {low}\bigr) > 0. \]"
    )


def _only_if() -> str:
    return (
        rf"For $\gamma < {CIRCLE}$, the goal $\theta = \mathbf{{1}}_x + \mathbf{{1}}_{{{S_TERM}}}$ is its own "
        r"exchange, and shutdown is strictly optimal for it: at the threshold no policy exceeds $\pi$, as the "
        r"certificate shows action by action, and below it no policy gets to $u + w = 1$."
    )
