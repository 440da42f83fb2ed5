"""An instance for its readers: lines, and a table for notebooks. Names are text, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from exact.digits import shown
from exact.instance.model import Instance
from exact.mdp import Row

MOST = 30  # states that are shown


def text(instance: Instance) -> str:
    """What it is called and asks, then each state with its role, its actions and where they lead."""
    lines = list(_about(instance))
    for state in range(min(len(instance.mdp), MOST)):
        roles = ", ".join(_roles(instance, state))
        actions = "; ".join(_actions(instance, state)) or "terminal"
        lines.append(f"  {instance.mdp.states[state]}{f' ({roles})' if roles else ''}: {actions}")
    return "\n".join([*lines, *_rest(instance)])


def html(instance: Instance) -> str:
    """The same as a table."""
    rows = [_row(instance, state) for state in range(min(len(instance.mdp), MOST))]
    rows += [f'<tr><td colspan="3">{line.strip()}</td></tr>' for line in _rest(instance)]
    head = "<tr><th>state</th><th>role</th><th>actions</th></tr>"
    said = "<br>".join(map(escape, _about(instance)))
    return f"<p>{said}</p><table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def _about(instance: Instance) -> Iterator[str]:
    yield f"{instance.name}: {len(instance.mdp)} states, {instance.question.gammas}"
    if instance.description:
        yield instance.description
    yield f"goals: {theta(instance)}"


def _rest(instance: Instance) -> list[str]:
    left = len(instance.mdp) - MOST
    return [f"  ... and {left} more states"] if left > 0 else []


def theta(instance: Instance) -> str:
    """How Theta is read."""
    goals = instance.goals
    signs = "rewards >= 0" if goals.nonnegative else "rewards of any sign"
    further = f", {len(goals.inequalities)} inequalities" if goals.inequalities else ""
    return f"reading {goals.reading}, {goals.preference} preference, {signs}{further}"


def _row(instance: Instance, state: int) -> str:
    actions = "<br>".join(map(escape, _actions(instance, state)))
    cells = (escape(instance.mdp.states[state]), escape(", ".join(_roles(instance, state))), actions or "terminal")
    return "<tr>" + "".join(f'<td style="text-align: left">{cell}</td>' for cell in cells) + "</tr>"


def _actions(instance: Instance, state: int) -> Iterator[str]:
    mdp = instance.mdp
    for action, row in zip(mdp.actions[state], mdp.rows[state], strict=True):
        yield f"{action}: {_successors(instance, row)}"


def _successors(instance: Instance, row: Row) -> str:
    names = instance.mdp.states
    return ", ".join(names[t] if p == 1 else f"{names[t]} {shown(p)}" for t, p in row)


def _roles(instance: Instance, state: int) -> Iterator[str]:
    if state == instance.shutdown_state:
        yield "s_new"
    if state == instance.s_term:
        yield "s_term"
    if state in instance.training:
        learned = instance.trained.get(state)
        yield "training" if learned is None else f"training (learned {instance.mdp.actions[state][learned]})"
