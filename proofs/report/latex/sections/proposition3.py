"""Prop. 3 for one x, its proof spelled out with the policy that attains gamma*_x and this instance's numbers."""

from __future__ import annotations

from collections.abc import Iterator

from exact.graph import almost_surely
from proofs.claims.checked import Checked
from proofs.claims.roots import visits
from proofs.claims.types import PAPER, Threshold
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import decimal, fraction, function, is_short, root, rounded_down
from proofs.report.latex.sections.words import A_SD, S_NEW, S_TERM, STAR, claims, label, states, where

MAINLY = 12  # states that are listed by name
MOST_BITS = 80  # of a fraction that is written in a sentence
LONGEST_NAME = 14  # characters of a name that is written into a displayed formula


def third(checked: Checked, claim: Threshold) -> Iterator[str]:
    """Statement and proof."""
    x = claim.state
    low, high = rewards(checked, x)
    yield rf"\begin{{lemma}}[Proposition 3 of the paper, for {name(x)}]\label{{{label(checked, x)}}}"
    yield rf"Let $x$ be {name(x)} and ${STAR} {root(checked.roots[PAPER, x])}$. For every $\gamma \in (0,1)$"
    yield rf"with $\gamma > {STAR}$ and every such $\theta$: ${high} > {low}$, and shutdown is not optimal for"
    yield r"$\theta'$."
    yield r"\end{lemma}"
    yield r"\begin{proof}"
    yield policy(checked, claim)
    yield _kept(checked, x)
    yield _count(checked, claim)
    yield _argument(checked, claim, low, high)
    yield _numbers(checked, claim, low, high)
    yield r"\end{proof}"
    if any(claim.interval):
        yield _least(checked, claim)


def rewards(checked: Checked, x: str) -> tuple[str, str]:
    """r(x) and r(s_term), with their names where these are short."""
    pairs = [(x, "x"), (checked.s_term, S_TERM)]
    low, high = (f"r({name(s) if len(s) <= LONGEST_NAME else symbol})" for s, symbol in pairs)
    return low, high


def policy(checked: Checked, claim: Threshold) -> str:
    """The choices of the policy that attains the threshold, where it goes and there is a choice."""
    mdp, visited = checked.instance.mdp, _visited(checked, claim)
    chosen = [s for s in visited if len(mdp.actions[mdp.state(s)]) > 1]
    choices = ", ".join(rf"{name(claim.policy[s])} in {name(s)}" for s in chosen)
    rest = "" if len(chosen) == len(visited) else ", and the only action elsewhere"
    return rf"Let $\pi$ take {choices or 'the only action of each state'}{rest if choices else ''}."


def display(checked: Checked, claim: Threshold, symbol: str) -> str:
    """The count as a displayed formula if it is short, else within the line, where it can break."""
    count = visits(claim)
    formula = function(count, where(checked, claim))
    return rf"\[ {symbol} = {formula}, \]" if is_short(count) else rf"${symbol} = {formula}$,"


def value(checked: Checked, claim: Threshold) -> str:
    """The count at the question's gamma: `= 81/10 = 8.1`."""
    count = visits(claim).value(checked.gamma or 0)
    bits = count.numerator.bit_length() + count.denominator.bit_length()
    exact = f"= {fraction(count)}" if bits <= MOST_BITS else ""
    return exact if count.denominator == 1 and exact else f"{exact} {decimal(count)}".strip()


def _visited(checked: Checked, claim: Threshold) -> list[str]:
    """The states with actions that the policy can visit from s_new, this one included, in the instance's order."""
    seen, waiting = {checked.s_new}, [checked.s_new]
    while waiting:
        state = waiting.pop()
        fresh = set(checked.row(state, claim.policy[state])) & claim.policy.keys() - seen
        seen |= fresh
        waiting += fresh
    return [s for s in checked.instance.mdp.states if s in seen]


def _kept(checked: Checked, x: str) -> str:
    mdp = checked.instance.mdp
    region = almost_surely(mdp, mdp.state(x)).region
    braced = rf"$R_x = \{{${', '.join(name(mdp.states[s]) for s in sorted(region))}$\}}$"
    listed = braced if len(region) <= MAINLY else rf"$R_x$ (${len(region)}$ states)"
    return (
        rf"It stays in {listed}, the states from which some policy reaches $x$ with probability~1, and from each state "
        rf"that it visits it reaches $x$ with probability~1: it is reach-and-revisit. It never visits ${S_TERM}$, from "
        rf"which $x$ is not reached; in particular it does not start with ${A_SD}$."
    )


def _count(checked: Checked, claim: Threshold) -> str:
    limit = rf"$(1-\gamma)\,v^\pi_x \to {fraction(checked.frequencies[claim.state])}$"
    crossing = rf"it is 1 at $\gamma = {STAR}$" if any(claim.interval) else r"it is at least 1 at $\gamma = 0$"
    shown = display(checked, claim, r"v^\pi_x(\gamma)")
    return (
        f"Its visit count is\n{shown}\n"
        r"a power series in $\gamma$ with nonnegative coefficients, so nondecreasing, and not constant, since "
        rf"{limit} as $\gamma \to 1$. As {crossing}, $v^\pi_x > 1$ for every $\gamma > {STAR}$."
    )


def _argument(checked: Checked, claim: Threshold, low: str, high: str) -> str:
    others = [s for s in _visited(checked, claim) if s != claim.state]
    rest = states(others) if 0 < len(others) <= MAINLY else rf"the states other than $x$ and ${S_TERM}$"
    return (
        rf"The return of $\pi$ is $r({S_NEW}) + \gamma(v^\pi_x\,{low} + \rho)$, where $\rho \geq 0$ collects the later "
        rf"visits to {rest}. Shutdown is strictly better for $\theta$, so "
        rf"\[ {high} > v^\pi_x\,{low} + \rho \geq v^\pi_x\,{low} \geq {low}. \] "
        rf"For $\theta'$, both returns begin with the same reward at ${S_NEW}$ and $\rho$ is the same; shutdown goes "
        rf"on to $\gamma\,{low}$, and $\pi$ to $\gamma(v^\pi_x\,{high} + \rho)$. Since $v^\pi_x > 1$ and "
        rf"${high} > {low} \geq 0$, \[ v^\pi_x\,{high} + \rho \geq v^\pi_x\,{high} > {high} > {low}, \] "
        r"so $\pi$ is better than shutdown for $\theta'$."
    )


def _numbers(checked: Checked, claim: Threshold, low: str, high: str) -> str:
    """What the argument says at the question's gamma."""
    gamma = checked.gamma
    if gamma is None:
        return ""
    count = visits(claim).value(gamma)
    least, gain = rounded_down(count), rounded_down(gamma * (count - 1))
    return (
        rf"In numbers, at $\gamma = {fraction(gamma)}$: $v^\pi_x {value(checked, claim)}$, so that "
        rf"${high} > {least}\,{low} + \rho$, and for $\theta'$ the policy $\pi$ is better by more than "
        rf"$\gamma(v^\pi_x - 1)\,{high}" + (rf" \geq {gain}\,{high}$." if gain != "0" else "$.")
    )


def _least(checked: Checked, claim: Threshold) -> str:
    return (
        rf"The policy $\pi$ attains ${STAR}$: at that discount the certificate bounds the count of every "
        rf"reach-and-revisit policy by its own ({claims(checked, [claim])}), and no count decreases in $\gamma$, so "
        r"that below it none exceeds~1."
    )
