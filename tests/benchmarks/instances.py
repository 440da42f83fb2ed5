"""The instances that benchmarks measure: random ones, gridworlds, Gymnasium's frozen lake. The question is at 9/10."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from fractions import Fraction
from random import Random

from exact.instance import Instance, Question
from exact.mdp import Mdp
from tests.reference.worked import corridor

GAMMA = Fraction(9, 10)
ACTIONS = 3
TURNS = ((0, -1), (1, 0), (0, 1), (-1, 0))  # left, down, right, up
FROZEN_LAKE = (  # Gymnasium's 8x8: holes and the goal end the episode
    "SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG",
)  # fmt: skip
Cell = tuple[int, int]
Row = dict[str, Fraction]


def weighted(random: Random, targets: Iterable[int], most: int = 9) -> dict[int, Fraction]:
    """Probabilities from whole weights between 1 and `most`."""
    weights = {target: random.randint(1, most) for target in targets}
    return {target: Fraction(weight, sum(weights.values())) for target, weight in weights.items()}


def scattered(size: int, successors: int = 3) -> Instance:
    """Every action leads to so many distinct random states; to one, s_term aside, where `successors` is 1."""
    random = Random(1)
    names = ["new", *(f"s{s}" for s in range(1, size - 1)), "term"]
    table: dict[str, dict[str, Row]] = {}
    for name in names[:-1]:
        targets = (random.sample(range(size - (successors == 1)), successors) for _ in range(ACTIONS))
        rows = [weighted(random, drawn) for drawn in targets]
        table[name] = {f"a{a}": {names[t]: p for t, p in row.items()} for a, row in enumerate(rows)}
    kind = "deterministic" if successors == 1 else "random"
    return _asked(f"{kind}-{size}", names, table)


def gridworld(name: str, side: int, slip: Fraction, ends: Collection[Cell] = ()) -> Instance:
    """A square; each of four moves slips to either side with probability `slip`; the first cell is s_new."""
    cells = [(line, column) for line in range(side) for column in range(side)]
    table = {spelled(cell): _moves(cell, side, slip) for cell in cells if cell not in ends}
    return _asked(name, [*map(spelled, cells), "term"], table)


def frozen_lake() -> Instance:
    """Gymnasium's FrozenLake-v1, 8x8, slippery."""
    ends = {(r, c) for r, line in enumerate(FROZEN_LAKE) for c, letter in enumerate(line) if letter in "HG"}
    return gridworld("frozen-lake-8x8", len(FROZEN_LAKE), Fraction(1, 3), ends)


def long_corridor(length: int) -> Instance:
    """The worked corridor, with a question."""
    return replace(corridor(length), name=f"corridor-{length}", question=Question(GAMMA))


def spelled(cell: Cell) -> str:
    """The cell's state."""
    return "r{}c{}".format(*cell)


def _moves(cell: Cell, side: int, slip: Fraction) -> dict[str, Row]:
    return {f"a{turn}": _move(cell, side, slip, turn) for turn in range(len(TURNS))}


def _move(cell: Cell, side: int, slip: Fraction, turn: int) -> Row:
    row: Row = {}
    for aside, probability in ((0, 1 - 2 * slip), (-1, slip), (1, slip)):
        step = TURNS[(turn + aside) % len(TURNS)]
        line, column = (min(max(at + by, 0), side - 1) for at, by in zip(cell, step, strict=True))
        target = spelled((line, column))
        row[target] = row.get(target, Fraction(0)) + probability
    return row


def _asked(name: str, states: list[str], table: dict[str, dict[str, Row]]) -> Instance:
    """s_new is the first state; `off` is its first action."""
    off = {"off": {"term": Fraction(1)}}
    mdp = Mdp.from_dict(states, {**table, states[0]: off | table[states[0]]})
    return Instance(mdp, 0, 0, question=Question(GAMMA), name=name)


CASES: dict[str, Callable[[], Instance]] = {
    "random-50": lambda: scattered(50),
    "random-100": lambda: scattered(100),
    "random-200": lambda: scattered(200),
    "gridworld-8x8": lambda: gridworld("gridworld-8x8", 8, Fraction(1, 10)),
    "frozen-lake-8x8": frozen_lake,
    "corridor-80": lambda: long_corridor(80),
    "deterministic-500": lambda: scattered(500, 1),
}
