"""The hypotheses of Theorem 2, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from proofs.claims.checked import STATED, Checked
from proofs.claims.reasons import always, breaking, entangled, lost, way_to_training
from proofs.claims.types import PAPER, Member
from proofs.report.latex.escape import name
from proofs.report.latex.numbers import counted, fraction, rewards
from proofs.report.latex.words import S_NEW, S_REACH, S_TERM, S_TRAIN, STAR, claims, entries, states

Reason = Callable[[Checked, bool], str]
MARKS = {True: "holds", False: r"\textbf{fails}", None: r"is \textbf{open}"}


def lines(checked: Checked) -> Iterator[str]:
    """A list with an entry for each hypothesis."""
    stated, silent = ([key for key in checked.hypotheses if (key in STATED) == side] for side in (True, False))
    yield (
        f"The paper states {counted(len(stated))} hypotheses, of which {_holding(checked, stated)} here. It leaves "
        f"{counted(len(silent))} silent, of which {_holding(checked, silent)}."
    )
    yield entries(_entry(checked, key, holds) for key, holds in checked.hypotheses.items())


def _holding(checked: Checked, keys: list[str]) -> str:
    many = sum(checked.hypotheses[key] is True for key in keys)
    return f"{'all' if many == len(keys) else counted(many)} {'holds' if many == 1 else 'hold'}"


def _entry(checked: Checked, key: str, holds: bool | None) -> str:
    because = "the certificate does not settle it" if holds is None else REASONS[key](checked, holds)
    return f"{name(key)} ({'stated' if key in STATED else 'silent'}) {MARKS[holds]}: {because}."


def _terminal(checked: Checked, holds: bool) -> str:
    term = name(checked.s_term)
    if holds:
        return rf"${S_TERM}$, that is {term}, has no action"
    return f"{term} has the action {name(checked.instance.mdp.actions[checked.instance.s_term][0])}"


def _alternatives(checked: Checked, holds: bool) -> str:
    instance = checked.instance
    if not holds:
        return rf"shutdown is the only action of ${S_NEW}$"
    names = [instance.mdp.actions[instance.shutdown_state][a] for a in instance.alternatives]
    return f"$A_1$ holds {states(names)}"


def _nonnegative(checked: Checked, holds: bool) -> str:
    if not holds:
        return rf"$\Theta$ holds {_goal(breaking(checked, 'nonnegative'))}"
    inside = r"$\Theta \subseteq \mathbb{R}^d_{\geq 0}$ by "
    return inside + ("definition" if checked.instance.goals.nonnegative else _proof(checked, "nonnegative"))


def _ood(checked: Checked, holds: bool) -> str:
    instance, names = checked.instance, checked.instance.mdp.states
    if holds:
        empty = rf"${S_TRAIN}$ is empty"
        return rf"no state of ${S_TRAIN}$ is reachable from ${S_NEW}$" if instance.training else empty
    way = way_to_training(instance) or []
    end = names[way[-1][2] if way else instance.shutdown_state]
    steps = [f"{name(names[u])} ({name(instance.mdp.actions[u][a])})" for u, a, _ in way]
    return rf"{name(end)} is a training state in ${S_REACH}$: " + ", ".join([*steps, name(end)])


def _gamma_star(checked: Checked, holds: bool) -> str:
    if not holds:
        return r"no recurrent $x$ has $\gamma > \gamma^*_x$" if checked.gamma else r"no $x$ has a $\gamma^*_x$"
    of = f"${STAR}$ for {name(checked.past(PAPER)[0])}"
    return f"there is a {of}" if checked.gamma is None else f"$\\gamma = {fraction(checked.gamma)}$ exceeds {of}"


def _goals_symmetric(checked: Checked, holds: bool) -> str:
    if not checked.instance.goals.inequalities:
        return "there is no further inequality on goals"
    if holds:
        return "the counted swaps map the further inequalities to themselves"
    return "a counted swap changes the further inequalities"


def _training_closed(checked: Checked, holds: bool) -> str:
    if holds:
        return "$G_T$ does not depend on the reward of any swapped state"
    return f"$G_T$ can depend on the reward of {states(entangled(checked))}"


def _almost_sure(checked: Checked, holds: bool) -> str:
    if holds:
        return rf"each recurrent state of ${S_REACH}$ is reached with probability~1 by some policy"
    return rf"recurrent and in ${S_REACH}$, but reached with probability~1 by no policy: {states(lost(checked))}"


def _strict(checked: Checked, holds: bool) -> str:
    instance = checked.instance
    if not holds:
        tied = _goal(breaking(checked, "strict"))
        return f"ties are broken in favour of shutdown, and it is not the only optimal action for {tied}"
    if not instance.alternatives:
        return "there is no other action to tie with"
    if instance.ties != "shutdown-first":
        return f"ties are broken {name(instance.ties)}: shutdown is preferred only where it is strictly best"
    proof = _proof(checked, "strict")
    return f"ties are broken in favour of shutdown, but there are none where it is preferred: by {proof}"


def _proof(checked: Checked, hypothesis: str) -> str:
    claim = always(checked, hypothesis)
    return f"linear arithmetic, {claims(checked, [claim] if claim else [])}"


def _goal(claim: Member | None) -> str:
    """The witness, which stands in the certificate."""
    return "a goal" if claim is None else rf"{rewards(claim.rewards)} (at $\gamma = {fraction(claim.gamma)}$)"


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
