"""Each hypothesis of Theorem 2 with its witness and its reason, for JSON and terminal. The verdict is the kernel's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from exact.digits import exact_text
from exact.goals import coordinates
from exact.graph import reachable
from exact.permutation import moved, swap
from proofs.claims.checked import STATED, Checked
from proofs.claims.reasons import always, breaking, entangled, lost, way_to_training
from proofs.claims.types import PAPER, Member
from proofs.claims.write import rewards

Witness = Mapping[str, object]  # states and actions by name
Reason = tuple[Witness, str]
Spell = Callable[[str], str]


@dataclass(frozen=True)
class Hypothesis:
    """Whether it holds for the instance's question (None: open), and what shows it."""

    id: str
    stated: bool
    holds: bool | None
    witness: Witness
    because: str


def hypotheses(checked: Checked, spell: Spell = str) -> list[Hypothesis]:
    """All of them, in the kernel's order: the six that the paper states, then the three silent ones.

    spell: how the reasons write a name of the instance.
    """
    return [
        Hypothesis(name, name in STATED, holds, *REASONS[name](checked, holds, spell))
        for name, holds in checked.hypotheses.items()
    ]


def _terminal(checked: Checked, holds: bool | None, spell: Spell) -> Reason:
    if holds:
        return {}, f"{spell(checked.s_term)} has no action"
    action = checked.instance.mdp.actions[checked.instance.s_term][0]
    return {"action": action}, f"{spell(checked.s_term)} has the action {spell(action)}"


def _alternatives(checked: Checked, holds: bool | None, spell: Spell) -> Reason:
    instance = checked.instance
    if not holds:
        return {}, "shutdown is the only action"
    action = instance.mdp.actions[instance.shutdown_state][instance.alternatives[0]]
    return {"action": action}, f"{spell(action)} is another action"


def _nonnegative(checked: Checked, holds: bool | None, spell: Spell) -> Reason:
    if holds:
        return {}, "the goals ask for it" if checked.instance.goals.nonnegative else "proved for every goal of Theta"
    if holds is None:
        return {}, "the goals do not ask for it, but none with a negative reward was found"
    return _goal(breaking(checked, "nonnegative")), "a goal of Theta has a negative reward"


def _ood(checked: Checked, holds: bool | None, spell: Spell) -> Reason:
    mdp = checked.instance.mdp
    way = way_to_training(checked.instance)
    if holds or way is None:
        region = _names(checked, reachable(mdp, [checked.instance.shutdown_state]))
        return {"region": region}, "no training state is reachable from s_new"
    state = mdp.states[way[-1][2] if way else checked.instance.shutdown_state]
    steps = [[mdp.states[s], mdp.actions[s][a], mdp.states[t]] for s, a, t in way]
    return {"state": state, "path": steps}, f"the training state {spell(state)} is reachable from s_new"


def _gamma_star(checked: Checked, holds: bool | None, spell: Spell) -> Reason:
    if holds is None:
        return _unsettled(checked, spell)
    if not holds:
        return {}, "no recurrent state has gamma > gamma*_x"
    x = checked.past(PAPER)[0]
    return {"state": x}, f"gamma*_{spell(x)} exists" if checked.gamma is None else f"gamma > gamma*_{spell(x)}"


def _goals_symmetric(checked: Checked, holds: bool | None, spell: Spell) -> Reason:
    if holds is None:
        return _unsettled(checked, spell)
    if holds:
        none = "there is no further inequality"
        return {}, "the swaps keep the further inequalities" if checked.instance.goals.inequalities else none
    x = next((x for x in checked.past(PAPER) if not _symmetric(checked, x)), checked.s_term)
    return {"state": x}, f"the further inequalities change when {spell(checked.s_term)} and {spell(x)} are exchanged"


def _symmetric(checked: Checked, x: str) -> bool:
    """Exchanging x and s_term maps the further inequalities, as they are written, to themselves."""
    phi = swap(checked.instance, checked.instance.mdp.state(x))
    given = {(entry.coefficients, entry.relation, entry.bound) for entry in checked.instance.goals.inequalities}
    return {(moved(phi, row), relation, bound) for row, relation, bound in given} == given


def _training_closed(checked: Checked, holds: bool | None, spell: Spell) -> Reason:
    if holds is None:
        return _unsettled(checked, spell)
    if holds:
        region = _names(checked, coordinates(checked.instance))
        return {"region": region}, "training does not depend on the reward of any swapped state"
    x = entangled(checked)[0]
    return {"state": x}, f"the reward of {spell(x)} can change what is optimal in training"


def _almost_sure_reach(checked: Checked, holds: bool | None, spell: Spell) -> Reason:
    if holds:
        return {}, "every recurrent reachable state is reached with probability 1"
    x = lost(checked)[0]
    return {"state": x}, f"{spell(x)} is reachable and recurrent, but no policy reaches it with probability 1"


def _strict(checked: Checked, holds: bool | None, spell: Spell) -> Reason:
    ties = checked.instance.ties
    if holds and not checked.instance.alternatives:
        return {}, "there is no other action to tie with"
    if holds and always(checked, "strict"):
        return {}, "proved: where shutdown is preferred, no other action is as good"
    if holds:
        return {}, f"with ties broken {ties}, shutdown is preferred only where it is strictly best"
    if holds is None:
        return {}, "ties are broken in shutdown's favour, but no goal was found for which it ties"
    return _goal(breaking(checked, "strict")), "shutdown is preferred although another action is as good"


REASONS: dict[str, Callable[[Checked, bool | None, Spell], Reason]] = {
    "shutdown-terminal": _terminal,
    "alternatives": _alternatives,
    "nonnegative": _nonnegative,
    "ood": _ood,
    "gamma-star": _gamma_star,
    "goals-symmetric": _goals_symmetric,
    "training-closed": _training_closed,
    "almost-sure-reach": _almost_sure_reach,
    "strict": _strict,
}


def _unsettled(checked: Checked, spell: Spell) -> Reason:
    return {}, f"gamma*_x is not settled for {', '.join(map(spell, checked.unsettled(PAPER)))}"


def _goal(claim: Member | None) -> Witness:
    return {} if claim is None else {"rewards": rewards(claim.rewards), "gamma": exact_text(claim.gamma)}


def _names(checked: Checked, states: Iterable[int]) -> list[str]:
    return [checked.instance.mdp.states[s] for s in sorted(states)]
