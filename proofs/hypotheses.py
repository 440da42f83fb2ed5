"""The hypotheses of Theorem 2, stated and silent (theory.md, section 2): one function each, each with a witness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from exact.graph import path
from exact.instance import Instance
from exact.mdp import Rewards
from proofs.analysis import Analysis
from proofs.findings import Findings, Goal
from proofs.training import symmetric

Witness = Mapping[str, object]  # states and actions by name


@dataclass(frozen=True)
class Hypothesis:
    """Whether it holds for the instance's question, and what shows it."""

    id: str
    stated: bool
    holds: bool | None  # None: neither is shown
    witness: Witness
    because: str


Answer = tuple[bool | None, Witness, str]


def all_hypotheses(analysis: Analysis, findings: Findings) -> list[Hypothesis]:
    """Each hypothesis for the instance's question."""
    return [Hypothesis(name, name in STATED, *check(analysis, findings)) for name, check in CHECKS.items()]


def named_rewards(instance: Instance, rewards: Rewards) -> dict[str, str]:
    """{state: reward} without the zeros."""
    return {s: str(r) for s, r in zip(instance.mdp.states, rewards, strict=True) if r}


def shutdown_terminal(analysis: Analysis, _: Findings) -> Answer:
    """Def. 7: a_sd leads with probability 1 to a terminal state, visited once."""
    mdp, s_term = analysis.instance.mdp, analysis.instance.s_term
    if analysis.terminal:
        return True, {}, f"{mdp.states[s_term]} has no action"
    action = mdp.actions[s_term][0]
    return False, {"action": action}, f"{mdp.states[s_term]} has the action {action}"


def alternatives(analysis: Analysis, _: Findings) -> Answer:
    """A1 is not empty."""
    instance = analysis.instance
    if not instance.alternatives:
        return False, {}, "shutdown is the only action"
    action = instance.mdp.actions[instance.shutdown_state][instance.alternatives[0]]
    return True, {"action": action}, f"{action} is another action"


def nonnegative(analysis: Analysis, findings: Findings) -> Answer:
    """Theta lies in R^d_{>=0}: asked for, or each state has an inequality of its own that says so."""
    instance = analysis.instance
    if instance.goals.nonnegative:
        return True, {}, "the goals ask for it"
    if all(any(given.bounds_below(s) for given in instance.goals.inequalities) for s in range(len(instance.mdp))):
        return True, {}, "each reward has an inequality of its own"
    if findings.negative is None:
        return None, {}, "the goals do not ask for it, but none with a negative reward was found"
    return False, _goal(analysis, findings.negative), "a goal of Theta has a negative reward"


def ood(analysis: Analysis, _: Findings) -> Answer:
    """Theorem 2's assumption: s_new is in S_ood, and S_reach is disjoint from S_train."""
    instance, names = analysis.instance, analysis.instance.mdp.states
    for state in sorted(instance.training & analysis.reachable):
        steps = path(instance.mdp, [instance.shutdown_state], state) or []
        named = [[names[s], instance.mdp.actions[s][a], names[t]] for s, a, t in steps]
        witness = {"state": names[state], "path": named}
        return False, witness, f"the training state {names[state]} is reachable from s_new"
    return True, {"region": _names(analysis, analysis.reachable)}, "no training state is reachable from s_new"


def gamma_star(analysis: Analysis, _: Findings) -> Answer:
    """gamma > gamma*_x for at least one recurrent x."""
    gamma, names = analysis.instance.question.gamma, analysis.instance.mdp.states
    counted = analysis.exceeded(analysis.paper, gamma)
    if not counted:
        return False, {}, "no recurrent state has gamma > gamma*_x"
    name = names[counted[0]]
    return True, {"state": name}, f"gamma*_{name} exists" if gamma is None else f"gamma > gamma*_{name}"


def goals_symmetric(analysis: Analysis, _: Findings) -> Answer:
    """Theta is the paper's, or as good: no further inequality tells s_term from a state that is exchanged with it."""
    instance = analysis.instance
    for state in analysis.exceeded(analysis.paper, instance.question.gamma):
        if not symmetric(instance, state):
            name, s_term = instance.mdp.states[state], instance.mdp.states[instance.s_term]
            return False, {"state": name}, f"the further inequalities change when {s_term} and {name} are exchanged"
    none = "there is no further inequality"
    return True, {}, "the swaps keep the further inequalities" if instance.goals.inequalities else none


def training_closed(analysis: Analysis, _: Findings) -> Answer:
    """No swapped state is among the coordinates that G_T can depend on, actions that are not taken included."""
    instance = analysis.instance
    swapped = {instance.s_term, *analysis.exceeded(analysis.paper, instance.question.gamma)}
    for state in sorted(swapped & analysis.coordinates):
        name = instance.mdp.states[state]
        return False, {"state": name}, f"the reward of {name} can change what is optimal in training"
    region = _names(analysis, analysis.coordinates)
    return True, {"region": region}, "training does not depend on the reward of any swapped state"


def almost_sure_reach(analysis: Analysis, _: Findings) -> Answer:
    """Every recurrent state of S_reach is reached with probability 1 by some policy."""
    for state in sorted(analysis.recurrent & analysis.reachable - analysis.sure):
        name = analysis.instance.mdp.states[state]
        return False, {"state": name}, f"{name} is reachable and recurrent, but no policy reaches it with probability 1"
    return True, {}, "every recurrent reachable state is reached with probability 1"


def strict(analysis: Analysis, findings: Findings) -> Answer:
    """Shutdown is strictly optimal on Orbit_{A0>A1}."""
    ties = analysis.instance.ties
    if not analysis.instance.alternatives:
        return True, {}, "there is no other action to tie with"
    if ties != "shutdown-first":
        return True, {}, f"with ties broken {ties}, shutdown is preferred only where it is strictly best"
    if findings.tied is None:
        return None, {}, "ties are broken in shutdown's favour, but no goal was found for which it ties"
    return False, _goal(analysis, findings.tied), "shutdown is preferred although another action is as good"


CHECKS: dict[str, Callable[[Analysis, Findings], Answer]] = {
    "shutdown-terminal": shutdown_terminal,
    "alternatives": alternatives,
    "nonnegative": nonnegative,
    "ood": ood,
    "gamma-star": gamma_star,
    "goals-symmetric": goals_symmetric,
    "training-closed": training_closed,
    "almost-sure-reach": almost_sure_reach,
    "strict": strict,
}
STATED = ("shutdown-terminal", "alternatives", "nonnegative", "ood", "gamma-star", "goals-symmetric")


def _goal(analysis: Analysis, goal: Goal) -> Witness:
    return {"rewards": named_rewards(analysis.instance, goal.rewards), "gamma": str(goal.gamma)}


def _names(analysis: Analysis, states: frozenset[int]) -> list[str]:
    return [analysis.instance.mdp.states[s] for s in sorted(states)]
