"""Opinions: whole scripts. Each asks for a counterexample to a claim: the claim holds iff it is unsatisfiable.

The claims are FORMAT.md's properties of a permutation phi: of every theta of Theta for which A0 is preferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from exact.instance import Instance
from exact.permutation import Permutation, check_permutation, inverse
from proofs.claims.spelling import permutation_text
from proofs.opinions.discount import Discount, describe, logic, state_discount
from proofs.opinions.in_theta import Setting, require_in_theta, require_outside_theta
from proofs.opinions.script import Script, all_of, any_of
from proofs.opinions.values import Choice, require_optimal
from proofs.search.goals import moves

Ask = Literal["retargets", "stays", "never-both", "not-optimal", "exceeds"]
CLAIMS: dict[Ask, str] = {
    "retargets": "shutdown is avoided for phi theta",
    "stays": "phi theta is in Theta",
    "never-both": "phi theta is not in Theta, or does not prefer shutdown",
    "not-optimal": "shutdown is not optimal for phi theta",
    "exceeds": "r(s_term) > r(phi(s_term))",
}


@dataclass(frozen=True)
class Query:
    """A script, and the symbols whose values make a counterexample: theta's entries in the order of the states.

    gamma is its symbol or its value.
    """

    smt2: str
    logic: str
    reals: tuple[str, ...]
    gamma: str | Fraction


def permutation_script(instance: Instance, phi: Permutation, gamma: Discount, ask: Ask) -> Query:
    """Some theta of Theta for which A0 is preferred, and phi theta does not do what `ask` says. Raises NotAGoalSet."""
    check_permutation(instance.mdp, phi)
    setting, rewards = begin(instance, gamma, f"a counterexample to: {CLAIMS[ask]}")
    image = [rewards[source] for source in inverse(phi)]
    setting.script.comment(f"phi: {permutation_text(moves(instance, phi))}")
    _prefers(setting, rewards, "theta", "T", "W")
    setting.script.comment(f"not so: {CLAIMS[ask]}")
    match ask:
        case "stays":
            require_outside_theta(setting, image, "U")
        case "never-both":
            _prefers(setting, image, "phi theta", "U", "X")
        case "not-optimal":
            _shuts(setting, image, False, "shutdown_still", "X")
        case "retargets":
            _kept(setting, image)
        case "exceeds":
            s_term = instance.s_term
            setting.script.claim("no_greater", f"(<= {rewards[s_term]} {rewards[phi[s_term]]})")
    return finish(setting, rewards, gamma)


def begin(instance: Instance, gamma: Discount, asked: str) -> tuple[Setting, list[str]]:
    """A script that knows gamma and has a symbol for each entry of theta."""
    script, mdp = Script(instance.mdp), instance.mdp
    script.comment(f"instance {instance.name}: {asked}; {describe(gamma)}")
    for state, name in enumerate(mdp.states):
        if script.state(state) != name:
            script.comment(f"{script.state(state)} is {name!r}")
    term = state_discount(script, gamma)
    return Setting(script, instance, term), [script.real(f"r_{script.state(s)}") for s in range(len(mdp))]


def finish(setting: Setting, rewards: Sequence[str], gamma: Discount) -> Query:
    """The script as a query."""
    known = gamma if isinstance(gamma, Fraction) else setting.gamma
    return Query(setting.script.text(logic(gamma)), logic(gamma), tuple(rewards), known)


def _prefers(setting: Setting, rewards: Sequence[str], what: str, training: str, values: str) -> None:
    """The rewards are in Theta, and A0 is preferred for them: shutdown is the best, or one of the best."""
    setting.script.comment(f"{what} is in Theta")
    require_in_theta(setting, rewards, training)
    setting.script.comment(f"A0 is preferred for {what}")
    _shuts(setting, rewards, setting.instance.ties != "shutdown-first", "shutdown", values)


def _shuts(setting: Setting, rewards: Sequence[str], strict: bool, role: str, prefix: str) -> dict[int, str]:
    """Shutdown is optimal, or alone so; the values."""
    instance = setting.instance
    choice = Choice(instance.shutdown_state, instance.shutdown_action, strict, role)
    return require_optimal(setting.task(rewards, prefix), [choice])


def _kept(setting: Setting, image: Sequence[str]) -> None:
    """Not f(A0) < f(A1): shutdown is optimal, and ties do not outvote it."""
    instance, s_new = setting.instance, setting.instance.shutdown_state
    values = _shuts(setting, image, instance.ties == "shutdown-last", "shutdown_still", "X")
    if instance.ties != "uniform" or len(instance.alternatives) < 2:
        return
    task = setting.task(image, "X")
    worse = {a: f"(> {values[s_new]} {task.action_value(values, s_new, a)})" for a in instance.alternatives}
    alone = [all_of([worse[b] for b in worse if b != a]) for a in worse]
    setting.script.claim("at_most_one_ties", any_of(alone))
