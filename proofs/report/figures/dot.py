r"""The MDP as a graph in the DOT language: roles by shape, line and colour; small nodes for actions; exact numbers.

Names enter only as text of HTML-like labels, with &, <, >, \ and quotes as entities; nodes have ids of our own. So no
name is ever read as DOT, as an escape such as \N, as a record's field or as a tag.
"""

from __future__ import annotations

from collections.abc import Iterator

from exact.instance import Instance
from proofs.claims.checked import Checked
from proofs.report.figures.style import BLUE, GREEN, GREY, PURPLE, TYPE, VERMILION

TALLEST = 9.0  # inches
_LONGEST_NAME = 40
_PAD = 0.02  # inches around the drawing
_GRAPH = f'fontname="Times" fontsize=7 labelloc=b margin=0 pad={_PAD} nodesep=0.12 ranksep=0.16'
_NODE = f'fontname="Times" fontsize={TYPE} margin="0.06,0.03" height=0.26 width=0.34 penwidth=0.8 shape=ellipse'
_ACTION = 'shape=box style="filled,rounded" fillcolor="#ececec" penwidth=0 fontsize=7 margin="0.04,0.01" height=0.14'
_EDGE = f'fontname="Times" fontsize=7 arrowsize=0.45 penwidth=0.6 color="{GREY}"'
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
    "\\": "&#92;&#92;",
    "]": "&#93;",
}  # dot reads \\N after entities
_NEW, _TERM = "<i>s</i><sub>new</sub>", "<i>s</i><sub>term</sub>"
_SHUTDOWN = f' color="{VERMILION}" style=dashed penwidth=1.3'
_TRAINED = f' color="{GREEN}" penwidth=1.7'


def dot_text(checked: Checked, across: bool = True, width: float | None = None) -> str:
    """across: laid out from left to right, else downwards. width: inches that a wider drawing is shrunk to."""
    instance = checked.instance
    size = "" if width is None else f' size="{width - 2 * _PAD},{TALLEST - 2 * _PAD}"'
    lines = [f"graph [{_GRAPH} rankdir={'LR' if across else 'TB'}{size} label=<{_key(checked)}>]"]
    lines += [f"node [{_NODE}]", f"edge [{_EDGE}]"]
    for state in range(len(instance.mdp)):
        lines.append(f"s{state} [{_state(checked, state)}]")
        lines += _actions(instance, state)
    return "digraph {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def text(name: str) -> str:
    """A name as text of an HTML-like label: printable, not too long, every special character an entity."""
    line = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    cut = line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"
    return "".join(_ENTITIES.get(c, c) for c in cut) or " "


def _state(checked: Checked, state: int) -> str:
    """Shape and line by role; more than one role can hold."""
    instance, role = checked.instance, ""
    look = {"color": "#000000"}
    if _is_recurrent(checked, state):
        look = {"color": BLUE, "peripheries": "2"}
    if state in instance.training:
        look |= {"color": GREEN, "shape": "box", "style": "dashed"}
    if state == instance.shutdown_state:
        look |= {"color": VERMILION, "shape": "hexagon", "penwidth": "1.6"}
        role = _NEW
    if state == instance.s_term:
        look |= {"color": PURPLE, "shape": "octagon", "penwidth": "1.6"}
        role = _TERM
    below = f'<br/><font point-size="6">{role}</font>' if role else ""
    given = " ".join(f'{key}="{value}"' for key, value in look.items())
    return f"{given} label=<{text(instance.mdp.states[state])}{below}>"


def _actions(instance: Instance, state: int) -> Iterator[str]:
    """A small node for each action, one edge to it, and one on to each successor, its probability unless it is 1."""
    for action, row in enumerate(instance.mdp.rows[state]):
        node, look = f"s{state}a{action}", ""
        if (state, action) == (instance.shutdown_state, instance.shutdown_action):
            look = _SHUTDOWN
        elif instance.trained.get(state) == action:
            look = _TRAINED
        yield f"{node} [{_ACTION} label=<{text(instance.mdp.actions[state][action])}>]"
        yield f"s{state} -> {node} [arrowhead=none{look}]"
        for successor, probability in row:
            label = "" if probability == 1 else f' label=" {probability} "'
            yield f"{node} -> s{successor} [{(look + label).strip()}]"


def _key(checked: Checked) -> str:
    """What shapes and lines mean: those that occur."""
    instance = checked.instance
    entries = [f"hexagon: {_NEW}", f"octagon: {_TERM}", "dashed arrows: shutdown"]
    if any(_is_recurrent(checked, state) for state in range(len(instance.mdp))):
        entries.append("double line: recurrent")
    if instance.training:
        entries.append("dashed box: training state")
    if any(len(instance.mdp.rows[state]) > 1 for state in instance.trained):
        entries.append("heavy arrows: trained action")
    rows = ["; ".join(entries[k : k + 2]) for k in range(0, len(entries), 2)]
    cells = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
    return f'<table border="0" cellborder="0" cellspacing="0" cellpadding="2">{cells}</table>'


def _is_recurrent(checked: Checked, state: int) -> bool:
    return checked.states[checked.instance.mdp.states[state]].recurrent
