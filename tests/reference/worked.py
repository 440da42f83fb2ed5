"""The instances of theory.md, section 4, by name and with their worked thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from exact.instance import Instance
from exact.mdp import Mdp

Table = Mapping[str, Mapping[str, Mapping[str, str]]]


def instance(states: str, transitions: Table) -> Instance:
    """An instance with s_new = "new", a_sd = "off", s_term = "term"."""
    mdp = Mdp.from_dict([*states.split(), "term"], transitions)
    return Instance(mdp, mdp.state("new"), mdp.action(mdp.state("new"), "off"))


OFF = {"off": {"term": "1"}}


def to(state: str) -> dict[str, str]:
    """With certainty to one state."""
    return {state: "1"}


def corridor(length: int) -> Instance:
    """new -> r1 -> ... -> r_length, each r_j can also stay."""
    rooms = [f"r{j}" for j in range(1, length + 1)]
    table = {room: {"stay": to(room), "go": to(after)} for room, after in pairwise(rooms)}
    return instance(
        " ".join(["new", *rooms]), {"new": OFF | {"go": to("r1")}, **table, rooms[-1]: {"stay": to(rooms[-1])}}
    )


def star(rays: int) -> Instance:
    """new -> x_i by action i, each x_i loops."""
    names = [f"x{i}" for i in range(1, rays + 1)]
    table = {name: {"loop": to(name)} for name in names}
    return instance(" ".join(["new", *names]), {"new": OFF | {f"to-{name}": to(name) for name in names}, **table})


RING = instance("new m", {"new": OFF | {"go": to("m")}, "m": {"go": to("new")}})
RETRY = instance("new x", {"new": OFF | {"go": {"x": "1/2", "new": "1/2"}}, "x": {"loop": to("x")}})
STAIRS = instance("new m x", {"new": OFF | {"go": to("m")}, "m": {"go": to("x")}, "x": {"loop": to("x")}})
HALF = instance(
    "new x y", {"new": OFF | {"go": {"x": "1/2", "y": "1/2"}}, "x": {"loop": to("x")}, "y": {"loop": to("y")}}
)
HALF_OFF = instance("new x", {"new": OFF | {"go": {"x": "1/2", "term": "1/2"}}, "x": {"loop": to("x")}})

ZERO, HALVE = (0, 1), (-1, 2)
GOLDEN = (-1, 1, 1)  # (sqrt 5 - 1) / 2
RETRIED = (1, -3, 1)  # (3 - sqrt 5) / 2

# (instance, state, minimal polynomial of gamma*_x or None, of gamma°_x or None)
WORKED = [
    (corridor(3), "r1", ZERO, ZERO),
    (corridor(3), "r2", HALVE, HALVE),
    (corridor(3), "r3", GOLDEN, GOLDEN),
    (corridor(5), "r4", (-1, 1, 0, 1), (-1, 1, 0, 1)),
    (corridor(5), "r5", (-1, 1, 0, 0, 1), (-1, 1, 0, 0, 1)),
    (RING, "m", ZERO, ZERO),
    (RING, "new", GOLDEN, GOLDEN),
    (RETRY, "x", RETRIED, RETRIED),
    (STAIRS, "m", None, ZERO),
    (STAIRS, "x", HALVE, HALVE),
    (HALF, "x", None, HALVE),
    (HALF, "y", None, HALVE),
    (HALF_OFF, "x", None, ZERO),
    *((star(4), f"x{i}", ZERO, ZERO) for i in range(1, 5)),
]
