"""An instance for its readers: lines, and a table for notebooks. Names are text, whatever they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from exact.digits import shown
from exact.instance.model import Instance

MOST = 30  # states that are shown
Chances = Callable[[int, int], Sequence[str]]  # of an action's row: P(t | s, a) for each successor, as text


def text(instance: Instance, asked: str = "", chances: Chances | None = None, most: int = MOST) -> str:
    """What it is called and asks, then each state with its role, its actions and where they lead.

    asked, chances: of a family, what is asked and the probabilities, in the place of the instance's own.
    """
    lines = list(_about(instance, asked))
    for state in range(min(len(instance.mdp), most)):
        roles = ", ".join(_roles(instance, state))
        actions = "; ".join(_actions(instance, state, chances)) or "terminal"
        lines.append(f"  {instance.mdp.states[state]}{f' ({roles})' if roles else ''}: {actions}")
    return "\n".join([*lines, *_rest(instance, most)])


def html(instance: Instance, asked: str = "", chances: Chances | None = None) -> str:
    """The same as a table."""
    rows = [_row(instance, state, chances) for state in range(min(len(instance.mdp), MOST))]
    rows += [f'<tr><td colspan="3">{line.strip()}</td></tr>' for line in _rest(instance, MOST)]
    head = "<tr><th>state</th><th>role</th><th>actions</th></tr>"
    said = "<br>".join(map(escape, _about(instance, asked)))
    return f"<p>{said}</p><table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def _about(instance: Instance, asked: str) -> Iterator[str]:
    yield f"{instance.name}: {len(instance.mdp)} states, {asked or instance.question.gammas}"
    if instance.description:
        yield instance.description
    yield f"goals: {theta(instance)}"


def _rest(instance: Instance, most: int) -> list[str]:
    left = len(instance.mdp) - most
    return [f"  ... and {left} more states"] if left > 0 else []


def theta(instance: Instance) -> str:
    """How Theta is read."""
    goals = instance.goals
    signs = "rewards >= 0" if goals.nonnegative else "rewards of any sign"
    further = f", {len(goals.inequalities)} inequalities" if goals.inequalities else ""
    return f"reading {goals.reading}, {goals.preference} preference, {signs}{further}"


def _row(instance: Instance, state: int, chances: Chances | None) -> str:
    actions = "<br>".join(map(escape, _actions(instance, state, chances)))
    cells = (escape(instance.mdp.states[state]), escape(", ".join(_roles(instance, state))), actions or "terminal")
    return "<tr>" + "".join(f'<td style="text-align: left">{cell}</td>' for cell in cells) + "</tr>"


def _actions(instance: Instance, state: int, chances: Chances | None) -> Iterator[str]:
    mdp = instance.mdp
    for number, (action, row) in enumerate(zip(mdp.actions[state], mdp.rows[state], strict=True)):
        said = [shown(p) for _, p in row] if chances is None else chances(state, number)
        ways = zip((mdp.states[t] for t, _ in row), said, strict=True)
        yield f"{action}: {', '.join(t if p == '1' else f'{t} {p}' for t, p in ways)}"


def _roles(instance: Instance, state: int) -> Iterator[str]:
    if state == instance.shutdown_state:
        yield "s_new"
    if state == instance.s_term:
        yield "s_term"
    if state in instance.training:
        learned = instance.trained.get(state)
        yield "training" if learned is None else f"training, learned {instance.mdp.actions[state][learned]}"
