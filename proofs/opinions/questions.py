"""Layer smt: whole scripts. Each asks for a counterexample to a claim, so the claim holds iff it is unsatisfiable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, TypeVar

from exact.errors import NotAGoalSet
from exact.instance import Instance
from exact.mdp import Rewards
from proofs.smt.discount import Discount, describe, logic, state_discount
from proofs.smt.script import Labels, Script, number
from proofs.smt.theta import Setting, require_in_theta, require_outside_theta
from proofs.smt.values import Choice, require_optimal

Ask = Literal["retargets", "stays"]
Permutation = tuple[int, ...]  # phi(s) for each state s; (phi theta)(s) = theta(phi^-1 s)
RETARGETS: Final = "retargets"  # shutdown is never optimal for phi theta (Prop. 3; Def. 4 (1))
STAYS: Final = "stays"  # phi theta is always in Theta (Def. 4 (2))

_Entry = TypeVar("_Entry")


@dataclass(frozen=True)
class Query:
    """A script, with the symbols of theta's entries in the order of the states; gamma is its symbol or its value."""

    smt2: str
    logic: str
    rewards: tuple[str, ...]
    gamma: str | Fraction


def permuted(vector: Sequence[_Entry], permutation: Permutation) -> tuple[_Entry, ...]:
    """phi theta. Raises NotAGoalSet if phi is no permutation of the states."""
    if sorted(permutation) != list(range(len(vector))):
        raise NotAGoalSet(f"{permutation} is no permutation of the states", "give phi(s) for each state s")
    sources = {target: source for source, target in enumerate(permutation)}
    return tuple(vector[sources[state]] for state in range(len(vector)))


def permutation_script(instance: Instance, permutation: Permutation, gamma: Discount, ask: Ask) -> Query:
    """Some theta of Theta, shutdown strictly optimal for it; and phi theta does not do what `ask` says."""
    setting, rewards = _begin(instance, gamma, f"a counterexample to: phi {ask}")
    image = permuted(rewards, permutation)
    moved = [f"{s} -> {t}" for s, t in enumerate(permutation) if s != t]
    setting.script.comment(f"phi, on the numbers of the states: {', '.join(moved) or 'the identity'}")
    _accepts(setting, rewards)
    setting.script.comment(f"phi theta: the claim that phi {ask} fails for it")
    if ask == STAYS:
        require_outside_theta(setting, image, "U")
    else:
        shutdown = Choice(instance.shutdown_state, instance.shutdown_action, False, "shutdown_still")
        require_optimal(setting.task(image, "X"), [shutdown])
    return _query(setting, rewards, gamma)


def accepts_script(instance: Instance, gamma: Discount) -> Query:
    """Some theta of Theta for which shutdown is strictly optimal: if there is none, every other claim is empty."""
    setting, rewards = _begin(instance, gamma, "a goal of Theta that shuts down")
    _accepts(setting, rewards)
    return _query(setting, rewards, gamma)


def member_script(instance: Instance, theta: Rewards, gamma: Discount) -> Query:
    """This theta is in Theta."""
    setting, rewards = _begin(instance, gamma, "whether one reward vector is in Theta")
    labels = Labels(instance.mdp)
    for state, (symbol, value) in enumerate(zip(rewards, theta, strict=True)):
        setting.script.claim(f"given_{labels.state(state)}", f"(= {symbol} {number(value)})")
    require_in_theta(setting, rewards, "T")
    return _query(setting, rewards, gamma)


def _begin(instance: Instance, gamma: Discount, asked: str) -> tuple[Setting, list[str]]:
    script, mdp = Script(), instance.mdp
    script.comment(f"instance {instance.name}: {asked}; {describe(gamma)}")
    labels = Labels(mdp)
    for state, name in enumerate(mdp.states):
        if labels.state(state) != name:
            script.comment(f"{labels.state(state)} is {name!r}")
    term = state_discount(script, gamma)
    return Setting(script, instance, term), [script.real(f"r_{labels.state(s)}") for s in range(len(mdp))]


def _query(setting: Setting, rewards: list[str], gamma: Discount) -> Query:
    return Query(
        setting.script.text(logic(gamma)),
        logic(gamma),
        tuple(rewards),
        gamma if isinstance(gamma, Fraction) else setting.gamma,
    )


def _accepts(setting: Setting, rewards: list[str]) -> None:
    instance = setting.instance
    setting.script.comment("theta is in Theta")
    require_in_theta(setting, rewards, "T")
    setting.script.comment("shutdown is strictly optimal for theta")
    shutdown = Choice(instance.shutdown_state, instance.shutdown_action, True, "shutdown")
    require_optimal(setting.task(rewards, "W"), [shutdown])
