"""Which exchanges are proved to defeat every nonnegative goal, and the proof of each with this instance's numbers.

By Prop. 3, with the policy that attains gamma*_x, or by the exact swap theorem (theory.md, section 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exact.graph import almost_surely
from proofs.claims.checked import Checked
from proofs.claims.roots import visits
from proofs.claims.types import PAPER, SHARP, Threshold
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import decimal, fraction, function, is_short, root, rounded_down
from proofs.report.latex.words import A_SD, CIRCLE, S_NEW, S_TERM, STAR, claims, label, states, swap, where

MAINLY = 12  # states that are listed by name
MOST_BITS = 80  # of a fraction that is written in a sentence
HIGH, LOW, V = rf"r({S_TERM})", "r(x)", r"v^\pi_x"
LINEAR = {"linear": ("not-optimal", "exceeds"), "pays": ("not-optimal", "exceeds", "pays")}  # by the means of Prop. 3


def lines(checked: Checked) -> Iterator[str]:
    """The witness permutations, then a statement and a proof for each; or the linear claims in their place."""
    paper = checked.past(PAPER)
    only_sharp = [x for x in checked.past(SHARP) if x not in paper]
    if checked.swaps_work and (paper or only_sharp):
        yield from _permutations(checked, paper, only_sharp)
        yield (
            rf"In what follows, $\theta \in \mathbb{{R}}^d_{{\geq 0}}$ has shutdown strictly optimal at ${S_NEW}$, "
            rf"that is {name(checked.s_new)}, and $\theta'$ is $\theta$ with the rewards of $x$ and of ${S_TERM}$, "
            rf"that is {name(checked.s_term)}, exchanged; $r$ is short for $r^\theta$. "
            rf"Shutting down is worth $r({S_NEW}) + \gamma {HIGH}$."
        )
        for x in (*paper, *only_sharp):
            yield "\n".join(_exchange(checked, x, by_paper=x in paper))
    elif not checked.swaps_work and (means := checked.theorem("proposition-3").means) in LINEAR:
        given = [claim for asked in LINEAR[means] for claim in checked.covering(asked)]
        yield (
            rf"The argument of Proposition~3 does not apply here. That ${HIGH} > {LOW}$ and that shutdown is not "
            rf"optimal after the exchange, for $x$ each of {states(paper)} and every goal of $\Theta$ that prefers "
            rf"shutdown, is proved by linear arithmetic: {claims(checked, given)} of the certificate."
        )
        if means == "pays":
            yield (
                rf"Where it is not proved directly, ${HIGH} > 0$ and no state has a negative reward that the policy "
                rf"$\pi$ of ${STAR}$ visits after the start. As shutdown is optimal, ${HIGH} \geq {V} {LOW} + \rho$ "
                rf"with $\rho \geq 0$, and ${V} > 1$ for $\gamma > {STAR}$; hence ${HIGH} > {LOW}$, and after the "
                rf"exchange $\pi$ exceeds shutdown by $\gamma$ times ${V} {HIGH} + \rho - {LOW} > 0$."
            )


def _permutations(checked: Checked, paper: Sequence[str], only_sharp: Sequence[str]) -> Iterator[str]:
    counted = "" if checked.gamma is None else rf" at $\gamma = {fraction(checked.gamma)}$"
    if paper:
        swaps = ", ".join(swap(checked, x) for x in paper)
        yield f"The permutations that witness Proposition~3{counted} are {swaps}."
    if only_sharp:
        swaps = ", ".join(swap(checked, x) for x in only_sharp)
        yield f"The exact swap theorem{' adds' if paper else ' gives'}{counted} {swaps}."


def _exchange(checked: Checked, x: str, by_paper: bool) -> Iterator[str]:
    """Statement and proof."""
    claim = checked.thresholds[PAPER if by_paper else SHARP, x]
    symbol, relation = (STAR, ">") if by_paper else (CIRCLE, r"\geq")
    below = "" if by_paper or not any(claim.interval) else r" For no smaller $\gamma$ is this so."
    source = "as in Proposition 3 of the paper" if by_paper else "by the exact swap theorem"
    yield rf"\begin{{gsexchange}}[with {name(x)}, {source}]\label{{{label(checked, x)}}}"
    yield rf"Let $x$ be {name(x)} and ${symbol} {root(checked.roots[claim.kinds[0], x])}$."
    yield rf"For every $\gamma \in (0,1)$ with $\gamma {relation} {symbol}$ and every such $\theta$:"
    yield rf"${HIGH} > {LOW}$, and shutdown is not optimal for $\theta'$.{below}"
    yield r"\end{gsexchange}"
    yield r"\begin{proof}"
    yield _policy(checked, claim)
    yield from _by_paper(checked, claim) if by_paper else _by_exact_swap(checked, claim)
    yield r"\end{proof}"


def _policy(checked: Checked, claim: Threshold) -> str:
    """The choices of the policy that attains the threshold, where it goes and there is a choice."""
    mdp, visited = checked.instance.mdp, _visited(checked, claim)
    chosen = [s for s in visited if len(mdp.actions[mdp.state(s)]) > 1]
    choices = ", ".join(rf"{name(claim.policy[s])} in {name(s)}" for s in chosen)
    rest = "" if len(chosen) == len(visited) else ", and the only action elsewhere"
    return rf"Let $\pi$ take {choices or 'the only action of each state'}{rest if choices else ''}."


def _visited(checked: Checked, claim: Threshold) -> list[str]:
    """The states with actions that the policy can visit from s_new, this one included, in the instance's order."""
    seen, waiting = {checked.s_new}, [checked.s_new]
    while waiting:
        state = waiting.pop()
        fresh = set(checked.row(state, claim.policy[state])) & claim.policy.keys() - seen
        seen |= fresh
        waiting += fresh
    return [s for s in checked.instance.mdp.states if s in seen]


def _display(checked: Checked, claim: Threshold, symbol: str) -> str:
    """The count as a displayed formula if it is short, else within the line, where it can break."""
    count = visits(claim)
    short = is_short(count)
    formula = function(count, where(checked, claim), stacked=short)
    return rf"\[ {symbol} = {formula}, \]" if short else rf"${symbol} = {formula}$,"


def _value(checked: Checked, claim: Threshold) -> str:
    """The count at the question's gamma: `= 81/10 = 8.1`."""
    count = visits(claim).value(checked.gamma or 0)
    bits = count.numerator.bit_length() + count.denominator.bit_length()
    exact = f"= {fraction(count)}" if bits <= MOST_BITS else ""
    return exact if count.denominator == 1 and exact else f"{exact} {decimal(count)}".strip()


def _by_paper(checked: Checked, claim: Threshold) -> Iterator[str]:
    """Prop. 3's argument."""
    mdp, crosses = checked.instance.mdp, any(claim.interval)
    region = almost_surely(mdp, mdp.state(claim.state)).region
    members = states([mdp.states[s] for s in sorted(region)]) if len(region) <= MAINLY else f"${len(region)}$ states"
    yield (
        rf"It stays in $R_x$ ({members}), the states from which some policy reaches $x$ with probability~1, and from "
        rf"each state that it visits it reaches $x$ with probability~1: it is reach-and-revisit. It never visits "
        rf"${S_TERM}$, from which $x$ is not reached; in particular it does not start with ${A_SD}$. Its visit count is"
    )
    yield _display(checked, claim, V)
    yield (
        r"a power series in $\gamma$ with nonnegative coefficients, so nondecreasing, and not constant, since "
        rf"$(1-\gamma)\,{V} \to {fraction(checked.frequencies[claim.state])}$ as $\gamma \to 1$. As it is "
        + (rf"1 at $\gamma = {STAR}$" if crosses else r"at least 1 at $\gamma = 0$")
        + rf", ${V} > 1$ for every $\gamma > {STAR}$."
    )
    others = [s for s in _visited(checked, claim) if s != claim.state]
    rest = states(others) if 0 < len(others) <= MAINLY else rf"the states other than $x$ and ${S_TERM}$"
    yield (
        rf"The return of $\pi$ is $r({S_NEW}) + \gamma({V}\,{LOW} + \rho)$, where $\rho \geq 0$ collects the later "
        rf"visits to {rest}. Shutdown is strictly better for $\theta$, so "
        rf"\[ {HIGH} > {V}\,{LOW} + \rho \geq {V}\,{LOW} \geq {LOW}. \] "
        rf"For $\theta'$, both returns begin with the same reward at ${S_NEW}$ and $\rho$ is the same; shutdown goes "
        rf"on to $\gamma\,{LOW}$, and $\pi$ to $\gamma({V}\,{HIGH} + \rho)$. Since ${V} > 1$ and ${HIGH} > {LOW} \geq "
        rf"0$, \[ {V}\,{HIGH} + \rho \geq {V}\,{HIGH} > {HIGH} > {LOW}, \] so $\pi$ is better than shutdown for "
        r"$\theta'$."
    )
    if (gamma := checked.gamma) is not None:
        count = visits(claim).value(gamma)
        least, gain = rounded_down(count), rounded_down(gamma * (count - 1))
        yield (
            rf"In numbers, at $\gamma = {fraction(gamma)}$: ${V} {_value(checked, claim)}$, so that "
            rf"${HIGH} > {least}\,{LOW} + \rho$, and for $\theta'$ the policy $\pi$ is better by more than "
            rf"$\gamma({V} - 1)\,{HIGH}" + (rf" \geq {gain}\,{HIGH}$." if gain != "0" else "$.")
        )
    if crosses:
        yield (
            rf"The policy $\pi$ attains ${STAR}$: at that discount the certificate bounds the count of every "
            rf"reach-and-revisit policy by its own ({claims(checked, [claim])}), and no count decreases in $\gamma$, "
            r"so that below it none exceeds~1."
        )


def _by_exact_swap(checked: Checked, claim: Threshold) -> Iterator[str]:
    """The exact swap theorem's argument."""
    gamma, crosses = checked.gamma, any(claim.interval)
    at = "" if gamma is None else rf" (At $\gamma = {fraction(gamma)}$, $u + w {_value(checked, claim)}$.)"
    reached = rf"is 1 at $\gamma = {CIRCLE}$" if crosses else r"is at least 1 at $\gamma = 0$"
    yield rf"It starts in $A_1$. Let $u = {V}$ and $w = v^\pi_{{{S_TERM}}}$. Together they are"
    yield _display(checked, claim, "u + w")
    yield rf"which is nondecreasing in $\gamma$ and {reached}, so $u + w \geq 1$ for all the $\gamma$ named.{at}"
    yield (
        rf"Shutdown is strictly better than $\pi$ for $\theta$, so ${HIGH} > u\,{LOW} + w\,{HIGH} + \rho$ with "
        rf"$\rho \geq 0$ from the other states. Hence $(1-w)\,{HIGH} > u\,{LOW} + \rho \geq 0$, so that $w < 1$ and "
        rf"${HIGH} > 0$, and $(1-w)\,{HIGH} > u\,{LOW} \geq (1-w)\,{LOW}$ gives ${HIGH} > {LOW}$. "
        rf"For $\theta'$, $\pi$ exceeds shutdown by $\gamma$ times $u\,{HIGH} + w\,{LOW} + \rho - {LOW} \geq "
        rf"\rho + (1-w)\bigl({HIGH} - {LOW}\bigr) > 0$."
    )
    if crosses:
        yield (
            rf"For $\gamma < {CIRCLE}$, the goal $\theta = \mathbf{{1}}_x + \mathbf{{1}}_{{{S_TERM}}}$ is its own "
            r"exchange, and shutdown is strictly optimal for it: at the threshold no policy exceeds $\pi$, as the "
            r"certificate shows action by action, and below it no policy gets to $u + w = 1$."
        )
