"""Families for the tests: worked ones as text, and random ones."""

from __future__ import annotations

from random import Random

RETRY = """
format = 1
name = "retry"
states = ["new", "x", "term"]

[parameters]
p = ["1/10", "9/10"]

[shutdown]
state = "new"
action = "off"

[transitions.new]
off = { term = 1 }
try = { x = "p", new = "1 - p" }
[transitions.x]
stay = { x = 1 }
"""
SHAPES = (
    ("{p}", "1 - {p}"),
    ("{p}/2", "1/2 - {p}/2", "1/2"),
    ("{p}*{q}", "1 - {p}*{q}"),
    ("{p}^2", "{p} - {p}^2", "1 - {p}"),
    ("1/3", "2/3"),
    ("1",),
)


def retry(probability: str = "p", rest: str = "1 - p", interval: str = '["1/10", "9/10"]') -> bytes:
    """The family with other entries."""
    text = RETRY.replace('x = "p"', f'x = "{probability}"').replace('new = "1 - p"', f'new = "{rest}"')
    return text.replace('["1/10", "9/10"]', interval).encode()


def random_family(seed: int, states: int = 4, parameters: int = 1, shapes: int = len(SHAPES)) -> bytes:
    """Rows of a few shapes in random places; `off` at s0 leads to term."""
    draw = Random(seed)
    names, symbols = [f"s{i}" for i in range(states)], ["p", "q", "r"][:parameters]
    lines = ["format = 1", f'name = "family {seed}"', f"states = {[*names, 'term']}", "[parameters]"]
    lines += [f'{symbol} = ["1/5", "4/5"]' for symbol in symbols]
    lines += ["[shutdown]", 'state = "s0"', 'action = "off"']
    for state in names:
        lines.append(f"[transitions.{state}]")
        lines += ["off = { term = 1 }"] if state == "s0" else []
        for action in "ab"[: draw.randint(1, 2)]:
            shape = draw.choice([shape for shape in SHAPES[:shapes] if len(shape) <= states])
            row = zip(draw.sample(names, len(shape)), shape, strict=True)
            p, q = draw.choice(symbols), draw.choice(symbols)
            entries = ", ".join(f'{t} = "{chance.format(p=p, q=q)}"' for t, chance in row)
            lines.append(f"{action} = {{ {entries} }}")
    return "\n".join(lines).encode()
