"""Instances on which earlier versions proved too much or nothing at all, each as short as it gets."""

from __future__ import annotations

from exact.instance import Instance, parse_instance

_LINE = """format = 1
states = ["new", "x", "term"]
[shutdown]
state = "new"
action = "off"
[transitions.new]
off = { term = "1" }
go = { x = "1" }
%s
[transitions.x]
stay = { x = "1" }
"""
_BACK = """format = 1
states = ["term", "new", "m0"]
[shutdown]
state = "new"
action = "off"
[transitions.term]
a0 = { m0 = "1/2", new = "1/4", term = "1/4" }
[transitions.new]
off = { term = "1" }
a0 = { term = "1/2", new = "1/2" }
[transitions.m0]
a0 = { m0 = "1" }
[goals]
inequalities = ["term = 1", "new = 5", "m0 = 10"]
[question]
gamma = "3/4"
"""


def _line(goals: str, gamma: str, more: str = "", decision: str = "") -> str:
    return f'{_LINE % more}[goals]\n{goals}\n{decision}\n[question]\ngamma = "{gamma}"\n'


_TEXTS = {
    "p3": _line('nonnegative = false\ninequalities = ["x = -10", "term = -1"]', "9/10", 'walk = { x = "1" }'),
    "p3b2": _BACK,
    "nn1": _line('nonnegative = false\ninequalities = ["x = -7"]', "9/10"),
    "nn3": _line('nonnegative = false\ninequalities = ["x <= -200"]', "9/10"),
    "nn4": _line('nonnegative = false\ninequalities = ["new = 0", "x >= 0", "term >= 0"]', "9/10"),
    "tie1": _line('inequalities = ["x >= 1", "term >= 1"]', "93/100", decision='[decision]\nties = "shutdown-first"'),
}


def defect(name: str) -> Instance:
    """One of them."""
    return parse_instance(_TEXTS[name].encode())
