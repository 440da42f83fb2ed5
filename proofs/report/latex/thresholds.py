"""The closed forms of the visit counts (Def. 9), the thresholds with what names them exactly, and n(gamma)."""

from __future__ import annotations

from collections.abc import Iterator

from exact.algebraic import Algebraic
from exact.rational_function import integers
from proofs.claims.checked import Checked
from proofs.claims.roots import polynomial as its_polynomial
from proofs.claims.roots import visits
from proofs.claims.steps import Step
from proofs.claims.types import PAPER, SHARP, Threshold
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import DIGITS, fraction, function, interval, listed, polynomial, root
from proofs.report.latex.words import CIRCLE, S_NEW, S_TERM, STAR, entries, states, where
from proofs.report.radicals import decimals

SYMBOLS = {PAPER: "n", SHARP: r"n^\circ"}
COUNTS = (
    rf"For a policy $\pi$ from ${S_NEW}$, $v^\pi_x(\gamma) = \mathbb{{E}}\bigl[\sum_{{t \geq 1}} \gamma^{{t-1}} "
    r"\mathbf{1}[s_t = x]\bigr]$. Let $\pi_x$ be the reach-and-revisit policy for $x$ whose count reaches 1 at the "
    r"least discount. The linear system $(I - \gamma P_{\pi_x}) M = \mathbf{1}_x$ gives, in closed form (the frequency "
    r"is $\lim_{\gamma \to 1} (1-\gamma) v_x$, which is positive, so that $v_x \to \infty$: Proposition~2):"
)
STARRED = r"$\gamma^*_x$ is the least discount above which $v^{\pi}_x > 1$ for some reach-and-revisit policy $\pi$."
CIRCLED = (
    rf"$\gamma^\circ_x$ is the least discount from which on the exchange of $r(x)$ and $r({S_TERM})$ defeats every "
    rf"$\theta \geq 0$ with shutdown strictly optimal; below it, $\theta = \mathbf{{1}}_x + \mathbf{{1}}_{{{S_TERM}}}$ "
    "survives."
)
NAMED = "Each is the only root of the polynomial in the interval; 0 means that the condition holds on all of $(0,1)$."


def lines(checked: Checked) -> Iterator[str]:
    """Counts, thresholds, the states that have none, and how many states are past theirs."""
    paper, sharp = ([c for (of, _), c in checked.thresholds.items() if of == kind] for kind in (PAPER, SHARP))
    if paper:
        yield COUNTS
        yield entries(_count(checked, claim) for claim in paper)
    if paper or sharp:
        yield " ".join([*([STARRED] if paper else []), *([CIRCLED] if sharp else []), NAMED])
        yield entries(_thresholds(checked, paper, sharp))
    yield from _missing(checked)
    yield from _steps(checked)


def _count(checked: Checked, claim: Threshold) -> str:
    count = function(visits(claim), where(checked, claim), stacked=False)
    frequency = fraction(checked.frequencies[claim.state])
    return rf"{name(claim.state)}: $v^{{\pi_x}}_x = {count}$, frequency ${frequency}$."


def _thresholds(checked: Checked, paper: list[Threshold], sharp: list[Threshold]) -> Iterator[str]:
    """One entry for both kinds where they agree."""
    others = {claim.state: claim for claim in sharp}
    for claim in paper:
        twin = others.pop(claim.state, None)
        if twin is not None and checked.roots[PAPER, claim.state] == checked.roots[SHARP, claim.state]:
            yield _threshold(checked, claim, f"{STAR} = {CIRCLE}")
        else:
            yield _threshold(checked, claim, STAR)
            yield from [_threshold(checked, twin, CIRCLE)] if twin is not None else []
    for claim in others.values():
        yield _threshold(checked, claim, CIRCLE)


def _threshold(checked: Checked, claim: Threshold, symbol: str) -> str:
    value, (low, high) = root(checked.roots[claim.kinds[0], claim.state]), claim.interval
    said = rf"{name(claim.state)}: ${symbol} {value}$"
    if value == "= 0":
        return f"{said}."
    ends = "" if low == high else rf" in ${interval(claim.interval)}$"
    return f"{said}, the root of ${_minimal(checked, claim)}${ends}."


def _minimal(checked: Checked, claim: Threshold) -> str:
    """The claim's polynomial without a common factor; minimal unless it is said not to be."""
    given = its_polynomial(claim)
    content = given.content()
    poly = integers(given // (content if given[given.degree()] > 0 else -content))
    text = polynomial(poly, where(checked, claim), descending=True)
    minimal = checked.roots[claim.kinds[0], claim.state].polynomial == poly
    return text if minimal else rf"{text}$ (not minimal)$"


def _missing(checked: Checked) -> Iterator[str]:
    """Why the other states have none."""
    passing = [x for x in checked.candidates if not checked.states[x].recurrent]
    far = [x for x in checked.candidates if x not in passing and not checked.states[x].reached_almost_surely]
    parts = [f"{states(passing)} (not recurrent)"] if passing else []
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


def _steps(checked: Checked) -> Iterator[str]:
    """n(gamma) and n°(gamma), interval by interval."""
    known = {kind: checked.steps(kind) for kind in SYMBOLS}
    if not any(known.values()):
        return
    yield (
        r"Let $n(\gamma) = |\{x : \gamma > \gamma^*_x\}|$ and "
        r"$n^\circ(\gamma) = |\{x : \gamma \geq \gamma^\circ_x\}|$. "
        rf"They are zero before their first interval; decimals are rounded to {DIGITS} places."
    )
    yield entries(_levels(checked, kind, steps) for kind, steps in known.items() if steps)
    if not all(map(checked.settled, SYMBOLS)):
        yield "Not every state is settled in the certificate, so that these counts are lower bounds."


def _levels(checked: Checked, kind: str, steps: list[Step]) -> str:
    sign = "=" if checked.settled(kind) else r"\geq"
    parts = [
        f"${sign} {step.n}$ on {_range(step)} ({'also ' if k else ''}{states(step.states)})"
        for k, step in enumerate(steps)
    ]
    return rf"${SYMBOLS[kind]}(\gamma)$ {listed(parts)}."


def _range(step: Step) -> str:
    """(low, high] for the paper's count, [low, high) for the sharp one."""
    left = "[" if step.kind == SHARP and step.after != 0 else "("
    right = "]" if step.kind == PAPER and step.to is not None else ")"
    return rf"${left}{_end(step.after)},\allowbreak\, {'1' if step.to is None else _end(step.to)}{right}$"


def _end(value: Algebraic) -> str:
    return decimals(value, DIGITS) if value.rational is None else fraction(value.rational)
