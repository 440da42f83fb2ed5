"""The semantics matrix: Theorem 2 under every combination of readings, each verified as an instance of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from exact.errors import ExactError
from exact.instance import Instance
from exact.instance.model import PREFERENCES, READINGS, TIES
from exact.mdp import Rewards
from proofs.claims.checked import Checked, Verdict
from proofs.claims.types import POSITIVE, SURE
from proofs.what_if.changes import absorbing, readable, visited_once
from proofs.what_if.settle import brief, refuting

Key = tuple[str, ...]  # one value for each dimension, in their order
Said = tuple[str, str, str, int]  # verdict, conclusion, means, n
DIMENSIONS = {
    "reading": READINGS,
    "preference": PREFERENCES,
    "ties": TIES,
    "terminal": ("once", "absorbing"),
    "rewards": ("nonnegative", "any"),
    "reach": (POSITIVE, SURE),  # the last one: both are in the same certificate
}


@dataclass(frozen=True)
class Cell:
    """What is proved of one combination; None where it is not defined, which `why` explains. reach: of "reachable"."""

    checked: Checked | None
    reach: str
    why: str = ""

    @property
    def verdict(self) -> Verdict | None:
        """Theorem 2's."""
        return None if self.checked is None else self.checked.theorem("theorem-2", self.reach)

    @property
    def said(self) -> Said | None:
        """The verdict as the tables compare it."""
        found = self.verdict
        return None if found is None else (found.verdict, found.conclusion, found.means, found.n)


@dataclass(frozen=True)
class Matrix:
    """cells: by the values of DIMENSIONS; own: the instance's cell (POSITIVE), if it is one."""

    instance: Instance
    cells: dict[Key, Cell]
    own: Key | None

    def evidence(self) -> dict[str, Checked]:
        """By folder: the instance and certificate of each combination."""
        return {folder(key): cell.checked for key, cell in self.cells.items() if cell.checked is not None}


def matrix(instance: Instance, tell: Callable[[str], None] = lambda _: None) -> Matrix:
    """Verify every combination. Raises EnginesDisagree."""
    cells: dict[Key, Cell] = {}
    own: Key | None = None
    tried: set[Rewards] = set()
    settings = list(product(*list(DIMENSIONS.values())[:-1]))
    for number, setting in enumerate(settings):
        tell(f"{number + 1} of {len(settings)}: {folder(setting)}")
        try:
            changed = variant(instance, setting)
            read = readable(changed, f"{instance.name}, {folder(setting)}")
        except ExactError as error:
            cells |= {(*setting, reach): Cell(None, reach, str(error)) for reach in (POSITIVE, SURE)}
            continue
        own = (*setting, POSITIVE) if changed == instance else own
        checked = brief(read, tried).result()
        tried |= refuting(checked)
        cells |= {(*setting, reach): Cell(checked, reach) for reach in (POSITIVE, SURE)}
    return Matrix(instance, cells, own)


def variant(instance: Instance, setting: Key) -> Instance:
    """The instance under these readings. Raises NoShutdown if s_term cannot be visited once."""
    reading, preference, ties, terminal, rewards = setting
    changed = absorbing(instance) if terminal == "absorbing" else visited_once(instance)
    nonnegative = rewards == "nonnegative"
    goals = replace(changed.goals, reading=reading, preference=preference, nonnegative=nonnegative)
    return replace(changed, goals=goals, ties=ties)


def folder(key: Key) -> str:
    """Where the evidence of a combination lies: the dimension `reach` shares it."""
    return "-".join(key[: len(DIMENSIONS) - 1])


def named(key: Key) -> Iterator[tuple[str, str]]:
    """(dimension, value)."""
    return zip(DIMENSIONS, key, strict=True)
