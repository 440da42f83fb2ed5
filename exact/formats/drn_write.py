"""An instance -> DRN, Storm's explicit format, with exact values. What is written reads back equal.

Labels: `init` for s_new, `shutdown` for s_term, `deadlock` for terminal states (which loop, as in Storm), and the name
of each state. The question's rewards are the reward model `theta`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from exact.digits import exact_text
from exact.errors import NotAModel
from exact.formats.explicit import DEADLOCK, INIT, NO_LABEL, SHUTDOWN
from exact.instance import Goals, Instance
from exact.mdp import Row

_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ACTION = re.compile(r"[^\s\[\]\"{}/]+")


def write_drn(instance: Instance) -> tuple[str, list[str]]:
    """The text, and what it does not say. Raises NotAModel for names that DRN has no spelling for."""
    _check_names(instance)
    mdp, rewards = instance.mdp, instance.question.rewards
    lines = ["// Exported by gammastar", "@type: MDP", "@value_type: rational", "@parameters", ""]
    lines += ["@reward_models", "" if rewards is None else "theta", "@nr_states", str(len(mdp))]
    lines += ["@nr_choices", str(sum(max(len(rows), 1) for rows in mdp.rows)), "@model"]
    for state in range(len(mdp)):
        lines += _state(instance, state)
    return "\n".join(lines) + "\n", list(_lost(instance))


def _check_names(instance: Instance) -> None:
    mdp, taken = instance.mdp, {INIT: instance.shutdown_state, SHUTDOWN: instance.s_term}
    for number, name in enumerate(mdp.states):
        if '"' in name or "//" in name or taken.get(name, number) != number or name == DEADLOCK:
            raise NotAModel(f"DRN has no spelling for the state {name}", "rename it", f"states[{number}]")
        for action in mdp.actions[number]:
            if not _ACTION.fullmatch(action) or action == NO_LABEL:
                remedy = "rename it, without spaces, quotes, slashes and brackets"
                raise NotAModel(f"DRN has no spelling for the action {action}", remedy, f"transitions.{name}")


def _state(instance: Instance, state: int) -> Iterator[str]:
    mdp, rewards = instance.mdp, instance.question.rewards
    paid = "" if rewards is None else f" [{exact_text(rewards[state])}]"
    unpaid = "" if rewards is None else " [0]"
    yield f"state {state}{paid} {' '.join(_labels(instance, state))}"
    rows: list[tuple[str, Row]] = list(zip(mdp.actions[state], mdp.rows[state], strict=True))
    if not rows:
        yield from (f"\taction end{unpaid}", f"\t\t{state} : 1")
    for action, row in rows:
        yield f"\taction {action}{unpaid}"
        yield from (f"\t\t{successor} : {exact_text(probability)}" for successor, probability in row)


def _labels(instance: Instance, state: int) -> list[str]:
    roles = {INIT: state == instance.shutdown_state, SHUTDOWN: state == instance.s_term}
    roles[DEADLOCK] = instance.mdp.is_terminal(state)
    name = instance.mdp.states[state]
    labels = [label for label, held in roles.items() if held and label != name]
    return [label if _BARE.fullmatch(label) else f'"{label}"' for label in (*labels, name)]


def _lost(instance: Instance) -> Iterator[str]:
    """What an instance says and DRN cannot."""
    mdp, question = instance.mdp, instance.question
    if instance.training:
        yield "training and policy are dropped: DRN has no place for them"
    if instance.goals != Goals() or instance.ties != "uniform":
        yield "goals and decision are dropped: DRN has no place for them"
    if question.gamma is not None or question.interval is not None or question.permutations:
        yield "the question's gamma and permutations are dropped: DRN has no place for them"
    if instance.positions:
        yield "positions are dropped: DRN has no place for them"
    if question.rewards is not None and any(question.rewards[s] for s in range(len(mdp)) if mdp.is_terminal(s)):
        yield "rewards of terminal states count once here, at every step in Storm, where these states loop"
    ends = ((instance.s_term, Fraction(1)),)
    if sum(row == ends for row in mdp.rows[instance.shutdown_state]) > 1:
        name, action = mdp.states[instance.shutdown_state], mdp.actions[instance.shutdown_state]
        yield f"several actions shut down: import it with --shutdown {name}:{action[instance.shutdown_action]}"
