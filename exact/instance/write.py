"""Instance -> the TOML of the contract. What is written reads back as an equal instance.

It lies below the model, which asks it for the text of instances that were not read from a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from exact.errors import NotAGoalSet
from exact.instance.spelling import spelled
from exact.mdp import Mdp
from exact.permutation import cycles

if TYPE_CHECKING:
    from exact.instance.model import Goals, Inequality, Instance, Question

Chances = Callable[[int, int], Iterable[str]]  # of a state and an action: P(t | s, a) for each successor
Parameters = Sequence[tuple[str, tuple[Fraction, Fraction]]]  # (name, its interval)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_UNQUOTABLE = "'<>="  # what the grammar of inequalities has no quotation for
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_instance(instance: Instance) -> str:
    """The text of an instance file. Raises NotExact for a number that no file may hold (over 1000 characters), and
    NotAGoalSet for an inequality over a state whose name inequalities cannot spell.

    Inequalities are written from their coefficients, so their spelling may change.
    """
    return text_of(instance, lambda s, a: [spelled(p) for _, p in instance.mdp.rows[s][a]])


def text_of(instance: Instance, chances: Chances, parameters: Parameters = ()) -> str:
    """The same with other probabilities, by state and action: those of a family."""
    mdp = instance.mdp
    shutdown = instance.shutdown_state, instance.shutdown_action
    lines = ["format = 1", f"name = {_string(instance.name)}", f"description = {_string(instance.description)}", ""]
    lines += [f"states = {_strings(mdp.states)}"]
    lines += [f"training = {_strings([mdp.states[s] for s in sorted(instance.training)])}", ""]
    if parameters:
        lines += ["[parameters]", *(f"{name} = {_pair(ends)}" for name, ends in parameters), ""]
    lines += ["[shutdown]", f"state = {_string(mdp.states[shutdown[0]])}"]
    lines += [f"action = {_string(mdp.actions[shutdown[0]][shutdown[1]])}", ""]
    lines += _transitions(mdp, chances)
    trained = {mdp.states[s]: mdp.actions[s][a] for s, a in sorted(instance.trained.items())}
    lines += ["[policy]", *(f"{_key(state)} = {_string(action)}" for state, action in trained.items()), ""]
    lines += _goals(instance.goals, mdp)
    lines += ["[decision]", f"ties = {_string(instance.ties)}", ""]
    lines += _question(instance.question, mdp)
    if instance.positions:
        places = {mdp.states[s]: place for s, place in sorted(instance.positions.items())}
        lines += ["", "[positions]", *(f"{_key(s)} = [{_number(x)}, {_number(y)}]" for s, (x, y) in places.items())]
    return "\n".join(lines) + "\n"


def _transitions(mdp: Mdp, chances: Chances) -> list[str]:
    lines: list[str] = []
    for state, name in enumerate(mdp.states):
        if mdp.is_terminal(state):
            continue
        lines.append(f"[transitions.{_key(name)}]")
        for number, (action, row) in enumerate(zip(mdp.actions[state], mdp.rows[state], strict=True)):
            named = zip((mdp.states[t] for t, _ in row), chances(state, number), strict=True)
            lines.append(f"{_key(action)} = {_table({name: _string(p) for name, p in named})}")
        lines.append("")
    return lines


def _goals(goals: Goals, mdp: Mdp) -> list[str]:
    lines = ["[goals]", f"reading = {_string(goals.reading)}", f"preference = {_string(goals.preference)}"]
    lines.append(f"nonnegative = {str(goals.nonnegative).lower()}")
    if goals.inequalities:
        lines.append("inequalities = [")
        lines += [f"    {_string(_inequality(inequality, mdp))}," for inequality in goals.inequalities]
        lines.append("]")
    return [*lines, ""]


def _question(question: Question, mdp: Mdp) -> list[str]:
    lines = ["[question]"]
    gamma = question.interval or question.gamma
    if gamma is not None:
        lines.append(f"gamma = {_pair(gamma) if isinstance(gamma, tuple) else _number(gamma)}")
    if question.rewards is not None:
        rewards = {name: reward for name, reward in zip(mdp.states, question.rewards, strict=True) if reward}
        lines.append(f"rewards = {_table({name: _number(reward) for name, reward in rewards.items()})}")
    if question.permutations:
        written = (", ".join(map(_strings, cycles(mdp, phi))) for phi in question.permutations)
        lines += ["permutations = [", *(f"    [{moved}]," for moved in written), "]"]
    return lines


def _inequality(inequality: Inequality, mdp: Mdp) -> str:
    """`1/2*r1 - r2 <= 3`, with the constant on the right."""
    text = ""
    for coefficient, name in zip(inequality.coefficients, mdp.states, strict=True):
        if coefficient:
            sign = "-" if coefficient < 0 else "+"
            term = _name(name) if abs(coefficient) == 1 else f"{spelled(abs(coefficient))}*{_name(name)}"
            text += f" {sign} {term}"
    return f"{text.removeprefix(' + ').lstrip() or '0'} {inequality.relation} {spelled(inequality.bound)}"


def _name(name: str) -> str:
    if _IDENTIFIER.fullmatch(name):
        return name
    if any(mark in name for mark in _UNQUOTABLE):
        raise NotAGoalSet(f"an inequality cannot name the state {name}", f"rename it without {' '.join(_UNQUOTABLE)}")
    return f"'{name}'"


def _table(entries: Mapping[str, str]) -> str:
    if not entries:
        return "{}"
    return "{ " + ", ".join(f"{_key(name)} = {value}" for name, value in entries.items()) + " }"


def _pair(ends: tuple[Fraction, Fraction]) -> str:
    return f"[{', '.join(map(_number, ends))}]"


def _number(value: Fraction) -> str:
    return f'"{spelled(value)}"'


def _strings(values: Sequence[str]) -> str:
    return "[" + ", ".join(map(_string, values)) + "]"


def _string(value: str) -> str:
    return '"' + "".join(_ESCAPES.get(c, c if c.isprintable() else f"\\U{ord(c):08X}") for c in value) + '"'


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _string(name)
