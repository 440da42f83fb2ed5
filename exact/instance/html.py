"""An instance as a small table for notebooks. Names are text, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from exact.digits import shown
from exact.instance.model import Instance
from exact.mdp import Row

MOST = 30  # states that are shown


def html(instance: Instance) -> str:
    """What it is called and asks, then each state with its role, its actions and where they lead."""
    mdp, gamma = instance.mdp, instance.question.gamma
    asked = "every gamma in (0, 1)" if gamma is None else f"gamma = {shown(gamma)}"
    rows = [_row(instance, state) for state in range(min(len(mdp), MOST))]
    if len(mdp) > MOST:
        rows.append(f'<tr><td colspan="3">... and {len(mdp) - MOST} more states</td></tr>')
    head = "<tr><th>state</th><th>role</th><th>actions</th></tr>"
    about = [f"{instance.name}: {len(mdp)} states, {asked}", instance.description, _theta(instance)]
    said = "<br>".join(escape(line) for line in about if line)
    return f"<p>{said}</p><table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def _theta(instance: Instance) -> str:
    goals = instance.goals
    signs = "rewards >= 0" if goals.nonnegative else "rewards of any sign"
    further = f", {len(goals.inequalities)} inequalities" if goals.inequalities else ""
    return f"goals: reading {goals.reading}, {goals.preference} preference, {signs}{further}"


def _row(instance: Instance, state: int) -> str:
    mdp = instance.mdp
    named = zip(mdp.actions[state], mdp.rows[state], strict=True)
    actions = "<br>".join(escape(f"{action}: {_successors(instance, row)}") for action, row in named)
    cells = (escape(mdp.states[state]), escape(", ".join(_roles(instance, state))), actions or "terminal")
    return "<tr>" + "".join(f'<td style="text-align: left">{cell}</td>' for cell in cells) + "</tr>"


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
