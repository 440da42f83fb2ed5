"""Instances that attacks need and no example gives, as TOML."""

from __future__ import annotations

from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
_HEAD = 'format = 1\nname = "{}"\nstates = [{}]\n[shutdown]\nstate = "new"\naction = "off"\n'


def _instance(name: str, states: str, transitions: str, rest: str = "") -> str:
    """One line `state action successor=p ...` for each action; `off` is added to `new`."""
    names = ", ".join(f'"{state}"' for state in states.split())
    tables: dict[str, str] = {}
    for line in f"new off term=1\n{transitions}".strip().splitlines():
        state, action, *row = line.split()
        entries = ", ".join('{} = "{}"'.format(*entry.split("=")) for entry in row)
        tables[state] = tables.get(state, f"[transitions.{state}]\n") + f"{action} = {{ {entries} }}\n"
    return _HEAD.format(name, names) + "".join(tables.values()) + rest


QUESTION = '[question]\ngamma = "9/10"\n'
INLINE = {
    # two ways to x, one of them longer
    "two-ways": _instance(
        "two-ways",
        "new m m1 m2 x term",
        "new fast m=1\nnew slow m2=1\nm2 go m1=1\nm1 go x=1\nm go x=1\nx stay x=1",
        QUESTION,
    ),
    # a quick action that may miss x, and a slow sure one
    "gamble": _instance(
        "gamble", "new m x z term", "new safe m=1\nnew gamble x=9/10 z=1/10\nm go x=1\nx stay x=1", QUESTION
    ),
    # the least that linear proofs can be written for by hand
    "step": _instance("step", "new x term", "new go x=1\nx stay x=1", QUESTION),
    # two states that lead to each other and never to x
    "island": _instance("island", "new m x term", "new go m=1\nm back new=1\nx stay x=1", QUESTION),
    # v_x + v_term = 1 for every gamma: the condition holds everywhere, with equality
    "both-terminal": _instance("both-terminal", "new x term", "new go x=1/2 term=1/2", QUESTION),
    # ten states and ten rewards: 10! vectors
    "ten": _instance(
        "ten", "new a b c d e f g h term", "\n".join(f"new to-{s} {s}=1\n{s} stay {s}=1" for s in "abcdefgh"), QUESTION
    ),
    # `x >= 0` says nothing new, but hides that swaps keep Theta; nothing is counted below gamma = 1/2
    "scattered": _instance(
        "scattered",
        "new a b c d x term",
        "new go a=1/4 b=1/4 c=1/4 d=1/4\na go x=1\nb go x=1\nc go x=1\nd go x=1\nx stay x=1",
        '[goals]\ninequalities = ["x >= 0"]\n',
    ),
    # z may have a negative reward and matters to nothing; y is never reached, x in one step
    "aside": _instance(
        "aside",
        "new x y z term",
        "new go x=1\nx stay x=1\ny stay y=1\nz stay z=1",
        '[goals]\nnonnegative = false\ninequalities = ["new >= 0", "x >= 0", "y >= 0", "term >= 0"]\n'
        '[question]\ngamma = "1/2"\n',
    ),
    # theta >= 0 follows from the inequalities, one of which is strict; training leaks into deployment
    "positive": EXAMPLES.joinpath("training-leak.toml")
    .read_text("utf-8")
    .replace(
        "[question]",
        '[goals]\nnonnegative = false\ninequalities = ["t >= 0", "new >= 0", "x >= 0", "term > 0"]\n[question]',
    ),
}


def text(name: str) -> bytes:
    """The bytes of an instance file, by name."""
    return INLINE[name].encode() if name in INLINE else EXAMPLES.joinpath(f"{name}.toml").read_bytes()
