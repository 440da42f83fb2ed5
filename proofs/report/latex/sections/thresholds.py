"""The closed forms of the visit counts (Def. 9) and the thresholds with what names them exactly."""

from __future__ import annotations

from collections.abc import Iterator

from exact.rational_function import integers
from proofs.claims.checked import Checked
from proofs.claims.roots import polynomial as its_polynomial
from proofs.claims.roots import visits
from proofs.claims.types import PAPER, SHARP, Threshold
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import fraction, function, interval, polynomial, root
from proofs.report.latex.sections.words import CIRCLE, S_NEW, S_TERM, STAR, states, where
from proofs.report.latex.table import table

COLUMNS = [("$x$", "0.12"), ("", "l"), ("value", "0.22"), ("the root of", "0.46")]


def lines(checked: Checked) -> Iterator[str]:
    """Counts, thresholds, and the states that have none."""
    paper, sharp = ([c for c in checked.of(Threshold) if c.kind == kind] for kind in (PAPER, SHARP))
    if paper:
        yield _counts_before()
        rows = [[name(c.state), _visits(checked, c), f"${fraction(checked.frequencies[c.state])}$"] for c in paper]
        yield table([("$x$", "0.16"), (r"$v^{\pi_x}_x(\gamma)$", "0.62"), ("frequency", "l")], rows, height=2)
    if paper or sharp:
        yield _before(bool(paper), bool(sharp))
        yield table(COLUMNS, list(_rows(checked, paper, sharp)), height=3)
    yield from _missing(checked)


def _counts_before() -> str:
    return (
        rf"For a policy $\pi$ from ${S_NEW}$, $v^\pi_x(\gamma) = \mathbb{{E}}\bigl[\sum_{{t \geq 1}} \gamma^{{t-1}} "
        r"\mathbf{1}[s_t = x]\bigr]$. Let $\pi_x$ be the reach-and-revisit policy for $x$ whose count reaches 1 at the "
        r"least discount. The linear system $(I - \gamma P_{\pi_x}) M = \mathbf{1}_x$ gives, in closed form "
        r"(the frequency is $\lim_{\gamma \to 1} (1-\gamma) v_x$, which is positive, so that $v_x \to \infty$: "
        r"Proposition~2):"
    )


def _before(paper: bool, sharp: bool) -> str:
    starred = (
        r"$\gamma^*_x$ is the least discount above which $v^{\pi}_x > 1$ for some reach-and-revisit policy $\pi$. "
    )
    circled = (
        r"$\gamma^\circ_x$ is the least discount from which on the exchange of $r(x)$ and "
        rf"$r({S_TERM})$ defeats every $\theta \geq 0$ with shutdown strictly optimal; below it, "
        rf"$\theta = \mathbf{{1}}_x + \mathbf{{1}}_{{{S_TERM}}}$ survives. "
    )
    told = (
        "Each is the only root of the polynomial in the interval; 0 means that the condition holds on all of $(0,1)$."
    )
    return (starred if paper else "") + (circled if sharp else "") + told


def _rows(checked: Checked, paper: list[Threshold], sharp: list[Threshold]) -> Iterator[list[str]]:
    others = {claim.state: claim for claim in sharp}
    for claim in paper:
        twin = others.get(claim.state)
        if twin is not None and checked.roots[PAPER, claim.state] == checked.roots[SHARP, claim.state]:
            del others[claim.state]
            yield _row(checked, claim, f"{STAR} = {CIRCLE}")
        else:
            yield _row(checked, claim, STAR)
            if twin is not None:
                yield _row(checked, others.pop(claim.state), CIRCLE)
    for claim in others.values():
        yield _row(checked, claim, CIRCLE)


def _row(checked: Checked, claim: Threshold, symbol: str) -> list[str]:
    value = root(checked.roots[claim.kind, claim.state])
    if value == "= 0":
        return [name(claim.state), f"${symbol}$", "$0$", ""]
    low, high = claim.interval
    ends = "" if low == high else rf" in ${interval(claim.interval)}$"
    return [name(claim.state), f"${symbol}$", f"${value.removeprefix('= ')}$", f"${_minimal(checked, claim)}${ends}"]


def _minimal(checked: Checked, claim: Threshold) -> str:
    """The claim's polynomial without a common factor; minimal unless it is said not to be."""
    given = its_polynomial(claim)
    content = given.content()
    poly = integers(given // (content if given[given.degree()] > 0 else -content))
    text = polynomial(poly, where(checked, claim), descending=True)
    minimal = checked.roots[claim.kind, claim.state].polynomial == poly
    return text if minimal else rf"{text}\quad\text{{(not minimal)}}"


def _visits(checked: Checked, claim: Threshold) -> str:
    return rf"${function(visits(claim), where(checked, claim), stacked=False)}$"


def _missing(checked: Checked) -> Iterator[str]:
    """Why the other states have none."""
    passing = [x for x in checked.candidates if not checked.states[x].recurrent]
    far = [x for x in checked.candidates if x not in passing and not checked.states[x].reached_almost_surely]
    parts = []
    if passing:
        parts.append(f"{states(passing)} (not recurrent)")
    if far:
        parts.append(rf"{states(far)} (recurrent, but not reached from ${S_NEW}$ with probability~1)")
    if parts:
        yield rf"There is no $\gamma^*_x$ for {'; '.join(parts)}."
    absent = [x for x in checked.candidates if x in checked.absent]
    if absent:
        yield (
            rf"There is no $\gamma^\circ_x$ for {states(absent)}: a superharmonic vector in the certificate shows "
            rf"$v^\pi_x + v^\pi_{{{S_TERM}}} < 1$ for every policy that starts in $A_1$ and every $\gamma$."
        )
