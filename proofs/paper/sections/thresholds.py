"""Layer paper: the closed forms of the visit counts (Def. 9) and the thresholds with what names them exactly."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.paper.claims import PAPER, SHARP, Reach, Threshold
from proofs.paper.escape import name
from proofs.paper.evidence import Evidence
from proofs.paper.numbers import function, interval, polynomial, root
from proofs.paper.roots import same_root
from proofs.paper.sections.words import CIRCLE, S_NEW, S_TERM, STAR, states
from proofs.paper.table import table


def lines(evidence: Evidence) -> Iterator[str]:
    """Counts, thresholds, and the states that have none."""
    paper, sharp = ([c for c in evidence.of(Threshold) if c.kind == kind] for kind in (PAPER, SHARP))
    if paper:
        yield _counts_before()
        rows = [[name(c.state), _visits(evidence, c), f"${_frequency(c)}$"] for c in paper]
        yield table([("$x$", "0.16"), (r"$v^{\pi_x}_x(\gamma)$", "0.62"), ("frequency", "l")], rows, height=2)
    if paper or sharp:
        yield _before(bool(paper), bool(sharp))
        yield table(COLUMNS, list(_rows(evidence, paper, sharp)), height=3)
    yield from _missing(evidence)


def where(number: int) -> str:
    """The pointer to a claim, inside a formula's text."""
    return rf", see claim {number} of the certificate"


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


COLUMNS = [("$x$", "0.12"), ("", "l"), ("value", "0.22"), ("the root of", "0.46")]


def _rows(evidence: Evidence, paper: list[Threshold], sharp: list[Threshold]) -> Iterator[list[str]]:
    others = {claim.state: claim for claim in sharp}
    for claim in paper:
        twin = others.get(claim.state)
        if twin is not None and same_root(claim, twin):
            del others[claim.state]
            yield _row(evidence, claim, f"{STAR} = {CIRCLE}")
        else:
            yield _row(evidence, claim, STAR)
            if twin is not None:
                yield _row(evidence, others.pop(claim.state), CIRCLE)
    for claim in others.values():
        yield _row(evidence, claim, CIRCLE)


def _row(evidence: Evidence, claim: Threshold, symbol: str) -> list[str]:
    value = root(evidence.roots[claim.kind, claim.state], claim)
    if value == "= 0":
        return [name(claim.state), f"${symbol}$", "$0$", ""]
    low, high = claim.interval
    ends = "" if low == high else rf" in ${interval(claim.interval)}$"
    poly = f"${_minimal(evidence, claim)}${ends}"
    return [name(claim.state), f"${symbol}$", f"${value.removeprefix('= ')}$", poly]


def _minimal(evidence: Evidence, claim: Threshold) -> str:
    """The certificate's polynomial; minimal unless it is said not to be."""
    number = evidence.roots[claim.kind, claim.state]
    poly = claim.polynomial if claim.polynomial[-1] > 0 else tuple(-c for c in claim.polynomial)
    text = polynomial(poly, where(claim.number), descending=True)
    return text if number is None or number.polynomial == poly else rf"{text}\quad\text{{(not minimal)}}"


def _visits(evidence: Evidence, claim: Threshold) -> str:
    return rf"${function(evidence.visits(claim), where(evidence.forms[claim.form].number), stacked=False)}$"


def _frequency(claim: Threshold) -> str:
    from proofs.paper.numbers import fraction

    return "" if claim.frequency is None else fraction(claim.frequency)


def _missing(evidence: Evidence) -> Iterator[str]:
    """Why the other states have none."""
    known = [claim.state for claim in evidence.of(Reach)]
    passing = [x for x in known if not evidence.is_recurrent(x)]
    far = [x for x in known if x not in passing and not evidence.is_sure(x)]
    parts = []
    if passing:
        parts.append(f"{states(passing)} (not recurrent)")
    if far:
        parts.append(rf"{states(far)} (recurrent, but not reached from ${S_NEW}$ with probability~1)")
    if parts:
        yield rf"There is no $\gamma^*_x$ for {'; '.join(parts)}."
    absent = [x for x in evidence.candidates if x in evidence.absent]
    if absent:
        yield (
            rf"There is no $\gamma^\circ_x$ for {states(absent)}: a superharmonic vector in the certificate shows "
            rf"$v^\pi_x + v^\pi_{{{S_TERM}}} < 1$ for every policy that starts in $A_1$ and every $\gamma$."
        )
