"""Layer paper: Prop. 3 for one x, its proof spelled out with this instance's policy and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.paper.claims import PAPER, Form, Threshold
from proofs.paper.escape import name
from proofs.paper.evidence import Evidence
from proofs.paper.numbers import decimal, fraction, function, is_short, root, rounded_down
from proofs.paper.sections.thresholds import where
from proofs.paper.sections.words import A_SD, S_NEW, S_TERM, STAR, label, states

MAINLY = 12  # states that are listed by name
MOST_BITS = 80  # of a fraction that is written in a sentence
LONGEST_NAME = 14  # characters of a name that is written into a displayed formula


def third(evidence: Evidence, claim: Threshold) -> Iterator[str]:
    """Statement and proof."""
    x = claim.state
    low, high = rewards(evidence, x)
    yield rf"\begin{{proposition}}[Proposition 3 of the paper for {name(x)}]"
    yield rf"\label{{{label('prop', evidence.instance, x)}}}"
    yield rf"Let $x$ be {name(x)} and ${STAR} {root(evidence.roots[PAPER, x], claim)}$. For every $\gamma \in (0,1)$"
    yield rf"with $\gamma > {STAR}$ and every such $\theta$: ${high} > {low}$, and shutdown is not optimal for"
    yield r"$\theta'$."
    yield r"\end{proposition}"
    yield r"\begin{proof}"
    yield policy(evidence, evidence.forms[claim.form])
    yield _kept(evidence, x)
    yield _count(evidence, claim)
    yield _argument(evidence, evidence.forms[claim.form], low, high)
    yield _numbers(evidence, claim, low, high)
    yield r"\end{proof}"


def rewards(evidence: Evidence, x: str) -> tuple[str, str]:
    """r(x) and r(s_term), with their names where these are short."""
    pairs = [(x, "x"), (evidence.s_term, S_TERM)]
    low, high = (f"r({name(s) if len(s) <= LONGEST_NAME else symbol})" for s, symbol in pairs)
    return low, high


def policy(evidence: Evidence, form: Form) -> str:
    """The choices of the policy; where there is one action only, there is nothing to say."""
    mdp = evidence.instance.mdp
    chosen = [(s, a) for s, a in form.policy.items() if len(mdp.actions[mdp.state(s)]) > 1]
    choices = ", ".join(rf"{name(a)} in {name(s)}" for s, a in chosen)
    rest = "" if len(chosen) == len(form.policy) else ", and the only action elsewhere"
    return rf"Let $\pi$ take {choices or 'the only action of each state'}{rest if choices else ''}."


def _kept(evidence: Evidence, x: str) -> str:
    inside = [s for s in evidence.instance.mdp.states if s in evidence.regions.get(x, frozenset())]
    braced = rf"$R_x = \{{${', '.join(map(name, inside))}$\}}$"
    listed = braced if len(inside) <= MAINLY else rf"$R_x$ (${len(inside)}$ states)"
    return (
        rf"It stays in {listed}, the states from which some policy reaches $x$ with probability~1, and from each of "
        rf"them it reaches $x$ with probability~1: it is reach-and-revisit. It never visits ${S_TERM}$, from which $x$ "
        rf"is not reached; in particular it does not start with ${A_SD}$."
    )


def _count(evidence: Evidence, claim: Threshold) -> str:
    limit = rf"$(1-\gamma)\,v^\pi_x \to {'' if claim.frequency is None else fraction(claim.frequency)}$"
    crossing = rf"it is 1 at $\gamma = {STAR}$" if any(claim.interval) else r"it is at least 1 at $\gamma = 0$"
    shown = display(evidence, claim, r"v^\pi_x(\gamma)")
    return (
        f"Its visit count is\n{shown}\n"
        r"a power series in $\gamma$ with nonnegative coefficients, so nondecreasing, and not constant, since "
        rf"{limit} as $\gamma \to 1$. As {crossing}, $v^\pi_x > 1$ for every $\gamma > {STAR}$."
    )


def display(evidence: Evidence, claim: Threshold, symbol: str) -> str:
    """The count as a displayed formula if it is short, else within the line, where it can break."""
    count = evidence.visits(claim)
    formula = function(count, where(evidence.forms[claim.form].number))
    return rf"\[ {symbol} = {formula}, \]" if is_short(count) else rf"${symbol} = {formula}$,"


def _argument(evidence: Evidence, form: Form, low: str, high: str) -> str:
    others = [s for s in form.policy if not form.rewards.get(s)]
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


def _numbers(evidence: Evidence, claim: Threshold, low: str, high: str) -> str:
    """What the argument says at the question's gamma."""
    gamma = evidence.gamma
    if gamma is None:
        return ""
    count = evidence.visits(claim).value(gamma)
    least, gain = rounded_down(count), rounded_down(gamma * (count - 1))
    return (
        rf"In numbers, at $\gamma = {fraction(gamma)}$: $v^\pi_x {value(evidence, claim)}$, so that "
        rf"${high} > {least}\,{low} + \rho$, and for $\theta'$ the policy $\pi$ is better by more than "
        rf"$\gamma(v^\pi_x - 1)\,{high}" + (rf" \geq {gain}\,{high}$." if gain != "0" else "$.")
    )


def value(evidence: Evidence, claim: Threshold) -> str:
    """The count at the question's gamma: `= 81/10 = 8.1`."""
    count = evidence.visits(claim).value(evidence.gamma or 0)
    bits = count.numerator.bit_length() + count.denominator.bit_length()
    exact = f"= {fraction(count)}" if bits <= MOST_BITS else ""
    return exact if count.denominator == 1 and exact else f"{exact} {decimal(count)}".strip()
