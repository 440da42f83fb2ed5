"""Layer paper: the hypotheses of Theorem 2, each with its reason, read off the instance and the other claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exact.graph import path, reachable
from proofs.paper.claims import PAPER, Hypothesis
from proofs.paper.escape import name
from proofs.paper.evidence import STATED, Evidence
from proofs.paper.numbers import fraction, rewards
from proofs.paper.sections.words import S_NEW, S_REACH, S_TERM, S_TRAIN, STAR, states
from proofs.paper.table import table
from proofs.training import coordinates

Reason = Callable[[Evidence, bool], str]


def lines(evidence: Evidence) -> Iterator[str]:
    """A table with a row for each hypothesis that is claimed."""
    claimed = evidence.of(Hypothesis)
    if claimed:
        yield (
            "The paper states five hypotheses and leaves three silent. "
            "Each is decided for this MDP; the reason is given for each."
        )
        columns = [("hypothesis", "0.2"), ("in the paper", "0.12"), ("holds", "0.08"), ("because", "0.48")]
        yield table(columns, [_row(evidence, claim) for claim in claimed])


def _row(evidence: Evidence, claim: Hypothesis) -> list[str]:
    because = REASONS[claim.id](evidence, claim.holds) if claim.id in REASONS else "---"
    stated = "stated" if claim.id in STATED else "silent"
    return [name(claim.id), stated, "yes" if claim.holds else r"\textbf{no}", because]


def _terminal(evidence: Evidence, holds: bool) -> str:
    term = name(evidence.s_term)
    if holds:
        return rf"${S_TERM}$, that is {term}, has no action"
    actions = evidence.instance.mdp.actions[evidence.instance.s_term]
    return f"{term} has the action {name(actions[0])}"


def _alternatives(evidence: Evidence, holds: bool) -> str:
    instance = evidence.instance
    if not holds:
        return rf"shutdown is the only action of ${S_NEW}$"
    names = [instance.mdp.actions[instance.shutdown_state][a] for a in instance.alternatives]
    return f"$A_1$ holds {states(names)}"


def _nonnegative(evidence: Evidence, holds: bool) -> str:
    if holds:
        asked = evidence.instance.goals.nonnegative
        return r"$\Theta \subseteq \mathbb{R}^d_{\geq 0}$ by " + ("definition" if asked else "its inequalities")
    for claim in evidence.survivors():
        if any(r < 0 for r in claim.rewards.values()):
            return rf"$\Theta$ holds {rewards(claim.rewards)}"
    return r"the goals do not ask for it"


def _ood(evidence: Evidence, holds: bool) -> str:
    instance, names = evidence.instance, evidence.instance.mdp.states
    if holds:
        empty = rf"${S_TRAIN}$ is empty"
        return rf"no state of ${S_TRAIN}$ is reachable from ${S_NEW}$" if instance.training else empty
    for s in sorted(instance.training & reachable(instance.mdp, [instance.shutdown_state])):
        way = path(instance.mdp, [instance.shutdown_state], s) or []
        steps = [f"{name(names[u])} ({name(instance.mdp.actions[u][a])})" for u, a, _ in way]
        return rf"{name(names[s])} is a training state in ${S_REACH}$: " + ", ".join([*steps, name(names[s])])
    return rf"${S_REACH}$ meets ${S_TRAIN}$"


def _gamma_star(evidence: Evidence, holds: bool) -> str:
    counted = evidence.counted(PAPER)
    if not holds:
        return r"no recurrent $x$ has $\gamma > \gamma^*_x$" if evidence.gamma else r"no $x$ has a $\gamma^*_x$"
    if not counted:
        return r"some $x$ has $\gamma > \gamma^*_x$"
    of = f"${STAR}$ for {name(counted[0])}"
    return f"there is a {of}" if evidence.gamma is None else f"$\\gamma = {fraction(evidence.gamma)}$ exceeds {of}"


def _goals_symmetric(evidence: Evidence, holds: bool) -> str:
    if not evidence.instance.goals.inequalities:
        return "there is no further inequality on goals"
    if holds:
        return "the counted swaps map the further inequalities to themselves"
    return "a counted swap changes the further inequalities"


def _training_closed(evidence: Evidence, holds: bool) -> str:
    names, depends = evidence.instance.mdp.states, coordinates(evidence.instance)
    swapped = {evidence.s_term, *evidence.counted(PAPER)}
    met = [names[s] for s in sorted(depends) if names[s] in swapped]
    if holds:
        return "$G_T$ does not depend on the reward of any swapped state"
    return f"$G_T$ can depend on the reward of {states(met, 'a swapped state')}"


def _almost_sure(evidence: Evidence, holds: bool) -> str:
    if holds:
        return rf"each recurrent state of ${S_REACH}$ is reached with probability~1 by some policy"
    region = reachable(evidence.instance.mdp, [evidence.instance.shutdown_state])
    names = [evidence.instance.mdp.states[s] for s in sorted(region)]
    known = [x for x in names if x in evidence.regions]
    lost = [x for x in known if evidence.is_recurrent(x) and not evidence.is_sure(x)]
    return rf"recurrent and in ${S_REACH}$, but reached with probability~1 by no policy: {states(lost)}"


def _strict(evidence: Evidence, holds: bool) -> str:
    if holds:
        return f"ties are broken {name(evidence.instance.ties)}: shutdown is preferred only where it is strictly best"
    return "ties are broken in favour of shutdown, so it can be preferred without being strictly best"


REASONS: dict[str, Reason] = {
    "shutdown-terminal": _terminal,
    "alternatives": _alternatives,
    "nonnegative": _nonnegative,
    "ood": _ood,
    "gamma-star": _gamma_star,
    "goals-symmetric": _goals_symmetric,
    "training-closed": _training_closed,
    "almost-sure-reach": _almost_sure,
    "strict": _strict,
}
