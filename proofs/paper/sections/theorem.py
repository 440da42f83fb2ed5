"""Layer paper: Theorem 2 for this MDP, and a table of all verdicts with what proves them."""

from __future__ import annotations

from collections.abc import Iterator

from proofs.paper.claims import PAPER, POSITIVE, SHARP, SURE, Retargeting, Theorem
from proofs.paper.escape import name
from proofs.paper.evidence import Evidence
from proofs.paper.numbers import fraction, listed, permutation
from proofs.paper.sections.swaps import proved
from proofs.paper.sections.words import MEANS, S_NEW, S_REACH, S_TERM, label, swap
from proofs.paper.table import table
from proofs.training import keeps_theta

TITLES = {f"proposition-{k}": f"Proposition {k}" for k in (1, 2, 3)} | {f"theorem-{k}": f"Theorem {k}" for k in (1, 2)}
READINGS = {POSITIVE: "positive probability", SURE: "probability~1"}


def lines(evidence: Evidence) -> Iterator[str]:
    """The theorem if it is proved, its failure if it fails, then the verdicts."""
    second = evidence.theorem("theorem-2", POSITIVE)
    if second is not None and second.conclusion == "proved":
        yield "\n".join(_statement(evidence, second))
        yield "\n".join(_proof(evidence, second))
    elif second is not None:
        yield _unproved(second)
    rows = list(_rows(evidence))
    if rows:
        yield (
            r"All verdicts. \emph{Verified}: the hypotheses that the paper states hold and the conclusion is proved; "
            r"\emph{refuted}: they hold and the conclusion fails; \emph{inapplicable}: one of them fails, and the "
            rf"conclusion is decided by other means. Where the reading of ``reachable'' in ${S_REACH}$ (with positive "
            r"probability, or with probability~1) matters, there is a line for each."
        )
        yield table([("", "0.27"), ("verdict", "0.15"), ("conclusion", "0.13"), ("by", "0.27"), ("$n$", "l")], rows)


def _statement(evidence: Evidence, claim: Theorem) -> Iterator[str]:
    yield rf"\begin{{theorem}}[Theorem 2 of the paper for {name(evidence.instance.name)}]"
    yield rf"\label{{{label('thm', evidence.instance)}}}"
    yield _range(evidence, claim)
    yield r"In every orbit inside $\Theta$, the goals that avoid shutdown are at least $n$ times as many as"
    yield r"those that accept it: for every $\theta \in \Theta$,"
    yield r"\[ \bigl|\mathrm{Orbit}_{\Theta,\,A_1 > A_0}(\theta)\bigr| \;\geq\; n\,"
    yield r"\bigl|\mathrm{Orbit}_{\Theta,\,A_0 > A_1}(\theta)\bigr|, \]"
    yield rf"in short $f_{{{S_NEW}}}(A_1) \geq^{{n}}_{{\text{{most}}:\,\Theta}} f_{{{S_NEW}}}(A_0)$."
    yield r"\end{theorem}"


def _range(evidence: Evidence, claim: Theorem) -> str:
    if evidence.gamma is not None:
        return rf"Let $\gamma = {fraction(evidence.gamma)}$ and $n = {claim.n}$."
    if claim.means == "paper":
        return rf"Let $\gamma \in (0,1)$ and $n = n(\gamma)$, which is ${claim.n}$ above every $\gamma^*_x$."
    if claim.means == "sharp":
        return rf"Let $n = {claim.n}$ and $\gamma \in (0,1)$ not below any $\gamma^\circ_x$ of the swaps used."
    return rf"Let $\gamma \in (0,1)$ and $n = {claim.n}$."


def _proof(evidence: Evidence, claim: Theorem) -> Iterator[str]:
    """Spelled out where the claims say all that it uses."""
    if claim.means == "linear":
        yield from [r"\begin{proof}", *_linear(evidence, claim), r"\end{proof}"]
        return
    instance, kind = evidence.instance, SHARP if claim.means == "sharp" else PAPER
    used = [x for x in proved(evidence, kind) if keeps_theta(instance, instance.mdp.state(x))]
    if len(used) >= claim.n:
        yield from [r"\begin{proof}", *_swaps(evidence, used), r"\end{proof}"]
    else:
        yield "The kernel derives this; not all the claims that would spell out its proof are in the certificate."


def _swaps(evidence: Evidence, used: list[str]) -> Iterator[str]:
    """Conditions 1 to 3 of Def. 4 for the swaps with s_term."""
    yield rf"We show that $f_{{{S_NEW}}}$ is $(\Theta, A_0 \to^n A_1)$-retargetable (Definition~4)"
    exchanges = ", ".join(swap(evidence, x) for x in used)
    yield f"by the exchanges {exchanges}."
    yield from _first_condition(evidence, used)
    yield r"Condition~2: an exchange does not leave $\Theta$, since $G_T$ does not depend on the rewards exchanged"
    yield r"and the other constraints on $\theta$, as a set, are the same after it."
    yield r"Condition~3: let $\varphi_i\theta' = \varphi_j\theta''$ for the exchanges of two states $x_i \neq x_j$"
    yield rf"with ${S_TERM}$."
    yield rf"Then $r^{{\theta'}}({S_TERM}) = r^{{\theta''}}(x_i)$ and $r^{{\theta''}}({S_TERM}) = r^{{\theta'}}(x_j)$;"
    yield rf"but $r({S_TERM}) > r(x)$ for each $x$ and both goals, so that"
    yield rf"$r^{{\theta'}}({S_TERM}) > r^{{\theta'}}(x_j) = r^{{\theta''}}({S_TERM}) > r^{{\theta''}}(x_i) ="
    yield rf"r^{{\theta'}}({S_TERM})$, which is absurd. Theorem~1 (Turner and Tadepalli) gives the inequality."


def _first_condition(evidence: Evidence, used: list[str]) -> Iterator[str]:
    refs = listed([rf"\ref{{{label('prop', evidence.instance, x)}}}" for x in used])
    yield rf"Condition~1 and $r({S_TERM}) > r(x)$ are Proposition{'s' if len(used) > 1 else ''}~{refs}."


def _linear(evidence: Evidence, claim: Theorem) -> Iterator[str]:
    found = [entry for entry in evidence.of(Retargeting) if len(entry.permutations) >= claim.n]
    moved = ", ".join(permutation(cycles) for cycles in found[0].permutations) if found else ""
    yield rf"By linear arithmetic over all of $\Theta$: the permutations {moved} satisfy the three conditions of"
    yield r"Definition~4. For each condition the certificate holds, case by case, multipliers that combine the"
    yield r"inequalities of a counterexample to a contradiction. Theorem~1 (Turner and Tadepalli) gives the inequality."


def _unproved(claim: Theorem) -> str:
    said = {"fails": rf"\textbf{{fails}} with $n = {claim.n}$", "undecided": "is undecided"}[claim.conclusion]
    return rf"The conclusion of Theorem~2 {said} for this MDP. The verdict is \emph{{{claim.verdict}}}."


def _rows(evidence: Evidence) -> Iterator[list[str]]:
    for key, title in TITLES.items():
        found = [claim for claim in (evidence.theorem(key, reach) for reach in READINGS) if claim is not None]
        same = len({(c.verdict, c.conclusion, c.means, c.n) for c in found}) == 1 and len(found) == len(READINGS)
        for claim in found[:1] if same else found:
            reading = "" if same else f" ({READINGS[claim.reach]})"
            means = MEANS.get(claim.means, claim.means)
            yield [title + reading, claim.verdict, claim.conclusion, means, f"${claim.n}$"]
