"""Theorem 2 for this MDP, and a table of all verdicts with what proves them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofs.claims.accepted import Accepted, Verdict
from proofs.claims.checked import Checked
from proofs.claims.types import PAPER, POSITIVE, SHARP, SURE, Retargeting
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import fraction, listed, permutation
from proofs.report.latex.words import MEANS, OUTCOMES, S_NEW, S_REACH, S_TERM, at_gamma, claims, entries, label, swap

TITLES = {f"proposition-{k}": f"Proposition {k}" for k in (1, 2, 3)} | {f"theorem-{k}": f"Theorem {k}" for k in (1, 2)}
READINGS = {POSITIVE: "positive probability", SURE: "probability~1"}
BY_FORM = (
    r"$G_T$ does not depend on the rewards exchanged and the other constraints on $\theta$, as a set, are the same "
    "after it"
)
SECOND = rf"Condition~2: an exchange does not leave $\Theta$, since {BY_FORM}."
Bound = tuple[int, str]  # n, and by what means it is proved


def lines(checked: Checked) -> Iterator[str]:
    """The theorem if it is proved, its failure if it fails, what is proved beside it, then the verdicts."""
    second = checked.main
    if second.conclusion == "proved":
        bound = second.n, second.means
        yield "\n".join(_statement(checked, bound))
        yield "\n".join([r"\begin{proof}", *_proof(checked, bound), r"\end{proof}"])
    else:
        yield _unproved(checked)
    yield from _beside(checked, second)
    yield (
        r"All verdicts. \emph{Verified}: the hypotheses that the paper states hold and the conclusion is proved; "
        r"\emph{refuted}: they hold and the conclusion fails; \emph{inapplicable}: one of them fails, and the "
        rf"conclusion is decided by other means. Where the reading of ``reachable'' in ${S_REACH}$ (with positive "
        r"probability, or with probability~1) matters, there is a line for each. The $n$ of a proposition is the "
        r"number of states that it speaks of."
    )
    yield entries(_verdicts(checked))


def _statement(checked: Checked, bound: Bound) -> Iterator[str]:
    yield rf"\begin{{gsconclusion}}[as Theorem 2 of the paper states it, for {name(checked.instance.name)}]"
    yield _range(checked, bound)
    yield from inequality()
    yield r"\end{gsconclusion}"


def inequality() -> Iterator[str]:
    """Of Theorem 2, with n."""
    yield r"In every orbit inside $\Theta$, the goals that avoid shutdown are at least $n$ times as many as"
    yield r"those that accept it: for every $\theta \in \Theta$,"
    yield r"$\bigl|\mathrm{Orbit}_{\Theta,\,A_1 > A_0}(\theta)\bigr| \geq n\,"
    yield r"\bigl|\mathrm{Orbit}_{\Theta,\,A_0 > A_1}(\theta)\bigr|$,"
    yield rf"in short $f_{{{S_NEW}}}(A_1) \geq^{{n}}_{{\text{{most}}:\,\Theta}} f_{{{S_NEW}}}(A_0)$."


def _range(checked: Checked, bound: Bound) -> str:
    if checked.gamma is not None:
        return rf"Let $\gamma = {fraction(checked.gamma)}$ and $n = {bound[0]}$."
    if grows(checked, bound):
        return rf"Let $\gamma \in (0,1)$ and $n = n(\gamma)$, which is ${bound[0]}$ above every $\gamma^*_x$."
    return rf"Let $\gamma \in (0,1)$ and $n = {bound[0]}$."


def _proof(checked: Checked, bound: Bound) -> Iterator[str]:
    swaps = used(checked, bound)
    yield from _swaps(checked, swaps) if swaps else by_linear(checked)
    yield "Theorem~1 (Turner and Tadepalli) gives the inequality."


def _swaps(checked: Checked, swaps: Sequence[str]) -> Iterator[str]:
    """Conditions 1 to 3 of Def. 4 for the swaps with s_term."""
    refs = listed([rf"\ref{{{label(checked, x)}}}" for x in swaps])
    exchanges = ", ".join(swap(checked, x) for x in swaps)
    yield rf"We show that $f_{{{S_NEW}}}$ is $(\Theta, A_0 \to^n A_1)$-retargetable (Definition~4)"
    yield f"by the exchanges {exchanges}{_where_they_count(checked)}."
    yield rf"Condition~1 and $r({S_TERM}) > r(x)$ are Exchange{'s' if len(swaps) > 1 else ''}~{refs}."
    yield second_condition(checked, checked.s_term, swaps)
    yield from third_condition()


def third_condition() -> Iterator[str]:
    """No two exchanges lead to the same goal."""
    yield r"Condition~3: let $\varphi_i\theta' = \varphi_j\theta''$ for the exchanges of two states $x_i \neq x_j$"
    yield rf"with ${S_TERM}$."
    yield rf"Then $r^{{\theta'}}({S_TERM}) = r^{{\theta''}}(x_i)$ and $r^{{\theta''}}({S_TERM}) = r^{{\theta'}}(x_j)$;"
    yield rf"but $r({S_TERM}) > r(x)$ for each $x$ and both goals, so that"
    yield rf"$r^{{\theta'}}({S_TERM}) > r^{{\theta'}}(x_j) = r^{{\theta''}}({S_TERM}) > r^{{\theta''}}(x_i) ="
    yield rf"r^{{\theta'}}({S_TERM})$, which is absurd."


def _where_they_count(checked: Checked) -> str:
    bound = checked.main.n, checked.main.means
    return r", each above its $\gamma^*_x$" if grows(checked, bound) else ""


def second_condition(checked: Accepted, s_term: str, swaps: Sequence[str]) -> str:
    """By the form of Theta, or by linear claims."""
    pairs = {frozenset((s_term, x)) for x in swaps}
    given = [claim for claim in checked.covering("stays") if {frozenset(c) for c in claim.permutation} <= pairs]
    if not given:
        return SECOND
    moved = list(dict.fromkeys(permutation(claim.permutation) for claim in given))
    proved = f"for {listed(moved)} this is {claims(checked, given)} of the certificate, by linear arithmetic"
    rest = f"; for the others, {BY_FORM}" if len(moved) < len(swaps) else ""
    return rf"Condition~2: an exchange does not leave $\Theta$: {proved}{rest}."


def by_linear(checked: Accepted) -> Iterator[str]:
    """By permutations that a claim names."""
    fitting = (claim for claim in checked.of(Retargeting) if checked.covers(claim.interval))
    found = max(fitting, key=lambda claim: len(claim.permutations))
    moved = ", ".join(map(permutation, found.permutations))
    yield rf"By linear arithmetic over all of $\Theta$: the permutations {moved} satisfy the three conditions of"
    yield rf"Definition~4 ({claims(checked, [found])}). For each condition the certificate holds, case by case,"
    yield r"multipliers that combine the inequalities of a counterexample to a contradiction."


def _unproved(checked: Checked) -> str:
    outcome = rf"\textbf{{fails}} with {failing(checked)}" if checked.main.conclusion == "fails" else "is undecided"
    return rf"The conclusion of Theorem~2 {outcome} for this MDP. The verdict is \emph{{{checked.main.verdict}}}."


def _beside(checked: Checked, second: Verdict) -> Iterator[str]:
    """The largest n that is proved, where it is another one, and the least that an orbit refutes."""
    if second.proved is not None and second.proved[0] != (second.n if second.conclusion == "proved" else 0):
        swaps = ", ".join(swap(checked, x) for x in used(checked, second.proved))
        by = f": {swaps}" if swaps else ""
        more = "More is proved" if second.conclusion == "proved" else "All the same it is proved"
        yield f"{more}, for {at_gamma(checked)}: {said(checked, second.proved)}{by}."
    if second.refuted is not None and second.conclusion != "fails":
        where = "" if checked.gamma is not None else r" for some $\gamma$"
        yield rf"With $n = {second.refuted}$ the inequality would be false{where}: an orbit below refutes it."


def _verdicts(checked: Checked) -> Iterator[str]:
    for key, title in TITLES.items():
        found = {reach: checked.theorem(key, reach) for reach in READINGS}
        same = len({(v.verdict, v.conclusion, v.means, v.n) for v in found.values()}) == 1
        for reach, verdict in list(found.items())[: 1 if same else None]:
            reading = "" if same else f" ({READINGS[reach]})"
            yield f"{title}{reading}: {outcome(verdict)}"


def outcome(verdict: Verdict) -> str:
    """`verified; its conclusion is proved, n = 3, by the argument of the paper.`"""
    found = rf"\emph{{{verdict.verdict}}}; its conclusion {OUTCOMES[verdict.conclusion]}, $n = {verdict.n}$"
    return f"{found}, by {MEANS[verdict.means]}."


def used(checked: Checked, bound: Bound) -> tuple[str, ...]:
    """The x whose exchanges with s_term prove it; none where other permutations do."""
    if bound[1] not in (PAPER, SHARP):
        return ()
    if _by_all_counted(checked, bound):
        return tuple(checked.past(PAPER))
    keeping = checked.keeping[SHARP]
    return keeping if checked.gamma is not None else tuple(x for x in keeping if checked.roots[SHARP, x] == 0)


def grows(checked: Checked, bound: Bound) -> bool:
    """It is n(gamma), which depends on gamma, and n is only its largest value."""
    return checked.gamma is None and _by_all_counted(checked, bound)


def said(checked: Checked, bound: Bound) -> str:
    """`$n = 3$, by the argument of the paper`; where gamma is not fixed, and n grows with it, how far."""
    n, means = bound
    size = rf"$n = n(\gamma)$, which is ${n}$ above every $\gamma^*_x$" if grows(checked, bound) else f"$n = {n}$"
    return f"{size}, by {MEANS[means]}"


def failing(checked: Checked) -> str:
    """The n for which the conclusion fails; where gamma is not fixed, at which it does."""
    orbit = checked.refuting()
    if orbit is None:
        return f"$n = {checked.main.n}$"
    at = rf" at $\gamma = {fraction(orbit.gamma)}$" if checked.gamma is None else ""
    return f"$n = {checked.least(orbit.gamma)}${at}"


def _by_all_counted(checked: Checked, bound: Bound) -> bool:
    """By all of N, at each gamma by those that count there. The kernel calls it sharp if a stated hypothesis fails."""
    counted, (n, means) = len(checked.past(PAPER)), bound
    keep = len(checked.keeping[PAPER]) == counted == n
    return n > 0 and keep and (means == PAPER or (means == SHARP and checked.gamma is None))
