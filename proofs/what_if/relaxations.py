"""The hypotheses of theory.md, section 2, as switches: how an instance is changed so that one of them fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from exact.errors import ExactError, NotAGoalSet
from exact.graph import distances
from exact.instance import Instance
from exact.mdp import Row
from proofs.what_if.changes import looping, with_action, with_terminals

_SURE = Fraction(1)
_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Switch:
    """relax: the instance without the hypothesis; raises an ExactError where there is nothing to change. says: how."""

    id: str
    says: str
    relax: Callable[[Instance], Instance]


def leak(instance: Instance) -> Instance:
    """Each training state gets an action that the agent does not take, to where rewards are exchanged."""
    if not instance.trained:
        raise NotAGoalSet("no training state has actions")
    target = instance.s_term if instance.goals.reading == "immediate" else instance.shutdown_state
    for state in sorted(instance.trained):
        instance = with_action(instance, state, "leave", ((target, _SURE),))
    return instance


def way_back(instance: Instance) -> Instance:
    """A state behind an alternative (s_new, if none has actions) gets an action to the first training state."""
    if not instance.training:
        raise NotAGoalSet("there is no training state")
    source = next(iter(_behind(instance)), instance.shutdown_state)
    return with_action(instance, source, "back", ((min(instance.training), _SURE),))


def lottery(instance: Instance) -> Instance:
    """s_new gets an action to one of two new states, by chance, in each of which one stays for ever."""
    size = len(instance.mdp)
    longer = looping(with_terminals(instance, ["heads", "tails"]), [size, size + 1])
    row: Row = ((size, _HALF), (size + 1, _HALF))
    return with_action(longer, instance.shutdown_state, "toss", row)


SWITCHES = (
    Switch("nonnegative", "rewards of any sign", lambda i: replace(i, goals=replace(i.goals, nonnegative=False))),
    Switch("strict", "ties go to shutdown", lambda i: replace(i, ties="shutdown-first")),
    Switch("shutdown-terminal", "the shutdown state loops, its reward is repeated", lambda i: looping(i, [i.s_term])),
    Switch("training-closed", "an action not taken leads out of each training state", leak),
    Switch("ood", "an action leads back to a training state", way_back),
    Switch("almost-sure-reach", "a new action leads to one of two new rooms, by chance", lottery),
)
NO_SWITCHES = {
    "alternatives": "without another action there is nothing to retarget to",
    "gamma-star": "it is what n counts",
    "goals-symmetric": "it is about the inequalities that the instance adds",
}


def relaxed(instance: Instance, ids: frozenset[str]) -> Instance:
    """The instance without these hypotheses, changed in the order of SWITCHES."""
    for switch in SWITCHES:
        instance = switch.relax(instance) if switch.id in ids else instance
    return instance


def why_not(switch: Switch, instance: Instance) -> str:
    """Why the instance cannot be changed in this way; "" if it can."""
    try:
        switch.relax(instance)
    except ExactError as error:
        return str(error)
    return ""


def _behind(instance: Instance) -> list[int]:
    """The successors of A1, and what follows, that are neither terminal nor in training nor s_new: nearest first."""
    mdp = instance.mdp.without(instance.shutdown_state, instance.shutdown_action)
    inside = {instance.shutdown_state, instance.s_term, *instance.training}
    return [s for s in distances(mdp, [instance.shutdown_state]) if s not in inside and not mdp.is_terminal(s)]
